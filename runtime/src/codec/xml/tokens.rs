//! The tokens of XML: start tags, end tags and text; comments, declarations and instructions are skipped.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::shape::{ReadError, ReadResult};

/// How deep elements may be nested.
const MAX_DEPTH: u32 = 128;

/// A token.
#[derive(Clone, Debug)]
pub(super) enum Token<'a> {
    Start(BytesStart<'a>),
    /// The end of the element that was started last; an empty element has an end as well.
    End,
    /// A piece of text; each reference is a piece.
    Text(Cow<'a, str>),
    /// A piece of text in a CDATA section.
    CData(Cow<'a, str>),
    /// The end of the text, after all elements.
    Eof,
}

/// An XML text, and how far it has been read. A clone continues from the same place.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    reader: Reader<&'a [u8]>,
    peeked: Option<Token<'a>>,
    /// The number of open elements.
    depth: u32,
    /// The offset at which the last token begins.
    offset: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            peeked: None,
            depth: 0,
            offset: 0,
        }
    }

    /// The offset at which the last token begins, in bytes.
    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    pub(super) fn depth(&self) -> u32 {
        self.depth
    }

    pub(super) fn next(&mut self) -> ReadResult<Token<'a>> {
        match self.peeked.take() {
            Some(token) => Ok(token),
            None => self.read(),
        }
    }

    /// The next token, without taking it.
    pub(super) fn peek(&mut self) -> ReadResult<&Token<'a>> {
        let token = self.next()?;
        Ok(self.peeked.insert(token))
    }

    fn read(&mut self) -> ReadResult<Token<'a>> {
        loop {
            self.offset = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
            match self.reader.read_event().map_err(not_xml)? {
                Event::Start(start) => {
                    if self.depth == MAX_DEPTH {
                        let message = format!("nested more than {MAX_DEPTH} levels deep");
                        return Err(ReadError::new(message));
                    }
                    self.depth += 1;
                    return Ok(Token::Start(start));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Token::End);
                }
                Event::Text(text) => return Ok(Token::Text(text.xml10_content())),
                Event::CData(text) => return Ok(Token::CData(text.xml10_content())),
                Event::GeneralRef(reference) => return referenced(&reference).map(Token::Text),
                Event::DocType(_) => {
                    return Err(not_xml(
                        "a document type declaration, which is not supported",
                    ));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(not_xml("the text ends within an element"));
                }
                Event::Eof => return Ok(Token::Eof),
                // The reader is configured to give an empty element as a start and an end.
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Empty(_) => {}
            }
        }
    }
}

/// The text of a reference: a character, or one of the five entities that need no declaration.
fn referenced<'a>(reference: &BytesRef<'_>) -> ReadResult<Cow<'a, str>> {
    if let Some(character) = reference.resolve_char_ref().map_err(not_xml)? {
        return Ok(Cow::Owned(character.to_string()));
    }
    match resolve_predefined_entity(reference) {
        Some(text) => Ok(Cow::Borrowed(text)),
        None => Err(not_xml("an entity that is not declared")),
    }
}

pub(super) fn not_xml(error: impl std::fmt::Display) -> ReadError {
    ReadError::new(format!("not valid XML: {error}"))
}
