//! Reading a body as CBOR.

use std::borrow::Cow;

use base64::Engine as _;
use minicbor::Decoder;
use minicbor::data::Type;
use minicbor::decode::Error;

use super::codec::Cbor;
use super::number::{Bignum, Numeric, half};
use super::tag;
use crate::codec::members::Finder;
use crate::codec::text::{BASE64, float};
use crate::shape::{
    Blob, Document, Member, NextEntry, NextItem, NextMember, Number, ReadError, ReadResult,
    ShapeReader, Timestamp,
};

/// How deep lists and maps may be nested.
const MAX_DEPTH: usize = 128;

/// The byte that ends a value of indefinite length.
const BREAK: u8 = 0xff;

/// Reads `bytes` as one value. `read` is not called for null or for an empty body.
pub(super) fn read(
    bytes: &[u8],
    cbor: Cbor,
    read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
) -> ReadResult {
    if bytes.is_empty() {
        return Ok(());
    }
    let mut reader = CborReader {
        tokens: Decoder::new(bytes),
        open: Vec::new(),
        value: 0,
        name: Cow::Borrowed(""),
        is_error: cbor == Cbor::Error,
        finder: Finder::new(),
    };
    match reader.is_null() {
        true => Ok(()),
        false => read(&mut reader),
    }
    .and_then(|()| reader.end())
    .map_err(|error| error.at_byte(reader.value))
}

/// CBOR from which shapes pull their members.
struct CborReader<'a> {
    tokens: Decoder<'a>,
    /// The items and entries left in each open list and map.
    open: Vec<Left>,
    /// The offset at which the current value begins.
    value: usize,
    name: Cow<'a, str>,
    /// Whether an error is read: services spell the names of its outermost members in two forms.
    is_error: bool,
    finder: Finder,
}

/// The byte with which a number of 64 bits begins.
const DOUBLE: u8 = 0xfb;

/// The tag of a time, as a byte.
const TIME: u8 = 0xc0 | tag::TIME as u8;

/// How many items or entries are left.
#[derive(Clone, Copy)]
enum Left {
    Count(u64),
    /// Unknown; they end with a break.
    UntilBreak,
}

/// The kind of a value, and the last tag before it.
type Tagged = (Option<u64>, Type);

impl<'a> CborReader<'a> {
    fn peek(&self) -> Option<u8> {
        let at = self.tokens.position();
        self.tokens.input().get(at).copied()
    }

    /// Skips one byte, which has been peeked at.
    fn pass(&mut self) {
        self.tokens.set_position(self.tokens.position() + 1);
    }

    /// The error for bytes that are not CBOR.
    fn broken(&self, error: &Error) -> ReadError {
        let end = self.tokens.input().len();
        if error.is_end_of_input() {
            return not_cbor("the bytes end within a value").at_byte(end);
        }
        let at = error.position().unwrap_or(self.tokens.position());
        let what = if error.is_type_mismatch() {
            "a piece of a string that is not a string"
        } else {
            "a string that is not UTF-8"
        };
        not_cbor(what).at_byte(at.min(end))
    }

