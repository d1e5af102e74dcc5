//! The error of reading a stream, after the call itself has succeeded.

use super::{ErrorKind, Failure};
use crate::error::Error;
use crate::error::HttpError;
use std::error::Error as StdError;
use std::fmt;

/// Why reading a [`ByteStream`](super::ByteStream) failed. It converts into the error of every generated crate.
///
/// `Display` names the operation: `SynthesizeSpeech: the connection to https://… broke within the response: …`.
pub struct StreamError(Box<Failure>);

impl StreamError {
    pub(super) fn new(operation: &'static str, error: HttpError) -> Self {
        let failure = Failure::new(error.kind().of_call(), operation).with_source(error);
        Self(Box::new(failure))
    }

    pub(super) fn with_message(self, message: String) -> Self {
        Self(Box::new(self.0.with_message(message)))
    }

    /// The kind of failure.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The name of the operation whose output it is; empty for a stream that is not the output of an operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// Whether nothing was received within the idle timeout.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StreamError").field(&self.0).finish()
    }
}

impl StdError for StreamError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}

impl From<StreamError> for Failure {
    fn from(error: StreamError) -> Self {
        *error.0
    }
}

impl<E> From<StreamError> for Error<E> {
    fn from(error: StreamError) -> Self {
        (*error.0).into()
    }
}
