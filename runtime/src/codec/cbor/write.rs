//! Writing CBOR.

use minicbor::Encoder;
use minicbor::data::Tag;

use super::tag;
use crate::shape::{
    Blob, BuildError, Document, Member, Number, ShapeWriter, Step, Timestamp, TimestampFormat, Walk,
};

/// Writes shapes as CBOR, one value after another.
pub(super) struct CborWriter {
    tokens: Encoder<Vec<u8>>,
    failure: Option<BuildError>,
    new_token: Option<fn() -> String>,
}

impl CborWriter {
    /// A writer, which fills in idempotency tokens if it has a source of them.
    pub(super) fn new(new_token: Option<fn() -> String>) -> Self {
        Self {
            tokens: Encoder::new(Vec::new()),
            failure: None,
            new_token,
        }
    }

    /// The CBOR, or the first error.
    pub(super) fn finish(self) -> Result<Vec<u8>, BuildError> {
        match self.failure {
            Some(error) => Err(error),
            None => Ok(self.tokens.into_writer()),
        }
    }

    fn number(&mut self, number: &Number) {
        let (signed, unsigned, float) = (number.as_i64(), number.as_u64(), number.as_f64());
        match (signed, unsigned, float) {
            (Some(value), _, _) => self.integer(value),
            (_, Some(value), _) => done(self.tokens.u64(value)),
            (_, _, Some(value)) => self.float(value),
            (None, None, None) => {
                let error =
                    BuildError::new("expected a number of up to 64 bits, found a larger one");
                self.failure.get_or_insert(error);
            }
        }
    }
}

/// Takes the result of writing, which cannot fail: the encoder writes to memory.
fn done<T>(written: Result<T, minicbor::encode::Error<std::convert::Infallible>>) {
    debug_assert!(written.is_ok(), "writing to memory does not fail");
}

fn length(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

impl ShapeWriter for CborWriter {
    // The number of members that are set is only known at the end.
    fn begin_structure(&mut self) {
        done(self.tokens.begin_map());
    }

    fn end_structure(&mut self) {
        done(self.tokens.end());
    }

    fn member(&mut self, member: &Member) {
        self.string(member.name);
    }

    fn unknown_member(&mut self, name: &str) {
        self.string(name);
    }

    fn begin_list(&mut self, items: usize) {
        done(self.tokens.array(length(items)));
    }

    fn end_list(&mut self) {}

    fn item(&mut self, _: &Member) {}

    fn begin_map(&mut self, entries: usize) {
        done(self.tokens.map(length(entries)));
    }

    fn end_map(&mut self) {}

    fn entry(&mut self, key: &str, _: &Member) {
        self.string(key);
    }

    fn null(&mut self) {
        done(self.tokens.null());
    }

    fn string(&mut self, value: &str) {
        done(self.tokens.str(value));
    }

    fn boolean(&mut self, value: bool) {
        done(self.tokens.bool(value));
    }

    fn integer(&mut self, value: i64) {
        done(self.tokens.i64(value));
    }

    // Never 16 bits, which some services cannot read.
    fn float(&mut self, value: f64) {
        done(self.tokens.f64(value));
    }

    fn float32(&mut self, value: f32) {
        done(self.tokens.f32(value));
    }

    fn blob(&mut self, value: &Blob) {
        done(self.tokens.bytes(value));
    }

    // CBOR has one form of a time; the model's formats are for other protocols.
    fn timestamp(&mut self, value: Timestamp, _: Option<TimestampFormat>) {
        done(self.tokens.tag(Tag::new(tag::TIME)));
        if value.subsec_nanos() == 0 {
            self.integer(value.seconds());
            return;
        }
        // Whole milliseconds take one division of integers that a number of 64 bits holds exactly.
        let millis = (value.seconds().checked_mul(1000))
            .and_then(|millis| millis.checked_add((value.subsec_nanos() / 1_000_000).into()))
            .filter(|millis| millis.unsigned_abs() < 1 << 53);
        if let Some(millis) = millis.filter(|_| value.subsec_nanos().is_multiple_of(1_000_000)) {
            self.float(millis as f64 / 1e3);
            return;
        }
        // Other times are converted through their text, so that they are rounded once.
        let seconds = value.format(TimestampFormat::EpochSeconds);
        match seconds.and_then(|seconds| seconds.parse().ok()) {
            Some(seconds) => self.float(seconds),
            None => self.integer(value.seconds()),
        }
    }

    fn document(&mut self, value: &Document) {
        for step in Walk::new(value) {
            match step {
                Step::Scalar(Document::Bool(value)) => self.boolean(*value),
                Step::Scalar(Document::Number(value)) => self.number(value),
                Step::Scalar(Document::String(value)) => self.string(value),
                Step::Scalar(_) => self.null(),
                Step::BeginArray => done(self.tokens.begin_array()),
                Step::BeginObject => done(self.tokens.begin_map()),
                Step::Name(name) => self.string(name),
                Step::EndArray | Step::EndObject => done(self.tokens.end()),
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
