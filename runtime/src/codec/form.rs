//! Shapes as the form of a request, for the query protocol and for that of EC2. Responses of both are XML.
//!
//! Source: Smithy's specification, "AWS query protocol" and "AWS EC2 query protocol".

use bytes::Bytes;
use percent_encoding::utf8_percent_encode;

use super::Codec;
use super::text::{RESERVED, scalars_as_text};
use super::xml::Xml;
use crate::shape::{BuildError, Document, Member, ReadResult, ShapeReader, ShapeWriter};

/// The protocol that a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flavor {
    /// The query protocol.
    Query,
    /// The protocol of EC2, which has other names and other lists.
    Ec2,
}

/// Forms as a codec: a member is written as `&name=value`; what is read is XML.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form(pub(crate) Flavor);

impl Codec for Form {
    fn read(
        &self,
        body: &[u8],
        read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
    ) -> ReadResult {
        Xml::Root.read(body, read)
    }

    fn write(
        &self,
        _: &Member,
        new_token: Option<fn() -> String>,
        write: &mut dyn FnMut(&mut dyn ShapeWriter),
    ) -> Result<Bytes, BuildError> {
        let mut form = FormWriter {
            out: String::new(),
            path: String::new(),
            is_flattened: false,
            frames: Vec::new(),
            flavor: self.0,
            failure: None,
            new_token,
        };
        write(&mut form);
        match form.failure {
            Some(error) => Err(error),
            None => Ok(form.out.into()),
        }
    }
}

struct FormWriter {
    out: String,
    /// The name of the next value.
    path: String,
    /// Whether a collection there adds no segment to the name.
    is_flattened: bool,
    frames: Vec<Frame>,
    flavor: Flavor,
    failure: Option<BuildError>,
    new_token: Option<fn() -> String>,
}

/// A structure or a collection that is being written.
#[derive(Clone, Copy)]
struct Frame {
    /// The length of its own name.
    base: usize,
    is_flattened: bool,
    /// The number of items or entries begun so far.
    count: usize,
}

impl FormWriter {
    fn begin(&mut self) {
        self.frames.push(Frame {
            base: self.path.len(),
            is_flattened: self.is_flattened,
            count: 0,
        });
    }

    fn end(&mut self) {
        self.frames.pop();
    }

    /// Goes back to the name of the innermost structure or collection.
    fn back(&mut self) -> Frame {
        let root = Frame {
            base: 0,
            is_flattened: false,
            count: 0,
        };
        let frame = self.frames.last_mut().map_or(root, |frame| {
            frame.count += 1;
            *frame
        });
        self.path.truncate(frame.base);
        self.is_flattened = false;
        frame
    }

    fn segment(&mut self, name: &str) {
        self.separate();
        self.path.push_str(name);
    }

    /// Adds a name with its first letter in upper case, as EC2 requires.
    fn capitalized_segment(&mut self, name: &str) {
        self.separate();
        let mut characters = name.chars();
        let first = characters.next().map(|first| first.to_ascii_uppercase());
        self.path.extend(first.into_iter().chain(characters));
    }

    fn separate(&mut self) {
        if !self.path.is_empty() {
            self.path.push('.');
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push('&');
        self.out.extend(utf8_percent_encode(&self.path, RESERVED));
        self.out.push('=');
        self.out.extend(utf8_percent_encode(text, RESERVED));
    }
}

impl ShapeWriter for FormWriter {
    fn begin_structure(&mut self) {
        self.begin();
    }

    fn end_structure(&mut self) {
        self.end();
    }

    fn member(&mut self, member: &Member) {
        self.back();
        match self.flavor {
            Flavor::Query => self.segment(member.name),
            Flavor::Ec2 => match member.query_name {
                Some(name) => self.segment(name),
                None => self.capitalized_segment(member.name),
            },
        }
        self.is_flattened = member.flattened || self.flavor == Flavor::Ec2;
    }

    fn unknown_member(&mut self, name: &str) {
        self.back();
        self.segment(name);
    }

    fn begin_list(&mut self, length: usize) {
        if length == 0 && self.flavor == Flavor::Query {
            self.text("");
        }
        self.begin();
    }

    fn end_list(&mut self) {
        self.end();
    }

    fn item(&mut self, item: &Member) {
        let list = self.back();
        if !list.is_flattened {
            self.segment(item.name);
        }
        self.segment(&list.count.to_string());
        self.is_flattened = self.flavor == Flavor::Ec2;
    }

    fn begin_map(&mut self, _: usize) {
        self.begin();
    }

    fn end_map(&mut self) {
        self.end();
    }

    fn entry(&mut self, key: &str, map: &Member) {
        let frame = self.back();
        if !frame.is_flattened {
            self.segment("entry");
        }
        self.segment(&frame.count.to_string());
        let entry = self.path.len();
        self.segment(map.key().name);
        self.text(key);
        self.path.truncate(entry);
        self.segment(map.value().name);
    }

    // A form has no null.
    fn null(&mut self) {}

    scalars_as_text!();

    fn document(&mut self, value: &Document) {
        match value {
            Document::Null => {}
            Document::Bool(value) => self.boolean(*value),
            Document::Number(value) => self.text(value.as_str()),
            Document::String(value) => self.text(value),
            Document::Array(_) | Document::Object(_) => {
                let error = BuildError::new("a form cannot hold documents");
                self.failure.get_or_insert(error);
            }
        }
    }
}
