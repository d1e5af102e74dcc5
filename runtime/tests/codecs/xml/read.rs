//! Reading a body as XML.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::vec;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use tinsmith_runtime::{
    Blob, Document, Member, NextEntry, NextItem, NextMember, ReadError, ReadResult, ReadValue,
    ShapeReader, Timestamp,
};

use super::local;
use super::tokens::{Token, Tokens, not_xml};
use crate::plain;

/// The shape in an XML text, whatever its outermost element is called.
pub(crate) fn read<T: ReadValue>(bytes: &[u8]) -> ReadResult<T> {
    let text = std::str::from_utf8(bytes).map_err(not_xml)?;
    let mut reader = XmlReader {
        tokens: Tokens::new(text),
        start: None,
        attribute: None,
        frames: Vec::new(),
        name: String::new(),
    };
    reader.whole().map_err(|error| {
        let before = text.get(..reader.tokens.at()).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1) + 1;
        error.at(line, column)
    })
}

/// An XML text from which shapes pull their members.
struct XmlReader<'a> {
    tokens: Tokens<'a>,
    /// The start tag of the element that is to be read.
    start: Option<BytesStart<'a>>,
    /// What is to be read, where it is no element.
    attribute: Option<String>,
    frames: Vec<Frame>,
    /// What the member that was found last is called.
    name: String,
}

/// What is being read.
enum Frame {
    /// A structure, and those of its attributes that have not been looked at.
    Structure(vec::IntoIter<(String, String)>),
    List(Collection),
    Map(Collection, Entry),
}

/// The elements of a list or a map.
#[derive(Clone, Copy)]
struct Collection {
    /// What each is called.
    element: &'static str,
    /// Whether the collection has no element of its own: then an element has been started, and others may follow it.
    flattened: bool,
    /// Whether no element of it has been read.
    first: bool,
}

/// The entry of a map.
#[derive(Clone, Copy)]
struct Entry {
    key: &'static str,
    value: &'static str,
    /// Whether the reader is within one, behind its value.
    open: bool,
}

impl<'a> XmlReader<'a> {
    fn whole<T: ReadValue>(&mut self) -> ReadResult<T> {
        loop {
            match self.tokens.next()? {
                Token::Start(start) => {
                    self.start = Some(start);
                    break;
                }
                Token::Text(text) if is_blank(&text) => {}
                Token::Text(_) => return Err(not_xml("expected an element, found text")),
                Token::End | Token::Eof => {
                    return Err(not_xml("expected an element, found the end of the text"));
                }
            }
        }
        let shape = T::read_new(&Member::new(""), self)?;
        loop {
            match self.tokens.next()? {
                Token::Eof => return Ok(shape),
                Token::Text(text) if is_blank(&text) => {}
                _ => return Err(not_xml("expected the end of the text")),
            }
        }
    }

