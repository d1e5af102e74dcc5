//! The content of an error response, for all protocols.

use crate::codec::Codec;

/// The content of an error response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ErrorAnswer {
    /// The error's code, without namespace and URI.
    pub code: Option<String>,
    /// The name of the exception's shape, if it is not the code: several exceptions may share a code.
    pub name: Option<String>,
    /// The service's message.
    pub message: Option<String>,
    /// The id that the service gave the request.
    pub request_id: Option<String>,
    /// The codec that reads the members of the exception from the body.
    pub codec: &'static dyn Codec,
}

impl ErrorAnswer {
    /// A response without any of these, whose body is read by `codec`.
    #[must_use]
    pub fn new(codec: &'static dyn Codec) -> Self {
        Self {
            code: None,
            name: None,
            message: None,
            request_id: None,
            codec,
        }
    }
}

/// The exception in a response, and how it is read.
#[derive(Clone, Debug)]
pub(crate) struct Exception {
    /// The name of its shape, if it is not the code.
    pub(crate) name: Option<String>,
    pub(crate) codec: &'static dyn Codec,
}
