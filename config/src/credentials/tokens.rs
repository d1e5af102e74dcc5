//! Bearer tokens from outside of the program: variables, and the session of the profile.

use super::CredentialsError;
use super::io::ProviderIo;
use super::sso_token::{AHEAD, Renewal, TokenFile};
use crate::settings::profile::Profiles;
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};
use tinsmith_runtime::loading::{TokenSource, check_region};
use tinsmith_runtime::{BearerToken, BoxFuture, ConfigError};
use tokio::sync::Mutex;

/// How long a token that could not be renewed is used before that is tried again.
const PAUSE: Duration = Duration::from_secs(60);

/// The tokens of the environment and the profile.
#[derive(Debug)]
pub(crate) struct FoundTokens {
    /// `AWS_BEARER_TOKEN_<SIGNING NAME>`, by the part for the name.
    variables: BTreeMap<String, BearerToken>,
    /// The session of the profile.
    session: Option<Session>,
}

/// A session of a profile, and where its token is stored.
#[derive(Debug)]
struct Session {
    file: TokenFile,
    io: ProviderIo,
    /// The last token that was read from that file, and when it is read again. Locked while it is read, so that one call
    /// renews the token for all.
    cached: Mutex<Option<(BearerToken, SystemTime)>>,
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
        let session = match session {
            None => None,
            Some(name) => Some(Session {
                file: TokenFile::of_session(name, renewal(profiles, name)?),
                io: io.clone(),
                cached: Mutex::default(),
            }),
        };
        Ok(Self { variables, session })
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
        session.token(now).await.map_err(|why| {
            CredentialsError::new(format!(
                "no bearer token found: {variable} is not set; {why}"
            ))
        })
    }

    fn variable(&self, signing_name: &str) -> Option<&BearerToken> {
        let name = variable_name(signing_name);
        self.variables.get(name.strip_prefix(VARIABLES)?)
    }
}

impl Session {
    /// The session's token. Its file is read again some time before the token expires: it is renewed then, here or by
    /// signing in.
    async fn token(&self, now: SystemTime) -> Result<BearerToken, String> {
        let mut cached = self.cached.lock().await;
        if let Some((token, until)) = &*cached
            && now < *until
            && token.is_valid(now)
        {
            return Ok(token.clone());
        }
        let found = self.file.read(&self.io, now).await?;
        let token = BearerToken::new(&*found.token).with_expiry(found.expires_at);
        let until = found.expires_at.checked_sub(AHEAD).unwrap_or(now);
        *cached = Some((token.clone(), until.max(now + PAUSE)));
        Ok(token)
    }
}

/// How a session's token is renewed, if its section has all that it takes.
fn renewal(profiles: &Profiles, session: &str) -> Result<Option<Renewal>, ConfigError> {
    let Some(section) = profiles.sso_session(session) else {
        return Ok(None);
    };
    let find = |name: &str| section.get(name).map_err(ConfigError::new);
    let (Some(region), Some(start_url)) = (find("sso_region")?, find("sso_start_url")?) else {
        return Ok(None);
    };
    check_region(
        region,
        &format!("sso_region of section [sso-session {session}]"),
    )
    .map_err(ConfigError::new)?;
    Ok(Some(Renewal {
        region: region.to_owned(),
        start_url: start_url.to_owned(),
    }))
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

    fn token<'a>(
        &'a self,
        signing_name: &'a str,
        now: SystemTime,
    ) -> BoxFuture<'a, Result<BearerToken, CredentialsError>> {
        Box::pin(self.get(signing_name, now))
    }
}
