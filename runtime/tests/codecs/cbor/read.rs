//! Reading a body as CBOR.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tinsmith_runtime::{
    Blob, Document, Member, NextEntry, NextItem, NextMember, Number, ReadError, ReadResult,
    ReadValue, ShapeReader, Timestamp,
};

use super::{major, tag};

/// How many lists and maps may stand in one another.
const MAX_DEPTH: usize = 128;

/// The shape in a CBOR data item.
pub(crate) fn read<T: ReadValue>(bytes: &[u8]) -> ReadResult<T> {
    let mut reader = CborReader {
        bytes,
        at: 0,
        frames: Vec::new(),
        name: Cow::Borrowed(""),
    };
    let shape = T::read_new(&Member::new(""), &mut reader)?;
    match reader.bytes.get(reader.at) {
        None => Ok(shape),
        Some(_) => Err(reader.not_cbor("more than one data item")),
    }
}

/// CBOR from which shapes pull their members.
struct CborReader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// How much is left of each list and map that is open, in items and entries.
    frames: Vec<Left>,
    name: Cow<'a, str>,
}

/// How many items or entries come yet.
#[derive(Clone, Copy)]
enum Left {
    Count(u64),
    /// As many as there are before a break.
    UntilBreak,
}

/// The head of a data item: its kind and what belongs to it.
#[derive(Clone, Copy)]
struct Head {
    major: u8,
    /// The five bits beside the kind.
    info: u8,
    /// The number, length or bits that follow; `None`: an indefinite length.
    value: Option<u64>,
}

/// A number of any of the forms that CBOR has.
enum Numeric {
    Integer(i128),
    Float(f64),
    Single(f32),
}

impl<'a> CborReader<'a> {
    fn not_cbor(&self, what: &str) -> ReadError {
        ReadError::new(format!("not valid CBOR at byte {}: {what}", self.at))
    }

    fn unlike(&self, expected: &str, head: Head) -> ReadError {
        let found = match head.major {
            major::POSITIVE | major::NEGATIVE => "an integer",
            major::BYTES => "bytes",
            major::TEXT => "a string",
            major::LIST => "a list",
            major::MAP => "a map",
            major::TAG => "another tag",
            _ => match head.info {
                20 | 21 => "a boolean",
                22 | 23 => "null",
                25..=27 => "a number",
                _ => "a simple value",
            },
        };
        ReadError::expected(expected, format!("{found} before byte {}", self.at))
    }

    /// The next `length` bytes, which are there.
    fn take(&mut self, length: u64) -> ReadResult<&'a [u8]> {
        let end = usize::try_from(length)
            .ok()
            .and_then(|length| self.at.checked_add(length));
        match end.and_then(|end| Some((end, self.bytes.get(self.at..end)?))) {
            Some((end, taken)) => {
                self.at = end;
                Ok(taken)
            }
            None => Err(self.not_cbor("the bytes end within a data item")),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn head(&mut self) -> ReadResult<Head> {
        let first = self.take(1)?.first().copied().unwrap_or_default();
        let (major, info) = (first >> 5, first & 0x1f);
        let length = match info {
            0..24 => 0,
            24..=27 => 1 << (info - 24),
            31 if matches!(major, major::BYTES..=major::MAP) => {
                return Ok(Head {
                    major,
                    info,
                    value: None,
                });
            }
            _ => return Err(self.not_cbor("a head that CBOR does not have")),
        };
        let value = match length {
            0 => info.into(),
            length => self
                .take(length)?
                .iter()
                .fold(0, |value, byte| value << 8 | u64::from(*byte)),
        };
        Ok(Head {
            major,
            info,
            value: Some(value),
        })
    }

    /// The head of the next item, behind tags, of which the last is given.
    fn tagged(&mut self) -> ReadResult<(Option<u64>, Head)> {
        let mut last = None;
        loop {
            let head = self.head()?;
            if head.major != major::TAG {
                return Ok((last, head));
            }
            last = head.value;
        }
    }

    /// The head of the next item, whatever tags it has.
    fn item(&mut self) -> ReadResult<Head> {
        self.tagged().map(|(_, head)| head)
    }

    fn begin(&mut self, major: u8, expected: &str) -> ReadResult {
        let head = self.item()?;
        if head.major != major {
            return Err(self.unlike(expected, head));
        }
        self.open(head)
    }

    fn open(&mut self, head: Head) -> ReadResult {
        if self.frames.len() == MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            return Err(ReadError::new(message));
        }
        self.frames
            .push(head.value.map_or(Left::UntilBreak, Left::Count));
        Ok(())
    }

