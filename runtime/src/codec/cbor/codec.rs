//! CBOR as a codec.

use super::read::whole;
use super::write::CborWriter;
use crate::codec::Codec;
use crate::shape::{BuildError, Member, ReadResult, ShapeReader, ShapeWriter};
use bytes::Bytes;

/// CBOR.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cbor;

/// CBOR as errors have it: their message is spelled in lower case or with a capital letter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CborError;

impl Codec for Cbor {
    fn read(
        &self,
        body: &[u8],
        read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
    ) -> ReadResult {
        whole(body, false, read)
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

impl Codec for CborError {
    fn read(
        &self,
        body: &[u8],
        read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
    ) -> ReadResult {
        whole(body, true, read)
    }

    fn write(
        &self,
        root: &Member,
        new_token: Option<fn() -> String>,
        write: &mut dyn FnMut(&mut dyn ShapeWriter),
    ) -> Result<Bytes, BuildError> {
        Cbor.write(root, new_token, write)
    }
}
