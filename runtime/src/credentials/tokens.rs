//! Bearer tokens from outside of the program: variables, and the session of the profile.

use super::CredentialsError;
use super::sso_token::TokenFile;
use crate::client::environment::Environment;
use crate::client::tokens::TokenSource;
use crate::error::ConfigError;
use crate::settings::profile::Profiles;
use crate::sign::BearerToken;
use futures_core::future::BoxFuture;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// The tokens of the environment and the profile.
#[derive(Debug)]
pub(crate) struct FoundTokens {
    /// `AWS_BEARER_TOKEN_<SIGNING NAME>`, by the part for the name.
    variables: BTreeMap<String, BearerToken>,
    /// The session of the profile.
    session: Option<Session>,
    /// The last token that was read from that session's file.
    cached: Mutex<Option<BearerToken>>,
}

/// A session of a profile, and where its token is stored.
#[derive(Debug)]
struct Session {
    file: TokenFile,
    environment: Environment,
}

const VARIABLES: &str = "AWS_BEARER_TOKEN_";

impl FoundTokens {
    pub(crate) fn find(
        environment: &Environment,
        profiles: &Profiles,
    ) -> Result<Self, ConfigError> {
        let variables = environment
            .variables_after(VARIABLES)
            .into_iter()
            .map(|(name, token)| (name, BearerToken::new(token.trim())))
            .collect();
        let session = profiles.setting("sso_session").map_err(ConfigError::new)?;
        Ok(Self {
            variables,
            session: session.map(|name| Session {
                file: TokenFile::of_session(name),
                environment: environment.clone(),
            }),
            cached: Mutex::default(),
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
        self.of_session(session, now).await.map_err(|why| {
            CredentialsError::new(format!(
                "no bearer token found: {variable} is not set; {why}"
            ))
        })
    }

    /// The session's token. Its file is read again shortly before the token expires, because signing in renews it.
    async fn of_session(&self, session: &Session, now: SystemTime) -> Result<BearerToken, String> {
        const AHEAD: Duration = Duration::from_secs(60);
        let lock = || self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(token) = lock().clone().filter(|token| token.is_valid(now + AHEAD)) {
            return Ok(token);
        }
        let found = session.file.read(&session.environment, now).await?;
        let token = BearerToken::of_secret(found.token, found.expires_at);
        *lock() = Some(token.clone());
        Ok(token)
    }

    fn variable(&self, signing_name: &str) -> Option<&BearerToken> {
        let name = variable_name(signing_name);
        self.variables.get(name.strip_prefix(VARIABLES)?)
    }
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
