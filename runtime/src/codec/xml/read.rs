//! Reading a body as XML.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use quick_xml::XmlVersion;
use quick_xml::events::BytesText;

use super::codec::Xml;
use super::tokens::{Start, Token, Tokens, not_xml};
use super::{is_alike, local};
use crate::codec::members::{Finder, find_by, is_spelled_alike};
use crate::codec::text::{BASE64, float_of, not_base64};
use crate::shape::{
    Blob, Decimal, Document, Member, NextEntry, NextItem, NextMember, ReadError, ReadResult,
    ShapeReader, Timestamp, TimestampParseError,
};

/// Reads the value at `place`; `read` is not called for an empty body.
pub(super) fn read(
    body: &[u8],
    place: Xml<'_>,
    read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
) -> ReadResult {
    let text = match std::str::from_utf8(body) {
        Ok(text) if is_blank(text) => return Ok(()),
        Ok(text) => text,
        Err(error) => return Err(not_xml(error)),
    };
    let mut reader = XmlReader::new(text);
    reader.whole(place, read).map_err(|error| {
        let before = text.get(..reader.tokens.offset()).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1) + 1;
        error.at(line, column)
    })
}

/// The name of the outermost element, without its prefix; `None` if the text does not begin with an element.
pub fn root_name(body: &[u8]) -> Option<String> {
    let mut reader = XmlReader::new(std::str::from_utf8(body).ok()?);
    let root = reader.root().ok()?;
    Some(name_of(root).to_owned())
}

/// An XML text from which shapes pull their members.
struct XmlReader<'a> {
    tokens: Tokens<'a>,
    /// The start tag of the element that is read next.
    start: Option<Start<'a>>,
    /// The text that is read next, where it is not an element's.
    attribute: Option<Cow<'a, str>>,
    /// The open structures and collections, from the outside in.
    frames: Vec<Frame<'a>>,
    /// The name of the current member.
    name: String,
    /// Whether the outermost element is a member of the first structure that is read.
    is_member: bool,
    /// Whether an error is read.
    is_error: bool,
    finder: Finder,
}

/// A structure or a collection that is being read.
enum Frame<'a> {
    Structure(Attributes<'a>),
    /// A structure with one member and without an element.
    OfMember {
        is_read: bool,
    },
    List(Collection),
    Map(Collection, Entry),
}

