//! The tokens of JSON (RFC 8259) in a text that is known to be UTF-8.

use std::borrow::Cow;

use crate::shape::{ReadError, number_at_start};

/// A JSON text, and how far it has been read.
#[derive(Debug)]
pub(super) struct Text<'a> {
    text: &'a str,
    at: usize,
}

/// The kind of a value, by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    List,
    String,
    Number,
    True,
    False,
    Null,
}

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The number of bytes read so far.
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    /// The text between two offsets.
    pub(super) fn between(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// An error at the current offset.
    pub(super) fn fail(&self, message: impl Into<String>) -> ReadError {
        self.fail_at(self.at, message)
    }

    /// An error at another offset.
    pub(super) fn fail_at(&self, offset: usize, message: impl Into<String>) -> ReadError {
        let (line, column) = self.position(offset);
        ReadError::new(message).at(line, column)
    }

    /// The line and the column of an offset, both from 1; the column counts bytes.
    pub(super) fn position(&self, offset: usize) -> (usize, usize) {
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before.iter().rev().position(|byte| *byte == b'\n');
        (line, column.unwrap_or(before.len()) + 1)
    }

    /// The next byte, which is not taken.
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is not white space, which is not taken.
    fn peek_token(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    /// Takes `byte` if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek_token() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// The kind of the next value; nothing of it is taken.
    pub(super) fn kind(&mut self) -> Result<Kind, ReadError> {
        Ok(match self.peek_token() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::List,
            Some(b'"') => Kind::String,
            Some(b'-' | b'0'..=b'9') => Kind::Number,
            Some(b't') => Kind::True,
            Some(b'f') => Kind::False,
            Some(b'n') => Kind::Null,
            found => return Err(self.unexpected("a value", found)),
        })
    }

    /// `not valid JSON: expected …, found …`.
    fn unexpected(&self, expected: &str, found: Option<u8>) -> ReadError {
        let rest = self.text.get(self.at..).unwrap_or_default();
        match (found, rest.chars().next()) {
            (Some(_), Some(found)) => self.fail(format!(
                "not valid JSON: expected {expected}, found {found:?}"
            )),
            _ => self.fail(format!(
                "not valid JSON: expected {expected}, found the end of the text"
            )),
        }
    }

    /// Takes the opening bracket of a value.
    pub(super) fn open(&mut self) {
        self.at += 1;
    }

    /// Takes what is before the next item of a list or the next member of an object: nothing before the first, a comma
    /// before the others. `false`: it took the closing bracket.
    pub(super) fn next(&mut self, close: u8, first: bool) -> Result<bool, ReadError> {
        if self.take(close) {
            return Ok(false);
        }
        if first {
            return Ok(true);
        }
        if self.take(b',') {
            return Ok(true);
        }
        let expected = if close == b']' {
            "`,` or `]`"
        } else {
            "`,` or `}`"
        };
        let found = self.peek();
        Err(self.unexpected(expected, found))
    }

    /// Takes a member's name and the colon after it.
    pub(super) fn name(&mut self) -> Result<Cow<'a, str>, ReadError> {
        match self.peek_token() {
            Some(b'"') => {}
            found => return Err(self.unexpected("a name in quotes", found)),
        }
        let name = self.string()?;
        if self.take(b':') {
            return Ok(name);
        }
        let found = self.peek();
        Err(self.unexpected("`:`", found))
    }

    /// Takes `true`, `false` or `null`.
    pub(super) fn word(&mut self, word: &str) -> Result<(), ReadError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.starts_with(word) {
            self.at += word.len();
            return Ok(());
        }
        let found = self.peek();
        Err(self.unexpected("a value", found))
    }

    /// Takes a number.
    pub(super) fn number(&mut self) -> Result<&'a str, ReadError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        match number_at_start(rest) {
            Ok(length) => {
                let start = self.at;
                self.at += length;
                Ok(self.between(start, self.at))
            }
            Err(offset) => {
                self.at += offset;
                let found = self.peek();
                let expected = match found {
                    Some(b'0'..=b'9') => "no digit after a zero that begins a number",
                    _ => "a digit",
                };
                Err(self.unexpected(expected, found))
            }
        }
    }

    /// Takes a string. A string without escapes is borrowed from the text.
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, ReadError> {
        self.at += 1;
        let start = self.at;
        self.plain();
        if self.peek() == Some(b'"') {
            let string = self.between(start, self.at);
            self.at += 1;
            return Ok(Cow::Borrowed(string));
        }
        let mut decoded = self.between(start, self.at).to_owned();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(decoded));
                }
                Some(b'\\') => {
                    self.at += 1;
                    decoded.push(self.escape()?);
                }
                Some(_) => {
                    return Err(self.fail(
                        "not valid JSON: a string with a control character that is not escaped",
                    ));
                }
                None => return Err(self.fail("not valid JSON: the text ends within a string")),
            }
            let start = self.at;
            self.plain();
            decoded.push_str(self.between(start, self.at));
        }
    }

    /// Skips the part of a string before its end, an escape or a control character.
    fn plain(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += plain_length(rest);
    }

    /// The character of an escape; its backslash has been taken.
    fn escape(&mut self) -> Result<char, ReadError> {
        let character = match self.peek() {
            Some(quoted @ (b'"' | b'\\' | b'/')) => quoted.into(),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.code_point();
            }
            _ => return Err(self.fail("not valid JSON: an escape that JSON does not have")),
        };
        self.at += 1;
        Ok(character)
    }

    /// The character of an escape; its `\u` has been taken. A service that cuts a text in the middle of a character
    /// leaves half of a surrogate pair, which becomes U+FFFD.
    fn code_point(&mut self) -> Result<char, ReadError> {
        let first = self.unit()?;
        if let 0xD800..=0xDBFF = first {
            let after = self.at;
            if self.between(after, after + 2) == "\\u" {
                self.at += 2;
                let second = self.unit()?;
                if let 0xDC00..=0xDFFF = second {
                    let pair = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                    return Ok(char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                self.at = after;
            }
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, ReadError> {
        let digits = self.between(self.at, self.at + 4);
        let all = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        match u32::from_str_radix(digits, 16) {
            Ok(unit) if all => {
                self.at += 4;
                Ok(unit)
            }
            _ => Err(self.fail("not valid JSON: `\\u` without four hexadecimal digits")),
        }
    }

    /// Skips a value, without recursion, and checks that it is well-formed.
    pub(super) fn skip(&mut self) -> Result<(), ReadError> {
        // The closing brackets of the open lists and objects.
        let mut open = Vec::new();
        loop {
            match self.kind()? {
                Kind::Object => {
                    self.open();
                    if self.next(b'}', true)? {
                        open.push(b'}');
                        self.name()?;
                        continue;
                    }
                }
                Kind::List => {
                    self.open();
                    if self.next(b']', true)? {
                        open.push(b']');
                        continue;
                    }
                }
                Kind::String => drop(self.string()?),
                Kind::Number => drop(self.number()?),
                Kind::True => self.word("true")?,
                Kind::False => self.word("false")?,
                Kind::Null => self.word("null")?,
            }
            loop {
                match open.last() {
                    None => return Ok(()),
                    Some(close) if self.next(*close, false)? => {
                        if *close == b'}' {
                            self.name()?;
                        }
                        break;
                    }
                    Some(_) => {
                        open.pop();
                    }
                }
            }
        }
    }

    /// Checks that only white space is left.
    pub(super) fn end(&mut self) -> Result<(), ReadError> {
        match self.peek_token() {
            None => Ok(()),
            found => Err(self.unexpected("the end of the text", found)),
        }
    }
}

/// The number of bytes of a string before the first quote, backslash or control character; eight bytes are tested at a
/// time.
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xff;
    const HIGH: u64 = ONES * 0x80;
    let (words, _) = bytes.as_chunks::<8>();
    let mut length = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        // The lowest high bit that is set marks the first such byte; a borrow only changes the bytes after it.
        let is_zero = |word: u64| word.wrapping_sub(ONES) & !word;
        let quote = is_zero(word ^ (ONES * u64::from(b'"')));
        let backslash = is_zero(word ^ (ONES * u64::from(b'\\')));
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        let found = (quote | backslash | control) & HIGH;
        if found != 0 {
            return length + found.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    let rest = bytes.get(length..).unwrap_or_default();
    let found = rest
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
    length + found.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::plain_length;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(tinsmith_tests::fuzz::config())]

        #[test]
        fn eight_bytes_together_are_as_one_by_one(
            bytes in prop::collection::vec(prop_oneof![
                8 => any::<u8>(), 1 => Just(b'"'), 1 => Just(b'\\'), 1 => 0x1e_u8..=0x21, 1 => 0x7e_u8..=0x81,
            ], 0..40),
        ) {
            let one_by_one = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
            prop_assert_eq!(plain_length(&bytes), one_by_one.unwrap_or(bytes.len()));
        }
    }
}
