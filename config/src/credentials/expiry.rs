//! When credentials expire, in the formats of programs, agents and files. Without input or output.
//!
//! Most write RFC 3339; older versions of the AWS CLI write `UTC` for the zone, some agents the basic format of ISO
//! 8601. A time without a zone is ambiguous by up to a day, so it is not accepted.

use super::object::Object;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tinsmith_runtime::Timestamp;

/// The time in a member; `None`: it is missing or null, and the credentials do not expire.
pub(crate) fn member(object: &Object, name: &str) -> Result<Option<SystemTime>, String> {
    if object.is_null(name) {
        return Ok(None);
    }
    let moment = object.need_text(name)?;
    let moment = read(moment);
    let unreadable = || unreadable(name, "a date and time with its zone");
    moment.map(Some).ok_or_else(unreadable)
}

/// A moment as the AWS CLI stores it: without fractions of a second.
pub(super) fn whole_seconds(at: SystemTime) -> SystemTime {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    UNIX_EPOCH + Duration::from_secs(since.as_secs())
}

/// The message for an invalid expiry.
pub(crate) fn unreadable(name: &str, expected: &str) -> String {
    format!("expected {expected} as `{name}`, found something else")
}

/// The time that a text denotes; `None`: it is not valid.
pub(crate) fn read(text: &str) -> Option<SystemTime> {
    let text = text.trim();
    let (date, rest) = match http_date(text) {
        Some(found) => found,
        None => {
            let (date, rest) = text.split_once(['T', 't', ' '])?;
            let date = numbers(date, '-', [4, 2, 2]).or_else(|| numbers(date, '/', [4, 2, 2]));
            (date?, rest)
        }
    };
    let (time, zone) = rest.split_at_checked(rest.find(|c: char| !"0123456789:.,".contains(c))?)?;
    let (time, fraction) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    let time = match numbers(time, ':', [2, 2, 2]) {
        Some(time) => time,
        None => {
            let [hour, minute] = numbers(time, ':', [2, 2])?;
            [hour, minute, 0]
        }
    };
    let seconds = days(date)? * 86_400 + seconds(time)? - offset(zone.trim_start())?;
    let nanos = is_number(fraction).then(|| format!("{fraction:0<9.9}"))?;
    let moment = Timestamp::new(seconds, nanos.parse().ok()?)?;
    SystemTime::try_from(moment).ok()
}

/// The date of `Mon, 16 Dec 2019 23:48:18 GMT`, and the text after it.
fn http_date(text: &str) -> Option<([u16; 3], &str)> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let text = text.split_once(", ").map_or(text, |(_, date)| date);
    let mut words = text.splitn(4, ' ');
    let [day] = numbers(words.next()?, '-', [2])?;
    let month = words.next()?;
    let month = MONTHS.iter().zip(1..).find(|(name, _)| **name == month)?.1;
    let [year] = numbers(words.next()?, '-', [4])?;
    Some(([year, month, day], words.next()?))
}

/// The days from 1970-01-01 to a date of the Gregorian calendar; `None`: the month has no such day.
fn days([year, month, day]: [u16; 3]) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + u16::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return None,
    };
    if year == 0 || !(1..=length).contains(&day) {
        return None;
    }
    // Counted from March, years end with the leap day.
    let year = i64::from(year) - i64::from(month < 3);
    let months = i64::from((month + 9) % 12);
    let in_year = (153 * months + 2) / 5 + i64::from(day) - 1;
    Some(365 * year + year / 4 - year / 100 + year / 400 + in_year - 719_468)
}

fn seconds([hour, minute, second]: [u16; 3]) -> Option<i64> {
    let is_time = hour < 24 && minute < 60 && second < 60;
    is_time.then(|| (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second))
}

/// The seconds by which a zone is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    if ["Z", "z", "UTC", "GMT"].contains(&zone) {
        return Some(0);
    }
    let (sign, digits) = zone.split_at_checked(1)?;
    let [hour, minute] = match digits.len() {
        0..=2 => [digits.parse().ok().filter(|_| is_number(digits))?, 0],
        _ => numbers(digits, ':', [2, 2])?,
    };
    let ahead = seconds([hour, minute, 0])?;
    match sign {
        "+" => Some(ahead),
        "-" => Some(-ahead),
        _ => None,
    }
}