    /// Goes to the next element within the one that is open; `None`: it has ended.
    fn child(&mut self) -> ReadResult<Option<BytesStart<'a>>> {
        loop {
            match self.tokens.next()? {
                Token::Start(start) => return Ok(Some(start)),
                Token::End => return Ok(None),
                Token::Text(text) if is_blank(&text) => {}
                Token::Text(_) => return Err(ReadError::expected("an element", "text")),
                Token::Eof => return Err(not_xml("the text ends within an element")),
            }
        }
    }

    /// The text of the value that is to be read.
    fn text(&mut self, expected: &str) -> ReadResult<Cow<'a, str>> {
        self.start = None;
        if let Some(attribute) = self.attribute.take() {
            return Ok(Cow::Owned(attribute));
        }
        let mut text = Cow::Borrowed("");
        loop {
            match self.tokens.next()? {
                Token::Text(piece) if text.is_empty() => text = piece,
                Token::Text(piece) => text.to_mut().push_str(&piece),
                Token::End => return Ok(text),
                Token::Start(start) => {
                    let found = format!("the element {:?}", start.local_name().into_inner());
                    return Err(ReadError::expected(expected, found));
                }
                Token::Eof => return Err(not_xml("the text ends within an element")),
            }
        }
    }

    /// Passes over what is left of the element that was started last.
    fn rest(&mut self) -> ReadResult {
        let depth = self.tokens.depth();
        while self.tokens.depth() >= depth {
            self.tokens.next()?;
        }
        Ok(())
    }

    /// Checks that what is to be read is an element.
    fn element(&mut self, expected: &str) -> ReadResult {
        match self.attribute.take() {
            None => Ok(()),
            Some(_) => Err(ReadError::expected(expected, "an attribute")),
        }
    }

    /// Goes to the next element of a collection; `false`: there is none.
    fn next_of(&mut self, of: Collection) -> ReadResult<bool> {
        if !of.flattened {
            while let Some(start) = self.child()? {
                if start.local_name().into_inner() == of.element {
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
        // Those that follow at once are read here; others, with members between, come as a member again.
        while matches!(self.tokens.peek()?, Token::Text(text) if is_blank(text)) {
            self.tokens.next()?;
        }
        let is_one = matches!(
            self.tokens.peek()?,
            Token::Start(start) if start.local_name().into_inner() == of.element
        );
        if is_one && let Token::Start(start) = self.tokens.next()? {
            self.start = Some(start);
        }
        Ok(is_one)
    }

    /// Goes to the value of the entry that was started last, wherever its key is.
    fn entry(&mut self, entry: Entry) -> ReadResult<NextEntry> {
        let mut key: Option<String> = None;
        let mut before_value = None;
        while let Some(start) = self.child()? {
            let name = start.local_name().into_inner();
            if name == entry.key {
                key = Some(self.text("a key")?.into_owned());
            } else if name == entry.value && before_value.is_none() {
                before_value = Some((self.tokens.clone(), Some(start)));
                if key.is_none() {
                    self.rest()?;
                }
            } else {
                self.rest()?;
            }
            if key.is_some()
                && let Some((tokens, start)) = before_value.take()
            {
                (self.tokens, self.start) = (tokens, start);
                return Ok(NextEntry::Value(key.unwrap_or_default()));
            }
        }
        match key {
            Some(key) => Ok(NextEntry::Null(key)),
            None => Err(ReadError::expected("an entry with a key", "none")),
        }
    }

    /// An element without a schema. Its depth is limited by that of tokens.
    fn untyped(&mut self) -> ReadResult<Document> {
        let mut text = String::new();
        let mut children: BTreeMap<String, Vec<Document>> = BTreeMap::new();
        loop {
            match self.tokens.next()? {
                Token::Start(start) => {
                    let name = start.local_name().into_inner().to_owned();
                    children.entry(name).or_default().push(self.untyped()?);
                }
                Token::Text(piece) => text.push_str(&piece),
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

fn is_blank(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// The attributes of a start tag without those that declare namespaces.
fn attributes(start: Option<BytesStart<'_>>) -> ReadResult<Vec<(String, String)>> {
    let mut attributes = Vec::new();
    for attribute in start.iter().flat_map(BytesStart::attributes) {
        let attribute = attribute.map_err(not_xml)?;
        let name = attribute.key.into_inner();
        if name == "xmlns" || name.starts_with("xmlns:") {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(not_xml)?.into_owned();
        attributes.push((local(name).to_owned(), value));
    }
    Ok(attributes)
}

/// The index of the member of this name; `expected` is tried first, then those after it, then those before it.
fn find(members: &[Member], expected: usize, name: &str, attribute: bool) -> Option<usize> {
    let is_it = |index: &usize| {
        members
            .get(*index)
            .is_some_and(|member| member.attribute == attribute && local(member.name) == name)
    };
    (expected..members.len())
        .find(is_it)
        .or_else(|| (0..expected.min(members.len())).find(is_it))
}

impl ShapeReader for XmlReader<'_> {
    fn begin_structure(&mut self) -> ReadResult {
        self.element("a structure")?;
        let attributes = attributes(self.start.take())?;
        self.frames.push(Frame::Structure(attributes.into_iter()));
        Ok(())
    }

    fn next_member(&mut self, members: &[Member], expected: usize) -> ReadResult<NextMember> {
        if let Some(Frame::Structure(attributes)) = self.frames.last_mut() {
            for (name, value) in attributes {
                if let Some(index) = find(members, expected, &name, true) {
                    self.attribute = Some(value);
                    return Ok(NextMember::Known(index));
                }
            }
        }
        let Some(start) = self.child()? else {
            self.frames.pop();
            return Ok(NextMember::End);
        };
        let name = start.local_name().into_inner();
        let found = find(members, expected, name, false);
        if found.is_none() {
            self.name = name.to_owned();
        }
        self.start = Some(start);
        Ok(found.map_or(NextMember::Unknown, NextMember::Known))
    }

    fn member_name(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.name)
    }

    fn begin_list(&mut self, member: &Member) -> ReadResult {
        self.element("a list")?;
        self.frames.push(Frame::List(Collection {
            element: local(if member.flattened {
                member.name
            } else {
                member.item().name
            }),
            flattened: member.flattened,
            first: true,
        }));
        Ok(())
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
                local(member.name)
            } else {
                "entry"
            },
            flattened: member.flattened,
            first: true,
        };
        let entry = Entry {
            key: local(member.key().name),
            value: local(member.value().name),
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
        plain::read_boolean(&self.text("a boolean")?)
    }

    fn integer(&mut self) -> ReadResult<i64> {
        plain::read_integer(&self.text("an integer")?)
    }

    fn float(&mut self) -> ReadResult<f64> {
        plain::read_float(&self.text("a number")?, f64::is_finite)
    }

    fn float32(&mut self) -> ReadResult<f32> {
        plain::read_float(&self.text("a number")?, f32::is_finite)
    }

    fn blob(&mut self) -> ReadResult<Blob> {
        plain::read_blob(&self.text("bytes in base64")?)
    }

    fn timestamp(&mut self) -> ReadResult<Timestamp> {
        plain::read_timestamp(&self.text("a timestamp")?)
    }

    fn document(&mut self) -> ReadResult<Document> {
        self.start = None;
        match self.attribute.take() {
            Some(attribute) => Ok(attribute.into()),
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
