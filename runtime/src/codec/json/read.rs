//! Reading a body as JSON.

use std::borrow::Cow;

use base64::Engine as _;

use super::codec::Json;
use super::text::{Kind, Text};
use crate::codec::members::Finder;
use crate::codec::text::{BASE64, float_of, not_base64};
use crate::shape::{
    Blob, Decimal, Document, DocumentBuilder, Member, NextEntry, NextItem, NextMember, Number,
    ReadError, ReadResult, ShapeReader, Timestamp, TimestampParseError,
};

/// How deep lists and objects may be nested.
const MAX_DEPTH: u32 = 127;

/// Reads `bytes` as one JSON value. `read` is not called for null.
pub(super) fn read(
    bytes: &[u8],
    json: Json,
    read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
) -> ReadResult {
    // Checked once as a whole, so that no string in it needs a check.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(not_utf8(error.valid_up_to())),
    };
    let mut reader = JsonReader::new(text);
    reader.is_error = json == Json::Error;
    reader.whole(read).map_err(|error| {
        let (line, column) = reader.text.position(reader.value);
        error.at(line, column)
    })
}

/// Reads a JSON text as a document.
pub(crate) fn read_document(text: &str) -> ReadResult<Document> {
    let mut reader = JsonReader::new(text);
    let document = reader.document()?;
    reader.text.end()?;
    Ok(document)
}

fn not_utf8(offset: usize) -> ReadError {
    ReadError::new(format!("not valid JSON: byte {offset} is not UTF-8"))
}

/// A JSON text from which shapes pull their members.
#[derive(Debug)]
struct JsonReader<'a> {
    text: Text<'a>,
    /// Whether nothing of the innermost list or object has been read yet.
    first: bool,
    depth: u32,
    /// The offset at which the current value begins.
    value: usize,
    name: Cow<'a, str>,
    /// Whether an error is read: services spell the names of its outermost members in two forms.
    is_error: bool,
    finder: Finder,
}

impl<'a> JsonReader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text: Text::new(text),
            first: true,
            depth: 0,
            value: 0,
            name: Cow::Borrowed(""),
            is_error: false,
            finder: Finder::new(),
        }
    }

    fn whole(&mut self, read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult) -> ReadResult {
        if !self.is_null()? {
            read(self)?;
        }
        self.text.end()
    }

    /// The kind of the next value.
    fn kind(&mut self) -> ReadResult<Kind> {
        let kind = self.text.kind()?;
        self.value = self.text.offset();
        Ok(kind)
    }

    /// Takes a null, if there is one.
    fn is_null(&mut self) -> ReadResult<bool> {
        let first = self.text.peek_token();
        self.value = self.text.offset();
        match first {
            Some(b'n') => self.text.word("null").map(|()| true),
            _ => Ok(false),
        }
    }

    /// Goes to the next member, in any order and written in any way.
    #[inline(never)]
    fn search_member(&mut self, members: &[Member], expected: usize) -> ReadResult<NextMember> {
        while self.next(b'}')? {
            let name = self.text.name()?;
            let found = match self.is_error && self.depth == 1 {
                true => self.finder.find_alike(members, expected, &name),
                false => self.finder.find(members, expected, &name),
            };
            match self.is_null() {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => return Err(error.in_member(&name)),
            }
            match found {
                Some(index) => return Ok(NextMember::Known(index)),
                // `__type` is the name of the shape, which some services add; it is not a member.
                None if name == "__type" => self.text.skip()?,
                None => {
                    self.name = name;
                    return Ok(NextMember::Unknown);
                }
            }
        }
        Ok(NextMember::End)
    }

    fn begin(&mut self, kind: Kind, expected: &str) -> ReadResult {
        if self.kind()? != kind {
            return Err(self.unlike(expected));
        }
        if self.depth == MAX_DEPTH {
            return Err(self
                .text
                .fail(format!("nested more than {MAX_DEPTH} levels deep")));
        }
        self.text.open();
        self.depth += 1;
        self.first = true;
        Ok(())
    }

    /// Goes to the next item or name; `false`: there is none, and the reader is after the closing bracket.
    fn next(&mut self, close: u8) -> ReadResult<bool> {
        let is_there = self.text.next(close, self.first)?;
        self.first = false;
        if !is_there {
            self.depth = self.depth.saturating_sub(1);
        }
        Ok(is_there)
    }

    /// The error for a value of another kind than expected. Numbers, booleans and null are shown; for all others, only
    /// the kind.
    fn unlike(&mut self, expected: &str) -> ReadError {
        let found = match self.text.kind() {
            Ok(Kind::Object) => Cow::Borrowed("an object"),
            Ok(Kind::List) => Cow::Borrowed("a list"),
            Ok(Kind::String) => Cow::Borrowed("a string"),
            Ok(_) => match self.text.skip() {
                Ok(()) => shortened(self.text.between(self.value, self.text.offset())),
                Err(error) => return error,
            },
            Err(error) => return error,
        };
        self.text
            .fail_at(self.value, format!("expected {expected}, found {found}"))
    }

    /// Takes a number; `None`: the value is not a number.
    fn number(&mut self) -> ReadResult<Option<&'a str>> {
        match self.kind()? {
            Kind::Number => self.text.number().map(Some),
            _ => Ok(None),
        }
    }

    /// Takes a number, or a string that is the name of NaN or of an infinity.
    fn float_text(&mut self) -> ReadResult<&'a str> {
        if let Some(number) = self.number()? {
            return Ok(number);
        }
        if self.kind()? == Kind::String {
            let start = self.value;
            if let Cow::Borrowed(name @ ("NaN" | "Infinity" | "-Infinity")) = self.text.string()? {
                return Ok(name);
            }
            return Err(self
                .text
                .fail_at(start, "expected a number, found a string"));
        }
        Err(self.unlike("a number"))
    }

    fn out_of_range(&self, expected: &str, number: &str) -> ReadError {
        let number = shortened(number);
        self.text
            .fail_at(self.value, format!("expected {expected}, found {number}"))
    }
}

