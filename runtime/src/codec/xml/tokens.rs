//! The tokens of XML: start tags, end tags and text; comments, declarations and instructions are skipped.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::shape::{ReadError, ReadResult};

/// How deep elements may be nested.
const MAX_DEPTH: u32 = 128;

/// A token. Its texts are as they are written, with the ends of lines that they have there.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'a> {
    Start(Start<'a>),
    /// The end of the element that was started last; an empty element has an end as well.
    End,
    /// A piece of text between tags and references.
    Text(&'a str),
    /// A reference to a character.
    Character(char),
    /// A piece of text in a CDATA section.
    CData(&'a str),
    /// The end of the text, after all elements.
    Eof,
}

/// A start tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start<'a> {
    /// What is between the brackets.
    content: &'a str,
    name_length: usize,
}

impl<'a> Start<'a> {
    /// The name, with its prefix.
    pub(super) fn name(self) -> &'a str {
        self.content.get(..self.name_length).unwrap_or_default()
    }

    pub(super) fn has_attributes(self) -> bool {
        self.content.len() > self.name_length
    }

    pub(super) fn attributes(self) -> Attributes<'a> {
        Attributes::new(self.content, self.name_length)
    }
}

/// An XML text, and how far it has been read. A clone continues from the same place.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// The token that is next, where it has been read and put back.
    put_back: Option<Token<'a>>,
    /// The number of open elements.
    depth: u32,
    /// Whether the element that was started last is an empty one, whose end is next.
    is_empty: bool,
    /// The offset at which the last token begins.
    offset: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            reader: Reader::from_str(text),
            put_back: None,
            depth: 0,
            is_empty: false,
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

    /// The next token.
    pub(super) fn next(&mut self) -> ReadResult<Token<'a>> {
        if let Some(token) = self.put_back.take() {
            return Ok(token);
        }
        if std::mem::take(&mut self.is_empty) {
            self.offset = self.position();
            return Ok(self.end());
        }
        self.read()
    }

    /// The next token after white space, which means nothing between elements.
    pub(super) fn markup(&mut self) -> ReadResult<Token<'a>> {
        if self.put_back.is_none() && !self.is_empty {
            self.skip_white_space();
        }
        self.next()
    }

    /// Skips white space, of which a text with one element a line has more than anything else. The reader does not
    /// notice: it is between two tokens.
    fn skip_white_space(&mut self) {
        const INDENT: &[u8] = b"        ";
        let rest = self.reader.get_mut();
        loop {
            *rest = match rest {
                [b' ' | b'\t' | b'\r' | b'\n', behind @ ..] => {
                    behind.strip_prefix(INDENT).unwrap_or(behind)
                }
                _ => return,
            };
        }
    }

    /// Makes `token`, which was the last one, the next one again.
    pub(super) fn put_back(&mut self, token: Token<'a>) {
        self.put_back = Some(token);
    }

    /// The number of bytes before the next tag, comment or section.
    pub(super) fn to_markup(&self) -> usize {
        let rest = self.reader.get_ref();
        rest.iter()
            .position(|byte| *byte == b'<')
            .unwrap_or(rest.len())
    }

    fn read(&mut self) -> ReadResult<Token<'a>> {
        loop {
            self.offset = self.position();
            match self.reader.read_event().map_err(not_xml)? {
                Event::Start(start) => return self.start(&start, ">"),
                Event::Empty(start) => {
                    self.is_empty = true;
                    return self.start(&start, "/>");
                }
                Event::End(_) => return Ok(self.end()),
                Event::Text(text) => return Ok(Token::Text(self.behind(text.len(), ""))),
                Event::CData(text) => return Ok(Token::CData(self.behind(text.len(), "]]>"))),
                Event::GeneralRef(reference) => return referenced(&reference),
                Event::DocType(_) => {
                    return Err(not_xml(
                        "a document type declaration, which is not supported",
                    ));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(not_xml("the text ends within an element"));
                }
                Event::Eof => return Ok(Token::Eof),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            }
        }
    }

    /// The number of bytes that have been read.
    fn position(&self) -> usize {
        // The reader's own count leaves out a byte order mark.
        self.text.len().saturating_sub(self.reader.get_ref().len())
    }

    /// The last `length` bytes that have been read, without `closing` after them.
    fn behind(&self, length: usize, closing: &str) -> &'a str {
        let end = self.position().saturating_sub(closing.len());
        let text = self.text.get(end.saturating_sub(length)..end);
        text.unwrap_or_default()
    }

    /// A start tag, which ends with `closing`.
    fn start(&mut self, tag: &BytesStart<'_>, closing: &str) -> ReadResult<Token<'a>> {
        if self.depth == MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            return Err(ReadError::new(message));
        }
        self.depth += 1;
        Ok(Token::Start(Start {
            content: self.behind(tag.len(), closing),
            name_length: tag.name().into_inner().len(),
        }))
    }

    fn end(&mut self) -> Token<'a> {
        self.depth = self.depth.saturating_sub(1);
        Token::End
    }
}

/// A reference to a character, or to one of the five entities that need no declaration.
fn referenced<'a>(reference: &BytesRef<'_>) -> ReadResult<Token<'a>> {
    if let Some(character) = reference.resolve_char_ref().map_err(not_xml)? {
        return Ok(Token::Character(character));
    }
    let entity = resolve_predefined_entity(reference).and_then(|text| text.chars().next());
    entity
        .map(Token::Character)
        .ok_or_else(|| not_xml("an entity that is not declared"))
}

pub(super) fn not_xml(error: impl std::fmt::Display) -> ReadError {
    ReadError::new(format!("not valid XML: {error}"))
}
