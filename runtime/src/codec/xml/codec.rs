//! XML as a codec.

use super::read::read;
use super::write::XmlWriter;
use crate::codec::Codec;
use crate::shape::{BuildError, Member, ReadResult, ShapeReader, ShapeWriter};
use bytes::Bytes;

/// XML, by where the value is in a text that is read. All variants write the same.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Xml<'n> {
    /// The outermost element is the value, whatever its name.
    Root,
    /// The value is the element `<name>Result`, which is a child of the outermost one.
    Result(&'n str),
    /// The outermost element is the only member of the value, which has no element itself.
    OfMember,
    /// The value is the element `Error`, in the outermost one or in `Errors` there, or else the outermost element; the
    /// names of messages begin with a small or a capital letter.
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
