//! Writing CBOR.

use tinsmith_runtime::{
    Blob, BuildError, Document, Member, ShapeWriter, Timestamp, TimestampFormat, WriteStructure,
};

use super::{major, tag};

/// The CBOR of a shape.
pub(crate) fn write(shape: &dyn WriteStructure) -> Result<Vec<u8>, BuildError> {
    let mut writer = CborWriter::default();
    shape.write_members(&mut writer);
    match writer.failure {
        Some(error) => Err(error),
        None => Ok(writer.out),
    }
}

#[derive(Default)]
struct CborWriter {
    out: Vec<u8>,
    failure: Option<BuildError>,
}

impl CborWriter {
    /// Writes the kind of an item and its number or length, in as few bytes as that takes.
    fn head(&mut self, major: u8, value: u64) {
        let bytes = value.to_be_bytes();
        let (info, length) = match value {
            0..24 => {
                self.out.push(major << 5 | bytes[7]);
                return;
            }
            24..0x100 => (24, 1),
            0x100..0x1_0000 => (25, 2),
            0x1_0000..0x1_0000_0000 => (26, 4),
            _ => (27, 8),
        };
        self.out.push(major << 5 | info);
        self.out.extend(bytes.iter().skip(8 - length));
    }

    fn length(&mut self, major: u8, length: usize) {
        self.head(major, u64::try_from(length).unwrap_or(u64::MAX));
    }

    fn scalar(&mut self, value: &Document) {
        match value {
            Document::Bool(value) => self.boolean(*value),
            Document::String(value) => self.string(value),
            Document::Number(value) => match (value.as_i64(), value.as_u64(), value.as_f64()) {
                (Some(value), _, _) => self.integer(value),
                (_, Some(value), _) => self.head(major::POSITIVE, value),
                (_, _, Some(value)) => self.float(value),
                _ => {
                    let error = BuildError::new("a number of more than 64 bits");
                    self.failure.get_or_insert(error);
                }
            },
            Document::Null | Document::Array(_) | Document::Object(_) => self.null(),
        }
    }
}

impl ShapeWriter for CborWriter {
    // How many members are set is known at the end only.
    fn begin_structure(&mut self) {
        self.out.push(major::MAP << 5 | 31);
    }

    fn end_structure(&mut self) {
        self.out.push(0xff);
    }

    fn member(&mut self, member: &Member) {
        self.string(member.name);
    }

    fn unknown_member(&mut self, name: &str) {
        self.string(name);
    }

    fn begin_list(&mut self, length: usize) {
        self.length(major::LIST, length);
    }

    fn end_list(&mut self) {}

    fn item(&mut self, _: &Member) {}

    fn begin_map(&mut self, length: usize) {
        self.length(major::MAP, length);
    }

    fn end_map(&mut self) {}

    fn entry(&mut self, key: &str, _: &Member) {
        self.string(key);
    }

    fn null(&mut self) {
        self.out.push(0xf6);
    }

    fn string(&mut self, value: &str) {
        self.length(major::TEXT, value.len());
        self.out.extend_from_slice(value.as_bytes());
    }

    fn boolean(&mut self, value: bool) {
        self.out.push(if value { 0xf5 } else { 0xf4 });
    }

    fn integer(&mut self, value: i64) {
        match u64::try_from(value) {
            Ok(value) => self.head(major::POSITIVE, value),
            // -1 is written as 0.
            Err(_) => self.head(major::NEGATIVE, !value.cast_unsigned()),
        }
    }

    fn float(&mut self, value: f64) {
        self.out.push(0xfb);
        self.out.extend_from_slice(&value.to_be_bytes());
    }

    fn float32(&mut self, value: f32) {
        self.out.push(0xfa);
        self.out.extend_from_slice(&value.to_be_bytes());
    }

    fn blob(&mut self, value: &Blob) {
        self.length(major::BYTES, value.len());
        self.out.extend_from_slice(value);
    }

    // There is one form of a time here, whatever the model says of other protocols.
    fn timestamp(&mut self, value: Timestamp, _: Option<TimestampFormat>) {
        self.head(major::TAG, tag::TIME);
        let seconds = value.format(TimestampFormat::EpochSeconds);
        match seconds.and_then(|seconds| seconds.parse().ok()) {
            Some(seconds) if value.subsec_nanos() > 0 => self.float(seconds),
            _ => self.integer(value.seconds()),
        }
    }

    fn document(&mut self, value: &Document) {
        enum Next<'a> {
            Name(&'a str),
            Value(&'a Document),
        }
        // Without recursion: a document is as deep as its maker likes.
        let mut next = vec![Next::Value(value)];
        while let Some(item) = next.pop() {
            match item {
                Next::Name(name) => self.string(name),
                Next::Value(Document::Array(items)) => {
                    self.length(major::LIST, items.len());
                    next.extend(items.iter().rev().map(Next::Value));
                }
                Next::Value(Document::Object(members)) => {
                    self.length(major::MAP, members.len());
                    next.extend(
                        members
                            .iter()
                            .rev()
                            .flat_map(|(name, value)| [Next::Value(value), Next::Name(name)]),
                    );
                }
                Next::Value(scalar) => self.scalar(scalar),
            }
        }
    }

    fn failure(&mut self) -> &mut Option<BuildError> {
        &mut self.failure
    }
}
