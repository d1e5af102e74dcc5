//! Headers that no member of an input may set, because somebody else answers for what they say.

use http::HeaderName;

/// Headers of the transport: where a message goes, where it ends, and what happens to its connection. What else of them
/// reached the wire would be read by somebody as the boundary of another request.
pub(crate) fn is_of_transport(name: &HeaderName) -> bool {
    let name = name.as_str();
    matches!(
        name,
        "connection"
            | "content-length"
            | "expect"
            | "host"
            | "http2-settings"
            | "keep-alive"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
    ) || name.starts_with("proxy-")
}

/// Headers of the signature and of the client, which say who calls, when, and how often. `x-amz-content-sha256` is none
/// of them: where a member gives it, that hash is signed.
fn is_of_client(name: &HeaderName) -> bool {
    matches!(
        name.as_str(),
        "amz-sdk-invocation-id"
            | "amz-sdk-request"
            | "authorization"
            | "user-agent"
            | "x-amz-date"
            | "x-amz-security-token"
    )
}

/// Whether no member may set this header.
pub(crate) fn is_reserved(name: &HeaderName) -> bool {
    is_of_transport(name) || is_of_client(name)
}
