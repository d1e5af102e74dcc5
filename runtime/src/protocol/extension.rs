//! What a service does beyond its protocol and its model: decisions, without I/O. The client acts on them.
//!
//! A crate above this one implements it, such as tinsmith-s3, and the constant of a generated crate's service names it.

use super::Operation;
use crate::endpoint::EndpointContext;
use crate::http_binding::BuiltRequest;
use crate::shape::{BuildError, ReadError};
use crate::sign::{Credentials, TokenNames};
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

    /// The sessions that an endpoint asks for which accepts only this authentication scheme; `None`: the scheme is not
    /// supported.
    fn sessions(&self, scheme: &str) -> Option<&'static dyn SessionScheme> {
        let _ = scheme;
        None
    }
}

/// A call that an extension needs to have made.
#[derive(Debug)]
pub struct OwnCall {
    /// Its operation.
    pub operation: &'static Operation,
    /// Its request.
    pub request: BuiltRequest,
}

/// Sessions: credentials that a service gives for calls of one place, such as a bucket, and that sign its requests in place
/// of the client's. The client opens a session when it needs one, and keeps it until shortly before it expires.
pub trait SessionScheme: fmt::Debug + Sync {
    /// The names of a session's token.
    fn token_names(&self) -> TokenNames;

    /// The place that a request with these parameters of the endpoint rules is for.
    fn place<'a>(&self, endpoint: &'a EndpointContext) -> Option<&'a str>;

    /// The call that opens a session for a place.
    ///
    /// # Errors
    /// The place cannot be sent.
    fn open(&self, place: &str) -> Result<OwnCall, BuildError>;

    /// The credentials in its response.
    ///
    /// # Errors
    /// There are none, or they are not complete.
    fn credentials(&self, response: &http::Response<Bytes>) -> Result<Credentials, ReadError>;
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

    /// The code of an error whose response says none.
    fn code(&self, response: &http::Response<Bytes>) -> Option<&'static str> {
        let _ = response;
        None
    }

    /// Whether an error with this code says that the place is in another region. The call is made there, once.
    fn elsewhere(&self, code: Option<&str>, response: &http::Response<Bytes>) -> Option<Elsewhere> {
        let _ = (code, response);
        None
    }

    /// The call whose response, an error or not, says in which region the place is; `None`: there is none.
    fn locate(&self) -> Option<OwnCall> {
        None
    }

    /// The region in that response.
    fn located(&self, response: &http::Response<Bytes>) -> Option<String> {
        let _ = response;
        None
    }

    /// Changes a successful response before it is read.
    fn rewrite(&self, response: &mut http::Response<Bytes>) {
        let _ = response;
    }
}

/// Where a place is, by an error which says that it is in another region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// In this region.
    Region(String),
    /// In a region that the error does not name: [`ExtendedCall::locate`] finds it.
    Unknown,
}
