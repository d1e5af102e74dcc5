//! `substring`, `isValidHostLabel` and `uriEncode` of the rule language.

use crate::codec::text::RESERVED;
use percent_encoding::utf8_percent_encode;

/// Text as a segment of a path: everything but letters, digits and `-._~` is percent-encoded.
#[must_use]
pub fn uri_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The characters from `start` up to `stop`, counted from the end if `reverse` is set; `None` if the text is shorter,
/// or is not ASCII.
#[must_use]
pub fn substring(text: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if !text.is_ascii() || start >= stop || stop > text.len() {
        return None;
    }
    if reverse {
        text.get(text.len() - stop..text.len() - start)
    } else {
        text.get(start..stop)
    }
}

/// Whether text is a valid label of a host name, or, if `subdomains` is set, several labels separated by dots: letters,
/// digits and hyphens, no hyphen at either end, at most 63 characters.
#[must_use]
pub fn is_valid_host_label(text: &str, subdomains: bool) -> bool {
    if subdomains {
        text.split('.').all(is_label)
    } else {
        is_label(text)
    }
}

fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
