//! Accessors of errors, for code that works with several generated crates.

use super::{Error, Failure, HttpResponse};
use std::error::Error as StdError;
use std::fmt;

/// An error of any type.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// The error of a call whose operation has the error `E`, as in the official SDK. Here every operation of a crate has
/// the error `ServiceError`, and `SdkError<ServiceError>` is the crate's `Error`.
pub type SdkError<E, R = HttpResponse> = <E as ErrorOfCall<R>>::Error;

/// Resolves [`SdkError`].
pub trait ErrorOfCall<R> {
    /// The error of the crate.
    type Error;
}

/// Displays an error and, after colons, its chain of sources.
#[derive(Debug)]
pub struct DisplayErrorContext<E>(pub E);

impl<E: StdError> fmt::Display for DisplayErrorContext<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)?;
        let mut source = self.0.source();
        while let Some(cause) = source {
            write!(f, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}

/// The details of a failed call, for code that works with the errors of several crates.
pub trait ProvideErrorMetadata {
    /// All details.
    fn meta(&self) -> &Failure;

    /// The service's error code, without namespace and URI, modelled or not.
    fn code(&self) -> Option<&str> {
        self.meta().code()
    }

    /// The message that the service sent.
    fn message(&self) -> Option<&str> {
        self.meta().message()
    }
}

impl<E> ProvideErrorMetadata for Error<E> {
    fn meta(&self) -> &Failure {
        self.meta()
    }
}