    /// Checks that nothing follows.
    fn end(&self) -> ReadResult {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(not_cbor("more than one value").at_byte(self.tokens.position())),
        }
    }

    /// The kind of the next value, after its tags.
    fn kind(&mut self) -> ReadResult<Tagged> {
        self.value = self.tokens.position();
        let mut last = None;
        loop {
            let kind = self.tokens.datatype();
            match kind.map_err(|error| self.broken(&error))? {
                Type::Tag => {
                    let tag = self.tokens.tag();
                    last = Some(tag.map_err(|error| self.broken(&error))?.as_u64());
                }
                Type::Break => return Err(self.unexpected("a break instead of a value")),
                Type::Unknown(_) => {
                    return Err(self.unexpected("a byte that begins no value"));
                }
                kind => return Ok((last, kind)),
            }
        }
    }

    fn unexpected(&self, what: &str) -> ReadError {
        not_cbor(what).at_byte(self.tokens.position())
    }

    fn open(&mut self, length: Result<Option<u64>, Error>) -> ReadResult {
        let length = length.map_err(|error| self.broken(&error))?;
        if self.open.len() == MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            return Err(ReadError::new(message));
        }
        self.open.push(length.map_or(Left::UntilBreak, Left::Count));
        Ok(())
    }

    fn open_map(&mut self) -> ReadResult {
        match self.kind()?.1 {
            Type::Map | Type::MapIndef => {
                let length = self.tokens.map();
                self.open(length)
            }
            kind => Err(unlike("a map", kind)),
        }
    }

    fn open_list(&mut self) -> ReadResult {
        match self.kind()?.1 {
            Type::Array | Type::ArrayIndef => {
                let length = self.tokens.array();
                self.open(length)
            }
            kind => Err(unlike("a list", kind)),
        }
    }

    /// Goes to the next item or entry of the innermost list or map; `false`: there is none, and the reader is after it.
    fn next(&mut self) -> bool {
        let is_end = match self.open.last_mut() {
            None | Some(Left::Count(0)) => true,
            Some(Left::Count(left)) => {
                *left -= 1;
                false
            }
            Some(Left::UntilBreak) => self.peek() == Some(BREAK),
        };
        if is_end && let Some(Left::UntilBreak) = self.open.pop() {
            self.pass();
        }
        !is_end
    }

    /// Takes a null or an undefined; both mean null.
    fn is_null(&mut self) -> bool {
        let is_null = matches!(self.peek(), Some(0xf6 | 0xf7));
        if is_null {
            self.pass();
        }
        is_null
    }

    // Values in their most frequent forms are taken here, without the decoder's detours; `None`: the value has another
    // form, or is not valid, and nothing is taken.

    /// Takes the `N` bytes after `head`, the bytes with which a value begins.
    fn after<const N: usize>(&mut self, head: &[u8]) -> Option<[u8; N]> {
        let at = self.tokens.position();
        let rest = self.tokens.input().get(at..)?.strip_prefix(head)?;
        let bytes = *rest.first_chunk::<N>()?;
        self.value = at;
        self.tokens.set_position(at + head.len() + N);
        Some(bytes)
    }

    fn plain_double(&mut self) -> Option<f64> {
        self.after(&[DOUBLE]).map(f64::from_be_bytes)
    }

    /// An integer that is not negative, of at most 32 bits.
    fn plain_integer(&mut self) -> Option<u32> {
        Some(match self.peek()? {
            first @ 0x00..=0x17 => {
                self.value = self.tokens.position();
                self.pass();
                first.into()
            }
            0x18 => u8::from_be_bytes(self.after(&[0x18])?).into(),
            0x19 => u16::from_be_bytes(self.after(&[0x19])?).into(),
            0x1a => u32::from_be_bytes(self.after(&[0x1a])?),
            _ => return None,
        })
    }

    /// A time in whole seconds.
    fn plain_time(&mut self) -> Option<i64> {
        let at = self.tokens.position();
        let Some(seconds) = self.after(&[TIME, DOUBLE]) else {
            return Some(u32::from_be_bytes(self.after(&[TIME, 0x1a])?).into());
        };
        let whole = whole(f64::from_be_bytes(seconds));
        if whole.is_none() {
            self.tokens.set_position(at);
        }
        whole
    }

    /// A text in one piece, with a length of at most one byte.
    fn short_text(&mut self) -> Option<&'a str> {
        let at = self.tokens.position();
        let bytes = self.tokens.input().get(at..)?;
        let (length, rest) = match bytes.split_first()? {
            (first @ 0x60..=0x77, rest) => (first - 0x60, rest),
            (0x78, rest) => rest.split_first().map(|(length, rest)| (*length, rest))?,
            _ => return None,
        };
        let text = std::str::from_utf8(rest.get(..length.into())?).ok()?;
        self.value = at;
        self.tokens
            .set_position(at + bytes.len() - rest.len() + text.len());
        Some(text)
    }

    fn text(&mut self, expected: &str) -> ReadResult<Cow<'a, str>> {
        if let Some(text) = self.short_text() {
            return Ok(Cow::Borrowed(text));
        }
        let (_, kind) = self.kind()?;
        self.text_of(kind)?.ok_or_else(|| unlike(expected, kind))
    }

    /// Takes a text, in one piece or in several; `None`: the value is not a text.
    fn text_of(&mut self, kind: Type) -> ReadResult<Option<Cow<'a, str>>> {
        let text = match kind {
            Type::String => self.tokens.str().map(Cow::Borrowed),
            Type::StringIndef => {
                let pieces = self.tokens.str_iter();
                pieces
                    .and_then(Iterator::collect::<Result<String, _>>)
                    .map(Cow::Owned)
            }
            _ => return Ok(None),
        };
        text.map(Some).map_err(|error| self.broken(&error))
    }

    /// Takes bytes, in one piece or in several; `None`: the value is not bytes.
    fn bytes_of(&mut self, kind: Type) -> ReadResult<Option<Cow<'a, [u8]>>> {
        let bytes = match kind {
            Type::Bytes => self.tokens.bytes().map(Cow::Borrowed),
            Type::BytesIndef => {
                let pieces = self.tokens.bytes_iter();
                pieces.and_then(|mut pieces| {
                    let all = pieces.try_fold(Vec::new(), |mut all, piece| {
                        all.extend_from_slice(piece?);
                        Ok(all)
                    });
                    all.map(Cow::Owned)
                })
            }
            _ => return Ok(None),
        };
        bytes.map(Some).map_err(|error| self.broken(&error))
    }

    /// Takes a number in any form; `None`: the value is not a number.
    fn number_of(&mut self, (tag, kind): Tagged) -> ReadResult<Option<Numeric>> {
        let number = match kind {
            Type::U8 | Type::U16 | Type::U32 | Type::U64 => self
                .tokens
                .u64()
                .map(|value| Numeric::Integer(value.into())),
            Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Int => self
                .tokens
                .int()
                .map(|value| Numeric::Integer(value.into())),
            Type::F16 => return self.half().map(Some),
            Type::F32 => self.tokens.f32().map(Numeric::Single),
            Type::F64 => self.tokens.f64().map(Numeric::Double),
            Type::Bytes | Type::BytesIndef
                if matches!(tag, Some(tag::POSITIVE | tag::NEGATIVE)) =>
            {
                let content = self.bytes_of(kind)?.unwrap_or_default();
                let is_negative = tag == Some(tag::NEGATIVE);
                return Ok(Some(Numeric::Big(Bignum::new(is_negative, &content))));
            }
            _ => return Ok(None),
        };
        number.map(Some).map_err(|error| self.broken(&error))
    }

    /// Takes a number of 16 bits.
    fn half(&mut self) -> ReadResult<Numeric> {
        let start = self.tokens.position() + 1;
        match self.tokens.input().get(start..start + 2) {
            Some(&[high, low]) => {
                self.tokens.set_position(start + 2);
                Ok(Numeric::Single(half(u16::from_be_bytes([high, low]))))
            }
            _ => Err(self.broken(&Error::end_of_input())),
        }
    }

    #[inline(never)]
    fn number(&mut self, expected: &str) -> ReadResult<Numeric> {
        let tagged = self.kind()?;
        self.number_of(tagged)?
            .ok_or_else(|| unlike(expected, tagged.1))
    }

    /// Takes a time in any form.
    #[inline(never)]
    fn any_time(&mut self) -> ReadResult<Timestamp> {
        const EXPECTED: &str = "a timestamp";
        let (tag, kind) = self.kind()?;
        let number = match tag {
            Some(tag::TIME) => self.number_of((tag, kind))?,
            _ => None,
        };
        let time = match number {
            Some(Numeric::Integer(seconds)) => match i64::try_from(seconds) {
                Ok(seconds) => Some(Timestamp::from_seconds(seconds)),
                Err(_) => return Err(out_of_range(EXPECTED, seconds)),
            },
            Some(Numeric::Single(seconds)) => timestamp_of(seconds.into()),
            Some(Numeric::Double(seconds)) => timestamp_of(seconds),
            Some(Numeric::Big(_)) | None => return Err(unlike(EXPECTED, kind)),
        };
        time.ok_or_else(|| {
            ReadError::expected(EXPECTED, "a number that is not finite or is out of range")
        })
    }

    /// Reads a value without a schema. The recursion is bounded by the limit on nesting.
    fn untyped(&mut self) -> ReadResult<Document> {
        let tagged = self.kind()?;
        if let Some(number) = self.number_of(tagged)? {
            return Ok(document_of(number));
        }
        let (_, kind) = tagged;
        if let Some(text) = self.text_of(kind)? {
            return Ok(text.into_owned().into());
        }
        if let Some(bytes) = self.bytes_of(kind)? {
            return Ok(BASE64.encode(bytes).into());
        }
        match kind {
            Type::Array | Type::ArrayIndef => {
                self.open_list()?;
                let mut items = Vec::new();
                while self.next() {
                    items.push(self.untyped()?);
                }
                Ok(Document::Array(items))
            }
            Type::Map | Type::MapIndef => {
                self.open_map()?;
                let mut members = std::collections::BTreeMap::new();
                while self.next() {
                    let name = self.text(KEY)?.into_owned();
                    members.insert(name, self.untyped()?);
                }
                Ok(Document::Object(members))
            }
            Type::Bool => self.tokens.bool().map(Document::Bool),
            Type::Null | Type::Undefined => {
                self.pass();
                Ok(Document::Null)
            }
            kind => return Err(unlike("a value", kind)),
        }
        .map_err(|error| self.broken(&error))
    }
}

