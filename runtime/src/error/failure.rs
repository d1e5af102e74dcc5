//! The details of a failed call, of any service.

use std::error::Error as StdError;
use std::fmt::{self, Write as _};

use bytes::Bytes;

use super::{ErrorAnswer, Exception};
use crate::shape::Printable;

/// A cause of any type, as [`std::error::Error::source`] returns it.
pub type Source = Box<dyn StdError + Send + Sync>;

/// The kind of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input cannot be sent, for example because a required member is unset. Nothing was sent, unless the input is
    /// a stream that ended with an error.
    Input,
    /// A setting is missing or invalid: the region, the endpoint, a profile. Nothing was sent.
    Configuration,
    /// No credentials were found, or they could not be fetched or refreshed. Nothing was sent.
    Credentials,
    /// The service could not be reached, or the connection broke before the response was complete.
    Connection,
    /// A timeout passed before the response was complete.
    Timeout,
    /// The response cannot be read.
    Response,
    /// The service returned an error.
    Service,
    /// A listing cannot continue: a token was repeated, or a setting does not apply to the operation.
    Pagination,
    /// A wait ended without success.
    Waiter,
}

/// All details of a failed call, for any service: the part of [`Error`](crate::Error) without type parameters.
pub struct Failure {
    /// The kind of failure.
    pub kind: ErrorKind,
    /// The operation's name in the model; empty if no operation was involved.
    pub operation: &'static str,
    /// The service's error code, without namespace and URI.
    pub code: Option<String>,
    /// The service's message, or this crate's if the service sent none.
    pub message: Option<String>,
    /// HTTP status of the response.
    pub status: Option<u16>,
    /// The id that the service gave the request; support asks for it.
    pub request_id: Option<String>,
    /// The number of attempts that were sent; 0: none.
    pub attempts: u32,
    /// The number of attempts that were allowed.
    pub max_attempts: u32,
    /// Whether the service throttled the request.
    pub throttling: bool,
    /// Whether a retry was omitted because the client's retry quota was used up.
    pub quota_empty: bool,
    /// Whether a retry was omitted because the body is a stream that can be read only once.
    pub body_spent: bool,
    /// The cause.
    pub source: Option<Source>,
    /// The error response; only for [`ErrorKind::Service`].
    pub response: Option<http::Response<Bytes>>,
    /// The exception in the response.
    pub(crate) exception: Option<Exception>,
}

impl Failure {
    /// A failure of `operation` with this kind and no details.
    #[must_use]
    pub fn new(kind: ErrorKind, operation: &'static str) -> Self {
        Self {
            kind,
            operation,
            code: None,
            message: None,
            status: None,
            request_id: None,
            attempts: 0,
            max_attempts: 0,
            throttling: false,
            quota_empty: false,
            body_spent: false,
            source: None,
            response: None,
            exception: None,
        }
    }

    /// The service's error code, without namespace and URI.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The service's message, or this crate's if the service sent none.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Adds a message.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Adds the cause; its text is shown if there is no message.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Adds the number of attempts that were made and that were allowed.
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32, max_attempts: u32) -> Self {
        self.attempts = attempts;
        self.max_attempts = max_attempts;
        self
    }

    /// Adds the service's error: status, code, message and request id, and the response itself.
    #[must_use]
    pub fn with_answer(mut self, answer: ErrorAnswer, response: http::Response<Bytes>) -> Self {
        let ErrorAnswer {
            code,
            name,
            message,
            request_id,
            codec,
        } = answer;
        self.status = Some(response.status().as_u16());
        self.request_id = request_id;
        self.code = code;
        // A redirect means a wrong region or endpoint, and names the right one.
        self.message = message.or_else(|| {
            let location = response.headers().get(http::header::LOCATION)?;
            Some(format!("the service refers to {}", location.to_str().ok()?))
        });
        self.exception = Some(Exception { name, codec });
        self.response = Some(response);
        self
    }

    /// The text of `Display` without the operation and the brackets.
    fn describe(&self, f: &mut Printable<'_, '_>) -> fmt::Result {
        if self.kind == ErrorKind::Service {
            f.write_str(self.code.as_deref().unwrap_or("error without a code"))?;
            if let Some(status) = self.status {
                write!(f, " ({status})")?;
            }
            return match &self.message {
                Some(message) => write!(f, ": {message}"),
                None => Ok(()),
            };
        }
        match (&self.message, &self.source) {
            (Some(message), _) => f.write_str(message)?,
            (None, Some(source)) => write!(f, "{source}")?,
            (None, None) => write!(f, "{:?} error", self.kind)?,
        }
        match self.status {
            Some(status) => write!(f, " ({status})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut Printable(f);
        if !self.operation.is_empty() {
            write!(f, "{}: ", self.operation)?;
        }
        self.describe(f)?;
        let id = self
            .request_id
            .as_ref()
            .map(|id| format!("request id {id}"));
        let attempts = (self.attempts > 0).then(|| {
            let why = match (self.quota_empty, self.body_spent) {
                (true, _) => "; retry quota empty",
                (_, true) => {
                    "; not retried, because its body is a stream that can be read only once"
                }
                (false, false) => "",
            };
            let max = self.max_attempts.max(self.attempts);
            format!("attempt {} of {max}{why}", self.attempts)
        });
        match (id, attempts) {
            (None, None) => Ok(()),
            (Some(one), None) | (None, Some(one)) => write!(f, " [{one}]"),
            (Some(id), Some(attempts)) => write!(f, " [{id}, {attempts}]"),
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The response's headers and body are the service's data, which must not be logged.
        let Self {
            kind,
            operation,
            code,
            message,
            status,
            request_id,
            attempts,
            max_attempts,
            throttling,
            quota_empty,
            body_spent,
            source,
            response: _,
            exception: _,
        } = self;
        f.debug_struct("Failure")
            .field("kind", kind)
            .field("operation", operation)
            .field("code", code)
            .field("message", message)
            .field("status", status)
            .field("request_id", request_id)
            .field("attempts", attempts)
            .field("max_attempts", max_attempts)
            .field("throttling", throttling)
            .field("quota_empty", quota_empty)
            .field("body_spent", body_spent)
            .field("source", source)
            .finish_non_exhaustive()
    }
}
