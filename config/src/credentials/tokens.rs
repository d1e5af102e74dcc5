//! Bearer tokens from outside of the program: variables, and the session of the profile.

use super::CredentialsError;
use super::io::ProviderIo;
use super::sso_token::{AHEAD, Renewal, TokenFile};
use crate::settings::profile::Profiles;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tinsmith_runtime::loading::TokenSource;
use tinsmith_runtime::{BearerToken, BoxFuture, ConfigError};
use tokio::time::timeout;

/// How long a token that could not be renewed is used before that is tried again.
const PAUSE: Duration = Duration::from_secs(60);

/// How long a call that holds a valid token waits for a newer one.
const GRACE: Duration = Duration::from_secs(1);

/// The tokens of the environment and the profile.
#[derive(Debug)]
pub(crate) struct FoundTokens {
    /// `AWS_BEARER_TOKEN_<SIGNING NAME>`, by the part for the name.
    variables: BTreeMap<String, BearerToken>,
    /// The session of the profile.
    session: Option<Arc<Session>>,
}

/// A session of a profile, and where its token is stored.
#[derive(Debug)]
struct Session {
    file: TokenFile,
    io: ProviderIo,
    held: Mutex<Option<Held>>,
    /// Locked while the file is read, so that one call renews the token for all.
    reading: tokio::sync::Mutex<()>,
}

/// The token that was read last, and when the file is read again.
#[derive(Clone, Debug)]
struct Held {
    token: BearerToken,
    until: SystemTime,
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
        let session = session.map(|name| {
            Arc::new(Session {
                file: TokenFile::of_session(name, renewal(profiles, name)),
                io: io.clone(),
                held: Mutex::default(),
                reading: tokio::sync::Mutex::default(),
            })
        });
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
    /// signing in. Calls that hold a valid token do not wait for that longer than a moment.
    async fn token(self: &Arc<Self>, now: SystemTime) -> Result<BearerToken, String> {
        let held = self.held();
        if let Some(held) = held.clone().filter(|held| held.is_fresh(now)) {
            return Ok(held.token);
        }
        let valid = held
            .map(|held| held.token)
            .filter(|token| token.is_valid(now));
        if let (Some(token), Err(_)) = (&valid, self.reading.try_lock()) {
            return Ok(token.clone());
        }
        // In a task of its own, so that a renewed token is stored whatever becomes of the call.
        let session = self.clone();
        let reading = tokio::spawn(async move { session.read(now).await });
        match valid {
            Some(token) => match timeout(GRACE, reading).await {
                Ok(Ok(Ok(fresh))) => Ok(fresh),
                _ => Ok(token),
            },
            None => reading
                .await
                .map_err(|error| format!("the token was not read: {error}"))?,
        }
    }

    /// Reads the file, and renews the token that it has if that is due.
    async fn read(&self, now: SystemTime) -> Result<BearerToken, String> {
        let _reading = self.reading.lock().await;
        if let Some(held) = self.held().filter(|held| held.is_fresh(now)) {
            return Ok(held.token);
        }
        let found = self.file.read(&self.io, now).await?;
        let token = BearerToken::new(&*found.token).with_expiry(found.expires_at);
        let until = found.expires_at.checked_sub(AHEAD).unwrap_or(now);
        *self.lock() = Some(Held {
            token: token.clone(),
            until: until.max(now + PAUSE),
        });
        Ok(token)
    }

    fn held(&self) -> Option<Held> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn is_fresh(&self, now: SystemTime) -> bool {
        now < self.until && self.token.is_valid(now)
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

    fn token<'a>(
        &'a self,
        signing_name: &'a str,
        now: SystemTime,
    ) -> BoxFuture<'a, Result<BearerToken, CredentialsError>> {
        Box::pin(self.get(signing_name, now))
    }
}
