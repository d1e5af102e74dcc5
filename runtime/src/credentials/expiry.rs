//! When credentials expire, as programs, agents and files write it. Pure.
//!
//! Most write RFC 3339; older versions of the AWS CLI `UTC` for the zone, some agents the basic form of ISO 8601. What
//! names no zone could mean any moment within a day, so it means none.

use super::object::Object;
use crate::timestamp::Timestamp;
use std::time::SystemTime;

/// The moment that stands in a member; `None`: it is missing or null, and the credentials do not expire.
pub(crate) fn member(object: &Object, name: &str) -> Result<Option<SystemTime>, String> {
    if object.is_null(name) {
        return Ok(None);
    }
    let moment = object.need_text(name)?;
    let moment = read(moment);
    let unreadable = || unreadable(name, "a date and time with its zone");
    moment.map(Some).ok_or_else(unreadable)
}

/// What is said of an expiry that makes no sense.
pub(crate) fn unreadable(name: &str, expected: &str) -> String {
    format!("expected {expected} as `{name}`, found something else")
}

/// The moment that a text stands for; `None`: it cannot be read.
pub(crate) fn read(text: &str) -> Option<SystemTime> {
    let text = text.trim();
    let moment: Timestamp = match text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        // `Mon, 16 Dec 2019 23:48:18 GMT`
        true => text.parse().ok()?,
        false => rfc3339(text)?.parse().ok()?,
    };
    SystemTime::try_from(moment).ok()
}

/// A date of ISO 8601 with a time and a zone, in the form of RFC 3339.
fn rfc3339(text: &str) -> Option<String> {
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    let (time, zone) = rest.split_at_checked(rest.find(|c: char| !"0123456789:.,".contains(c))?)?;
    let (time, fraction) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    let date = pieces(date, '-', [4, 2, 2])?;
    let time = match pieces(time, ':', [2, 2, 2]) {
        Some(time) => time,
        None => {
            let [hour, minute] = pieces(time, ':', [2, 2])?;
            [hour, minute, "00"]
        }
    };
    // What the date's own parser would take for a leap second.
    if !is_number(fraction) || time[2] > "59" {
        return None;
    }
    Some(format!(
        "{}T{}.{fraction}{}",
        date.join("-"),
        time.join(":"),
        offset(zone.trim_start())?
    ))
}

/// `Z`, or hours and minutes with their sign.
fn offset(zone: &str) -> Option<String> {
    if ["Z", "z", "UTC", "GMT"].contains(&zone) {
        return Some("Z".to_owned());
    }
    let (sign, digits) = zone.split_at_checked(1)?;
    let [hours, minutes] = match pieces(digits, ':', [2, 2]) {
        Some(pieces) => pieces,
        None => [digits, "00"],
    };
    let is_offset = ["+", "-"].contains(&sign) && hours.len() == 2 && is_number(hours);
    is_offset.then(|| format!("{sign}{hours}:{minutes}"))
}

/// Numbers of these lengths, with `between` between all of them or none.
fn pieces<const N: usize>(text: &str, between: char, lengths: [usize; N]) -> Option<[&str; N]> {
    let separated = text.contains(between);
    let mut rest = text;
    let mut found = [""; N];
    for (index, (piece, length)) in found.iter_mut().zip(lengths).enumerate() {
        if separated && index > 0 {
            rest = rest.strip_prefix(between)?;
        }
        (*piece, rest) = rest.split_at_checked(length)?;
        if !is_number(piece) {
            return None;
        }
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
            "2098-12-31T19:00:00-05:00",
            "2099-01-01T00:00:00.000Z",
            "2099-01-01T00:00:00.000000000000Z",
            "2099-01-01T00:00:00,0Z",
            "20990101T000000Z",
            "20990101T0000Z",
            " 2099-01-01T00:00:00Z\n",
            "Thu, 01 Jan 2099 00:00:00 GMT",
        ] {
            assert_eq!(read(text), Some(new_year_2099), "{text}");
        }
        let later = read("2099-01-01T00:00:00.25Z");
        assert_eq!(later, Some(new_year_2099 + Duration::from_millis(250)));
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
            "2099-13-01T00:00:00Z",
            "2099-01-01T24:00:00Z",
            "2099-01-01T00:60:00Z",
            "2099-01-01T00:00:60Z",
            "2099-01-01T00:00:00 PST",
            "2099-01-01T00:00:00utc",
            "2099-01-01T00:00:00ZZ",
            "2099-01-01T00:00:00+2",
            "2099-01-01T00:00:00+02:0",
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
