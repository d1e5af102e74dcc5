//! Reading points in time: whatever a service sends, in whichever of the three forms.

use std::fmt;
use std::str::FromStr;

use dates::civil;
use dates::fmt::rfc2822;
use dates::tz::TimeZone;

use super::{NANOS_PER_SECOND, Timestamp};

/// A text that is no point in time, or one out of range.
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

/// Takes RFC 3339 with any offset and any fraction, an HTTP date, or seconds since 1970, whichever it is; digits
/// beyond nanoseconds are cut. A date and time without an offset counts as UTC.
impl FromStr for Timestamp {
    type Err = TimestampParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let trimmed = text.trim();
        epoch_seconds(trimmed)
            .or_else(|| date(trimmed))
            .ok_or_else(|| TimestampParseError(text.chars().take(64).collect()))
    }
}

fn date(text: &str) -> Option<Timestamp> {
    let (text, nanos) = split_fraction(text)?;
    let seconds = if text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        let parser = rfc2822::DateTimeParser::new().relaxed_weekday(true);
        parser.parse_timestamp(&text).ok()?.as_second()
    } else {
        let with_offset = text.parse::<dates::Timestamp>().ok();
        with_offset.or_else(|| in_utc(&text))?.as_second()
    };
    Timestamp::new(seconds, nanos)
}

fn in_utc(text: &str) -> Option<dates::Timestamp> {
    let time: civil::DateTime = text.parse().ok()?;
    TimeZone::UTC.to_timestamp(time).ok()
}

/// Takes the fraction of a second out of a date: the libraries differ in how many digits they allow.
fn split_fraction(text: &str) -> Option<(String, u32)> {
    match text.split_once('.') {
        None => Some((text.to_owned(), 0)),
        Some((before, after)) => {
            let rest = after.trim_start_matches(|digit: char| digit.is_ascii_digit());
            let digits = after.strip_suffix(rest)?;
            (!digits.is_empty()).then(|| (format!("{before}{rest}"), nanos(digits)))
        }
    }
}

/// The nanoseconds that the digits after a decimal point stand for.
fn nanos(digits: &str) -> u32 {
    let digits = digits.bytes().chain(std::iter::repeat(b'0')).take(9);
    digits.fold(0, |nanos, digit| {
        nanos * 10 + u32::from(digit.saturating_sub(b'0'))
    })
}

fn epoch_seconds(text: &str) -> Option<Timestamp> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if unsigned.contains(['e', 'E']) {
        return from_float(text.parse().ok()?);
    }
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    match (negative, nanos(fraction)) {
        (false, nanos) => Timestamp::new(whole.parse().ok()?, nanos),
        // Parsed with its sign: the smallest number has no positive counterpart.
        (true, nanos) => below_zero(format!("-{whole}").parse().ok()?, nanos),
    }
}

/// `nanos` below `seconds`.
fn below_zero(seconds: i64, nanos: u32) -> Option<Timestamp> {
    match nanos {
        0 => Timestamp::new(seconds, 0),
        _ => Timestamp::new(seconds.checked_sub(1)?, NANOS_PER_SECOND - nanos),
    }
}

/// Seconds in scientific notation, which no one sends for its precision.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the ranges are checked first"
)]
fn from_float(seconds: f64) -> Option<Timestamp> {
    let whole = seconds.floor();
    if !(-9.2e18..=9.2e18).contains(&whole) {
        return None;
    }
    let nanos = ((seconds - whole) * f64::from(NANOS_PER_SECOND)) as u32;
    Timestamp::new(whole as i64, nanos.min(NANOS_PER_SECOND - 1))
}
