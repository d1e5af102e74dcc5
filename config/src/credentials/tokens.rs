//! Bearer tokens from outside of the program: variables, and the session of the profile.

use super::CredentialsError;
use super::io::ProviderIo;
use super::sso_token::{AHEAD, Renewal, TokenFile};
use crate::settings::profile::Profiles;
use std::fmt;
use std::time::SystemTime;
use tinsmith_runtime::loading::{Cache, Fetch, PAUSE, TokenSource};
use tinsmith_runtime::{BearerToken, BoxFuture, ConfigError, Explained};

/// The tokens of the environment and the profile.
#[derive(Debug)]
pub(crate) struct FoundTokens {
    /// `AWS_BEARER_TOKEN_<SIGNING NAME>`, by the part for the name.
    variables: Vec<(String, BearerToken)>,
    /// The session of the profile.
    session: Option<Session>,
    /// The profile's name.
    profile: String,
}

/// A session of a profile, and its token, which is kept until its file is to be read again.
struct Session {
    name: String,
    token: Cache<StoredToken>,
}

/// The file with the token of a session.
struct StoredToken {
    name: String,
    file: TokenFile,
    io: ProviderIo,
}

const VARIABLES: &str = "AWS_BEARER_TOKEN_";

impl FoundTokens {
    pub(crate) fn find(io: &ProviderIo, profiles: &Profiles) -> Result<Self, ConfigError> {
        let variables = io
            .environment
            .variables_after(VARIABLES)
            .into_iter()
            .map(|(name, token)| (name, BearerToken::new(token.trim())))
            .collect();
        let session = profiles.setting("sso_session").map_err(ConfigError::new)?;
        let session = session.map(|name| Session {
            name: name.to_owned(),
            token: Cache::new(StoredToken {
                name: format!("sso-session `{name}`"),
                file: TokenFile::of_session(name, renewal(profiles, name)),
                io: io.clone(),
            }),
        });
        Ok(Self {
            variables,
            session,
            profile: profiles.name().to_owned(),
        })
    }

    async fn get(
        &self,
        signing_name: &str,
        now: SystemTime,
    ) -> Result<BearerToken, CredentialsError> {
        let variable = variable_name(signing_name);
        if let Some(token) = self.variable(signing_name) {
            if token.is_valid(now) {
                return Ok(token.clone());
            }
            return Err(CredentialsError::new(format!("{variable} has expired")));
        }
        let Some(session) = &self.session else {
            return Err(CredentialsError::new(format!(
                "no bearer token found: {variable} is not set; the profile names no sso_session"
            )));
        };
        session.token.get(now).await.map_err(|why| {
            CredentialsError::new(format!(
                "no bearer token found: {variable} is not set; {why}"
            ))
        })
    }

    fn variable(&self, signing_name: &str) -> Option<&BearerToken> {
        let name = variable_name(signing_name);
        let name = name.strip_prefix(VARIABLES)?;
        let mut variables = self.variables.iter();
        variables.find_map(|(of, token)| (of == name).then_some(token))
    }
}

impl Fetch for StoredToken {
    type Value = BearerToken;

    fn name(&self) -> &str {
        &self.name
    }

    /// Reads the file, and renews the token that it has if that is due.
    fn fetch(&self, now: SystemTime) -> BoxFuture<'_, Result<BearerToken, CredentialsError>> {
        Box::pin(async move {
            let found = self.file.read(&self.io, now).await;
            let found = found.map_err(CredentialsError::new)?;
            Ok(BearerToken::new(&*found.token).with_expiry(found.expires_at))
        })
    }

    /// When the token is due to be renewed, here or by signing in. One that could not be renewed is tried again later.
    fn refresh_at(&self, now: SystemTime, expires_at: Option<SystemTime>) -> Option<SystemTime> {
        let expires_at = expires_at?;
        let due = expires_at.checked_sub(AHEAD).unwrap_or(now);
        Some(due.max(now + PAUSE).min(expires_at))
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Session").field(&self.name).finish()
    }
}

/// How a session's token is renewed, if its section has all that it takes.
fn renewal(profiles: &Profiles, session: &str) -> Option<Renewal> {
    let section = profiles.sso_session(session)?;
    let find = |name: &str| section.get(name).ok()?.map(str::to_owned);
    Some(Renewal {
        region: find("sso_region")?,
        start_url: find("sso_start_url")?,
    })
}

/// The name of the variable with a service's token: `AWS_BEARER_TOKEN_BEDROCK`.
fn variable_name(signing_name: &str) -> String {
    let name = signing_name.replace(['-', ' '], "_").to_ascii_uppercase();
    format!("{VARIABLES}{name}")
}

impl TokenSource for FoundTokens {
    fn has_token_for(&self, signing_name: &str) -> bool {
        self.variable(signing_name).is_some()
    }

    fn has_session(&self) -> bool {
        self.session.is_some()
    }

    fn explain(&self) -> Vec<Explained> {
        let variables = self.variables.iter().map(|(service, _)| {
            let variable = format!("{VARIABLES}{service}");
            Explained::new(format!("bearer token of {service}"), "set", variable)
        });
        let profile = &self.profile;
        let other = match &self.session {
            Some(session) => (
                format!("that of sso_session `{}`", session.name),
                format!("sso_session of profile `{profile}`"),
            ),
            None => (
                "none".to_owned(),
                format!(
                    "no `sso_session` in profile `{profile}`; for one service: {VARIABLES}<SIGNING NAME>"
                ),
            ),
        };
        let other = Explained::new("bearer token", other.0, other.1);
        variables.chain([other]).collect()
    }

    fn token<'a>(
        &'a self,
        signing_name: &'a str,
        now: SystemTime,
    ) -> BoxFuture<'a, Result<BearerToken, CredentialsError>> {
        Box::pin(self.get(signing_name, now))
    }
}
