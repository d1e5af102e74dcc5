//! The credentials of a client: a source, whose credentials are cached until shortly before they expire.

#[cfg(feature = "aws-credential-types")]
mod aws_credential_types;
mod cache;

#[cfg(feature = "aws-credential-types")]
pub use self::aws_credential_types::AwsCredentialTypes;
pub(crate) use cache::Cache;

use crate::error::Source;
use crate::shape::print;
use crate::sign::Credentials;
use futures_core::future::BoxFuture;
use std::sync::Arc;
use std::{error, fmt};

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
