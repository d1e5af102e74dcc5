//! The headers of a request in canonical form.

use super::SignError;
use http::HeaderName;
use http::header::{
    AUTHORIZATION, CONNECTION, EXPECT, HOST, HeaderMap, TRANSFER_ENCODING, USER_AGENT,
};
use http::uri::Uri;

/// Headers that are never signed, because HTTP clients and proxies change them.
const NEVER_SIGNED: [HeaderName; 6] = [
    AUTHORIZATION,
    CONNECTION,
    EXPECT,
    TRANSFER_ENCODING,
    USER_AGENT,
    HeaderName::from_static("x-amzn-trace-id"),
];

/// The names of the headers that a signature covers, in order; the host is always among them.
pub(super) fn names(headers: &HeaderMap) -> Vec<&str> {
    let mut names = Vec::with_capacity(headers.len() + 1);
    names.push(HOST.as_str());
    let signed = headers.keys().filter(|name| **name != HOST);
    let signed = signed.filter(|name| !NEVER_SIGNED.contains(name));
    names.extend(signed.map(HeaderName::as_str));
    names.sort_unstable();
    names
}

/// Appends a line for each header: its values with a comma between, each without spaces around it and runs of spaces.
pub(super) fn push_lines(
    text: &mut String,
    names: &[&str],
    headers: &HeaderMap,
    uri: &Uri,
) -> Result<(), SignError> {
    for &name in names {
        text.push_str(name);
        text.push(':');
        if name == HOST.as_str() {
            push_host(text, uri)?;
        } else {
            for (index, value) in headers.get_all(name).iter().enumerate() {
                let value = value.to_str().map_err(|_| {
                    SignError::of_input(format!(
                        "header `{name}` cannot be signed: it is not all visible ASCII"
                    ))
                })?;
                if index > 0 {
                    text.push(',');
                }
                push_value(text, value);
            }
        }
        text.push('\n');
    }
    Ok(())
}

fn push_value(text: &mut String, value: &str) {
    let value = value.trim();
    if !value.contains("  ") {
        return text.push_str(value);
    }
    let words = value.split(' ').filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            text.push(' ');
        }
        text.push_str(word);
    }
}

/// Appends the host as HTTP clients send it: without user information, and without the default port of the scheme.
fn push_host(text: &mut String, uri: &Uri) -> Result<(), SignError> {
    let host = uri.host();
    text.push_str(host.ok_or_else(|| SignError::new("a request to sign needs an absolute URI"))?);
    match (uri.scheme_str(), uri.port()) {
        (_, None) => {}
        (Some("https"), Some(port)) if port.as_u16() == 443 => {}
        (Some("http"), Some(port)) if port.as_u16() == 80 => {}
        (_, Some(port)) => {
            text.push(':');
            text.push_str(port.as_str());
        }
    }
    Ok(())
}