const KEY: &str = "a string as a key";

fn not_cbor(what: &str) -> ReadError {
    ReadError::new(format!("not valid CBOR: {what}"))
}

/// The error for a value of another kind than expected; only the kind of the value is shown.
fn unlike(expected: &str, kind: Type) -> ReadError {
    ReadError::expected(
        expected,
        match kind {
            Type::Bool => "a boolean",
            Type::Null | Type::Undefined => "null",
            Type::U8
            | Type::U16
            | Type::U32
            | Type::U64
            | Type::I8
            | Type::I16
            | Type::I32
            | Type::I64
            | Type::Int => "an integer",
            Type::F16 | Type::F32 | Type::F64 => "a number",
            Type::Bytes | Type::BytesIndef => "bytes",
            Type::String | Type::StringIndef => "a string",
            Type::Array | Type::ArrayIndef => "a list",
            Type::Map | Type::MapIndef => "a map",
            Type::Simple | Type::Tag | Type::Break | Type::Unknown(_) => "a simple value",
        },
    )
}

fn out_of_range(expected: &str, found: impl std::fmt::Debug) -> ReadError {
    ReadError::expected(expected, format!("{found:?}"))
}

/// A document holds no NaN and no infinities: it gets their names as strings, as in JSON. A number of more than 120
/// bits is rounded to 64 bits.
fn document_of(number: Numeric) -> Document {
    let of_float = |value: f64| match Number::from_f64(value) {
        Some(number) => Document::Number(number),
        None => float(value).into(),
    };
    let of_integer = |value: i128| Document::Number(Number::from_json(&value.to_string()));
    match number {
        Numeric::Integer(value) => of_integer(value),
        Numeric::Single(value) => of_float(value.into()),
        Numeric::Double(value) => of_float(value),
        Numeric::Big(value) => match value.to_i128() {
            Some(value) => of_integer(value),
            None => of_float(value.to_f64()),
        },
    }
}

