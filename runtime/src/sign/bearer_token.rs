//! The token that a request carries in place of a signature (RFC 6750).

use super::secret::Secret;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

/// A token that authorises its bearer. Cheap to clone; `Debug` does not show it.
#[derive(Clone)]
pub struct BearerToken(Arc<(Secret, Option<SystemTime>)>);

impl BearerToken {
    /// A token that does not expire.
    pub fn new(token: impl Into<String>) -> Self {
        Self(Arc::new((token.into().into(), None)))
    }

    /// Sets the time at which it expires: a call after that fails before it is sent.
    #[must_use]
    pub fn with_expiry(self, expires_at: SystemTime) -> Self {
        Self(Arc::new((self.0.0.clone(), Some(expires_at))))
    }

    /// The token itself.
    pub fn token(&self) -> &str {
        &self.0.0
    }

    /// The time at which it expires; `None`: never, or unknown.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.0.1
    }

    /// Whether it is still valid at `now`.
    pub fn is_valid(&self, now: SystemTime) -> bool {
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
