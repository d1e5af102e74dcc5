//! Shapes as the form of a request: the query protocol, and that of EC2. Responses to both are XML.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tinsmith_runtime::{
    Blob, BuildError, Document, Member, ShapeWriter, Timestamp, TimestampFormat, WriteStructure,
};

use crate::plain;

/// What RFC 3986 does not reserve stays as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Which of the two protocols a form is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavor {
    Query,
    Ec2,
}

/// The form that calls `action` with this input.
pub(crate) fn write(
    shape: &dyn WriteStructure,
    action: &str,
    flavor: Flavor,
) -> Result<String, BuildError> {
    let mut writer = FormWriter {
        out: format!("Action={action}&Version=2019-12-02"),
        path: String::new(),
        is_flattened: false,
        frames: Vec::new(),
        flavor,
        failure: None,
    };
    shape.write_members(&mut writer);
    match writer.failure {
        Some(error) => Err(error),
        None => Ok(writer.out),
    }
}

struct FormWriter {
    out: String,
    /// The name of the next value.
    path: String,
    /// Whether a collection there adds no name of its own.
    is_flattened: bool,
    frames: Vec<Frame>,
    flavor: Flavor,
    failure: Option<BuildError>,
}

/// A structure or a collection that is being written.
#[derive(Clone, Copy)]
struct Frame {
    /// How long its own name is.
    base: usize,
    is_flattened: bool,
    /// How many items or entries have been begun.
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

    /// Goes back to the name of the structure or collection that is being written.
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
        if !self.path.is_empty() {
            self.path.push('.');
        }
        self.path.push_str(name);
    }

    fn text(&mut self, text: &str) {
        self.out.push('&');
        self.out.extend(utf8_percent_encode(&self.path, ESCAPED));
        self.out.push('=');
        self.out.extend(utf8_percent_encode(text, ESCAPED));
    }
}

/// The name with a capital.
fn capitalized(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
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
                None => self.segment(&capitalized(member.name)),
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

    fn string(&mut self, value: &str) {
        self.text(value);
    }

    fn boolean(&mut self, value: bool) {
        self.text(if value { "true" } else { "false" });
    }

    fn integer(&mut self, value: i64) {
        self.text(&value.to_string());
    }

    fn float(&mut self, value: f64) {
        self.text(&plain::float(value, format!("{value:?}")));
    }

    fn float32(&mut self, value: f32) {
        self.text(&plain::float(value.into(), format!("{value:?}")));
    }

    fn blob(&mut self, value: &Blob) {
        self.text(&plain::blob(value));
    }

    fn timestamp(&mut self, value: Timestamp, format: Option<TimestampFormat>) {
        match plain::timestamp(value, format) {
            Ok(text) => self.text(&text),
            Err(error) => {
                self.failure.get_or_insert(error);
            }
        }
    }

    fn document(&mut self, value: &Document) {
        match value {
            Document::Null => {}
            Document::Bool(value) => self.boolean(*value),
            Document::Number(value) => self.text(value.as_str()),
            Document::String(value) => self.text(value),
            Document::Array(_) | Document::Object(_) => {
                let error = BuildError::new("a form holds no documents");
                self.failure.get_or_insert(error);
            }
        }
    }

    fn failure(&mut self) -> &mut Option<BuildError> {
        &mut self.failure
    }

    fn new_token(&mut self) -> Option<String> {
        Some("fresh".to_owned())
    }
}
