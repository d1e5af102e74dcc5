//! Halves of surrogate pairs in JSON. A service that cuts a text in the middle of a character leaves one behind, as an
//! escape (`\ud83d`) that is no character and that the tokeniser refuses. Each becomes U+FFFD, before anything is read.

use std::borrow::Cow;

/// The escape of U+FFFD, as long as the one that it replaces: positions in the text stay what they were.
const REPLACEMENT: &str = "\\ufffd";

/// The JSON with [`REPLACEMENT`] for each escape that is half of a pair; everything else is as it was.
pub(super) fn without_halves(json: &str) -> Cow<'_, str> {
    let mut whole = String::new();
    let mut copied = 0;
    let mut from = 0;
    // Outside of strings JSON has no backslash, so each one begins an escape.
    while let Some(at) = json.get(from..).and_then(|rest| rest.find('\\')) {
        let start = from + at;
        from = match (unit(json, start), unit(json, start + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => start + 12,
            (Some(0xD800..=0xDFFF), _) => {
                whole.push_str(json.get(copied..start).unwrap_or_default());
                whole.push_str(REPLACEMENT);
                copied = start + 6;
                copied
            }
            (Some(_), _) => start + 6,
            // What follows is one character of ASCII, or the tokeniser refuses it.
            (None, _) if json.is_char_boundary(start + 2) => start + 2,
            (None, _) => start + 1,
        };
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    whole.push_str(json.get(copied..).unwrap_or_default());
    Cow::Owned(whole)
}

/// The code unit that the escape at `start` stands for; `None`: there is no such escape.
fn unit(json: &str, start: usize) -> Option<u16> {
    let digits = json
        .get(start..start.checked_add(6)?)?
        .strip_prefix("\\u")?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    u16::from_str_radix(digits, 16).ok()
}
