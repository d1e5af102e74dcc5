//! Text of a model on its way into files: invisible characters are never written raw, and a line break of a model does
//! not begin a new line. [`Line`] is the only text of a comment, and [`visible`] escapes text that is quoted exactly.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character must not be written to a file: control characters except tab and line feed, separators of lines
/// and paragraphs, and the characters that Unicode calls ignorable: zero-width and bidi characters, fillers, variation
/// selectors, tags.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n'))
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// `text` on one line, with Rust's escapes for line breaks and invisible characters.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |c| c == '\n' || is_invisible(c))
}

/// Lines of text with Rust's escapes for invisible characters.
pub(crate) fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, is_invisible)
}

fn escaped(text: &str, which: fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(which) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' if which(c) => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            _ if which(c) => {
                // Writing to a string does not fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// A character of prose in a comment: line breaks become blanks, invisible characters are omitted.
pub(crate) fn in_prose(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ => Some(c).filter(|c| !is_invisible(*c)),
    }
}

/// One line of a comment, which only [`Line::new`] creates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line(String);

impl Line {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.chars().filter_map(in_prose).collect())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}
