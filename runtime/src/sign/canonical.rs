//! The canonical form of a request, for which both sides compute the signature. No I/O.

use crate::http_binding::{RESERVED, RESERVED_BUT_SLASH};
use http::Method;
use http::header::HeaderMap;
use http::uri::Uri;
use percent_encoding::{AsciiSet, percent_decode_str, percent_encode};
use std::fmt::Write as _;

/// A request in canonical form, and the names of the headers in it.
pub(super) struct Canonical {
    pub(super) request: String,
    pub(super) signed_headers: String,
}

/// `headers` have one value each, and include the hash of the body and the date. `is_encoded_once`: the path on the
/// wire is used; otherwise it is normalised and encoded once more.
pub(super) fn canonical(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    hash: &str,
    is_encoded_once: bool,
) -> Canonical {
    let mut sorted: Vec<_> = headers.iter().collect();
    sorted.sort_unstable_by_key(|(name, _)| name.as_str());
    let names: Vec<_> = sorted.iter().map(|(name, _)| name.as_str()).collect();
    let signed_headers = names.join(";");

    let path = if is_encoded_once {
        encoded_once(uri.path())
    } else {
        encoded_twice(uri.path())
    };
    let mut request = format!("{method}\n{path}\n{}\n", query(uri.query()));
    for (name, value) in sorted {
        // Values that are not text were rejected before; writing to a string cannot fail.
        let _ = writeln!(
            request,
            "{name}:{}",
            value.to_str().unwrap_or_default().trim()
        );
    }
    let _ = write!(request, "\n{signed_headers}\n{hash}");
    Canonical {
        request,
        signed_headers,
    }
}

/// The path on the wire, with the encoding that it has there.
fn encoded_once(path: &str) -> String {
    let segments: Vec<_> = path
        .split('/')
        .map(|segment| encoded(segment, RESERVED))
        .collect();
    match segments.join("/") {
        empty if empty.is_empty() => "/".to_owned(),
        path => path,
    }
}

fn encoded_twice(path: &str) -> String {
    percent_encode(normalized(path).as_bytes(), RESERVED_BUT_SLASH).to_string()
}

/// The path without empty and dot segments (RFC 3986, section 5.2.4).
fn normalized(path: &str) -> String {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    let is_folder = ["/", "/.", "/.."].iter().any(|end| path.ends_with(end));
    let end = if is_folder && !segments.is_empty() {
        "/"
    } else {
        ""
    };
    format!("/{}{end}", segments.join("/"))
}

/// The parameters, sorted by name and value.
fn query(query: Option<&str>) -> String {
    let parameters = query.unwrap_or_default().split('&');
    let mut pairs: Vec<_> = parameters
        .filter(|parameter| !parameter.is_empty())
        .map(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            // In a query, `+` means a space.
            let [name, value] =
                [name, value].map(|text| encoded(&text.replace('+', " "), RESERVED));
            (name, value)
        })
        .collect();
    pairs.sort_unstable();
    let pairs: Vec<_> = pairs
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("&")
}

/// Encodes a text, parts of which may be encoded already, as signatures require.
fn encoded(text: &str, reserved: &'static AsciiSet) -> String {
    let bytes: Vec<u8> = percent_decode_str(text).collect();
    percent_encode(&bytes, reserved).to_string()
}
