//! IAM Identity Center (SSO): credentials of a role for the token that `aws sso login` left behind.

use super::Credentials;
use super::context::{Outside, SERVICE};
use crate::profile::{Profiles, Section};
use reqsign_aws_v4::SSOCredentialProvider;

/// What a profile says about SSO, complete.
#[derive(Debug)]
pub(super) struct Sso {
    account_id: String,
    role_name: String,
    region: String,
    /// What the token's file is named after: the session's name, or the start URL where there is no session.
    cache_key: String,
}

impl Sso {
    /// The settings of a profile; `None` where it has none about SSO.
    pub(super) fn of(
        profiles: &Profiles,
        name: &str,
        profile: &Section,
    ) -> Result<Option<Self>, String> {
        let session_name = profile.get("sso_session");
        if session_name
            .or(profile.get("sso_start_url"))
            .or(profile.get("sso_account_id"))
            .is_none()
        {
            return Ok(None);
        }
        let (section, heading) = match session_name {
            None => (profile, format!("profile `{name}`")),
            Some(session) => {
                let section = profiles.sso_session(session);
                let heading = format!("section [sso-session {session}]");
                (
                    section.ok_or_else(|| {
                        format!("profile `{name}` refers to {heading}, which does not exist")
                    })?,
                    heading,
                )
            }
        };
        let need = |section: &Section, heading: &str, setting: &str| {
            let value = section.get(setting).map(str::to_owned);
            value.ok_or_else(|| format!("`{setting}` is missing in {heading}"))
        };
        let profile_heading = format!("profile `{name}`");
        let start_url = need(section, &heading, "sso_start_url")?;
        Ok(Some(Self {
            account_id: need(profile, &profile_heading, "sso_account_id")?,
            role_name: need(profile, &profile_heading, "sso_role_name")?,
            region: need(section, &heading, "sso_region")?,
            cache_key: session_name.map_or(start_url, str::to_owned),
        }))
    }

    pub(super) async fn credentials(&self, outside: &Outside) -> Result<Credentials, String> {
        let provider = SSOCredentialProvider::new()
            .with_account_id(&self.account_id)
            .with_role_name(&self.role_name)
            .with_region(&self.region)
            // reqsign uses the start URL for nothing but the name of the token's file.
            .with_start_url(&self.cache_key);
        outside
            .ask(SERVICE, |_| provider)
            .await
            .map_err(|why| format!("SSO: {why}"))
    }
}
