//! A request between building and sending.

use crate::endpoint::EndpointContext;
use crate::stream::RequestBody;
use http::request::Parts;

/// The result of building: everything but host, date and signature, which are added when it is sent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BuiltRequest {
    /// Method, path and query, headers.
    pub head: Parts,
    /// The prefix of the endpoint's host, with its labels filled in; `None`: there is none.
    pub host_prefix: Option<String>,
    /// The parameters of the endpoint rules from the operation and its input.
    pub endpoint: EndpointContext,
    /// The body.
    pub body: RequestBody,
}
