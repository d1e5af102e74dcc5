//! Requests as they arrived, for assertions.

use bytes::Bytes;
use hyper::HeaderMap;
use serde_json::Value;
use tokio::time::Instant;

/// One request that reached the server.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// When its body was complete.
    pub at: Instant,
    /// Its method.
    pub method: String,
    /// Its path and query, as sent.
    pub target: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
    /// What `x-amzn-requestid` of the answer says.
    pub request_id: String,
    /// Why the server did not take the signature; `None` where it did.
    pub refused: Option<String>,
}

impl Recorded {
    /// A header as text; empty if it is missing or not text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// `amz-sdk-request`, such as `attempt=2; max=3`.
    #[must_use]
    pub fn attempt(&self) -> &str {
        self.header("amz-sdk-request")
    }

    /// `amz-sdk-invocation-id`: one for all attempts of a call.
    #[must_use]
    pub fn invocation_id(&self) -> &str {
        self.header("amz-sdk-invocation-id")
    }

    /// A member of the body; null if the body has none of that name.
    #[must_use]
    pub fn member(&self, name: &str) -> Value {
        serde_json::from_slice::<Value>(&self.body)
            .ok()
            .and_then(|body| body.get(name).cloned())
            .unwrap_or_default()
    }
}
