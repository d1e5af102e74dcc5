//! Shapes and their members. The lowest layer: it is independent of codecs and HTTP.
//!
//! A shape says once how it is read and how it is written, against [`ShapeReader`] and [`ShapeWriter`]; a codec
//! implements those two. Both are object-safe, so that the bodies in generated code are compiled once, not once a
//! protocol.

mod blob;
mod build_error;
mod decimal;
mod document;
mod getters;
mod member;
mod open_enum;
mod path;
mod printable;
mod read_error;
mod reader;
mod setters;
mod structure;
mod timestamp;
mod union;
mod value;
mod writer;

pub use blob::Blob;
pub use build_error::BuildError;
pub(crate) use decimal::Decimal;
pub use document::{Document, DocumentValueError, Number};
pub(crate) use document::{DocumentBuilder, Step, Walk, number_at_start};
pub use getters::{Get, GetOption, Getter};
pub use member::{Member, Namespace};
pub use open_enum::{Wire, read_wire, wire};
pub(crate) use printable::{Printable, print};
pub use read_error::ReadError;
pub use reader::{
    NextEntry, NextItem, NextMember, ReadPlace, ReadResult, ReadStructure, ReadUnion, ReadValue,
    ShapeReader, Unset,
};
pub use setters::{ExactItems, ExactOption, IntoEntries, IntoItems, IntoOption, call_of};
pub(crate) use timestamp::outside_calendar;
pub use timestamp::{Timestamp, TimestampFormat};
pub use timestamp::{TimestampParseError, TimestampRangeError};
pub use union::UnknownMember;
pub use writer::{ShapeWriter, WriteStructure, WriteValue};
