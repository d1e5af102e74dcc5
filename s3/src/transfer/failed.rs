//! Why a transfer failed: the failure of one of its calls, which becomes the error of the crate that the call is from.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use tinsmith_runtime::codegen::ProvideErrorMetadata;
use tinsmith_runtime::{CrateError, ErrorKind, Failure, StreamError};

/// A failure, with the response in which an exception of the model may be.
pub(super) struct Failed(Box<Failure>);

impl Failed {
    /// A failure of what `operation` names, with a message.
    pub(super) fn new(
        kind: ErrorKind,
        operation: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Failure::new(kind, operation).with_message(message).into()
    }

    /// A failure of reading or writing what the object is made from or written to.
    pub(super) fn io(operation: &'static str, what: &str, error: std::io::Error) -> Self {
        let message = format!("{what}: {error}");
        let failure = Failure::new(ErrorKind::Input, operation).with_message(message);
        failure.with_source(error).into()
    }

    /// The same failure with what it means here.
    pub(super) fn with_message(self, message: impl Into<String>) -> Self {
        self.0.with_message(message).into()
    }

    pub(super) fn into_failure(self) -> Failure {
        *self.0
    }
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Self(Box::new(failure))
    }
}

impl From<StreamError> for Failed {
    fn from(error: StreamError) -> Self {
        Failure::from(error).into()
    }
}

impl ProvideErrorMetadata for Failed {
    fn meta(&self) -> &Failure {
        &self.0
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Failed {}

impl CrateError for Failed {
    type ServiceError = Infallible;

    fn from_failure(failure: Failure) -> Self {
        failure.into()
    }

    fn service_error(&self) -> Option<&Infallible> {
        None
    }
}
