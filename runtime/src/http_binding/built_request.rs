//! A request between building and sending.

use crate::endpoint::EndpointContext;
use crate::shape::BuildError;
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
    /// Whether the content type among the headers is the protocol's, because no member sets it.
    pub(crate) has_default_content_type: bool,
    /// What a member says of the body's length in bytes, and the member.
    pub(crate) content_length: Option<(&'static str, i64)>,
}

impl BuiltRequest {
    /// The request with the length that a member says.
    ///
    /// # Errors
    /// The body has another length.
    pub(crate) fn sized(mut self) -> Result<Self, BuildError> {
        if let Some((member, length)) = self.content_length {
            self.body = with_length(self.body, length).map_err(|error| error.in_member(member))?;
        }
        Ok(self)
    }
}

/// A body that has as many bytes as a member says.
fn with_length(body: RequestBody, length: i64) -> Result<RequestBody, BuildError> {
    let expected = |found: u64| {
        BuildError::new(format!(
            "expected the length of the body, {found} bytes, found {length}"
        ))
    };
    let said = u64::try_from(length).ok();
    match body {
        RequestBody::Bytes(bytes) if said != Some(bytes.len() as u64) => {
            Err(expected(bytes.len() as u64))
        }
        RequestBody::Stream(stream) => match (said, stream.content_length()) {
            (Some(said), Some(found)) if said != found => Err(expected(found)),
            (Some(said), _) => Ok(RequestBody::Stream(stream.with_length(said))),
            (None, _) => Err(BuildError::new(format!(
                "expected a number of bytes, found {length}"
            ))),
        },
        body => Ok(body),
    }
}
