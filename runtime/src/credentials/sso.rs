//! IAM Identity Center (SSO): credentials of a role for the token that `aws sso login` stored.

use super::context::ProviderIo;
use super::http::{self, SERVICE, is_final};
use super::object::Object;
use super::profile::needed;
use super::sso_token::TokenFile;
use super::{Credentials, expiry};
use crate::endpoint::partition;
use crate::endpoint::region;
use crate::settings::profile::{Profile, Profiles};
use ::http::Request;
use bytes::Bytes;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::time::{Duration, SystemTime};

/// The SSO settings of a profile, complete.
#[derive(Debug)]
pub(super) struct Sso {
    account_id: String,
    role_name: String,
    region: String,
    token: TokenFile,
}

impl Sso {
    /// The settings of a profile; `None` if neither an account nor a role selects SSO.
    pub(super) fn of(
        profiles: &Profiles,
        name: &str,
        profile: &Profile,
    ) -> Result<Option<Self>, String> {
        if !profile.has("sso_account_id") && !profile.has("sso_role_name") {
            return Ok(None);
        }
        Self::read(profiles, name, profile).map(Some)
    }

    /// An error if the profile has some of the SSO settings and not all: then it gives no credentials.
    pub(super) fn is_whole(
        profiles: &Profiles,
        name: &str,
        profile: &Profile,
    ) -> Result<(), String> {
        let settings = ["sso_session", "sso_start_url", "sso_region"];
        match settings.iter().any(|setting| profile.has(setting)) {
            true => Self::read(profiles, name, profile).map(drop),
            false => Ok(()),
        }
    }

    fn read(profiles: &Profiles, name: &str, profile: &Profile) -> Result<Self, String> {
        let heading = format!("profile `{name}`");
        let session = match needed(name, profile, "sso_session")? {
            None => None,
            Some(session) => {
                let heading = format!("section [sso-session {session}]");
                let section = profiles.sso_session(session).ok_or_else(|| {
                    format!("profile `{name}` refers to {heading}, which does not exist")
                })?;
                for setting in section.names().filter(|setting| profile.has(setting)) {
                    if section.get(setting)? != profile.get(setting)? {
                        return Err(format!(
                            "{setting} of profile `{name}` differs from that of {heading}: expected only one of them, or equal ones"
                        ));
                    }
                }
                Some((session, section, heading))
            }
        };
        let find = |setting: &str| match &session {
            Some((_, section, _)) if section.has(setting) => section.get(setting),
            _ => profile.get(setting),
        };
        let need = |setting: &str, heading: &str| {
            let value = find(setting)?.map(str::to_owned);
            value.ok_or_else(|| format!("`{setting}` is missing in {heading}"))
        };
        let place = session.as_ref().map_or(&heading, |(_, _, heading)| heading);
        let start_url = need("sso_start_url", place)?;
        let region = need("sso_region", place)?;
        region::check(&region, &format!("sso_region of profile `{name}`"))?;
        Ok(Self {
            account_id: need("sso_account_id", &heading)?,
            role_name: need("sso_role_name", &heading)?,
            region,
            token: match session {
                Some((session, _, _)) => TokenFile::of_session(session),
                None => TokenFile::of_start_url(&start_url, name),
            },
        })
    }

    pub(super) async fn credentials(&self, io: &ProviderIo) -> Result<Credentials, String> {
        self.ask(io).await.map_err(|why| format!("SSO: {why}"))
    }

    async fn ask(&self, io: &ProviderIo) -> Result<Credentials, String> {
        let now = SystemTime::now();
        let token = self.token.read(&io.environment, now).await?;
        let header = http::secret_header(&token.token).ok_or_else(|| {
            self.token.unusable(
                &io.environment,
                "cannot be sent: expected visible ASCII, found something else",
            )
        })?;
        let request = Request::builder()
            .uri(self.url())
            .header("x-amz-sso_bearer_token", header)
            .body(Bytes::new())
            .map_err(|error| format!("the request to the portal failed: {error}"))?;
        let response = io
            .send(SERVICE, request, is_final)
            .await
            .map_err(|error| error.to_string())?;
        match response.status().as_u16() {
            200 => {}
            401 => {
                let refused = "is no longer accepted by the portal";
                return Err(self.token.unusable(&io.environment, refused));
            }
            status => return Err(self.refused(status)),
        }
        let body = response.into_body();
        let credentials = Object::read(&body).and_then(|object| read(&object));
        http::wipe(body);
        credentials
            .map_err(|why| format!("the response of the portal: {why}"))?
            .unless_expired("the portal", now)
    }

    fn url(&self) -> String {
        let suffix = partition(&self.region).map_or("amazonaws.com", |it| it.dns_suffix);
        format!(
            "https://portal.sso.{}.{suffix}/federation/credentials?role_name={}&account_id={}",
            self.region,
            utf8_percent_encode(&self.role_name, NON_ALPHANUMERIC),
            utf8_percent_encode(&self.account_id, NON_ALPHANUMERIC),
        )
    }

    fn refused(&self, status: u16) -> String {
        format!(
            "the portal answered with status {status} for role `{}` in account {}",
            self.role_name, self.account_id
        )
    }
}

fn read(object: &Object) -> Result<Credentials, String> {
    let object = object.need_object("roleCredentials")?;
    object.need_member("sessionToken")?;
    let credentials = Credentials::new(
        object.need_text("accessKeyId")?,
        object.need_text("secretAccessKey")?,
        object.text("sessionToken")?.map(str::to_owned),
    );
    // In milliseconds since 1970.
    let expires_at = Duration::try_from_secs_f64(object.need_number("expiration")? / 1000.0).ok();
    let expires_at = expires_at.and_then(|after| SystemTime::UNIX_EPOCH.checked_add(after));
    let expires_at =
        expires_at.ok_or_else(|| expiry::unreadable("expiration", "milliseconds since 1970"))?;
    Ok(credentials.with_expiry(expires_at))
}
