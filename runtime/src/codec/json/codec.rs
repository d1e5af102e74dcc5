//! JSON as a codec.

use super::{JsonWriter, read, read_error};
use crate::codec::Codec;
use crate::shape::{BuildError, Member, ReadResult, ShapeReader, ShapeWriter};
use bytes::Bytes;

/// JSON.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Json;

/// JSON as errors have it: their code and their message are spelled in lower case or with a capital letter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JsonError;

impl Codec for Json {
    fn read(
        &self,
        body: &[u8],
        read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
    ) -> ReadResult {
        match body.trim_ascii().is_empty() {
            true => Ok(()),
            false => self::read(body, read),
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

impl Codec for JsonError {
    fn read(
        &self,
        body: &[u8],
        read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
    ) -> ReadResult {
        match body.trim_ascii().is_empty() {
            true => Ok(()),
            false => read_error(body, read),
        }
    }

    fn write(
        &self,
        root: &Member,
        new_token: Option<fn() -> String>,
        write: &mut dyn FnMut(&mut dyn ShapeWriter),
    ) -> Result<Bytes, BuildError> {
        Json.write(root, new_token, write)
    }
}
