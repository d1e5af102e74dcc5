//! Documents as JSON, with every digit of their numbers.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::slot::in_part;
use super::surrogate::without_halves;
use crate::shape::{Document, Number, ReadError};

/// How many lists and objects of a document may stand in one another; the tokeniser has the same limit for shapes.
const MAX_DEPTH: u32 = 127;

pub(super) fn too_deep() -> ReadError {
    ReadError::new(format!("nested more than {MAX_DEPTH} levels deep"))
}

/// Reads a JSON text as a document.
pub(crate) fn read_document(text: &str) -> Result<Document, ReadError> {
    let text = without_halves(text);
    let raw: &RawValue = parse(&text)?;
    from_raw(raw.get(), 0)
}

/// A document from a text that is known to be one JSON value, `depth` levels down.
///
/// Each level looks at the text of the level below again, since only the text has all digits of a number; the limit on
/// the depth bounds what that costs.
pub(super) fn from_raw(raw: &str, depth: u32) -> Result<Document, ReadError> {
    Ok(match raw.as_bytes().first() {
        Some(b'n') => Document::Null,
        Some(b't') => Document::Bool(true),
        Some(b'f') => Document::Bool(false),
        Some(b'"') => Document::String(parse(raw)?),
        Some(b'[' | b'{') if depth == MAX_DEPTH => return Err(too_deep()),
        Some(b'[') => {
            let items: Vec<&RawValue> = parse(raw)?;
            let items = items.into_iter().enumerate();
            let items = items.map(|(index, item)| {
                from_raw(item.get(), depth + 1).map_err(|error| error.in_item(index))
            });
            Document::Array(items.collect::<Result<_, _>>()?)
        }
        Some(b'{') => {
            let members: BTreeMap<String, &RawValue> = parse(raw)?;
            let members =
                members
                    .into_iter()
                    .map(|(name, value)| match from_raw(value.get(), depth + 1) {
                        Ok(value) => Ok((name, value)),
                        Err(error) => Err(error.in_member(&name)),
                    });
            Document::Object(members.collect::<Result<_, _>>()?)
        }
        _ => Document::Number(Number::from_json(raw)),
    })
}

/// Parses a JSON text by itself.
pub(super) fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, ReadError> {
    serde_json::from_str(text).map_err(|error| in_part(&error))
}
