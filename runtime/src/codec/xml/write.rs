//! Writing XML.

use std::borrow::Cow;

use crate::codec::text::scalars_as_text;
use crate::shape::{BuildError, Document, Member, Namespace, ShapeWriter};

/// How deep documents may be nested.
const MAX_DEPTH: u32 = 128;

/// Writes a value as XML.
pub(super) struct XmlWriter {
    out: String,
    /// Where the next value is written.
    place: Place,
    /// Whether attributes can still be added to the last start tag.
    is_tag_open: bool,
    frames: Vec<Frame>,
    failure: Option<BuildError>,
    new_token: Option<fn() -> String>,
}

/// The name of an element or an attribute, and how a collection in it is written.
#[derive(Clone)]
struct Place {
    name: Cow<'static, str>,
    namespace: Option<Namespace>,
    attribute: bool,
    flattened: bool,
}

/// A structure or a collection that is being written.
enum Frame {
    /// A structure, a list or a map with an element of its own.
    Element(Place),
    /// A list or a map without one: each item or entry is an element of this place.
    Flattened(Place),
    /// An entry of a map, until its value ends.
    Entry(Place),
}

impl Place {
    fn of(member: &Member) -> Self {
        Self {
            name: Cow::Borrowed(member.name),
            namespace: member.namespace,
            attribute: member.attribute,
            flattened: member.flattened,
        }
    }

    fn named(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            namespace: None,
            attribute: false,
            flattened: false,
        }
    }
}

impl XmlWriter {
    /// A writer of a value as the element `root`; `new_token` makes idempotency tokens.
    pub(super) fn new(root: &Member, new_token: Option<fn() -> String>) -> Self {
        Self {
            out: String::new(),
            place: Place::of(root),
            is_tag_open: false,
            frames: Vec::new(),
            failure: None,
            new_token,
        }
    }

    /// The XML, or the first error.
    pub(super) fn finish(self) -> Result<String, BuildError> {
        match self.failure {
            Some(error) => Err(error),
            None => Ok(self.out),
        }
    }

    fn push(&mut self, pieces: &[&str]) {
        self.out.extend(pieces.iter().copied());
    }

    /// Writes a start tag, to which attributes can be added.
    fn start(&mut self, place: &Place) {
        self.close_tag();
        self.push(&["<", &place.name]);
        if let Some(Namespace { uri, prefix }) = place.namespace {
            match prefix {
                Some(prefix) => self.push(&[" xmlns:", prefix, "=\""]),
                None => self.push(&[" xmlns=\""]),
            }
            self.escaped(uri);
            self.out.push('"');
        }
        self.is_tag_open = true;
    }

    fn close_tag(&mut self) {
        if self.is_tag_open {
            self.out.push('>');
            self.is_tag_open = false;
        }
    }

    fn end(&mut self, place: &Place) {
        if self.is_tag_open {
            self.push(&["/>"]);
            self.is_tag_open = false;
        } else {
            self.push(&["</", &place.name, ">"]);
        }
    }

    /// Writes an element or an attribute with this text.
    fn text(&mut self, text: &str) {
        let place = self.place.clone();
        if place.attribute {
            self.push(&[" ", &place.name, "=\""]);
            self.escaped(text);
            self.out.push('"');
            return;
        }
        self.start(&place);
        if !text.is_empty() {
            self.close_tag();
            self.escaped(text);
        }
        self.end(&place);
        self.end_value();
    }

    fn escaped(&mut self, text: &str) {
        let is_plain =
            |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<' | b'>' | b'"');
        if text.bytes().all(is_plain) {
            self.out.push_str(text);
            return;
        }
        for character in text.chars() {
            match character {
                '&' => self.push(&["&amp;"]),
                '<' => self.push(&["&lt;"]),
                '>' => self.push(&["&gt;"]),
                '"' => self.push(&["&quot;"]),
                // White space that is not escaped may be changed by a reader.
                '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' => {
                    self.push(&[&format!("&#x{:X};", u32::from(character))]);
                }
                '\0'..'\x20' | '\u{fffe}' | '\u{ffff}' => {
                    self.failure.get_or_insert_with(|| {
                        let character = character.escape_unicode();
                        BuildError::new(format!("the character {character} is not allowed in XML"))
                    });
                }
                other => self.out.push(other),
            }
        }
    }

    fn begin(&mut self) {
        let place = self.place.clone();
        self.start(&place);
        self.frames.push(Frame::Element(place));
    }

    fn begin_collection(&mut self) {
        if self.place.flattened {
            self.frames.push(Frame::Flattened(self.place.clone()));
        } else {
            self.begin();
        }
    }

    fn end_frame(&mut self) {
        if let Some(Frame::Element(place)) = self.frames.pop() {
            self.end(&place);
        }
        self.end_value();
    }

    /// Ends the map's entry, if the value that was written is that of one.
    fn end_value(&mut self) {
        if let Some(Frame::Entry(place)) =
            self.frames.pop_if(|frame| matches!(frame, Frame::Entry(_)))
        {
            self.end(&place);
        }
    }

    /// The place of an item or an entry; `usual` is the one for a collection with an element of its own.
    fn within(&self, usual: Place) -> Place {
        match self.frames.last() {
            Some(Frame::Flattened(place)) => Place {
                flattened: false,
                ..place.clone()
            },
            _ => usual,
        }
    }

    fn untyped(&mut self, value: &Document, depth: u32) {
        if depth == MAX_DEPTH {
            let error = BuildError::new(format!("nested more than {MAX_DEPTH} levels deep"));
            self.failure.get_or_insert(error);
            return;
        }
        match value {
            Document::Null => self.null(),
            Document::Bool(value) => self.boolean(*value),
            Document::Number(value) => self.text(value.as_str()),
            Document::String(value) => self.text(value),
            Document::Array(items) => {
                let place = self.place.clone();
                for item in items {
                    self.place = place.clone();
                    self.untyped(item, depth + 1);
                }
            }
            Document::Object(members) => {
                self.begin();
                for (name, value) in members {
                    self.place = Place::named(name.clone());
                    self.untyped(value, depth + 1);
                }
                self.end_frame();
            }
        }
    }
}

impl ShapeWriter for XmlWriter {
    fn begin_structure(&mut self) {
        self.begin();
    }

    fn end_structure(&mut self) {
        self.end_frame();
    }

    fn member(&mut self, member: &Member) {
        self.place = Place::of(member);
    }

    fn unknown_member(&mut self, name: &str) {
        self.place = Place::named(name.to_owned());
    }

    fn begin_list(&mut self, _: usize) {
        self.begin_collection();
    }

    fn end_list(&mut self) {
        self.end_frame();
    }

    fn item(&mut self, item: &Member) {
        self.place = self.within(Place::of(item));
    }

    fn begin_map(&mut self, _: usize) {
        self.begin_collection();
    }

    fn end_map(&mut self) {
        self.end_frame();
    }

    fn entry(&mut self, key: &str, map: &Member) {
        let place = self.within(Place::named("entry"));
        self.start(&place);
        self.place = Place::of(map.key());
        self.text(key);
        self.frames.push(Frame::Entry(place));
        self.place = Place::of(map.value());
    }

    fn null(&mut self) {
        self.text("");
    }

    scalars_as_text!();

    fn document(&mut self, value: &Document) {
        self.untyped(value, 0);
    }
}
