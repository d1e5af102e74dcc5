//! Values as plain text: what XML and forms have in common.

use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tinsmith_runtime::{Blob, BuildError, ReadError, ReadResult, Timestamp, TimestampFormat};

/// The shortest text that reads as the same number, or the name of what is none.
pub(crate) fn float(value: f64, digits: String) -> String {
    if value.is_finite() {
        return digits;
    }
    let name = match value {
        value if value.is_nan() => "NaN",
        value if value > 0.0 => "Infinity",
        _ => "-Infinity",
    };
    name.to_owned()
}

/// A time in `format`, or in RFC 3339.
pub(crate) fn timestamp(
    value: Timestamp,
    format: Option<TimestampFormat>,
) -> Result<String, BuildError> {
    value
        .format(format.unwrap_or(TimestampFormat::DateTime))
        .ok_or_else(|| BuildError::new("expected a timestamp in the years 0000 to 9999"))
}

pub(crate) fn blob(value: &Blob) -> String {
    STANDARD.encode(value)
}

pub(crate) fn read_boolean(text: &str) -> ReadResult<bool> {
    match text.trim() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(ReadError::expected("a boolean", format!("{text:?}"))),
    }
}

pub(crate) fn read_integer(text: &str) -> ReadResult<i64> {
    let read = text.trim().parse();
    read.map_err(|_| ReadError::expected("an integer", format!("{text:?}")))
}

/// Reads a number of the type; `is_finite` is that of the type.
pub(crate) fn read_float<T: FromStr + Copy>(text: &str, is_finite: fn(T) -> bool) -> ReadResult<T> {
    let text = text.trim();
    // The parser knows more names than the protocols do.
    let is_name = matches!(text, "NaN" | "Infinity" | "-Infinity");
    match text.parse() {
        Ok(value) if is_name || is_finite(value) => Ok(value),
        _ => Err(ReadError::expected("a number", format!("{text:?}"))),
    }
}

pub(crate) fn read_blob(text: &str) -> ReadResult<Blob> {
    let decoded = STANDARD.decode(text.trim());
    decoded
        .map(Blob::from)
        .map_err(|error| ReadError::new(format!("not valid base64: {error}")))
}

pub(crate) fn read_timestamp(text: &str) -> ReadResult<Timestamp> {
    let read = text.trim().parse::<Timestamp>();
    read.map_err(|error| ReadError::new(error.to_string()))
}
