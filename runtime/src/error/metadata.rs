//! What is asked of an error, whichever crate it is of.

use super::{Error, Failure};

/// What is known of a failed call, for code that works with the errors of several crates.
pub trait ProvideErrorMetadata {
    /// Everything that is known of it.
    fn meta(&self) -> &Failure;

    /// The service's error code, without namespace and URI, whether modelled or not.
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
