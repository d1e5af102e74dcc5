//! Numbers and bytes as text, and percent-encoding, for the codecs that write text, headers and parameters.

use crate::shape::ReadError;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};
use std::str::FromStr;

/// Base64, written with padding, read with or without.
pub(crate) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What is percent-encoded: all but the unreserved characters of RFC 3986.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The same where a text may have several segments of a path.
pub(crate) const RESERVED_BUT_SLASH: &AsciiSet = &RESERVED.remove(b'/');

/// The floating-point number nearest to `text`, or NaN or an infinity by its name. `None`: it is something else, or a
/// number that is too large; `is_finite` is the method of the type.
pub(crate) fn float_of<T: FromStr + Copy>(text: &str, is_finite: fn(T) -> bool) -> Option<T> {
    let value = text.parse().ok()?;
    // The parser accepts more names than the protocols have.
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

/// The methods of a [`ShapeWriter`](crate::shape::ShapeWriter) that write scalars as text with the writer's own method
/// `text`, and those that only return a field.
#[cfg(any(feature = "query", feature = "xml"))]
macro_rules! scalars_as_text {
    () => {
        fn string(&mut self, value: &str) {
            self.text(value);
        }

        fn boolean(&mut self, value: bool) {
            self.text(if value { "true" } else { "false" });
        }

        fn integer(&mut self, value: i64) {
            self.text(&value.to_string());
        }

        fn float(&mut self, value: f64) {
            self.text(&$crate::codec::text::float(value));
        }

        fn float32(&mut self, value: f32) {
            self.text(&$crate::codec::text::float32(value));
        }

        fn blob(&mut self, value: &$crate::shape::Blob) {
            self.text(&base64::Engine::encode(&$crate::codec::text::BASE64, value));
        }

        fn timestamp(
            &mut self,
            value: $crate::shape::Timestamp,
            format: Option<$crate::shape::TimestampFormat>,
        ) {
            let format = format.unwrap_or($crate::shape::TimestampFormat::DateTime);
            match value.format(format) {
                Some(text) => self.text(&text),
                None => {
                    let outside = || $crate::shape::outside_calendar(value);
                    self.failure.get_or_insert_with(outside);
                }
            }
        }

        fn failure(&mut self) -> &mut Option<$crate::shape::BuildError> {
            &mut self.failure
        }

        fn new_token(&mut self) -> Option<String> {
            self.new_token.map(|new_token| new_token())
        }
    };
}

#[cfg(any(feature = "query", feature = "xml"))]
pub(crate) use scalars_as_text;

/// The shortest text that reads as the same number, or the name that the AWS protocols have for NaN and the infinities.
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
