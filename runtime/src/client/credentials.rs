//! The credentials of a client: their source, and when they are fetched again.

#[cfg(feature = "aws-credential-types")]
mod aws_credential_types;

#[cfg(feature = "aws-credential-types")]
pub use self::aws_credential_types::AwsCredentialTypes;

use super::cache::{Cache, Expiring, Fetch, PAUSE};
use crate::error::Source;
use crate::shape::print;
use crate::sign::Credentials;
use futures_core::future::BoxFuture;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use std::{error, fmt};

/// How long before they expire credentials are fetched again, plus up to [`JITTER`], so that many processes which
/// started together do not refresh together.
const AHEAD: Duration = Duration::from_secs(5 * 60);
const JITTER: Duration = Duration::from_secs(60);

/// The credentials of a configuration, shared by all its clones.
pub(crate) type CachedCredentials = Cache<Provided>;

/// A source of credentials, for a cache.
pub(crate) struct Provided(pub(crate) Arc<dyn ProvideCredentials>);

impl Expiring for Credentials {
    fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at()
    }

    fn is_same(&self, other: &Self) -> bool {
        self.has_same_keys(other)
    }
}

impl Fetch for Provided {
    type Value = Credentials;

    fn name(&self) -> &str {
        self.0.name()
    }

    fn fetch(&self, now: SystemTime) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async move {
            let checked = self.0.provide().await?.unless_expired(self.name(), now);
            checked.map_err(CredentialsError::new)
        })
    }

    fn refresh_at(&self, now: SystemTime, expires_at: Option<SystemTime>) -> Option<SystemTime> {
        refresh_at(now, expires_at, fastrand::f64())
    }
}

/// When to fetch credentials again that were fetched at `now`; `random` is in 0..1. Credentials that live only a few
/// minutes are used for half of that time; expired ones that may still be used, for a while.
fn refresh_at(now: SystemTime, expires_at: Option<SystemTime>, random: f64) -> Option<SystemTime> {
    let left = expires_at?.duration_since(now).unwrap_or_default();
    if left.is_zero() {
        return Some(now + PAUSE);
    }
    let ahead = (AHEAD + JITTER.mul_f64(random)).min(left / 2);
    Some(now + (left - ahead))
}

/// A source of credentials. Its credentials are cached until shortly before they expire, and it is never called twice
/// at the same time, so it needs neither a cache nor a lock.
pub trait ProvideCredentials: Send + Sync {
    /// Its name in messages, such as `vault`.
    fn name(&self) -> &str;

    /// Fetches credentials.
    ///
    /// # Errors
    /// There are no credentials, or they could not be fetched; the message says which and why.
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>>;
}

impl ProvideCredentials for Credentials {
    fn name(&self) -> &str {
        "explicit credentials"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        (**self).provide()
    }
}

/// Why there are no credentials. Cheap to clone: calls that wait for the same refresh get the same error.
#[derive(Clone)]
pub struct CredentialsError(Arc<(String, Option<Source>)>);

impl CredentialsError {
    /// An error with a message: what was looked for, where, and what was found. It must not contain secrets.
    pub fn new(message: impl Into<String>) -> Self {
        Self(Arc::new((message.into(), None)))
    }

    /// An error with its cause. The message should contain the cause's text as well.
    pub fn with_source(message: impl Into<String>, source: impl Into<Source>) -> Self {
        Self(Arc::new((message.into(), Some(source.into()))))
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print(f, &self.0.0)
    }
}

impl fmt::Debug for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CredentialsError").field(&self.0.0).finish()
    }
}

impl error::Error for CredentialsError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.1.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lived_credentials_are_used_for_half_their_life_and_expired_ones_for_a_minute() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        assert_eq!(refresh_at(at(0), Some(at(240)), 0.5), Some(at(120)));
        assert_eq!(refresh_at(at(0), Some(at(3600)), 0.5), Some(at(3600 - 330)));
        assert_eq!(refresh_at(at(100), Some(at(50)), 0.5), Some(at(160)));
        assert_eq!(refresh_at(at(0), None, 0.5), None);
    }
}
