//! JSON as a codec.

use super::JsonWriter;
use super::read::read;
use crate::codec::Codec;
use crate::shape::{BuildError, Member, ReadResult, ShapeReader, ShapeWriter};
use bytes::Bytes;

/// JSON, by what a body holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    /// The value of a shape.
    Value,
    /// An error: the names of its code and message begin with a small or a capital letter.
    Error,
}

impl Codec for Json {
    fn read(
        &self,
        body: &[u8],
        read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
    ) -> ReadResult {
        match body.trim_ascii().is_empty() {
            true => Ok(()),
            false => self::read(body, *self, read),
        }
    }

    fn write(
        &self,
        _: &Member,
        new_token: Option<fn() -> String>,
        write: &mut dyn FnMut(&mut dyn ShapeWriter),
    ) -> Result<Bytes, BuildError> {
        let mut json = match new_token {
            Some(new_token) => JsonWriter::with_tokens(new_token),
            None => JsonWriter::default(),
        };
        write(&mut json);
        json.finish().map(Bytes::from)
    }
}
