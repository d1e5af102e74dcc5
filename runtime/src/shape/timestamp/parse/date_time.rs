//! Dates such as `2019-12-16T23:48:18.5Z`: RFC 3339, and the other forms of ISO 8601 that services write.

use super::super::Timestamp;
use super::super::calendar::Civil;
use super::rest::{Rest, moment, zone};

pub(super) fn read(text: &str) -> Option<Timestamp> {
    let mut rest = Rest(text.as_bytes());
    let year = rest.digits(4)?;
    let dashes = rest.one_of(b"-").is_some();
    let month = rest.digits(2)?;
    if dashes {
        rest.one_of(b"-")?;
    }
    let day = rest.digits(2)?;
    let date = Civil {
        year,
        month,
        day,
        hour: 0,
        minute: 0,
        second: 0,
    };
    if rest.is_empty() {
        return moment(date, 0, 0);
    }
    // RFC 3339 also allows lower case and a space.
    rest.one_of(b"Tt ")?;
    let hour = rest.digits(2)?;
    let colons = rest.one_of(b":").is_some();
    let minute = rest.digits(2)?;
    let has_seconds = if colons {
        rest.one_of(b":").is_some()
    } else {
        rest.0.first().is_some_and(u8::is_ascii_digit)
    };
    let (second, nanos) = if has_seconds {
        (rest.digits(2)?, rest.fraction(b".,")?)
    } else {
        (0, 0)
    };
    let time = Civil {
        hour,
        minute,
        second,
        ..date
    };
    let _ = rest.blanks();
    let offset = match rest.word() {
        Some(name) => zone(name)?,
        None if rest.is_empty() => 0,
        None => rest.offset()?,
    };
    rest.is_empty()
        .then(|| moment(time, nanos, offset))
        .flatten()
}
