//! The content of an error response, whatever the protocol.

use crate::codec::Codec;

/// The content of an error response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ErrorAnswer {
    /// The error's code, without namespace and URI.
    pub code: Option<String>,
    /// The name of the exception's shape, where that is not the code: several exceptions may share one.
    pub name: Option<String>,
    /// The service's message.
    pub message: Option<String>,
    /// The service's id of the request.
    pub request_id: Option<String>,
    /// The codec that reads the members of the exception from the body.
    pub codec: &'static dyn Codec,
}

impl ErrorAnswer {
    /// A response without any of these, whose body `codec` reads.
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

/// Which exception a response holds, and how it is read.
#[derive(Clone, Debug)]
pub(crate) struct Exception {
    /// The name of its shape, where that is not the code.
    pub(crate) name: Option<String>,
    pub(crate) codec: &'static dyn Codec,
}