/// The attributes of a structure.
enum Attributes<'a> {
    /// Not looked at yet.
    In(Start<'a>),
    /// Those that are members and have not been read, the last one first.
    Left(Vec<(usize, Cow<'a, str>)>),
}

/// The elements of a list or a map.
#[derive(Clone, Copy)]
struct Collection {
    /// The name of each element.
    element: &'static str,
    /// Whether the collection has no element of its own: then its first element has been started already.
    flattened: bool,
    /// Whether no element of it has been read.
    first: bool,
}

/// The entry of a map.
#[derive(Clone, Copy)]
struct Entry {
    key: &'static str,
    value: &'static str,
    /// Whether the reader is within an entry, after its value.
    open: bool,
}

impl<'a> XmlReader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            tokens: Tokens::new(text),
            start: None,
            attribute: None,
            frames: Vec::new(),
            name: String::new(),
            is_member: false,
            is_error: false,
            finder: Finder::new(),
        }
    }

    fn whole(
        &mut self,
        place: Xml<'_>,
        read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
    ) -> ReadResult {
        let root = self.root()?;
        match place {
            Xml::Root => self.start = Some(root),
            Xml::Result(operation) => self.find_result(operation)?,
            Xml::OfMember => {
                self.is_member = true;
                self.start = Some(root);
            }
            Xml::Error => {
                self.is_error = true;
                self.find_error(root)?;
            }
        }
        read(self)?;
        // An error ends the reading; what is after it in the text does not matter.
        if self.is_error {
            return Ok(());
        }
        while self.tokens.depth() > 0 {
            self.tokens.next()?;
        }
        loop {
            match self.tokens.next()? {
                Token::Eof => return Ok(()),
                Token::Text(text) if is_blank(text) => {}
                _ => return Err(not_xml("expected the end of the text")),
            }
        }
    }

    /// Goes to the outermost element.
    fn root(&mut self) -> ReadResult<Start<'a>> {
        loop {
            match self.tokens.next()? {
                Token::Start(start) => return Ok(start),
                Token::Text(text) if is_blank(text) => {}
                Token::Text(_) | Token::Character(_) | Token::CData(_) => {
                    return Err(not_xml("expected an element, found text"));
                }
                Token::End | Token::Eof => {
                    return Err(not_xml("expected an element, found the end of the text"));
                }
            }
        }
    }

    /// Goes to the result of an operation, among the children of the outermost element.
    fn find_result(&mut self, operation: &str) -> ReadResult {
        while let Some(start) = self.child()? {
            if name_of(start).strip_suffix("Result") == Some(operation) {
                self.start = Some(start);
                return Ok(());
            }
            self.rest()?;
        }
        let expected = format!("the element {:?}", format!("{operation}Result"));
        Err(ReadError::expected(&expected, "none"))
    }

    /// Goes to the error: the outermost element, one of its children, or the first child of `Errors`.
    fn find_error(&mut self, root: Start<'a>) -> ReadResult {
        let behind_root = self.tokens.clone();
        if name_of(root) != "Error" {
            while let Some(start) = self.child()? {
                match name_of(start) {
                    "Error" => {
                        self.start = Some(start);
                        return Ok(());
                    }
                    // Its children are looked at next.
                    "Errors" => {}
                    _ => self.rest()?,
                }
            }
            self.tokens = behind_root;
        }
        self.start = Some(root);
        Ok(())
    }

    /// Goes to the next child of the open element; `None`: the element has ended.
    fn child(&mut self) -> ReadResult<Option<Start<'a>>> {
        loop {
            match self.tokens.markup()? {
                Token::Start(start) => return Ok(Some(start)),
                Token::End => return Ok(None),
                Token::Text(text) if is_blank(text) => {}
                // A CDATA section between elements is ignored, as a comment is.
                Token::CData(_) => {}
                Token::Character(character) if is_white_space(character) => {}
                Token::Text(_) | Token::Character(_) => {
                    return Err(ReadError::expected("an element", "text"));
                }
                Token::Eof => return Err(not_xml("the text ends within an element")),
            }
        }
    }

    /// The text of the value that is read next.
    fn text(&mut self, expected: &str) -> ReadResult<Cow<'a, str>> {
        self.start = None;
        if let Some(attribute) = self.attribute.take() {
            return Ok(attribute);
        }
        let mut text = Cow::Borrowed("");
        loop {
            match self.tokens.next()? {
                Token::Text(piece) | Token::CData(piece) if text.is_empty() => {
                    text = with_newlines(piece);
                }
                Token::Text(piece) | Token::CData(piece) => {
                    self.with_room(&mut text, piece.len())
                        .push_str(&with_newlines(piece));
                }
                Token::Character(character) => {
                    self.with_room(&mut text, character.len_utf8())
                        .push(character);
                }
                Token::End => return Ok(text),
                Token::Start(start) => {
                    let found = format!("the element {:?}", name_of(start));
                    return Err(ReadError::expected(expected, found));
                }
                Token::Eof => return Err(not_xml("the text ends within an element")),
            }
        }
    }

    /// The text with room for `length` more bytes and for those up to the next tag.
    fn with_room<'t>(&self, text: &'t mut Cow<'a, str>, length: usize) -> &'t mut String {
        if let Cow::Borrowed(first) = text {
            let most = first.len() + length + self.tokens.to_markup();
            let mut whole = String::with_capacity(most);
            whole.push_str(first);
            *text = Cow::Owned(whole);
        }
        text.to_mut()
    }

    /// Skips the rest of the element that was started last.
    fn rest(&mut self) -> ReadResult {
        let depth = self.tokens.depth();
        while self.tokens.depth() >= depth {
            self.tokens.next()?;
        }
        Ok(())
    }

    /// Checks that the next value is an element.
    fn element(&mut self, expected: &str) -> ReadResult {
        match self.attribute.take() {
            None => Ok(()),
            Some(_) => Err(ReadError::expected(expected, "an attribute")),
        }
    }

    /// The next attribute that is a member.
    fn next_attribute(&mut self, members: &[Member]) -> ReadResult<Option<usize>> {
        let Some(Frame::Structure(attributes)) = self.frames.last_mut() else {
            return Ok(None);
        };
        if let Attributes::In(start) = attributes {
            *attributes = Attributes::Left(attributes_among(members, *start)?);
        }
        let Attributes::Left(left) = attributes else {
            return Ok(None);
        };
        Ok(left.pop().map(|(index, value)| {
            self.attribute = Some(value);
            index
        }))
    }

    /// The index of the member with the name of an element.
    fn find(&mut self, members: &[Member], expected: usize, name: &str) -> Option<usize> {
        // Most names have no prefix; they are tried as they are before prefixes are looked for.
        let as_it_is = |member: &Member| !member.attribute && member.name == name;
        let alike = |member: &Member| !member.attribute && is_alike(member.name, name);
        let found = self.finder.find_by(members, expected, as_it_is);
        let found = found.or_else(|| find_by(members, expected, alike));
        if found.is_none() && self.is_error && self.frames.len() == 1 {
            return members
                .iter()
                .position(|member| is_spelled_alike(member.name, local(name)));
        }
        found
    }

    /// The only member of a structure without an element; `None`: the reader is in another kind of structure.
    fn of_member(&mut self, members: &[Member]) -> Option<NextMember> {
        let Some(Frame::OfMember { is_read }) = self.frames.last_mut() else {
            return None;
        };
        if *is_read {
            self.frames.pop();
            return Some(NextMember::End);
        }
        *is_read = true;
        Some(match members.is_empty() {
            true => NextMember::Unknown,
            false => NextMember::Known(0),
        })
    }

    /// Goes to the next element of a collection; `false`: there is none.
    fn next_of(&mut self, of: Collection) -> ReadResult<bool> {
        if !of.flattened {
            while let Some(start) = self.child()? {
                if is_named(start, of.element) {
                    self.start = Some(start);
                    return Ok(true);
                }
                self.rest()?;
            }
            return Ok(false);
        }
        if of.first {
            return Ok(true);
        }
        // The elements that follow directly are read here; those after another member come as a member again.
        loop {
            match self.tokens.markup()? {
                Token::Text(text) if is_blank(text) => {}
                Token::Start(start) if is_named(start, of.element) => {
                    self.start = Some(start);
                    return Ok(true);
                }
                other => {
                    self.tokens.put_back(other);
                    return Ok(false);
                }
            }
        }
    }

    /// Goes to the value of the entry that was started last, whether its key is before or after it.
    fn entry(&mut self, entry: Entry) -> ReadResult<NextEntry> {
        let mut key: Option<String> = None;
        let mut before_value = None;
        while let Some(start) = self.child()? {
            if is_named(start, entry.key) {
                key = Some(self.text("a key")?.into_owned());
            } else if is_named(start, entry.value) && before_value.is_none() {
                if let Some(key) = key {
                    self.start = Some(start);
                    return Ok(NextEntry::Value(key));
                }
                before_value = Some((self.tokens.clone(), start));
                self.rest()?;
            } else {
                self.rest()?;
            }
            if let Some(key) = key.take_if(|_| before_value.is_some())
                && let Some((tokens, start)) = before_value.take()
            {
                // Back to the value, which is before its key.
                (self.tokens, self.start) = (tokens, Some(start));
                return Ok(NextEntry::Value(key));
            }
        }
        match key {
            Some(key) => Ok(NextEntry::Null(key)),
            None => Err(ReadError::expected("an entry with a key", "none")),
        }
    }

    /// Reads an element without a schema. The depth is bounded by the tokens' limit.
    fn untyped(&mut self) -> ReadResult<Document> {
        let mut text = String::new();
        let mut children: BTreeMap<String, Vec<Document>> = BTreeMap::new();
        loop {
            match self.tokens.next()? {
                Token::Start(start) => {
                    let name = name_of(start).to_owned();
                    children.entry(name).or_default().push(self.untyped()?);
                }
                Token::Text(piece) | Token::CData(piece) => text.push_str(&with_newlines(piece)),
                Token::Character(character) => text.push(character),
                Token::End | Token::Eof if children.is_empty() => return Ok(text.into()),
                Token::End | Token::Eof => break,
            }
        }
        let members = children.into_iter().map(|(name, mut children)| {
            let value = match children.pop() {
                Some(only) if children.is_empty() => only,
                last => children.into_iter().chain(last).collect::<Vec<_>>().into(),
            };
            (name, value)
        });
        Ok(Document::Object(members.collect()))
    }
}