    /// Goes to the next item or entry of what was begun last; `false`: there is none.
    fn next(&mut self) -> ReadResult<bool> {
        let is_there = match self.frames.last_mut() {
            Some(Left::Count(0)) | None => false,
            Some(Left::Count(left)) => {
                *left -= 1;
                true
            }
            Some(Left::UntilBreak) if self.bytes.get(self.at) == Some(&0xff) => {
                self.at += 1;
                false
            }
            Some(Left::UntilBreak) => true,
        };
        if !is_there {
            self.frames.pop();
        }
        Ok(is_there)
    }

    /// Takes a null, if there is one.
    fn is_null(&mut self) -> bool {
        let is_null = matches!(self.peek(), Some(0xf6 | 0xf7));
        if is_null {
            self.at += 1;
        }
        is_null
    }

    /// The content of a string of bytes or of text, in one piece or in several.
    fn content(&mut self, head: Head) -> ReadResult<Cow<'a, [u8]>> {
        if let Some(length) = head.value {
            return self.take(length).map(Cow::Borrowed);
        }
        let mut content = Vec::new();
        loop {
            if self.peek() == Some(0xff) {
                self.at += 1;
                return Ok(Cow::Owned(content));
            }
            let piece = self.head()?;
            match piece.value {
                Some(length) if piece.major == head.major => {
                    content.extend_from_slice(self.take(length)?);
                }
                _ => return Err(self.not_cbor("a piece of a string that is none")),
            }
        }
    }

    fn text(&mut self, expected: &str) -> ReadResult<Cow<'a, str>> {
        let head = self.item()?;
        match head.major {
            major::TEXT => self.text_of(head),
            _ => Err(self.unlike(expected, head)),
        }
    }

    fn text_of(&mut self, head: Head) -> ReadResult<Cow<'a, str>> {
        let text = match self.content(head)? {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
        };
        text.ok_or_else(|| self.not_cbor("a text that is not UTF-8"))
    }

    /// The number that has this head and the last of these tags; `None`: it is none.
    fn number(&mut self, tag: Option<u64>, head: Head) -> ReadResult<Option<Numeric>> {
        let bits = i128::from(head.value.unwrap_or_default());
        Ok(Some(match (head.major, head.info) {
            (major::POSITIVE, _) => Numeric::Integer(bits),
            (major::NEGATIVE, _) => Numeric::Integer(-1 - bits),
            (major::BYTES, _) if matches!(tag, Some(tag::POSITIVE | tag::NEGATIVE)) => {
                let bytes = self.content(head)?;
                let first = bytes.iter().position(|byte| *byte != 0);
                let significant = bytes
                    .get(first.unwrap_or(bytes.len())..)
                    .unwrap_or_default();
                if significant.len() > 15 {
                    return Err(ReadError::expected(
                        "a number of up to 120 bits",
                        format!("{} bytes", significant.len()),
                    ));
                }
                let value = significant
                    .iter()
                    .fold(0, |value: i128, byte| value << 8 | i128::from(*byte));
                Numeric::Integer(if tag == Some(tag::NEGATIVE) {
                    -1 - value
                } else {
                    value
                })
            }
            (major::SIMPLE, 25) => Numeric::Single(half(bits)),
            (major::SIMPLE, 26) => {
                Numeric::Single(f32::from_bits(u32::try_from(bits).unwrap_or_default()))
            }
            (major::SIMPLE, 27) => {
                Numeric::Float(f64::from_bits(u64::try_from(bits).unwrap_or_default()))
            }
            _ => return Ok(None),
        }))
    }

    /// The next item, which is to be a number.
    fn any_number(&mut self, expected: &str) -> ReadResult<Numeric> {
        let (tag, head) = self.tagged()?;
        match self.number(tag, head)? {
            Some(number) => Ok(number),
            None => Err(self.unlike(expected, head)),
        }
    }

    /// An item without a schema. Its depth is limited as that of shapes is.
    fn untyped(&mut self) -> ReadResult<Document> {
        let (tag, head) = self.tagged()?;
        if let Some(number) = self.number(tag, head)? {
            return Ok(match number {
                Numeric::Integer(value) => match value.to_string().parse() {
                    Ok(number) => Document::Number(number),
                    Err(_) => return Err(self.not_cbor("a number")),
                },
                Numeric::Float(value) => float_document(value),
                Numeric::Single(value) => float_document(value.into()),
            });
        }
        match (head.major, head.info) {
            (major::BYTES, _) => Ok(STANDARD.encode(self.content(head)?).into()),
            (major::TEXT, _) => Ok(self.text_of(head)?.into_owned().into()),
            (major::LIST, _) => {
                self.open(head)?;
                let mut items = Vec::new();
                while self.next()? {
                    items.push(self.untyped()?);
                }
                Ok(Document::Array(items))
            }
            (major::MAP, _) => {
                self.open(head)?;
                let mut members = std::collections::BTreeMap::new();
                while self.next()? {
                    let name = self.text("a string as a key")?.into_owned();
                    members.insert(name, self.untyped()?);
                }
                Ok(Document::Object(members))
            }
            (_, 20) => Ok(false.into()),
            (_, 21) => Ok(true.into()),
            (_, 22 | 23) => Ok(Document::Null),
            _ => Err(self.unlike("a value", head)),
        }
    }
}

