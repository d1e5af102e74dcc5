//! Shapes as JSON: the bodies of the `rest-json` and `json` protocols.

mod codec;
mod read;
mod text;
mod write;

pub(crate) use codec::{Json, JsonError};
pub(crate) use read::{read, read_document, read_error};
pub(crate) use write::{JsonWriter, float, float32};

use std::str::FromStr;

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Base64 as written with padding, and read with or without.
pub(crate) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The floating-point number nearest to the one that is written, or what a name says that is none. `None`: something
/// else, or a number that is too large; `is_finite` is that of the type.
pub(crate) fn float_of<T: FromStr + Copy>(text: &str, is_finite: fn(T) -> bool) -> Option<T> {
    let value = text.parse().ok()?;
    // The parser knows more names than the protocols do.
    let is_name = matches!(text, "NaN" | "Infinity" | "-Infinity");
    (is_name || is_finite(value)).then_some(value)
}

/// The error for text that is not base64. What was found is not shown: it may be a secret.
pub(crate) fn not_base64(error: base64::DecodeError) -> crate::shape::ReadError {
    crate::shape::ReadError::new(format!(
        "not valid base64: {}",
        error.to_string().trim_end_matches('.')
    ))
}
