//! XML as a codec.

use super::read::read;
use super::write::XmlWriter;
use crate::codec::Codec;
use crate::shape::{BuildError, Member, ReadResult, ShapeReader, ShapeWriter};
use bytes::Bytes;

/// XML, by where in a text the value stands that is read. All of it is written alike.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Xml<'n> {
    /// The outermost element is the value, whatever it is called.
    Root,
    /// The value is the element that is called `<name>Result`, within the outermost one and beside others.
    Result(&'n str),
    /// The outermost element is the one member of the value, which itself has none.
    OfMember,
    /// The value is the element `Error`, in whatever that stands, or else the outermost one; messages are spelled in lower
    /// case or with a capital letter.
    Error,
}

impl Codec for Xml<'_> {
    fn read(
        &self,
        body: &[u8],
        read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
    ) -> ReadResult {
        self::read(body, *self, read)
    }

    fn write(
        &self,
        root: &Member,
        new_token: Option<fn() -> String>,
        write: &mut dyn FnMut(&mut dyn ShapeWriter),
    ) -> Result<Bytes, BuildError> {
        let mut xml = XmlWriter::new(root, new_token);
        write(&mut xml);
        xml.finish().map(Bytes::from)
    }
}
