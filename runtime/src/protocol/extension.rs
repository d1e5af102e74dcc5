//! What a service does beyond its protocol and its model: decisions, without I/O. The client acts on them.
//!
//! A crate above this one implements it, such as tinsmith-s3, and the constant of a generated crate's service names it.

use super::Operation;
use crate::http_binding::BuiltRequest;
use crate::shape::BuildError;
use bytes::Bytes;
use std::fmt;

/// A service's own behaviour.
pub trait Extension: fmt::Debug + Sync {
    /// Completes a request that was built, before its checksum and its signature: one that is sent, or presigned.
    ///
    /// # Errors
    /// The service does not accept a value of the request.
    fn complete(
        &self,
        operation: &Operation,
        request: &mut BuiltRequest,
        settings: Settings,
    ) -> Result<(), BuildError>;

    /// Prepares a complete request for a call, and returns what decides on the responses.
    fn begin(
        &self,
        operation: &'static Operation,
        request: &mut BuiltRequest,
    ) -> Box<dyn ExtendedCall>;
}

/// The settings of the client that an extension depends on.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Settings {
    /// Whether the endpoint was set, so that the service may be another one that is compatible.
    pub has_own_endpoint: bool,
}

/// The decisions on the responses of one call.
pub trait ExtendedCall: Send + Sync {
    /// What the call is for, if it can be in another region than the client's, such as a bucket. The client remembers the
    /// region by this name.
    fn place(&self) -> Option<&str> {
        None
    }

    /// Whether a response with a status of success is an error nevertheless. It is retried like one with status 500.
    fn is_error(&self, response: &http::Response<Bytes>) -> bool {
        let _ = response;
        false
    }

    /// The region of the place, if an error with this code says that it is in another one. The call is made there, once.
    fn region(&self, code: Option<&str>, response: &http::Response<Bytes>) -> Option<String> {
        let _ = (code, response);
        None
    }

    /// Changes a successful response before it is read.
    fn rewrite(&self, response: &mut http::Response<Bytes>) {
        let _ = response;
    }
}