/// Below this, numbers of 64 bits are closer than milliseconds, so whole milliseconds need no text.
const CLOSE: f64 = 4e12;

/// The number as an integer, if it is one of those.
fn whole(number: f64) -> Option<i64> {
    let whole = number as i64;
    (number.abs() < CLOSE && whole as f64 == number).then_some(whole)
}

/// The time this many seconds after 1970. The fraction is the one that the number's shortest text has.
fn timestamp_of(seconds: f64) -> Option<Timestamp> {
    let millis = (seconds * 1e3).round();
    if seconds.abs() < CLOSE && millis / 1e3 == seconds {
        let millis = millis as i64;
        let nanos = u32::try_from(millis.rem_euclid(1000)).unwrap_or_default() * 1_000_000;
        return Timestamp::new(millis.div_euclid(1000), nanos);
    }
    seconds.to_string().parse().ok()
}

impl ShapeReader for CborReader<'_> {
    fn begin_structure(&mut self) -> ReadResult {
        self.open_map()
    }

    fn next_member(&mut self, members: &[Member], expected: usize) -> ReadResult<NextMember> {
        while self.next() {
            let name = self.text("a string as the name of a member")?;
            if self.is_null() {
                continue;
            }
            let found = match self.is_error && self.open.len() == 1 {
                true => self.finder.find_alike(members, expected, &name),
                false => self.finder.find(members, expected, &name),
            };
            match found {
                Some(index) => return Ok(NextMember::Known(index)),
                // `__type` is the name of the shape, which some services add; it is not a member.
                None if name == "__type" => self.skip().map_err(|error| error.in_member(&name))?,
                None => {
                    self.name = name;
                    return Ok(NextMember::Unknown);
                }
            }
        }
        Ok(NextMember::End)
    }

    fn member_name(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.name)
    }

    fn begin_list(&mut self, _: &Member) -> ReadResult<usize> {
        self.open_list()?;
        // An item has at least one byte.
        let most = self.tokens.input().len() - self.tokens.position();
        Ok(match self.open.last() {
            Some(Left::Count(items)) => {
                usize::try_from(*items).map_or(most, |items| items.min(most))
            }
            _ => 0,
        })
    }

    fn next_item(&mut self) -> ReadResult<NextItem> {
        Ok(match self.next() {
            false => NextItem::End,
            true if self.is_null() => NextItem::Null,
            true => NextItem::Value,
        })
    }

    fn begin_map(&mut self, _: &Member) -> ReadResult {
        self.open_map()
    }

    fn next_entry(&mut self) -> ReadResult<NextEntry> {
        if !self.next() {
            return Ok(NextEntry::End);
        }
        let key = self.text(KEY)?.into_owned();
        Ok(match self.is_null() {
            true => NextEntry::Null(key),
            false => NextEntry::Value(key),
        })
    }

    fn string(&mut self) -> ReadResult<Cow<'_, str>> {
        self.text("a string")
    }

    fn boolean(&mut self) -> ReadResult<bool> {
        match self.kind()?.1 {
            Type::Bool => self.tokens.bool().map_err(|error| self.broken(&error)),
            kind => Err(unlike("a boolean", kind)),
        }
    }

    fn integer(&mut self) -> ReadResult<i64> {
        const EXPECTED: &str = "an integer of 64 bits";
        if let Some(value) = self.plain_integer() {
            return Ok(value.into());
        }
        match self.number("an integer")? {
            Numeric::Integer(value) => {
                i64::try_from(value).map_err(|_| out_of_range(EXPECTED, value))
            }
            Numeric::Big(value) => value
                .to_i128()
                .and_then(|value| i64::try_from(value).ok())
                .ok_or_else(|| out_of_range(EXPECTED, value.to_f64())),
            Numeric::Double(value) => Err(out_of_range("an integer", value)),
            Numeric::Single(value) => Err(out_of_range("an integer", value)),
        }
    }

    fn float(&mut self) -> ReadResult<f64> {
        if let Some(value) = self.plain_double() {
            return Ok(value);
        }
        Ok(match self.number("a number")? {
            Numeric::Integer(value) => value as f64,
            Numeric::Single(value) => value.into(),
            Numeric::Double(value) => value,
            Numeric::Big(value) => match value.to_f64() {
                nearest if nearest.is_finite() => nearest,
                nearest => return Err(out_of_range("a number of 64 bits", nearest)),
            },
        })
    }

    fn float32(&mut self) -> ReadResult<f32> {
        const EXPECTED: &str = "a number of 32 bits";
        Ok(match self.number("a number")? {
            Numeric::Integer(value) => value as f32,
            Numeric::Single(value) => value,
            Numeric::Double(value) => match value as f32 {
                nearest if nearest.is_infinite() && value.is_finite() => {
                    return Err(out_of_range(EXPECTED, value));
                }
                nearest => nearest,
            },
            Numeric::Big(value) => match value.to_f32() {
                nearest if nearest.is_finite() => nearest,
                _ => return Err(out_of_range(EXPECTED, value.to_f64())),
            },
        })
    }

    fn blob(&mut self) -> ReadResult<Blob> {
        let (_, kind) = self.kind()?;
        match self.bytes_of(kind)? {
            Some(bytes) => Ok(bytes.into_owned().into()),
            None => Err(unlike("bytes", kind)),
        }
    }

    fn timestamp(&mut self) -> ReadResult<Timestamp> {
        match self.plain_time() {
            Some(seconds) => Ok(Timestamp::from_seconds(seconds)),
            None => self.any_time(),
        }
    }

    fn document(&mut self) -> ReadResult<Document> {
        self.untyped()
    }

    /// The recursion is bounded by the limit on nesting.
    fn skip(&mut self) -> ReadResult {
        let tagged = self.kind()?;
        let (_, kind) = tagged;
        match kind {
            Type::Array | Type::ArrayIndef => {
                self.open_list()?;
                while self.next() {
                    self.skip()?;
                }
                Ok(())
            }
            Type::Map | Type::MapIndef => {
                self.open_map()?;
                while self.next() {
                    self.skip()?;
                    self.skip()?;
                }
                Ok(())
            }
            // The decoder's own skip takes a break for a value, so it is used only for values that hold no others.
            _ => self.tokens.skip().map_err(|error| self.broken(&error)),
        }
    }
}
