//! The canonical form of a request, for which both sides compute the signature.

use super::headers::push_lines;
use super::query::push_canonical;
use super::{SignError, SigningSettings};
use crate::codec::text::{RESERVED, RESERVED_BUT_SLASH};
use http::request::Parts;
use percent_encoding::{AsciiSet, percent_decode_str, percent_encode};

/// The canonical form with the headers of these names, which are in order and with `;` between them in `signed_headers`.
/// `query` is that of the URI, or a longer one; `payload` the hash of the body.
pub(super) fn canonical(
    parts: &Parts,
    query: &str,
    payload: &str,
    names: &[&str],
    signed_headers: &str,
    settings: SigningSettings,
) -> Result<String, SignError> {
    let mut text = String::with_capacity(1024);
    text.push_str(parts.method.as_str());
    text.push('\n');
    push_path(&mut text, parts.uri.path(), settings);
    text.push('\n');
    push_canonical(&mut text, query);
    text.push('\n');
    push_lines(&mut text, names, &parts.headers, &parts.uri)?;
    text.push('\n');
    text.push_str(signed_headers);
    text.push('\n');
    text.push_str(payload);
    Ok(text)
}

fn push_path(text: &mut String, path: &str, settings: SigningSettings) {
    let start = text.len();
    match (settings.encodes_path_twice, settings.normalizes_path) {
        (true, true) => push_encoded(text, normalized(path).as_bytes(), RESERVED_BUT_SLASH),
        (true, false) => push_encoded(text, path.as_bytes(), RESERVED_BUT_SLASH),
        (false, true) => push_encoded_once(text, &normalized(path)),
        (false, false) => push_encoded_once(text, path),
    }
    if text.len() == start {
        text.push('/');
    }
}

/// Appends the path with the encoding that it has on the wire, in upper case.
fn push_encoded_once(text: &mut String, path: &str) {
    for (index, segment) in path.split('/').enumerate() {
        if index > 0 {
            text.push('/');
        }
        let bytes: Vec<u8> = percent_decode_str(segment).collect();
        push_encoded(text, &bytes, RESERVED);
    }
}

/// Appends bytes, those in `reserved` percent-encoded.
pub(super) fn push_encoded(text: &mut String, bytes: &[u8], reserved: &'static AsciiSet) {
    text.extend(percent_encode(bytes, reserved));
}

/// The path without empty and dot segments (RFC 3986, section 5.2.4).
fn normalized(path: &str) -> String {
    let mut normalized = String::with_capacity(path.len());
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => normalized.truncate(normalized.rfind('/').unwrap_or_default()),
            segment => {
                normalized.push('/');
                normalized.push_str(segment);
            }
        }
    }
    if normalized.is_empty() || ["/", "/.", "/.."].iter().any(|end| path.ends_with(end)) {
        normalized.push('/');
    }
    normalized
}
