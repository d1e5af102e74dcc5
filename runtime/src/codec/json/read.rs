//! Reading a body as JSON.

use super::slot::{Parked, unpark};
use super::surrogate::without_halves;
use super::visit::{Place, Value};
use crate::shape::{ReadError, ShapeReader};

/// Reads `bytes` as one JSON value. For null, `read` is not called.
pub(crate) fn read(
    bytes: &[u8],
    read: &mut dyn FnMut(&mut dyn ShapeReader) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    // Checked once as a whole: then the strings in it need no check each.
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(error.valid_up_to()))?;
    let text = without_halves(text);
    let mut json = serde_json::Deserializer::from_str(&text);
    let parked = Parked::default();
    let mut read_unless_null =
        |reader: Option<&mut dyn ShapeReader>| reader.map_or(Ok(()), &mut *read);
    let root = Value {
        place: Place::Here,
        parked: &parked,
        read: &mut read_unless_null,
    };
    let result = serde::de::DeserializeSeed::deserialize(root, &mut json).and_then(|()| json.end());
    result.map_err(|error| unpark(&parked, &error))
}

fn not_utf8(offset: usize) -> ReadError {
    ReadError::new(format!("not valid JSON: byte {offset} is not UTF-8"))
}
