//! Codecs: implementations of the reader and the writer of shapes. They are independent of HTTP.

#[cfg(feature = "cbor")]
pub(crate) mod cbor;
#[cfg(feature = "query")]
pub(crate) mod form;
pub(crate) mod json;
pub(crate) mod members;
pub(crate) mod text;
#[cfg(feature = "xml")]
pub(crate) mod xml;

#[cfg(feature = "cbor")]
pub(crate) use cbor::Cbor;
pub(crate) use json::Json;

use crate::shape::{BuildError, Member, ReadResult, ShapeReader, ShapeWriter};
use bytes::Bytes;
use std::fmt;

/// A format of bodies.
pub trait Codec: fmt::Debug + Send + Sync {
    /// Reads `body` as one value. `read` is not called if there is none: for an empty body, and for null.
    ///
    /// # Errors
    /// The body is not well-formed, or `read` fails; with the place in the body.
    fn read(
        &self,
        body: &[u8],
        read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult,
    ) -> ReadResult;

    /// Writes one value, with the name `root` in formats that name the outermost value. `new_token` makes idempotency
    /// tokens; `None`: a member that needs one must be set.
    ///
    /// # Errors
    /// A value cannot be expressed, or a required member is unset.
    fn write(
        &self,
        root: &Member,
        new_token: Option<fn() -> String>,
        write: &mut dyn FnMut(&mut dyn ShapeWriter),
    ) -> Result<Bytes, BuildError>;
}
