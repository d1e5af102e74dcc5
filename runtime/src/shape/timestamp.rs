//! A point in time, in the three formats of Smithy's `timestampFormat` trait.

mod calendar;
mod convert;
mod names;
mod parse;

use std::fmt;

use calendar::{Civil, weekday};
use names::{MONTHS, WEEKDAYS, short};

pub use convert::TimestampRangeError;
pub use parse::TimestampParseError;

/// The format of a point in time on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339 in UTC, such as `2019-12-16T23:48:18.5Z`.
    DateTime,
    /// The preferred format of RFC 9110, such as `Mon, 16 Dec 2019 23:48:18 GMT`: whole seconds.
    HttpDate,
    /// Seconds since 1970, with a fraction if there is one, such as `1576540098.5`.
    EpochSeconds,
}

const NANOS_PER_SECOND: u32 = 1_000_000_000;

/// A point in time, to the nanosecond, on the UTC time scale without leap seconds.
///
/// `Display` is RFC 3339 for the years 0000 to 9999, and the number of seconds since 1970 for all others; `FromStr`
/// accepts every format that a service may send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    // Field order matters: the derived order compares seconds first.
    seconds: i64,
    nanos: u32,
}

impl Timestamp {
    /// The point `seconds` after 1970-01-01T00:00:00Z (before it, if negative).
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self { seconds, nanos: 0 }
    }

    /// The point `seconds` after 1970-01-01T00:00:00Z and `nanos` nanoseconds after that. `None` if `nanos` is a
    /// second or more.
    #[must_use]
    pub const fn new(seconds: i64, nanos: u32) -> Option<Self> {
        if nanos < NANOS_PER_SECOND {
            Some(Self { seconds, nanos })
        } else {
            None
        }
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds since the last whole second, 0 to 999,999,999.
    #[must_use]
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }

    /// The text in `format`; `None` if the year is outside 0000 to 9999, which only epoch seconds can express.
    #[must_use]
    pub fn format(self, format: TimestampFormat) -> Option<String> {
        match format {
            TimestampFormat::EpochSeconds => Some(self.epoch_seconds()),
            TimestampFormat::DateTime => self.date_time(),
            TimestampFormat::HttpDate => self.http_date(),
        }
    }

    fn date_time(self) -> Option<String> {
        let Civil {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = Civil::of(self.seconds)?;
        let mut text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
        if self.nanos > 0 {
            let fraction = format!(".{:09}", self.nanos);
            text.push_str(fraction.trim_end_matches('0'));
        }
        text.push('Z');
        Some(text)
    }

    /// The basic format of ISO 8601 in whole seconds, such as `20191216T234818Z`, which signatures use; `None` if the year is
    /// outside 0000 to 9999.
    pub(crate) fn basic_date_time(self) -> Option<String> {
        let Civil {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = Civil::of(self.seconds)?;
        // Every signature needs one, so the digits are pushed without the machinery of `format!`.
        let digits = |value: i64| {
            [value / 10 % 10, value % 10].map(|digit| {
                let digit = u32::try_from(digit).unwrap_or_default();
                char::from_digit(digit, 10).unwrap_or_default()
            })
        };
        let mut text = String::with_capacity("20191216T234818Z".len());
        text.extend([year / 100, year, month, day].into_iter().flat_map(digits));
        text.push('T');
        text.extend([hour, minute, second].into_iter().flat_map(digits));
        text.push('Z');
        Some(text)
    }

    fn http_date(self) -> Option<String> {
        let Civil {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = Civil::of(self.seconds)?;
        let weekday = short(&WEEKDAYS, weekday(self.seconds))?;
        let month = short(&MONTHS, usize::try_from(month - 1).ok()?)?;
        Some(format!(
            "{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT"
        ))
    }

    fn epoch_seconds(self) -> String {
        if self.nanos == 0 {
            return self.seconds.to_string();
        }
        // -1.5 is kept as -2 s and 500,000,000 ns.
        let (sign, whole, nanos) = if self.seconds < 0 {
            (
                "-",
                (self.seconds + 1).unsigned_abs(),
                NANOS_PER_SECOND - self.nanos,
            )
        } else {
            ("", self.seconds.unsigned_abs(), self.nanos)
        };
        let text = format!("{sign}{whole}.{nanos:09}");
        text.trim_end_matches('0').to_owned()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.format(TimestampFormat::DateTime);
        f.write_str(&text.unwrap_or_else(|| self.epoch_seconds()))
    }
}

/// The error for a time that the requested format cannot express.
pub(crate) fn outside_calendar(time: Timestamp) -> crate::shape::BuildError {
    crate::shape::BuildError::new(format!(
        "expected a timestamp in the years 0000 to 9999, found {time} seconds since 1970"
    ))
}
