//! IAM Identity Center (SSO): credentials of a role for the token that `aws sso login` stored.

use super::http::{secret_header, without};
use super::io::ProviderIo;
use super::profile::needed;
use super::sso_token::{Renewal, TokenFile};
use super::{Credentials, expiry};
use crate::settings::profile::{Profile, Profiles};
use std::time::{Duration, SystemTime};
use tinsmith_runtime::loading::check_region;
use tinsmith_sso::types::RoleCredentials;

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
        check_region(&region, &format!("sso_region of profile `{name}`"))?;
        Ok(Self {
            account_id: need("sso_account_id", &heading)?,
            role_name: need("sso_role_name", &heading)?,
            token: match session {
                Some((session, _, _)) => {
                    let renewal = Renewal {
                        region: region.clone(),
                        start_url,
                    };
                    TokenFile::of_session(session, Some(renewal))
                }
                None => TokenFile::of_start_url(&start_url, name),
            },
            region,
        })
    }

    pub(super) async fn credentials(&self, io: &ProviderIo) -> Result<Credentials, String> {
        self.ask(io).await.map_err(|why| format!("SSO: {why}"))
    }

    async fn ask(&self, io: &ProviderIo) -> Result<Credentials, String> {
        let now = SystemTime::now();
        let token = self.token.read(io, now).await?;
        let unusable = |why: &str| self.token.unusable(&io.environment, why);
        if secret_header(&token.token).is_none() {
            return Err(unusable(
                "cannot be sent: expected visible ASCII, found something else",
            ));
        }
        let answer = tinsmith_sso::Client::new(io.for_tokens(&self.region).build())
            .get_role_credentials()
            .account_id(&self.account_id)
            .role_name(&self.role_name)
            .access_token(&*token.token)
            .send()
            .await;
        let given = match answer {
            Ok(answer) => answer.role_credentials,
            Err(error) if error.status() == Some(401) => {
                return Err(unusable("is no longer accepted by the portal"));
            }
            Err(error) => {
                return Err(format!(
                    "the portal gave no credentials for role `{}` in account {}: {}",
                    self.role_name,
                    self.account_id,
                    without(&error, &[&token.token])
                ));
            }
        };
        given
            .ok_or_else(|| "`roleCredentials` is missing".to_owned())
            .and_then(read)
            .map_err(|why| format!("the response of the portal: {why}"))?
            .unless_expired("the portal", now)
    }
}

fn read(given: RoleCredentials) -> Result<Credentials, String> {
    let need = |name: &str, value: Option<String>| {
        let value = value.ok_or_else(|| format!("`{name}` is missing"))?;
        match value.is_empty() {
            true => Err(format!("`{name}` is empty")),
            false => Ok(value),
        }
    };
    let credentials = Credentials::new(
        need("accessKeyId", given.access_key_id)?,
        need("secretAccessKey", given.secret_access_key)?,
        Some(given.session_token.ok_or("`sessionToken` is missing")?),
    );
    // In milliseconds since 1970.
    let expires_at = given.expiration.ok_or("`expiration` is missing")?;
    let after = u64::try_from(expires_at).ok().map(Duration::from_millis);
    let expires_at = after.and_then(|after| SystemTime::UNIX_EPOCH.checked_add(after));
    let expires_at =
        expires_at.ok_or_else(|| expiry::unreadable("expiration", "milliseconds since 1970"))?;
    Ok(credentials.with_expiry(expires_at))
}
