//! Headers that members of an input must not set, because other parts of the client set them.

use http::HeaderName;

/// Headers of the transport: the target of a message, its length, and the connection. If a member set one of them, a
/// server or proxy could read a part of the message as another request.
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

/// Headers of the signature and of the client: the caller's identity, the date, the number of the attempt.
/// `x-amz-content-sha256` is not one of them: if a member sets it, that hash is signed.
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

/// Whether members must not set this header.
pub(crate) fn is_reserved(name: &HeaderName) -> bool {
    is_of_transport(name) || is_of_client(name)
}
