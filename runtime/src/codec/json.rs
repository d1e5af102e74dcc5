//! Shapes as JSON: the bodies of the `rest-json` and `json` protocols.

mod codec;
mod read;
mod text;
mod write;

pub(crate) use codec::{Json, JsonError};
pub(crate) use read::{read, read_document, read_error};
pub(crate) use write::JsonWriter;
