//! The keys that a request is signed with.

use super::secret::Secret;
use crate::shape::Timestamp;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

/// An access key, its secret and an optional session token. Cheap to clone; `Debug` shows neither secret nor token.
///
/// Secret and token are overwritten in memory when the last clone is dropped, and so are the files and the signing keys.
/// Copies that HTTP, TLS and signing libraries make, such as headers that are sent, and the responses of services that
/// give credentials are not overwritten: a body that hyper reads is a part of its connection's buffer, which also holds the
/// next response, and which only hyper can write to; that of TLS before it is not accessible at all.
#[derive(Clone)]
pub struct Credentials(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    access_key_id: String,
    secret_access_key: Secret,
    session_token: Option<Secret>,
    expires_at: Option<SystemTime>,
    /// See [`Credentials::used_after_expiry`].
    used_after_expiry: bool,
    /// See [`Credentials::with_origin`].
    origin: Option<Arc<str>>,
}

impl Credentials {
    /// Credentials without an expiry; `session_token` is for temporary ones, and an empty text counts as `None`.
    pub fn new(
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<String>,
    ) -> Self {
        Self(Arc::new(Inner {
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into().into(),
            session_token: session_token
                .filter(|token| !token.is_empty())
                .map(Secret::from),
            expires_at: None,
            used_after_expiry: false,
            origin: None,
        }))
    }

    /// Sets the time at which they expire. They are fetched again some minutes before.
    #[must_use]
    pub fn with_expiry(self, expires_at: SystemTime) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.0);
        inner.expires_at = Some(expires_at);
        Self(Arc::new(inner))
    }

    /// Allows their use after they have expired: an instance's metadata service returns such credentials on purpose
    /// when it cannot renew them. From any other source they are an error.
    #[must_use]
    pub fn used_after_expiry(self) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.0);
        inner.used_after_expiry = true;
        Self(Arc::new(inner))
    }

    /// Sets what [`origin`](Self::origin) says. It must not contain secrets.
    #[must_use]
    pub fn with_origin(self, origin: impl Into<Arc<str>>) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.0);
        inner.origin = Some(origin.into());
        Self(Arc::new(inner))
    }

    /// Where they come from, such as ``profile `ci` ``, if their source says so.
    pub fn origin(&self) -> Option<&str> {
        self.0.origin.as_deref()
    }

    /// The access key id, which is not secret.
    pub fn access_key_id(&self) -> &str {
        &self.0.access_key_id
    }

    /// The secret access key.
    pub fn secret_access_key(&self) -> &str {
        &self.0.secret_access_key
    }

    /// The session token of temporary credentials.
    pub fn session_token(&self) -> Option<&str> {
        self.0.session_token.as_deref()
    }

    /// The time at which they expire; `None`: never, or unknown.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.0.expires_at
    }

    /// Whether these are the same keys; their expiry is not compared.
    pub(crate) fn has_same_keys(&self, other: &Self) -> bool {
        self.access_key_id() == other.access_key_id()
            && self.secret_access_key() == other.secret_access_key()
            && self.session_token() == other.session_token()
    }

    /// These credentials, unless they had already expired when `source` returned them at `now`.
    ///
    /// # Errors
    /// They had; the message names `source` and the time.
    pub fn unless_expired(self, source: &str, now: SystemTime) -> Result<Self, String> {
        match self.expires_at() {
            Some(at) if at <= now && !self.0.used_after_expiry => Err(format!(
                "{source} gave credentials that expired at {}: expected some that are still valid",
                Timestamp::from(at)
            )),
            _ => Ok(self),
        }
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
