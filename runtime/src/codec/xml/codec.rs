//! XML as a codec: where in a text the value stands that is read.

use super::read::{Place, read};
use super::write::XmlWriter;
use crate::codec::Codec;
use crate::shape::{BuildError, Member, ReadResult, ShapeReader, ShapeWriter};
use bytes::Bytes;

/// XML whose outermost element is the value, whatever it is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Xml;

/// XML in which the value is the element that is called `<name>Result`, within the outermost one and beside others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct XmlWithin<'a>(pub(crate) &'a str);

/// XML whose outermost element is the one member of the value, which itself has none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct XmlOfMember;

/// XML as errors have it: the value is the element `Error`, in whatever that stands, or else the outermost one; messages are
/// spelled in lower case or with a capital letter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct XmlError;

impl Codec for Xml {
    fn read(
        &self,
        body: &[u8],
        read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
    ) -> ReadResult {
        self::read(body, Place::Root, read)
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

/// What is read at another place is written as all XML is.
macro_rules! read_at {
    ($codec:ty, $self:ident => $place:expr) => {
        impl Codec for $codec {
            fn read(
                &$self,
                body: &[u8],
                read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
            ) -> ReadResult {
                self::read(body, $place, read)
            }

            fn write(
                &self,
                root: &Member,
                new_token: Option<fn() -> String>,
                write: &mut dyn FnMut(&mut dyn ShapeWriter),
            ) -> Result<Bytes, BuildError> {
                Xml.write(root, new_token, write)
            }
        }
    };
}

read_at!(XmlWithin<'_>, self => Place::Result(self.0));
read_at!(XmlOfMember, self => Place::OfMember);
read_at!(XmlError, self => Place::Error);
