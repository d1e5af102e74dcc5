//! CBOR as a codec.

use super::read::read;
use super::write::CborWriter;
use crate::codec::Codec;
use crate::shape::{BuildError, Member, ReadResult, ShapeReader, ShapeWriter};
use bytes::Bytes;

/// CBOR, by what a body holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cbor {
    /// The value of a shape.
    Value,
    /// An error, whose message has the name `message` or `Message`.
    Error,
}

impl Codec for Cbor {
    fn read(
        &self,
        body: &[u8],
        read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
    ) -> ReadResult {
        self::read(body, *self, read)
    }

    fn write(
        &self,
        _: &Member,
        new_token: Option<fn() -> String>,
        write: &mut dyn FnMut(&mut dyn ShapeWriter),
    ) -> Result<Bytes, BuildError> {
        let mut cbor = CborWriter::new(new_token);
        write(&mut cbor);
        cbor.finish().map(Bytes::from)
    }
}
