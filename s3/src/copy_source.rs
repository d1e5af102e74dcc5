//! The source of a copy, which is sent in a header: `bucket/key`, or an ARN, and optionally `?versionId=…`.

use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use tinsmith_runtime::BuildError;

const COPY_SOURCE: HeaderName = HeaderName::from_static("x-amz-copy-source");

/// What is encoded: all but the unreserved characters, slashes, and what is encoded already.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b':');

const VERSION: &[u8] = b"?versionId=";

/// Encodes the key of the source. A percent sign before two hexadecimal digits is taken for an encoding that the caller
/// made, which the official SDK for Rust wants; the version stays as it is.
pub(crate) fn encode(headers: &mut HeaderMap) -> Result<(), BuildError> {
    let Some(source) = headers.get(COPY_SOURCE) else {
        return Ok(());
    };
    let source = source.as_bytes();
    let version = source.windows(VERSION.len()).rposition(|at| at == VERSION);
    let (path, version) = source.split_at(version.unwrap_or(source.len()));
    let mut encoded = Vec::with_capacity(source.len());
    let mut rest = path;
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).unwrap_or_default();
        let is_encoding = *first == b'%' && digits.len() == 2;
        if is_encoding && digits.iter().all(u8::is_ascii_hexdigit) {
            encoded.push(b'%');
        } else {
            let text = percent_encode(std::slice::from_ref(first), RESERVED);
            encoded.extend(text.flat_map(str::bytes));
        }
        rest = after;
    }
    encoded.extend_from_slice(version);
    let value = HeaderValue::from_bytes(&encoded);
    let value = value.map_err(|_| BuildError::new("the source of the copy cannot be sent"))?;
    headers.insert(COPY_SOURCE, value);
    Ok(())
}
