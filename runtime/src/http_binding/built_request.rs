//! A request between building and sending.

use crate::endpoint::EndpointContext;
use crate::stream::RequestBody;
use http::request::Parts;

/// What an operation and its input came to: everything but host, date and signature, which only the one who sends knows.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BuiltRequest {
    /// Method, path and query, headers.
    pub head: Parts,
    /// What stands before the endpoint's host, labels filled in; `None`: nothing.
    pub host_prefix: Option<String>,
    /// The parameters of the endpoint rules that operation and input give.
    pub endpoint: EndpointContext,
    /// The body.
    pub body: RequestBody,
}
