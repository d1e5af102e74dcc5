//! Numbers and bytes as text, as all codecs of text have them, and so do headers and parameters.

use crate::shape::ReadError;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::str::FromStr;

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
pub(crate) fn not_base64(error: base64::DecodeError) -> ReadError {
    ReadError::new(format!(
        "not valid base64: {}",
        error.to_string().trim_end_matches('.')
    ))
}

/// The shortest text that reads as the same number, or the name that the AWS protocols give to what is none.
pub(crate) fn float(value: f64) -> String {
    if value.is_finite() {
        format!("{value:?}")
    } else {
        name_of(value).to_owned()
    }
}

/// The same for 32 bits.
pub(crate) fn float32(value: f32) -> String {
    if value.is_finite() {
        format!("{value:?}")
    } else {
        name_of(value.into()).to_owned()
    }
}

fn name_of(value: f64) -> &'static str {
    if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    }
}