/// Numbers with a fixed count of digits and nothing between them; or with `between` between them, and then without
/// leading zeros.
fn numbers<const N: usize>(text: &str, between: char, digits: [usize; N]) -> Option<[u16; N]> {
    let mut found = [0; N];
    let mut rest = text;
    let separated = text.contains(between);
    for (index, (number, digits)) in found.iter_mut().zip(digits).enumerate() {
        let is_last = index + 1 == N;
        let piece;
        (piece, rest) = match separated {
            true if is_last => (rest, ""),
            true => rest.split_once(between)?,
            false => rest.split_at_checked(digits)?,
        };
        let fits = piece.len() == digits || separated && piece.len() < digits && digits == 2;
        *number = piece.parse().ok().filter(|_| fits && is_number(piece))?;
    }
    rest.is_empty().then_some(found)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_forms_that_are_in_use_are_all_read() {
        let new_year_2099 = SystemTime::UNIX_EPOCH + Duration::from_secs(4_070_908_800);
        for text in [
            "2099-01-01T00:00:00Z",
            "2099-01-01T00:00:00z",
            "2099-01-01t00:00:00Z",
            "2099-01-01T00:00:00UTC",
            "2099-01-01T00:00:00 UTC",
            "2099-01-01 00:00:00 GMT",
            "2099-01-01T00:00Z",
            "2099-01-01T00:00:00+00:00",
            "2099-01-01T02:00:00+0200",
            "2099-01-01T02:00:00+02",
            "2099-01-01T02:00:00+2",
            "2099-01-01T00:00:00,000Z",
            "2098-12-31T19:00:00-05:00",
            "2099-01-01T00:00:00.000Z",
            "2099-01-01T00:00:00.000000000000Z",
            "2099-01-01T00:00:00,0Z",
            "20990101T000000Z",
            "20990101T0000Z",
            " 2099-01-01T00:00:00Z\n",
            "2099-1-1T0:0:0Z",
            "2099/01/01 00:00:00 UTC",
            "2099-01-01T00:00:00 +0000",
            "Thu, 01 Jan 2099 00:00:00 GMT",
            "Thu, 01 Jan 2099 00:00:00 UTC",
            "01 Jan 2099 00:00:00 +0000",
        ] {
            assert_eq!(read(text), Some(new_year_2099), "{text}");
        }
        let later = read("2099-01-01T00:00:00.25Z");
        assert_eq!(later, Some(new_year_2099 + Duration::from_millis(250)));
    }

    #[test]
    fn days_of_the_calendar_are_the_ones_that_timestamps_have() {
        for day in (-200_000..200_000).step_by(37) {
            let moment = Timestamp::from_seconds(day * 86_400 + 86_399);
            let text = moment.to_string();
            assert_eq!(read(&text), SystemTime::try_from(moment).ok(), "{text}");
        }
        let last = read("9999-12-31T23:59:59Z");
        let last = last.and_then(|it| it.duration_since(SystemTime::UNIX_EPOCH).ok());
        assert_eq!(last, Some(Duration::from_secs(253_402_300_799)));
    }

    #[test]
    fn what_names_no_moment_is_not_read() {
        for text in [
            "",
            "never",
            "2099-01-01",
            "2099-01-01T00:00:00",
            "2020-02-21T16:06:25",
            "2099-01-01 00:00:00",
            "20990101T000000",
            "2099-02-30T00:00:00Z",
            "2099-02-29T00:00:00Z",
            "2100-02-29T00:00:00Z",
            "2099-00-01T00:00:00Z",
            "2099-01-00T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "2099-01-01T00:00:00+24:00",
            "2099-13-01T00:00:00Z",
            "2099-01-01T24:00:00Z",
            "2099-01-01T00:60:00Z",
            "2099-01-01T00:00:60Z",
            "2099-01-01T00:00:00 PST",
            "2099-01-01T00:00:00utc",
            "2099-01-01T00:00:00ZZ",
            "2099-01-01T00:00:00UTC+2",
            "Thu, 01 Jan 2099 00:00:00",
            "Thu Jan  1 00:00:00 2099",
            "2099-01/01T00:00:00Z",
            "2099-001-01T00:00:00Z",
            "2099--01-01T00:00:00Z",
            "+2099-01-01T00:00:00Z",
            "2099-01-01T00:00:00.Z",
            "2099-01T00:00:00Z",
            "2099-0101T00:00:00Z",
            "99-01-01T00:00:00Z",
            "4070908800",
            "4070908800.5",
            "2099-01-01T00:00:00Z2099-01-01T00:00:00Z",
            "２０９９-01-01T00:00:00Z",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
