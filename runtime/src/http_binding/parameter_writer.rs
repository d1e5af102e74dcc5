//! Values as text outside of the body: in headers, in the query and in labels.

use base64::Engine as _;

use crate::codec::json::JsonWriter;
use crate::codec::text::{BASE64, float, float32};
use crate::shape::{Blob, BuildError, Document, Member, ShapeWriter, Timestamp, TimestampFormat};

/// Collects the texts of a value: one for a scalar, one per item of a list, one with its key per entry of a map.
#[derive(Debug)]
pub(crate) struct ParameterWriter {
    texts: Vec<Text>,
    /// The format of timestamps without one in the model: the place's default.
    timestamps: TimestampFormat,
    pub(crate) is_list: bool,
    key: Option<String>,
    failure: Option<BuildError>,
}

#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) key: Option<String>,
    pub(crate) value: String,
    /// Whether it is a string in the model, which may contain any character.
    is_string: bool,
}

impl ParameterWriter {
    pub(crate) fn new(timestamps: TimestampFormat) -> Self {
        Self {
            texts: Vec::new(),
            timestamps,
            is_list: false,
            key: None,
            failure: None,
        }
    }

    pub(crate) fn finish(self) -> Result<Vec<Text>, BuildError> {
        match self.failure {
            Some(error) => Err(error),
            None => Ok(self.texts),
        }
    }

    fn push(&mut self, value: String, is_string: bool) {
        self.texts.push(Text {
            key: self.key.clone(),
            value,
            is_string,
        });
    }

    fn refuse(&mut self, found: &str) {
        self.failure.get_or_insert_with(|| {
            BuildError::new(format!("{found} cannot be in a header, a path or a query"))
        });
    }
}

/// The items of a list as one header.
pub(crate) fn join(texts: &[Text]) -> String {
    let items: Vec<_> = texts.iter().map(Text::as_list_item).collect();
    items.join(", ")
}

impl Text {
    /// In quotes if it would otherwise be read as something else.
    fn as_list_item(&self) -> String {
        let value = &self.value;
        let is_plain = !value.is_empty() && !value.contains([',', '"']) && value.trim() == value;
        if !self.is_string || is_plain {
            return value.clone();
        }
        format!("\"{}\"", value.replace('\\', r"\\").replace('"', "\\\""))
    }
}

impl ShapeWriter for ParameterWriter {
    fn begin_structure(&mut self) {
        self.refuse("a structure");
    }

    fn end_structure(&mut self) {}

    fn member(&mut self, _: &Member) {}

    fn unknown_member(&mut self, _: &str) {}

    fn begin_list(&mut self, _: usize) {
        self.is_list = true;
    }

    fn end_list(&mut self) {}

    fn item(&mut self, _: &Member) {}

    fn begin_map(&mut self, _: usize) {}

    fn end_map(&mut self) {
        self.key = None;
    }

    fn entry(&mut self, key: &str, _: &Member) {
        self.key = Some(key.to_owned());
    }

    // A null in a list has no text; it is omitted like an unset member.
    fn null(&mut self) {}

    fn string(&mut self, value: &str) {
        self.push(value.to_owned(), true);
    }

    fn boolean(&mut self, value: bool) {
        self.push(value.to_string(), false);
    }

    fn integer(&mut self, value: i64) {
        self.push(value.to_string(), false);
    }

    fn float(&mut self, value: f64) {
        self.push(float(value), false);
    }

    fn float32(&mut self, value: f32) {
        self.push(float32(value), false);
    }

    fn blob(&mut self, value: &Blob) {
        self.push(BASE64.encode(value), false);
    }

    fn timestamp(&mut self, value: Timestamp, format: Option<TimestampFormat>) {
        match value.format(format.unwrap_or(self.timestamps)) {
            Some(text) => self.push(text, false),
            None => {
                self.failure
                    .get_or_insert_with(|| crate::shape::outside_calendar(value));
            }
        }
    }

    fn document(&mut self, value: &Document) {
        let mut json = JsonWriter::default();
        json.document(value);
        match json.finish() {
            Ok(text) => self.push(String::from_utf8_lossy(&text).into_owned(), true),
            Err(error) => {
                self.failure.get_or_insert(error);
            }
        }
    }

    fn failure(&mut self) -> &mut Option<BuildError> {
        &mut self.failure
    }
}
