//! An error that is not in the service's model, in place of an exception.

use super::Failure;
use crate::shape::print;
use std::fmt;

/// An error that is not an exception of the service's model: the value of the variant `Unhandled` of a crate's
/// `ServiceError`. The error of the call has more details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unhandled {
    code: Option<String>,
    message: Option<String>,
}

impl Unhandled {
    /// The error that the service returned.
    pub(crate) fn answer(failure: &Failure) -> Self {
        Self {
            code: failure.code.clone(),
            message: failure.message.clone(),
        }
    }

    /// A failure without a response of the service, as the text of the error.
    #[must_use]
    pub fn without_answer(failure: &Failure) -> Self {
        Self {
            code: failure.code.clone(),
            message: Some(failure.to_string()),
        }
    }

    /// The service's error code and message.
    #[must_use]
    pub fn meta(&self) -> ExceptionMetadata<'_> {
        ExceptionMetadata::new(self.code.as_deref(), self.message.as_deref())
    }
}

/// The code and the message of an exception.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExceptionMetadata<'a> {
    code: Option<&'a str>,
    message: Option<&'a str>,
}

impl<'a> ExceptionMetadata<'a> {
    /// Metadata with this code and this message.
    #[must_use]
    pub fn new(code: Option<&'a str>, message: Option<&'a str>) -> Self {
        Self { code, message }
    }

    /// The code, without namespace and URI.
    #[must_use]
    pub fn code(self) -> Option<&'a str> {
        self.code
    }

    /// The message, if the service sent one.
    #[must_use]
    pub fn message(self) -> Option<&'a str> {
        self.message
    }
}

impl fmt::Display for ExceptionMetadata<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code, self.message) {
            (Some(code), Some(message)) => print(f, &format_args!("{code}: {message}")),
            (text, None) | (None, text) => print(f, &text.unwrap_or("an error without a code")),
        }
    }
}
