//! Writes a page token as JSON and records the positions of binary values: botocore's resume tokens list them.

use serde_json::Value;

use crate::codec::json::JsonWriter;
use crate::shape::{Blob, BuildError, Document, Member, ShapeWriter, Timestamp, TimestampFormat};

/// A [`JsonWriter`] that tracks its position.
#[derive(Debug, Default)]
pub(super) struct TokenWriter {
    json: JsonWriter,
    /// The key or the index of the current value, outermost first.
    path: Vec<Value>,
    blobs: Vec<Vec<Value>>,
}

impl TokenWriter {
    /// The JSON and the paths of its binary values. `None` for a value that JSON cannot express, such as a date outside
    /// the calendar; strings, integers and maps of them can always be expressed.
    pub(super) fn finish(self) -> Option<(Value, Vec<Vec<Value>>)> {
        let json = self.json.finish().ok()?;
        Some((serde_json::from_slice(&json).ok()?, self.blobs))
    }

    /// Begins an object; its keys follow.
    fn enter_object(&mut self) {
        self.path.push(Value::Null);
    }

    /// The value of this key follows.
    fn name(&mut self, name: &str) {
        if let Some(step) = self.path.last_mut() {
            *step = Value::from(name);
        }
    }

    /// Ends the innermost value.
    fn leave(&mut self) {
        self.path.pop();
        self.pass();
    }

    /// A value is complete; in a list, the next one follows.
    fn pass(&mut self) {
        if let Some(index) = self.path.last_mut()
            && let Some(number) = index.as_u64()
        {
            *index = Value::from(number + 1);
        }
    }
}

impl ShapeWriter for TokenWriter {
    fn begin_structure(&mut self) {
        self.json.begin_structure();
        self.enter_object();
    }

    fn end_structure(&mut self) {
        self.json.end_structure();
        self.leave();
    }

    fn member(&mut self, member: &Member) {
        self.unknown_member(member.name);
    }

    fn unknown_member(&mut self, name: &str) {
        self.json.unknown_member(name);
        self.name(name);
    }

    fn begin_list(&mut self, length: usize) {
        self.json.begin_list(length);
        self.path.push(Value::from(0));
    }

    fn end_list(&mut self) {
        self.json.end_list();
        self.leave();
    }

    fn item(&mut self, item: &Member) {
        self.json.item(item);
    }

    fn begin_map(&mut self, length: usize) {
        self.json.begin_map(length);
        self.enter_object();
    }

    fn end_map(&mut self) {
        self.json.end_map();
        self.leave();
    }

    fn entry(&mut self, key: &str, map: &Member) {
        self.json.entry(key, map);
        self.name(key);
    }

    fn null(&mut self) {
        self.json.null();
        self.pass();
    }

    fn string(&mut self, value: &str) {
        self.json.string(value);
        self.pass();
    }

    fn boolean(&mut self, value: bool) {
        self.json.boolean(value);
        self.pass();
    }

    fn integer(&mut self, value: i64) {
        self.json.integer(value);
        self.pass();
    }

    fn float(&mut self, value: f64) {
        self.json.float(value);
        self.pass();
    }

    fn float32(&mut self, value: f32) {
        self.json.float32(value);
        self.pass();
    }

    fn blob(&mut self, value: &Blob) {
        self.json.blob(value);
        self.blobs.push(self.path.clone());
        self.pass();
    }

    fn timestamp(&mut self, value: Timestamp, format: Option<TimestampFormat>) {
        // As text: a number in a token may be converted to 64 bits, which cannot express nanoseconds of these years.
        let text = value.format(format.unwrap_or(TimestampFormat::EpochSeconds));
        match text {
            Some(text) => self.json.string(&text),
            None => self.json.timestamp(value, format),
        }
        self.pass();
    }

    fn document(&mut self, value: &Document) {
        self.json.document(value);
        self.pass();
    }

    fn failure(&mut self) -> &mut Option<BuildError> {
        self.json.failure()
    }
}
