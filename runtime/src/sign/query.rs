//! The query of a request in canonical form, and the parameters of a signature in it.

use super::canonical::push_encoded;
use crate::codec::text::RESERVED;
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// Appends the parameters, sorted by name and value.
pub(super) fn push_canonical(text: &mut String, query: &str) {
    let parameters = query.split('&').filter(|parameter| !parameter.is_empty());
    let mut pairs: Vec<_> = parameters
        .map(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            (canonical(name), canonical(value))
        })
        .collect();
    pairs.sort_unstable();
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        text.push_str(value);
    }
}

/// A name or a value as signatures have it, however it is encoded on the wire.
fn canonical(part: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    if part.bytes().all(is_plain) {
        return Cow::Borrowed(part);
    }
    // In a query, `+` is a space.
    let bytes: Vec<u8> = percent_decode_str(&part.replace('+', " ")).collect();
    let mut text = String::with_capacity(part.len());
    push_encoded(&mut text, &bytes, RESERVED);
    Cow::Owned(text)
}

/// Appends a parameter to a query, with `&` before it if it is not the first.
pub(super) fn push_parameter(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    query.push('=');
    query.extend(utf8_percent_encode(value, RESERVED));
}
