//! Writing JSON.

use base64::Engine as _;

use super::text::plain_length;
use crate::codec::text::{BASE64, float, float32};
use crate::shape::{Blob, BuildError, Document, Member, ShapeWriter, Timestamp, TimestampFormat};
use crate::shape::{Step, Walk};

/// Writes shapes as JSON, one value after another, with the commas between them.
#[derive(Debug, Default)]
pub(crate) struct JsonWriter {
    out: Vec<u8>,
    /// Whether a comma is needed before the next key or item.
    comma: bool,
    failure: Option<BuildError>,
    new_token: Option<fn() -> String>,
}

impl JsonWriter {
    /// A writer that fills in idempotency tokens.
    pub(crate) fn with_tokens(new_token: fn() -> String) -> Self {
        Self {
            new_token: Some(new_token),
            ..Self::default()
        }
    }

    /// The JSON, or the first error.
    pub(crate) fn finish(self) -> Result<Vec<u8>, BuildError> {
        match self.failure {
            Some(error) => Err(error),
            None => Ok(self.out),
        }
    }

    fn separate(&mut self) {
        if self.comma {
            self.out.push(b',');
        }
        self.comma = true;
    }

    fn token(&mut self, text: &str) {
        self.separate();
        self.out.extend_from_slice(text.as_bytes());
    }

    fn begin(&mut self, bracket: u8) {
        self.separate();
        self.out.push(bracket);
        self.comma = false;
    }

    fn end(&mut self, bracket: u8) {
        self.out.push(bracket);
        self.comma = true;
    }

    /// Writes the name of the value that follows.
    fn name(&mut self, name: &str) {
        self.separate();
        self.quoted(name);
        self.out.push(b':');
        self.comma = false;
    }

    /// Writes a text in quotes; only what RFC 8259 requires is escaped.
    fn quoted(&mut self, text: &str) {
        self.out.push(b'"');
        let mut rest = text.as_bytes();
        loop {
            let (plain, from) = rest.split_at(plain_length(rest));
            self.out.extend_from_slice(plain);
            match from.split_first() {
                Some((special, after)) => {
                    self.escaped(*special);
                    rest = after;
                }
                None => break,
            }
        }
        self.out.push(b'"');
    }

    fn escaped(&mut self, special: u8) {
        let short = match special {
            b'"' => b'"',
            b'\\' => b'\\',
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0c => b'f',
            b'\r' => b'r',
            other => {
                self.out
                    .extend_from_slice(format!("\\u{other:04x}").as_bytes());
                return;
            }
        };
        self.out.extend_from_slice(&[b'\\', short]);
    }

    fn float_or_name(&mut self, value: f64, text: &str) {
        if value.is_finite() {
            self.token(text)
        } else {
            self.string(text)
        }
    }
}

impl ShapeWriter for JsonWriter {
    fn begin_structure(&mut self) {
        self.begin(b'{');
    }

    fn end_structure(&mut self) {
        self.end(b'}');
    }

    fn member(&mut self, member: &Member) {
        self.name(member.name);
    }

    fn unknown_member(&mut self, name: &str) {
        self.name(name);
    }

    fn begin_list(&mut self, _: usize) {
        self.begin(b'[');
    }

    fn end_list(&mut self) {
        self.end(b']');
    }

    fn item(&mut self, _: &Member) {}

    fn begin_map(&mut self, _: usize) {
        self.begin(b'{');
    }

    fn end_map(&mut self) {
        self.end(b'}');
    }

    fn entry(&mut self, key: &str, _: &Member) {
        self.name(key);
    }

    fn null(&mut self) {
        self.token("null");
    }

    fn string(&mut self, value: &str) {
        self.separate();
        self.quoted(value);
    }

    fn boolean(&mut self, value: bool) {
        self.token(if value { "true" } else { "false" });
    }

    fn integer(&mut self, value: i64) {
        self.token(&value.to_string());
    }

    fn float(&mut self, value: f64) {
        self.float_or_name(value, &float(value));
    }

    fn float32(&mut self, value: f32) {
        self.float_or_name(value.into(), &float32(value));
    }

    fn blob(&mut self, value: &Blob) {
        self.token("\"");
        self.out.extend_from_slice(BASE64.encode(value).as_bytes());
        self.out.push(b'"');
    }

    fn timestamp(&mut self, value: Timestamp, format: Option<TimestampFormat>) {
        let format = format.unwrap_or(TimestampFormat::EpochSeconds);
        match (value.format(format), format) {
            (Some(text), TimestampFormat::EpochSeconds) => self.token(&text),
            (Some(text), _) => self.string(&text),
            (None, _) => {
                self.failure
                    .get_or_insert_with(|| crate::shape::outside_calendar(value));
            }
        }
    }

    fn document(&mut self, value: &Document) {
        for step in Walk::new(value) {
            match step {
                Step::Scalar(value) => match value {
                    Document::Bool(value) => self.boolean(*value),
                    Document::Number(value) => self.token(value.as_str()),
                    Document::String(value) => self.string(value),
                    Document::Null | Document::Array(_) | Document::Object(_) => self.null(),
                },
                Step::BeginArray => self.begin(b'['),
                Step::EndArray => self.end(b']'),
                Step::BeginObject => self.begin(b'{'),
                Step::Name(name) => self.name(name),
                Step::EndObject => self.end(b'}'),
            }
        }
    }

    fn failure(&mut self) -> &mut Option<BuildError> {
        &mut self.failure
    }

    fn new_token(&mut self) -> Option<String> {
        self.new_token.map(|new_token| new_token())
    }
}
