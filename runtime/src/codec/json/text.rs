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
    #[inline]
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    /// The text between two offsets.
    #[inline]
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
    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is not white space, which is not taken.
    #[inline]
    pub(super) fn peek_token(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    /// Takes `byte` if it comes next.
    #[inline]
    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek_token() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// The kind of the next value; nothing of it is taken.
    #[inline]
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
    #[inline]
    pub(super) fn open(&mut self) {
        self.at += 1;
    }

    /// Takes what is before the next item of a list or the next member of an object: nothing before the first, a comma
    /// before the others. `false`: it took the closing bracket.
    #[inline]
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

    /// Takes the name of the member `name`, with the comma before it and the colon after it, if it comes next and is written
    /// without white space and escapes. `false`: it does not, and nothing is taken.
    #[inline]
    pub(super) fn take_member(&mut self, name: &str, first: bool) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let (before, rest) = match (first, rest) {
            (true, [b'"', rest @ ..]) => (1, rest),
            (false, [b',', b'"', rest @ ..]) => (2, rest),
            _ => return false,
        };
        // Different names mostly have different lengths, so the length is checked first.
        let found = match rest.split_at_checked(name.len()) {
            Some((found, [b'"', b':', ..])) => are_equal(found, name.as_bytes()),
            _ => false,
        };
        if found {
            self.at += before + name.len() + 2;
        }
        found
    }

    /// Takes the closing bracket if it is the next byte.
    #[inline]
    pub(super) fn take_close(&mut self, close: u8) -> bool {
        let found = self.peek() == Some(close);
        self.at += usize::from(found);
        found
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
    #[inline]
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, ReadError> {
        self.at += 1;
        let plain = self.plain();
        if self.peek() == Some(b'"') {
            self.at += 1;
            return Ok(Cow::Borrowed(plain));
        }
        self.decoded(plain).map(Cow::Owned)
    }

    /// Takes the rest of a string that begins with `plain` and has an escape after it.
    #[cold]
    fn decoded(&mut self, plain: &str) -> Result<String, ReadError> {
        let mut decoded = plain.to_owned();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(decoded);
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
            decoded.push_str(self.plain());
        }
    }

    /// Skips the part of a string before its end, an escape or a control character.
    #[inline]
    fn plain(&mut self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let plain = rest
            .get(..plain_length(rest.as_bytes()))
            .unwrap_or_default();
        self.at += plain.len();
        plain
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
#[inline]
fn are_equal(one: &[u8], other: &[u8]) -> bool {
    const WORD: usize = size_of::<u64>();
    match one.len() {
        WORD..=16 => {
            one.first_chunk::<WORD>() == other.first_chunk::<WORD>()
                && one.last_chunk::<WORD>() == other.last_chunk::<WORD>()
        }
        4..WORD => {
            one.first_chunk::<4>() == other.first_chunk::<4>()
                && one.last_chunk::<4>() == other.last_chunk::<4>()
        }
        _ => one == other,
    }
}

#[inline]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xff;
    const HIGH: u64 = ONES * 0x80;
    let (words, _) = bytes.as_chunks::<8>();
    let mut length = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        // Subtracting sets the high bit of a byte that is less. The lowest high bit that is set marks the first such byte; a
        // borrow only changes the bytes after it. Bytes that had a high bit before are part of a character.
        let quote = (word ^ (ONES * u64::from(b'"'))).wrapping_sub(ONES);
        let backslash = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
        let control = word.wrapping_sub(ONES * 0x20);
        let found = (quote | backslash | control) & !word & HIGH;
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
    use super::{are_equal, plain_length};
    use proptest::prelude::*;

    #[test]
    fn names_of_the_same_length_are_equal_where_each_byte_is() {
        for length in 0..24 {
            let name = "a".repeat(length);
            assert!(are_equal(name.as_bytes(), name.as_bytes()), "{length}");
            for different in 0..length {
                let mut other = name.clone();
                other.replace_range(different..=different, "b");
                assert!(
                    !are_equal(name.as_bytes(), other.as_bytes()),
                    "{length} {different}"
                );
            }
        }
    }

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
