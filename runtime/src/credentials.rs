//! Credentials: what they are, where they come from, and keeping them fresh.

#[cfg(feature = "aws-credential-types")]
mod aws_credential_types;
pub(crate) mod bearer;
mod cache;
mod chain;
mod command;
mod container;
mod context;
pub(crate) mod expiry;
mod http;
mod instance;
mod object;
mod profile;
mod role;
mod sso;
mod sso_token;
mod web_identity;

#[cfg(feature = "aws-credential-types")]
pub use self::aws_credential_types::AwsCredentialTypes;
pub(crate) use cache::Cache;
pub(crate) use chain::Chain;
pub(crate) use context::Outside;
pub(crate) use instance::{Metadata, region as instance_region};
pub(crate) use object::Object;

use crate::error::Source;
use crate::shape::Timestamp;
use crate::shape::print;
use futures_core::future::BoxFuture;
use std::sync::Arc;
use std::time::SystemTime;
use std::{error, fmt};
use zeroize::Zeroize;

/// An access key and what belongs to it. Cheap to clone; `Debug` shows neither the secret nor the token.
///
/// Secret and token are overwritten in memory when the last clone is dropped, and so are the files, answers and keys on
/// the way that this crate holds itself. What HTTP, TLS and signing libraries copy, such as headers that are sent and the
/// keys that a signature is computed with, is theirs.
#[derive(Clone)]
pub struct Credentials(Arc<Inner>);

struct Inner {
    /// Never with an expiry: that is ours to watch.
    keys: reqsign_aws_v4::Credential,
    expires_at: Option<SystemTime>,
    /// See [`Credentials::used_after_expiry`].
    used_after_expiry: bool,
}

impl Inner {
    fn new(mut keys: reqsign_aws_v4::Credential, expires_at: Option<SystemTime>) -> Self {
        keys.session_token = keys.session_token.filter(|token| !token.is_empty());
        Self {
            keys,
            expires_at,
            used_after_expiry: false,
        }
    }
}

impl Clone for Inner {
    fn clone(&self) -> Self {
        Self {
            keys: self.keys.clone(),
            ..*self
        }
    }
}

/// Nothing of a secret stays behind in memory.
impl Drop for Inner {
    fn drop(&mut self) {
        self.keys.secret_access_key.zeroize();
        self.keys.session_token.zeroize();
    }
}

impl Credentials {
    /// Credentials that do not expire; `session_token` comes with temporary ones, and an empty one is none.
    pub fn new(
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<String>,
    ) -> Self {
        let keys = reqsign_aws_v4::Credential {
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
            session_token,
            expires_in: None,
        };
        Self(Arc::new(Inner::new(keys, None)))
    }

    /// The same with the time from which they are no longer valid. They are fetched again some minutes before.
    #[must_use]
    pub fn with_expiry(self, expires_at: SystemTime) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.0);
        inner.expires_at = Some(expires_at);
        Self(Arc::new(inner))
    }

    /// The same, to be used even where they have expired: an instance's metadata service gives out such credentials
    /// on purpose when it cannot renew them. From any other source they are an error.
    pub(crate) fn used_after_expiry(self) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.0);
        inner.used_after_expiry = true;
        Self(Arc::new(inner))
    }

    /// The access key id, which is no secret.
    pub fn access_key_id(&self) -> &str {
        &self.0.keys.access_key_id
    }

    /// The secret access key.
    pub fn secret_access_key(&self) -> &str {
        &self.0.keys.secret_access_key
    }

    /// The session token of temporary credentials.
    pub fn session_token(&self) -> Option<&str> {
        self.0.keys.session_token.as_deref()
    }

    /// When they expire; `None`: never, or it is not known.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.0.expires_at
    }

    /// Whether these are the same keys; what is known of their expiry does not matter.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.access_key_id() == other.access_key_id()
            && self.secret_access_key() == other.secret_access_key()
            && self.session_token() == other.session_token()
    }

    /// These credentials, unless they had already expired when `source` gave them at `now`.
    pub(crate) fn unless_expired(self, source: &str, now: SystemTime) -> Result<Self, String> {
        match self.expires_at() {
            Some(at) if at <= now && !self.0.used_after_expiry => Err(format!(
                "{source} gave credentials that expired at {}: expected some that are still valid",
                Timestamp::from(at)
            )),
            _ => Ok(self),
        }
    }

    pub(crate) fn keys(&self) -> &reqsign_aws_v4::Credential {
        &self.0.keys
    }
}

impl From<reqsign_aws_v4::Credential> for Credentials {
    fn from(mut keys: reqsign_aws_v4::Credential) -> Self {
        let expires_at = keys.expires_in.take().map(|expiry| expiry.as_system_time());
        Self(Arc::new(Inner::new(keys, expires_at)))
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id())
            .field("secret_access_key", &"** redacted **")
            .field(
                "session_token",
                &self.session_token().map(|_| "** redacted **"),
            )
            .field("expires_at", &self.expires_at())
            .finish()
    }
}

/// A source of credentials. What it gives is kept until shortly before it expires, and it is asked by one call at a
/// time, so it needs no cache and no lock of its own.
pub trait ProvideCredentials: Send + Sync {
    /// What to call it in messages, such as `vault`.
    fn name(&self) -> &str;

    /// Fetches credentials.
    ///
    /// # Errors
    /// There are none, or they could not be fetched; the text says which and why.
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>>;
}

impl ProvideCredentials for Credentials {
    fn name(&self) -> &str {
        "credentials set outright"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

/// Why there are no credentials. Cheap to clone: calls that wait for the same refresh get the same error.
#[derive(Clone)]
pub struct CredentialsError(Arc<(String, Option<Source>)>);

impl CredentialsError {
    /// An error with a message for people: what was looked for, where, and what was found. No secrets.
    pub fn new(message: impl Into<String>) -> Self {
        Self(Arc::new((message.into(), None)))
    }

    /// An error with its cause. The cause's text belongs into the message as well.
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
