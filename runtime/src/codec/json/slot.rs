//! One JSON value, read as what the shape asks for; serde finds the tokens.
//!
//! serde's errors carry text only. So a [`ReadError`] on its way out waits in a cell that all slots share, while the
//! tokeniser's own error unwinds beside it; each level adds its step of the path. Without an error nothing is paid.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::Display;

use base64::Engine as _;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny};
use serde_json::value::RawValue;

use super::visit::{Visit, Want};
use super::{BASE64, document, float_of, not_base64};
use crate::shape::Decimal;
use crate::shape::{
    Blob, Document, ReadError, ReadStructure, ShapeReader, Timestamp, TimestampFormat,
};
use crate::shape::{EntryFn, ItemFn, VariantFn};

/// The error that is on its way out.
pub(super) type Parked = Cell<Option<ReadError>>;

/// Parks `error` and gives what makes the tokeniser stop.
pub(super) fn park<E: Error>(parked: &Parked, error: ReadError) -> E {
    parked.set(Some(error));
    E::custom("")
}

/// The error that waits, or else the tokeniser's own, with the position.
pub(super) fn unpark(parked: &Parked, error: &dyn Display) -> ReadError {
    let text = error.to_string();
    let (message, line, column) = split_position(&text).unwrap_or((&text, 0, 0));
    parked
        .take()
        .unwrap_or_else(|| not_json(message))
        .at(line, column)
}

/// serde_json ends its messages with the position, and its errors arrive here as no more than text.
fn split_position(text: &str) -> Option<(&str, usize, usize)> {
    let (message, position) = text.rsplit_once(" at line ")?;
    let (line, column) = position.split_once(" column ")?;
    Some((message, line.parse().ok()?, column.parse().ok()?))
}

/// serde_json's own error, about a text that is not the whole body: without a position.
pub(super) fn in_part(error: &serde_json::Error) -> ReadError {
    let text = error.to_string();
    not_json(split_position(&text).map_or(&text, |(message, _, _)| message))
}

fn not_json(message: &str) -> ReadError {
    match message {
        "recursion limit exceeded" => document::too_deep(),
        _ => ReadError::new(format!("not valid JSON: {message}")),
    }
}

/// One value, which can be read once.
pub(super) struct Slot<'p, D> {
    pub(super) json: Option<D>,
    pub(super) parked: &'p Parked,
}

impl<'de, D: Deserializer<'de>> Slot<'_, D> {
    fn take(&mut self) -> Result<D, ReadError> {
        self.json
            .take()
            .ok_or_else(|| ReadError::new("the value has been read already"))
    }

    fn want(&mut self, want: Want<'_>) -> Result<(), ReadError> {
        let parked = self.parked;
        let visited = self.take()?.deserialize_any(Visit { want, parked });
        visited.map_err(|error| unpark(parked, &error))
    }

    /// The value's text, for what is better judged by it than by serde's idea of it.
    fn raw(&mut self) -> Result<&'de str, ReadError> {
        let raw =
            <&RawValue>::deserialize(self.take()?).map_err(|error| unpark(self.parked, &error))?;
        Ok(raw.get())
    }
}

impl<'de, D: Deserializer<'de>> ShapeReader for Slot<'_, D> {
    fn structure(&mut self, into: &mut dyn ReadStructure) -> Result<(), ReadError> {
        self.want(Want::Structure(into))
    }

    fn union(&mut self, variant: &mut VariantFn<'_>) -> Result<(), ReadError> {
        self.want(Want::Union(variant))
    }

    fn list(&mut self, item: &mut ItemFn<'_>) -> Result<(), ReadError> {
        self.want(Want::List(item))
    }

    fn map(&mut self, entry: &mut EntryFn<'_>) -> Result<(), ReadError> {
        self.want(Want::Map(entry))
    }

    fn string(&mut self, take: &mut dyn FnMut(Cow<'_, str>)) -> Result<(), ReadError> {
        self.want(Want::String(take))
    }

    fn boolean(&mut self) -> Result<bool, ReadError> {
        let mut value = false;
        self.want(Want::Boolean(&mut value))?;
        Ok(value)
    }

    fn integer(&mut self) -> Result<i64, ReadError> {
        let raw = self.raw()?;
        if !is_number(raw) {
            return Err(ReadError::expected("an integer", found(raw)));
        }
        let integer = Decimal::parse(raw).and_then(Decimal::to_i64);
        integer.ok_or_else(|| {
            let expected = if raw.contains(['.', 'e', 'E']) {
                "an integer"
            } else {
                "an integer of 64 bits"
            };
            ReadError::expected(expected, found(raw))
        })
    }

    fn float(&mut self) -> Result<f64, ReadError> {
        let raw = self.raw()?;
        let text = float_text(raw)?;
        float_of(text, f64::is_finite)
            .ok_or_else(|| ReadError::expected("a number of 64 bits", found(raw)))
    }

    fn float32(&mut self) -> Result<f32, ReadError> {
        let raw = self.raw()?;
        let text = float_text(raw)?;
        float_of(text, f32::is_finite)
            .ok_or_else(|| ReadError::expected("a number of 32 bits", found(raw)))
    }

    fn blob(&mut self) -> Result<Blob, ReadError> {
        let mut decoded = Ok(Vec::new());
        self.want(Want::String(&mut |text| {
            decoded = BASE64.decode(text.as_bytes())
        }))?;
        decoded.map(Blob::from).map_err(not_base64)
    }

    fn timestamp(&mut self, _: Option<TimestampFormat>) -> Result<Timestamp, ReadError> {
        let raw = self.raw()?;
        let text = if is_number(raw) {
            Cow::Borrowed(raw)
        } else if raw.starts_with('"') {
            Cow::Owned(document::parse(raw)?)
        } else {
            return Err(ReadError::expected("a timestamp", found(raw)));
        };
        text.parse()
            .map_err(|error: crate::shape::TimestampParseError| ReadError::new(error.to_string()))
    }

    fn document(&mut self) -> Result<Document, ReadError> {
        document::from_raw(self.raw()?, 0)
    }

    fn skip(&mut self) -> Result<(), ReadError> {
        // serde_json passes over a value without recursion, however deep it is.
        let skipped = IgnoredAny::deserialize(self.take()?);
        skipped
            .map(|_| ())
            .map_err(|error| unpark(self.parked, &error))
    }
}

/// The text of a number, or that of the string that stands for what is none.
fn float_text(raw: &str) -> Result<&str, ReadError> {
    let name = raw
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    match name {
        Some("NaN" | "Infinity" | "-Infinity") => Ok(name.unwrap_or_default()),
        _ if is_number(raw) => Ok(raw),
        _ => Err(ReadError::expected("a number", found(raw))),
    }
}

fn is_number(raw: &str) -> bool {
    raw.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// What a value is, for an error: numbers, booleans and null themselves, of anything longer only the kind.
fn found(raw: &str) -> Cow<'_, str> {
    match raw.as_bytes().first() {
        Some(b'"') => "a string".into(),
        Some(b'{') => "an object".into(),
        Some(b'[') => "a list".into(),
        _ => shortened(raw),
    }
}

/// A text cut to what fits a message.
fn shortened(text: &str) -> Cow<'_, str> {
    const LONG: usize = 40;
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()).into(),
        None => text.into(),
    }
}
