//! Keys in lists: S3 is asked to percent-encode them, since XML cannot carry every character that a key may have, and they
//! are decoded before they are read.

use bytes::Bytes;
use http::uri::PathAndQuery;
use percent_encoding::percent_decode_str;
use tinsmith_runtime::{BuiltRequest, Operation};

/// The operations that list keys.
const LISTS: [&str; 4] = [
    "ListMultipartUploads",
    "ListObjectVersions",
    "ListObjects",
    "ListObjectsV2",
];

/// The elements that are encoded. Continuation tokens and ids are not.
const ENCODED: [&str; 8] = [
    "Delimiter",
    "Key",
    "KeyMarker",
    "Marker",
    "NextKeyMarker",
    "NextMarker",
    "Prefix",
    "StartAfter",
];

const PARAMETER: &str = "encoding-type=";

/// Asks for encoded keys, unless the caller set an encoding, who then decodes them. Returns whether it asked.
pub(crate) fn ask_for_encoding(operation: &Operation, request: &mut BuiltRequest) -> bool {
    if !LISTS.contains(&operation.name) {
        return false;
    }
    let uri = &request.head.uri;
    let query = uri.query().unwrap_or_default();
    if query.split('&').any(|pair| pair.starts_with(PARAMETER)) {
        return false;
    }
    let separator = if query.is_empty() { "" } else { "&" };
    let text = format!("{}?{query}{separator}{PARAMETER}url", uri.path());
    match PathAndQuery::try_from(text) {
        Ok(uri) => {
            request.head.uri = uri.into();
            true
        }
        // Too long by these few characters: the keys come as they are.
        Err(_) => false,
    }
}

/// Decodes the keys of a response that says that they are encoded: servers that do not know the parameter ignore it.
pub(crate) fn decode(response: &mut http::Response<Bytes>) {
    let Ok(text) = std::str::from_utf8(response.body()) else {
        return;
    };
    if text.contains("<EncodingType>url</EncodingType>") {
        *response.body_mut() = decoded(text).into();
    }
}

/// The text with the content of those elements decoded. An encoded key is ASCII without markup, so what is between its tags
/// is the key; of markup, servers leave the ampersand, which is a reference then.
fn decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        decoded.push_str(before);
        let Some(end) = tag.find('>') else {
            rest = tag;
            break;
        };
        let (tag, after) = tag.split_at(end + 1);
        decoded.push_str(tag);
        rest = after;
        let name = tag.trim_start_matches('<').trim_end_matches('>');
        if ENCODED.contains(&name) {
            let (content, after) = after.split_at(after.find('<').unwrap_or(after.len()));
            push_decoded(&mut decoded, content);
            rest = after;
        }
    }
    decoded.push_str(rest);
    decoded
}

/// Appends the decoded content of an element. A content with anything that encoding would not leave is not encoded: there
/// are servers that encode the keys alone, and say that they encode.
fn push_decoded(text: &mut String, content: &str) {
    if !content.bytes().all(|byte| byte.is_ascii_graphic()) {
        return text.push_str(content);
    }
    let mut rest = content;
    while let Some(start) = rest.find('&') {
        let (encoded, reference) = rest.split_at(start);
        push_plain(text, encoded);
        let end = reference.find(';').map_or(reference.len(), |end| end + 1);
        let (reference, after) = reference.split_at(end);
        text.push_str(reference);
        rest = after;
    }
    push_plain(text, rest);
}

/// Appends a decoded text as XML has it. `+` is a blank; what is no encoding stays.
fn push_plain(text: &mut String, encoded: &str) {
    let blank = encoded.replace('+', " ");
    let Ok(plain) = percent_decode_str(&blank).decode_utf8() else {
        return text.push_str(encoded);
    };
    for c in plain.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            // Readers of XML make them line feeds.
            '\r' => text.push_str("&#13;"),
            c => text.push(c),
        }
    }
}
