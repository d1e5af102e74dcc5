//! Shapes as JSON: the bodies of the `rest-json` and `json` protocols.

mod codec;
mod read;
mod text;
mod write;

pub(crate) use codec::Json;
pub(crate) use read::read_document;
pub(crate) use write::JsonWriter;
