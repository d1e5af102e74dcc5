//! Bearer tokens (RFC 6750): the token of a call, and when a call is authorised with one.

use super::Explained;
use super::cache::Expiring;
use super::credentials::CredentialsError;
use crate::protocol::AuthScheme;
use crate::sign::BearerToken;
use futures_core::future::BoxFuture;
use http::HeaderValue;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;
use zeroize::Zeroizing;

/// A source of tokens from outside of the program.
pub trait TokenSource: fmt::Debug + Send + Sync {
    /// Whether there is a token for the service with this signing name.
    fn has_token_for(&self, signing_name: &str) -> bool;

    /// Whether there may be a token that is not for one service.
    fn has_session(&self) -> bool;

    /// Which tokens there are and where each was found, or where they were looked for; without the tokens.
    fn explain(&self) -> Vec<Explained>;

    /// The token for the service with this signing name, valid at `now`.
    ///
    /// # Errors
    /// There is none, or it has expired.
    fn token<'a>(
        &'a self,
        signing_name: &'a str,
        now: SystemTime,
    ) -> BoxFuture<'a, Result<BearerToken, CredentialsError>>;
}

impl Expiring for BearerToken {
    fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at()
    }

    fn is_same(&self, other: &Self) -> bool {
        self.token() == other.token()
    }
}

/// The tokens of a configuration.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    /// Set in the program: for every service that accepts tokens.
    pub(crate) explicit: Option<BearerToken>,
    /// Tokens of the environment and the shared files; `None`: they were not loaded.
    pub(crate) found: Option<Arc<dyn TokenSource>>,
    /// Whether keys for signatures are set in the program.
    pub(crate) has_credentials: bool,
}

impl Tokens {
    /// The authorisation scheme of a call of the service with this signing name; `None`: the call is not authorised.
    ///
    /// A scheme without a token or keys is used only if there is no other. Otherwise a preference decides; then, as in
    /// botocore, a token for this service, unless the program itself set keys; then the model's order.
    pub(crate) fn choose(
        &self,
        schemes: &[AuthScheme],
        preference: &[String],
        signing_name: &str,
    ) -> Option<AuthScheme> {
        let first = *schemes.first()?;
        if !schemes.contains(&AuthScheme::Bearer) || !schemes.contains(&AuthScheme::SigV4) {
            return Some(first);
        }
        let found = self.found.as_deref();
        let has_token =
            self.explicit.is_some() || found.is_some_and(|found| found.has_token_for(signing_name));
        let has_any = has_token || found.is_some_and(TokenSource::has_session);
        let preferred = preference.iter().find_map(|name| match name.as_str() {
            "httpBearerAuth" => has_any.then_some(AuthScheme::Bearer),
            "sigv4" => Some(AuthScheme::SigV4),
            _ => None,
        });
        let by_default = match first {
            AuthScheme::Bearer => has_any,
            AuthScheme::SigV4 => has_token && !self.has_credentials,
        };
        Some(preferred.unwrap_or(match by_default {
            true => AuthScheme::Bearer,
            false => AuthScheme::SigV4,
        }))
    }

    /// Which tokens there are, in words.
    pub(crate) fn explain(&self) -> Vec<Explained> {
        match (&self.explicit, &self.found) {
            (Some(_), _) => vec![Explained::new("bearer token", "set", "set in the program")],
            (None, Some(found)) => found.explain(),
            (None, None) => vec![Explained::new("bearer token", "none", "none was set")],
        }
    }

    /// The token for a service with this signing name.
    pub(crate) async fn get(
        &self,
        signing_name: &str,
        now: SystemTime,
    ) -> Result<BearerToken, CredentialsError> {
        match (&self.explicit, &self.found) {
            (Some(token), _) if token.is_valid(now) => Ok(token.clone()),
            (Some(_), _) => Err(CredentialsError::new(
                "the bearer token that was set has expired",
            )),
            (None, Some(found)) => found.token(signing_name, now).await,
            (None, None) => Err(CredentialsError::new(
                "no bearer token: none was set; set one with Config::builder().bearer_token(…), or let \
                 tinsmith_config::load() look into the environment and the shared files",
            )),
        }
    }
}

/// The header with a token. Its text is never shown, even by HTTP clients that log headers.
pub(super) fn header(token: &BearerToken) -> Result<HeaderValue, CredentialsError> {
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
