//! The error of a call: the facts about the failure, and the exception of the service's model.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;

use super::{ErrorKind, Failure, ProvideErrorMetadata};

/// A response whose body is in memory.
pub type HttpResponse = http::Response<Bytes>;

/// Why a call of a service failed. `E` is the enum of the exceptions that the service's model declares.
///
/// It has the size of a pointer, so that a `Result` is no larger than the output.
pub struct Error<E>(Box<Inner<E>>);

struct Inner<E> {
    failure: Failure,
    service: Option<E>,
}

impl<E> Error<E> {
    /// The error for a failure, with the exception that was read from its response.
    pub(crate) fn new(failure: Failure, service: Option<E>) -> Self {
        Self(Box::new(Inner { failure, service }))
    }

    /// The kind of failure.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.failure.kind
    }

    /// The operation's name in the model; empty if no operation was involved.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.failure.operation
    }

    /// The exception that the service returned, if its model declares it.
    #[must_use]
    pub fn service_error(&self) -> Option<&E> {
        self.0.service.as_ref()
    }

    /// The exception by value.
    #[must_use]
    pub fn into_exception(self) -> Option<E> {
        self.0.service
    }

    /// The service's error code, without namespace and URI, modelled or not.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.failure.code.as_deref()
    }

    /// The message that the service sent. `Display` and the source have further details.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.failure.message.as_deref()
    }

    /// The HTTP status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.failure.status
    }

    /// The id that the service gave the request; support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.failure.request_id.as_deref()
    }

    /// The number of attempts that were sent; 0: none.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.failure.attempts
    }

    /// Whether the service throttled the request.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        self.0.failure.throttling
    }

    /// Whether a timeout passed before the response was complete.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// All other details, without the modelled exception.
    #[must_use]
    pub fn meta(&self) -> &Failure {
        &self.0.failure
    }

    /// The response with the service's error, for details that are not in the model.
    #[must_use]
    pub fn raw_response(&self) -> Option<&HttpResponse> {
        self.0.failure.response.as_ref()
    }
}

/// For failures without a response; [`Error::from_failure`] also reads the exception of a response.
impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        Self::new(failure, None)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.failure.fmt(f)
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { failure, service } = &*self.0;
        f.debug_struct("Error")
            .field("failure", failure)
            .field("service", service)
            .finish()
    }
}

impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.failure.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}

/// The error of a generated crate. [`service_errors!`](crate::service_errors) implements it.
pub trait CrateError:
    ProvideErrorMetadata + StdError + From<Failure> + Send + Sync + 'static
{
    /// The exceptions that the service's model describes.
    type ServiceError;

    /// The error for a failure; the modelled exception is read from the failure's response.
    fn from_failure(failure: Failure) -> Self;

    /// The exception that the service returned, if its model describes it.
    fn service_error(&self) -> Option<&Self::ServiceError>;
}