/// A number of 16 bits, which are its sign, five of its exponent and ten of its fraction.
fn half(bits: i128) -> f32 {
    let bits = u16::try_from(bits).unwrap_or_default();
    let fraction = f32::from(bits & 0x3ff);
    let magnitude = match bits >> 10 & 0x1f {
        0 => fraction * 2_f32.powi(-24),
        31 if fraction == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        exponent => (fraction + 1024.0) * 2_f32.powi(i32::from(exponent) - 25),
    };
    if bits >> 15 == 1 {
        -magnitude
    } else {
        magnitude
    }
}

/// A document holds no number that is none: its name stands for it, as in JSON.
fn float_document(value: f64) -> Document {
    match Number::from_f64(value) {
        Some(number) => Document::Number(number),
        None => crate::plain::float(value, String::new()).into(),
    }
}

fn find(members: &[Member], expected: usize, name: &str) -> Option<usize> {
    let is_it = |index: &usize| {
        members
            .get(*index)
            .is_some_and(|member| member.name == name)
    };
    (expected..members.len())
        .find(is_it)
        .or_else(|| (0..expected.min(members.len())).find(is_it))
}

impl ShapeReader for CborReader<'_> {
    fn begin_structure(&mut self) -> ReadResult {
        self.begin(major::MAP, "a map")
    }

    fn next_member(&mut self, members: &[Member], expected: usize) -> ReadResult<NextMember> {
        while self.next()? {
            let name = self.text("a string as the name of a member")?;
            if self.is_null() {
                continue;
            }
            match find(members, expected, &name) {
                Some(index) => return Ok(NextMember::Known(index)),
                // The name of the shape, which some services add, is no member.
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

    fn begin_list(&mut self, _: &Member) -> ReadResult {
        self.begin(major::LIST, "a list")
    }

    fn next_item(&mut self) -> ReadResult<NextItem> {
        Ok(match self.next()? {
            false => NextItem::End,
            true if self.is_null() => NextItem::Null,
            true => NextItem::Value,
        })
    }

    fn begin_map(&mut self, _: &Member) -> ReadResult {
        self.begin(major::MAP, "a map")
    }

    fn next_entry(&mut self) -> ReadResult<NextEntry> {
        if !self.next()? {
            return Ok(NextEntry::End);
        }
        let key = self.text("a string as a key")?.into_owned();
        Ok(if self.is_null() {
            NextEntry::Null(key)
        } else {
            NextEntry::Value(key)
        })
    }

    fn string(&mut self) -> ReadResult<Cow<'_, str>> {
        self.text("a string")
    }

    fn boolean(&mut self) -> ReadResult<bool> {
        let head = self.item()?;
        match (head.major, head.info) {
            (major::SIMPLE, 20) => Ok(false),
            (major::SIMPLE, 21) => Ok(true),
            _ => Err(self.unlike("a boolean", head)),
        }
    }

    fn integer(&mut self) -> ReadResult<i64> {
        match self.any_number("an integer")? {
            Numeric::Integer(value) => i64::try_from(value)
                .map_err(|_| ReadError::expected("an integer of 64 bits", value)),
            Numeric::Float(value) => Err(ReadError::expected("an integer", format!("{value:?}"))),
            Numeric::Single(value) => Err(ReadError::expected("an integer", format!("{value:?}"))),
        }
    }

    fn float(&mut self) -> ReadResult<f64> {
        Ok(match self.any_number("a number")? {
            Numeric::Integer(value) => value as f64,
            Numeric::Float(value) => value,
            Numeric::Single(value) => value.into(),
        })
    }

    fn float32(&mut self) -> ReadResult<f32> {
        Ok(match self.any_number("a number")? {
            Numeric::Integer(value) => value as f32,
            Numeric::Single(value) => value,
            Numeric::Float(value) => {
                let nearest = value as f32;
                if value.is_finite() && nearest.is_infinite() {
                    let found = format!("{value:?}");
                    return Err(ReadError::expected("a number of 32 bits", found));
                }
                nearest
            }
        })
    }

    fn blob(&mut self) -> ReadResult<Blob> {
        let head = self.item()?;
        match head.major {
            major::BYTES => Ok(self.content(head)?.into_owned().into()),
            _ => Err(self.unlike("bytes", head)),
        }
    }

    fn timestamp(&mut self) -> ReadResult<Timestamp> {
        const EXPECTED: &str = "a timestamp";
        let (tag, head) = self.tagged()?;
        let is_simple = matches!(
            head.major,
            major::POSITIVE | major::NEGATIVE | major::SIMPLE
        );
        let number = if tag == Some(tag::TIME) && is_simple {
            self.number(tag, head)?
        } else {
            None
        };
        // In decimal, what is meant by the nearest number of 64 bits is read as it is meant.
        let seconds = match number {
            Some(Numeric::Integer(seconds)) => seconds.to_string(),
            Some(Numeric::Float(seconds)) => seconds.to_string(),
            Some(Numeric::Single(seconds)) => f64::from(seconds).to_string(),
            None => return Err(self.unlike(EXPECTED, head)),
        };
        seconds
            .parse()
            .map_err(|_| ReadError::expected(EXPECTED, seconds))
    }

    fn document(&mut self) -> ReadResult<Document> {
        self.untyped()
    }

    fn skip(&mut self) -> ReadResult {
        let head = self.item()?;
        match head.major {
            major::BYTES | major::TEXT => self.content(head).map(drop),
            major::LIST | major::MAP => {
                self.open(head)?;
                while self.next()? {
                    if head.major == major::MAP {
                        self.skip()?;
                    }
                    self.skip()?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
