//! Errors whose status is that of a success: S3 begins to answer a long operation before it knows the result, so an error
//! can follow a 200 (documentation of CopyObject, CompleteMultipartUpload and others). And errors that say nothing.

use http::{Method, StatusCode};
use tinsmith_runtime::{Operation, OutputBody, xml_root};

/// Whether the body of a response with a status of success is an error: its root is `<Error>`, or the output is in the body
/// and the body is empty, cut off, or not XML. Bytes, streams and texts are returned as they are.
pub(crate) fn is_error(operation: &Operation, body: &[u8]) -> bool {
    if operation.output_body != OutputBody::Whole {
        return false;
    }
    let root = xml_root(body);
    match root.as_deref() {
        Some("Error") => true,
        Some("html" | "HTML") | None => operation.expects_body,
        Some(root) => operation.expects_body && !ends(body, root),
    }
}

/// The code of an error of a HEAD request, which has no body to say it: S3's documentation calls that of a missing object or
/// bucket `NotFound`.
pub(crate) fn code_of_head(operation: &Operation, status: StatusCode) -> Option<&'static str> {
    let is_it = operation.method == Method::HEAD && status == StatusCode::NOT_FOUND;
    is_it.then_some("NotFound")
}

/// Whether a text ends with the end of its root, which may have a prefix, or with an empty element.
fn ends(body: &[u8], root: &str) -> bool {
    let body = body.trim_ascii_end();
    let Some(body) = body.strip_suffix(b">") else {
        return false;
    };
    let body = body.trim_ascii_end();
    let start = body.len().saturating_sub(root.len() + 1);
    let end = body.get(start..).unwrap_or_default();
    let is_end = end.strip_suffix(root.as_bytes());
    body.ends_with(b"/") || is_end.is_some_and(|before| before == b"/" || before == b":")
}