/// The text, shortened to what fits into a message.
fn shortened(text: &str) -> Cow<'_, str> {
    const LONG: usize = 40;
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()).into(),
        None => text.into(),
    }
}

impl ShapeReader for JsonReader<'_> {
    fn begin_structure(&mut self) -> ReadResult {
        self.begin(Kind::Object, "an object")
    }

    fn next_member(&mut self, members: &[Member], expected: usize) -> ReadResult<NextMember> {
        // Most services send the members in the order of the model and without white space.
        if let Some(member) = members.get(expected)
            && self.text.take_member(member.name, self.first)
        {
            self.first = false;
            match self.is_null() {
                Ok(true) => {}
                Ok(false) => return Ok(NextMember::Known(expected)),
                Err(error) => return Err(error.in_member(member.name)),
            }
        }
        if self.text.take_close(b'}') {
            self.first = false;
            self.depth = self.depth.saturating_sub(1);
            return Ok(NextMember::End);
        }
        self.search_member(members, expected)
    }

    fn member_name(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.name)
    }

    fn begin_list(&mut self, _: &Member) -> ReadResult<usize> {
        self.begin(Kind::List, "a list").map(|()| 0)
    }

    fn next_item(&mut self) -> ReadResult<NextItem> {
        Ok(match self.next(b']')? {
            false => NextItem::End,
            true if self.is_null()? => NextItem::Null,
            true => NextItem::Value,
        })
    }

    fn begin_map(&mut self, _: &Member) -> ReadResult {
        self.begin(Kind::Object, "an object")
    }

    fn next_entry(&mut self) -> ReadResult<NextEntry> {
        if !self.next(b'}')? {
            return Ok(NextEntry::End);
        }
        let key = self.text.name()?.into_owned();
        match self.is_null() {
            Ok(true) => Ok(NextEntry::Null(key)),
            Ok(false) => Ok(NextEntry::Value(key)),
            Err(error) => Err(error.in_entry(&key)),
        }
    }

    fn string(&mut self) -> ReadResult<Cow<'_, str>> {
        match self.kind()? {
            Kind::String => self.text.string(),
            _ => Err(self.unlike("a string")),
        }
    }

    fn boolean(&mut self) -> ReadResult<bool> {
        match self.kind()? {
            Kind::True => self.text.word("true").map(|()| true),
            Kind::False => self.text.word("false").map(|()| false),
            _ => Err(self.unlike("a boolean")),
        }
    }

    fn integer(&mut self) -> ReadResult<i64> {
        let Some(number) = self.number()? else {
            return Err(self.unlike("an integer"));
        };
        if let Ok(integer) = number.parse() {
            return Ok(integer);
        }
        let integer = Decimal::parse(number).and_then(Decimal::to_i64);
        integer.ok_or_else(|| {
            let expected = if number.contains(['.', 'e', 'E']) {
                "an integer"
            } else {
                "an integer of 64 bits"
            };
            self.out_of_range(expected, number)
        })
    }

    fn float(&mut self) -> ReadResult<f64> {
        let text = self.float_text()?;
        float_of(text, f64::is_finite).ok_or_else(|| self.out_of_range("a number of 64 bits", text))
    }

    fn float32(&mut self) -> ReadResult<f32> {
        let text = self.float_text()?;
        float_of(text, f32::is_finite).ok_or_else(|| self.out_of_range("a number of 32 bits", text))
    }

    fn blob(&mut self) -> ReadResult<Blob> {
        let decoded = BASE64.decode(self.string()?.as_bytes());
        decoded.map(Blob::from).map_err(not_base64)
    }

    fn timestamp(&mut self) -> ReadResult<Timestamp> {
        let text = match self.kind()? {
            Kind::Number => Cow::Borrowed(self.text.number()?),
            Kind::String => self.text.string()?,
            _ => return Err(self.unlike("a timestamp")),
        };
        text.parse()
            .map_err(|error: TimestampParseError| ReadError::new(error.to_string()))
    }

    fn document(&mut self) -> ReadResult<Document> {
        let mut document = DocumentBuilder::default();
        // For each open list or object, whether it is an object.
        let mut open: Vec<bool> = Vec::new();
        loop {
            match self.kind()? {
                Kind::Object => {
                    self.begin(Kind::Object, "an object")?;
                    document.begin_object();
                    open.push(true);
                }
                Kind::List => {
                    self.begin(Kind::List, "a list")?;
                    document.begin_array();
                    open.push(false);
                }
                Kind::String => {
                    document.value(Document::String(self.text.string()?.into_owned()));
                }
                Kind::Number => {
                    let number = Number::from_json(self.text.number()?);
                    document.value(Document::Number(number));
                }
                Kind::True => {
                    self.text.word("true")?;
                    document.value(Document::Bool(true));
                }
                Kind::False => {
                    self.text.word("false")?;
                    document.value(Document::Bool(false));
                }
                Kind::Null => {
                    self.text.word("null")?;
                    document.value(Document::Null);
                }
            }
            loop {
                let Some(is_object) = open.last().copied() else {
                    return Ok(document.finish());
                };
                if self.next(if is_object { b'}' } else { b']' })? {
                    if is_object {
                        document.name(self.text.name()?.into_owned());
                    }
                    break;
                }
                document.end();
                open.pop();
            }
        }
    }

    fn skip(&mut self) -> ReadResult {
        self.kind()?;
        self.text.skip()
    }
}
