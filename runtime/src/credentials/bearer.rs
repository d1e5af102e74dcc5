//! Bearer tokens (RFC 6750): what they are, where they come from, and when a call is authorised with one.

use crate::credentials::CredentialsError;
use crate::credentials::sso_token::TokenFile;
use crate::error::ConfigError;
use crate::protocol::Bearer;
use crate::settings::Environment;
use crate::settings::profile::Profiles;
use crate::sign::Secret;
use http::HeaderValue;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use zeroize::Zeroizing;

/// A token that opens a service to whoever holds it. Cheap to clone; `Debug` does not show it.
#[derive(Clone)]
pub struct BearerToken(Arc<(Secret, Option<SystemTime>)>);

impl BearerToken {
    /// A token that does not expire.
    pub fn new(token: impl Into<String>) -> Self {
        Self(Arc::new((token.into().into(), None)))
    }

    /// The same with the time from which it is no longer valid: a call after that fails before it is sent.
    #[must_use]
    pub fn with_expiry(self, expires_at: SystemTime) -> Self {
        Self(Arc::new((self.0.0.clone(), Some(expires_at))))
    }

    /// The token itself.
    pub fn token(&self) -> &str {
        &self.0.0
    }

    /// When it expires; `None`: never, or it is not known.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.0.1
    }

    fn is_valid(&self, now: SystemTime) -> bool {
        self.expires_at().is_none_or(|at| now < at)
    }
}

impl<T: Into<String>> From<T> for BearerToken {
    fn from(token: T) -> Self {
        Self::new(token)
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerToken")
            .field("token", &"** redacted **")
            .field("expires_at", &self.expires_at())
            .finish()
    }
}

/// The tokens of a configuration, and which way of authorising it prefers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    /// Set outright: for every service that takes one.
    pub(crate) outright: Option<BearerToken>,
    /// `AWS_BEARER_TOKEN_<SIGNING NAME>`, by what stands for the name.
    variables: BTreeMap<String, BearerToken>,
    /// The session that the profile names.
    session: Option<Session>,
    /// What that session's file said last.
    cached: Arc<Mutex<Option<BearerToken>>>,
    /// Keys for signatures are set outright.
    pub(crate) has_credentials: bool,
    /// Ways of authorising, most wanted first, by their names in Smithy without what stands before `#`.
    pub(crate) preference: Vec<String>,
    /// They were looked for in the environment and the shared files.
    loaded: bool,
}

/// A session that a profile names, and where its token is looked for.
#[derive(Clone, Debug)]
struct Session {
    file: TokenFile,
    environment: Environment,
}

const VARIABLES: &str = "AWS_BEARER_TOKEN_";

impl Tokens {
    pub(crate) fn fill(
        &mut self,
        environment: &Environment,
        profiles: &Profiles,
    ) -> Result<(), ConfigError> {
        self.variables = environment
            .variables_after(VARIABLES)
            .into_iter()
            .map(|(name, token)| (name, BearerToken::new(token.trim())))
            .collect();
        let session = profiles.setting("sso_session").map_err(ConfigError::new)?;
        self.session = session.map(|name| Session {
            file: TokenFile::of_session(name),
            environment: environment.clone(),
        });
        self.loaded = true;
        Ok(())
    }

    /// Whether a call of a service with this signing name is authorised with a token.
    ///
    /// What only takes a token gets one, and what takes none gets none. Else a preference decides; then, as in botocore,
    /// a token that is meant for this service, unless the program itself set keys; then the model's order.
    pub(crate) fn is_used(&self, bearer: Bearer, signing_name: &str) -> bool {
        let (first, second) = match bearer {
            Bearer::No => return false,
            Bearer::Only => return true,
            Bearer::Second => (false, true),
            Bearer::First => (true, false),
        };
        let has_token = self.outright.is_some() || self.variable(signing_name).is_some();
        let has_any = has_token || self.session.is_some();
        let preferred = self.preference.iter().find_map(|name| match name.as_str() {
            "httpBearerAuth" => has_any.then_some(true),
            "sigv4" => Some(false),
            _ => None,
        });
        preferred.unwrap_or(first && has_any || second && has_token && !self.has_credentials)
    }

    /// The token for a service with this signing name.
    pub(crate) async fn get(
        &self,
        signing_name: &str,
        now: SystemTime,
    ) -> Result<BearerToken, CredentialsError> {
        let variable = variable_name(signing_name);
        let found = match &self.outright {
            Some(token) => Some((token, "the bearer token that was set".to_owned())),
            None => self
                .variable(signing_name)
                .map(|token| (token, variable.clone())),
        };
        if let Some((token, place)) = found {
            if token.is_valid(now) {
                return Ok(token.clone());
            }
            return Err(CredentialsError::new(format!("{place} has expired")));
        }
        if !self.loaded {
            return Err(CredentialsError::new(
                "no bearer token: none was set; set one with Config::builder().bearer_token(…), or let \
                 Config::builder().load() look into the environment and the shared files",
            ));
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

    /// The session's token, whose file is read again shortly before it expires: whoever signs in renews it.
    async fn of_session(&self, session: &Session, now: SystemTime) -> Result<BearerToken, String> {
        const AHEAD: Duration = Duration::from_secs(60);
        let lock = || self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(token) = lock().clone().filter(|token| token.is_valid(now + AHEAD)) {
            return Ok(token);
        }
        let found = session.file.read(&session.environment, now).await?;
        let token = BearerToken(Arc::new((found.token, Some(found.expires_at))));
        *lock() = Some(token.clone());
        Ok(token)
    }

    fn variable(&self, signing_name: &str) -> Option<&BearerToken> {
        let name = variable_name(signing_name);
        self.variables.get(name.strip_prefix(VARIABLES)?)
    }
}

/// The variable that holds a service's token: `AWS_BEARER_TOKEN_BEDROCK`.
fn variable_name(signing_name: &str) -> String {
    let name = signing_name.replace(['-', ' '], "_").to_ascii_uppercase();
    format!("{VARIABLES}{name}")
}

/// The header that carries a token. Its text is never shown, not even by HTTP clients that log headers.
pub(crate) fn header(token: &BearerToken) -> Result<HeaderValue, CredentialsError> {
    let is_token = !token.token().is_empty() && token.token().bytes().all(|b| b.is_ascii_graphic());
    let value = Zeroizing::new(format!("Bearer {}", token.token()));
    let value = HeaderValue::from_str(&value);
    match value.ok().filter(|_| is_token) {
        Some(mut value) => {
            value.set_sensitive(true);
            Ok(value)
        }
        None => Err(CredentialsError::new(
            "the bearer token cannot be sent: expected visible ASCII without spaces, found something else",
        )),
    }
}
