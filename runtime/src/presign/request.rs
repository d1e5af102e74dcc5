//! The result of presigning.

use bytes::Bytes;
use http::request::Parts;
use std::fmt;
use std::time::SystemTime;

/// A request with its signature in the URL. Whoever has it can send it until it expires, with any HTTP client: with this
/// method, these headers, which the signature covers, and this body, if there is one.
///
/// The URL proves the identity of the caller, so it is as secret as a password until it expires; `Debug` shows it
/// without its query.
#[derive(Clone)]
pub struct PresignedRequest {
    pub(super) head: Parts,
    /// The URI of the head, as text.
    pub(super) uri: String,
    pub(super) body: Option<Bytes>,
    pub(super) expires_at: SystemTime,
}

impl PresignedRequest {
    /// The method, such as `GET`.
    #[must_use]
    pub fn method(&self) -> &str {
        self.head.method.as_str()
    }

    /// The URL.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// The headers that must be sent with it, besides the host's: names in lower case, and values.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        // All values are visible ASCII: others cannot be signed.
        let headers = self.head.headers.iter();
        headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }

    /// The body that must be sent with it; `None`: its operation has none, or, for S3, the sender chooses it.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.body.as_ref()
    }

    /// When it expires, or the credentials that signed it if that is earlier and known.
    #[must_use]
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }

    /// The request with another body: for S3, whose signatures do not cover it.
    #[must_use]
    pub fn into_http_1x_request<B>(self, body: B) -> http::Request<B> {
        http::Request::from_parts(self.head, body)
    }

    /// The same without consuming it.
    #[must_use]
    pub fn make_http_1x_request<B>(&self, body: B) -> http::Request<B> {
        self.clone().into_http_1x_request(body)
    }
}

impl From<PresignedRequest> for http::Request<Bytes> {
    fn from(presigned: PresignedRequest) -> Self {
        let body = presigned.body.clone().unwrap_or_default();
        presigned.into_http_1x_request(body)
    }
}

impl fmt::Debug for PresignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uri = &self.head.uri;
        let host = uri.authority().map_or("", |host| host.as_str());
        let scheme = uri.scheme_str().unwrap_or_default();
        f.debug_struct("PresignedRequest")
            .field("method", &self.head.method)
            .field(
                "uri",
                &format_args!("{scheme}://{host}{}?** redacted **", uri.path()),
            )
            .field("headers", &self.head.headers.keys().collect::<Vec<_>>())
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