/// The name of an element, without its prefix.
fn name_of(start: Start<'_>) -> &str {
    local(start.name())
}

fn is_named(start: Start<'_>, name: &str) -> bool {
    is_alike(start.name(), name)
}

fn is_blank(text: &str) -> bool {
    text.chars().all(is_white_space)
}

fn is_white_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// The text with a newline at the end of each line, however it is written (XML 1.0, section 2.11).
fn with_newlines(text: &str) -> Cow<'_, str> {
    BytesText::from_escaped(text).xml10_content()
}

/// The attributes of a start tag that are members, each with its index, the last one first. Most shapes have no
/// attributes; theirs are not parsed.
fn attributes_among<'a>(
    members: &[Member],
    start: Start<'a>,
) -> ReadResult<Vec<(usize, Cow<'a, str>)>> {
    let mut found = Vec::new();
    if !members.iter().any(|member| member.attribute) {
        return Ok(found);
    }
    for attribute in start.attributes() {
        let attribute = attribute.map_err(not_xml)?;
        let name = attribute.key.into_inner();
        // A declaration of a namespace is not a member.
        if name == "xmlns" || name.starts_with("xmlns:") {
            continue;
        }
        let is_it = |member: &Member| member.attribute && is_alike(member.name, name);
        if let Some(index) = members.iter().position(is_it) {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            found.push((index, value.map_err(not_xml)?));
        }
    }
    found.reverse();
    Ok(found)
}

