//! Dates such as `Mon, 16 Dec 2019 23:48:18 GMT`: the formats of RFC 9110, section 5.6.7, of which senders use the
//! first and recipients must accept all, and those of RFC 5322, which models call `rfc822`.

use super::super::Timestamp;
use super::super::calendar::{Civil, weekday};
use super::super::names::{MONTHS, WEEKDAYS, index_of};
use super::rest::{Rest, moment, zone};

pub(super) fn read(text: &str) -> Option<Timestamp> {
    let mut rest = Rest(text.as_bytes());
    let Some(first) = rest.word() else {
        return day_first(&mut rest, None);
    };
    let weekday = index_of(&WEEKDAYS, first)?;
    if rest.one_of(b",").is_some() {
        let _ = rest.blanks();
        return day_first(&mut rest, Some(weekday));
    }
    rest.blanks()?;
    if rest.0.first()?.is_ascii_digit() {
        day_first(&mut rest, Some(weekday))
    } else {
        month_first(&mut rest)
    }
}

/// `16 Dec 2019 23:48:18 GMT`, or a date with dashes, where the year may have two digits.
fn day_first(rest: &mut Rest<'_>, weekday: Option<usize>) -> Option<Timestamp> {
    let (day, _) = rest.number(2)?;
    let month = between(rest, |rest| index_of(&MONTHS, rest.word()?))?;
    let (year, digits) = rest.number(4)?;
    rest.blanks()?;
    let (time, nanos) = time_of_day(rest)?;
    let _ = rest.blanks();
    let offset = match rest.word() {
        Some(name) => zone(name)?,
        None => rest.offset()?,
    };
    if !rest.is_empty() {
        return None;
    }
    let month = i64::try_from(month).ok()? + 1;
    let in_year = |year| {
        moment(
            Civil {
                year,
                month,
                day,
                ..time
            },
            nanos,
            offset,
        )
    };
    match digits {
        4 => in_year(year),
        2 => in_year(full_year(year, month, day, weekday)),
        _ => None,
    }
}

/// The part between two separators of one kind, dashes or blanks.
fn between<'a, T>(rest: &mut Rest<'a>, part: impl FnOnce(&mut Rest<'a>) -> Option<T>) -> Option<T> {
    let dashes = rest.one_of(b"-").is_some();
    let separator = |rest: &mut Rest<'_>| match dashes {
        true => rest.one_of(b"-").map(drop),
        false => rest.blanks(),
    };
    if !dashes {
        rest.blanks()?;
    }
    let part = part(rest)?;
    separator(rest)?;
    Some(part)
}

/// `Dec 16 23:48:18 2019`, the format of C's `asctime`, in UTC.
fn month_first(rest: &mut Rest<'_>) -> Option<Timestamp> {
    let month = i64::try_from(index_of(&MONTHS, rest.word()?)?).ok()? + 1;
    rest.blanks()?;
    let (day, _) = rest.number(2)?;
    rest.blanks()?;
    let (time, nanos) = time_of_day(rest)?;
    rest.blanks()?;
    let year = rest.digits(4)?;
    rest.is_empty()
        .then(|| {
            moment(
                Civil {
                    year,
                    month,
                    day,
                    ..time
                },
                nanos,
                0,
            )
        })
        .flatten()
}

/// A time of day and its nanoseconds.
fn time_of_day(rest: &mut Rest<'_>) -> Option<(Civil, u32)> {
    let hour = rest.digits(2)?;
    rest.one_of(b":")?;
    let minute = rest.digits(2)?;
    let (second, nanos) = match rest.one_of(b":") {
        Some(_) => (rest.digits(2)?, rest.fraction(b".")?),
        None => (0, 0),
    };
    let time = Civil {
        year: 0,
        month: 1,
        day: 1,
        hour,
        minute,
        second,
    };
    Some((time, nanos))
}

/// The year for two digits. The same date has another weekday in each possible century, so the weekday determines the
/// year. Without a weekday that fits, 69 is 1969 and 68 is 2068, as in POSIX.
fn full_year(year: i64, month: i64, day: i64, on: Option<usize>) -> i64 {
    let fits = |year: &i64| {
        let date = Civil {
            year: *year,
            month,
            day,
            hour: 0,
            minute: 0,
            second: 0,
        };
        date.seconds().map(weekday) == on
    };
    let by_weekday = [1900 + year, 2000 + year, 2100 + year]
        .into_iter()
        .find(fits);
    let by_number = if year < 69 { 2000 + year } else { 1900 + year };
    match on {
        Some(_) => by_weekday.unwrap_or(by_number),
        None => by_number,
    }
}
