//! Parsing points in time, in any of the three formats and the variants of them that services send.

mod date_time;
mod http_date;
mod rest;

use std::fmt;
use std::str::FromStr;

use super::{NANOS_PER_SECOND, Timestamp};
use crate::shape::Decimal;

/// A text that is not a point in time, or one out of range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampParseError(String);

impl fmt::Display for TimestampParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected a timestamp (RFC 3339, HTTP date or seconds since 1970), found {:?}",
            self.0
        )
    }
}

impl std::error::Error for TimestampParseError {}

/// Accepts seconds since 1970, with an optional fraction and exponent, and dates of the years 0000 to 9999 in the
/// formats below; digits beyond nanoseconds are cut.
///
/// * RFC 3339 with any offset and any fraction. As ISO 8601 allows, the separators may be missing, and so may the
///   seconds and the time of day. Without an offset, the time is UTC.
/// * The three formats of an HTTP date in RFC 9110, also with an offset or a zone name of RFC 5322, and with a
///   fraction. The weekday selects the century of a year of two digits, and is ignored otherwise.
///
/// A leap second is the second before it.
impl FromStr for Timestamp {
    type Err = TimestampParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let trimmed = text.trim();
        // What most dates begin with, no number but one with an exponent does.
        let has_dash = trimmed.as_bytes().get(4) == Some(&b'-');
        let time = has_dash.then(|| date_time::read(trimmed)).flatten();
        let time = time.or_else(|| match Decimal::parse(trimmed) {
            Some(seconds) => from_decimal(seconds),
            None => date_time::read(trimmed).or_else(|| http_date::read(trimmed)),
        });
        time.ok_or_else(|| TimestampParseError(text.chars().take(64).collect()))
    }
}

/// Seconds since 1970, in decimal.
fn from_decimal(seconds: Decimal<'_>) -> Option<Timestamp> {
    let whole = seconds.whole()?;
    match seconds.billionths() {
        nanos @ 1.. if seconds.is_negative() => {
            Timestamp::new(whole.checked_sub(1)?, NANOS_PER_SECOND - nanos)
        }
        nanos => Timestamp::new(whole, nanos),
    }
}