fn expected(what: &str, text: &str) -> ReadError {
    ReadError::expected(what, format!("{text:?}"))
}

impl ShapeReader for XmlReader<'_> {
    fn begin_structure(&mut self) -> ReadResult {
        self.element("a structure")?;
        if std::mem::take(&mut self.is_member) {
            self.frames.push(Frame::OfMember { is_read: false });
            return Ok(());
        }
        self.frames.push(Frame::Structure(match self.start.take() {
            Some(start) if start.has_attributes() => Attributes::In(start),
            _ => Attributes::Left(Vec::new()),
        }));
        Ok(())
    }

    fn next_member(&mut self, members: &[Member], expected: usize) -> ReadResult<NextMember> {
        if let Some(next) = self.of_member(members) {
            return Ok(next);
        }
        if let Some(index) = self.next_attribute(members)? {
            return Ok(NextMember::Known(index));
        }
        let Some(start) = self.child()? else {
            self.frames.pop();
            return Ok(NextMember::End);
        };
        let found = self.find(members, expected, start.name());
        if found.is_none() {
            name_of(start).clone_into(&mut self.name);
        }
        self.start = Some(start);
        Ok(found.map_or(NextMember::Unknown, NextMember::Known))
    }

    fn member_name(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.name)
    }

    fn begin_list(&mut self, member: &Member) -> ReadResult<usize> {
        self.element("a list")?;
        self.frames.push(Frame::List(Collection {
            element: if member.flattened {
                member.name
            } else {
                member.item().name
            },
            flattened: member.flattened,
            first: true,
        }));
        Ok(0)
    }

    fn next_item(&mut self) -> ReadResult<NextItem> {
        let Some(Frame::List(list)) = self.frames.last_mut() else {
            return Ok(NextItem::End);
        };
        let of = *list;
        list.first = false;
        if self.next_of(of)? {
            return Ok(NextItem::Value);
        }
        self.frames.pop();
        Ok(NextItem::End)
    }

    fn begin_map(&mut self, member: &Member) -> ReadResult {
        self.element("a map")?;
        let entries = Collection {
            element: if member.flattened {
                member.name
            } else {
                "entry"
            },
            flattened: member.flattened,
            first: true,
        };
        let entry = Entry {
            key: member.key().name,
            value: member.value().name,
            open: false,
        };
        self.frames.push(Frame::Map(entries, entry));
        Ok(())
    }

    fn next_entry(&mut self) -> ReadResult<NextEntry> {
        let Some(Frame::Map(entries, entry)) = self.frames.last_mut() else {
            return Ok(NextEntry::End);
        };
        let (of, within) = (*entries, *entry);
        entries.first = false;
        entry.open = false;
        if within.open {
            self.rest()?;
        }
        if !self.next_of(of)? {
            self.frames.pop();
            return Ok(NextEntry::End);
        }
        let next = self.entry(within)?;
        if let (NextEntry::Value(_), Some(Frame::Map(_, entry))) = (&next, self.frames.last_mut()) {
            entry.open = true;
        }
        Ok(next)
    }

    fn string(&mut self) -> ReadResult<Cow<'_, str>> {
        self.text("a string")
    }

    fn boolean(&mut self) -> ReadResult<bool> {
        let text = self.text("a boolean")?;
        match text.trim_ascii() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(expected("a boolean", &text)),
        }
    }

    fn integer(&mut self) -> ReadResult<i64> {
        let text = self.text("an integer")?;
        let digits = text.trim_ascii();
        let integer = digits.parse().ok();
        let integer = integer.or_else(|| Decimal::parse(digits).and_then(Decimal::to_i64));
        integer.ok_or_else(|| expected("an integer", &text))
    }

    fn float(&mut self) -> ReadResult<f64> {
        let text = self.text("a number")?;
        float_of(text.trim_ascii(), f64::is_finite).ok_or_else(|| expected("a number", &text))
    }

    fn float32(&mut self) -> ReadResult<f32> {
        let text = self.text("a number")?;
        float_of(text.trim_ascii(), f32::is_finite).ok_or_else(|| expected("a number", &text))
    }

    fn blob(&mut self) -> ReadResult<Blob> {
        let text = self.text("bytes in base64")?;
        let decoded = BASE64.decode(text.trim_ascii());
        decoded.map(Blob::from).map_err(not_base64)
    }

    fn timestamp(&mut self) -> ReadResult<Timestamp> {
        let text = self.text("a timestamp")?;
        let read = text.trim_ascii().parse();
        read.map_err(|error: TimestampParseError| ReadError::new(error.to_string()))
    }

    fn document(&mut self) -> ReadResult<Document> {
        self.start = None;
        match self.attribute.take() {
            Some(attribute) => Ok(attribute.into_owned().into()),
            None => self.untyped(),
        }
    }

    fn skip(&mut self) -> ReadResult {
        self.start = None;
        match self.attribute.take() {
            Some(_) => Ok(()),
            None => self.rest(),
        }
    }
}
