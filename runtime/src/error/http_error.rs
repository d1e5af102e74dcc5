//! Errors of HTTP clients and of bodies: why a request has no complete response.

use super::{ErrorKind, Source};
use crate::shape::print;
use std::{error, fmt};

/// Why there is no complete response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HttpErrorKind {
    /// No connection could be made. Retried.
    Connect,
    /// A timeout passed, for the connection or for the attempt. Retried.
    Timeout,
    /// The connection was closed before the response was complete. Retried.
    Reset,
    /// The response's body is larger than allowed. Not retried.
    TooLarge,
    /// The response's body has another checksum than its headers say. Not retried.
    Checksum,
    /// The request's body could not be read: a missing file, an error of a stream. Not retried.
    RequestBody,
    /// Anything else, such as a certificate that is not trusted. Not retried.
    Other,
}

impl HttpErrorKind {
    /// The kind of the error of a call that fails with this.
    pub(crate) fn of_call(self) -> ErrorKind {
        match self {
            Self::Timeout => ErrorKind::Timeout,
            Self::TooLarge | Self::Checksum => ErrorKind::Response,
            Self::RequestBody => ErrorKind::Input,
            Self::Connect | Self::Reset | Self::Other => ErrorKind::Connection,
        }
    }
}

/// A request without a complete response.
#[derive(Debug)]
pub struct HttpError {
    kind: HttpErrorKind,
    message: String,
    source: Option<Source>,
}

impl HttpError {
    /// An error with a message: what was tried, and what happened.
    pub fn new(kind: HttpErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
        }
    }

    /// Adds the cause. The message should contain the cause's text as well.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The kind of failure.
    pub fn kind(&self) -> HttpErrorKind {
        self.kind
    }

    /// Whether sending the same request again may succeed.
    pub fn is_retryable(&self) -> bool {
        match self.kind {
            HttpErrorKind::Connect | HttpErrorKind::Timeout | HttpErrorKind::Reset => true,
            HttpErrorKind::TooLarge
            | HttpErrorKind::Checksum
            | HttpErrorKind::RequestBody
            | HttpErrorKind::Other => false,
        }
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print(f, &self.message)
    }
}

impl error::Error for HttpError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
