//! Points in time: the three forms, what is read besides them, and conversions.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)] // a panic is how a test fails

use std::time::{Duration, SystemTime};

use tinsmith_runtime::{Timestamp, TimestampFormat};

fn at(seconds: i64, nanos: u32) -> Timestamp {
    Timestamp::new(seconds, nanos).unwrap()
}

#[test]
fn each_form_is_read_with_what_services_make_of_it() {
    let table = [
        ("2019-12-16T23:48:18Z", at(1_576_540_098, 0)),
        ("2019-12-16t23:48:18z", at(1_576_540_098, 0)),
        ("2019-12-17T00:48:18+01:00", at(1_576_540_098, 0)),
        ("2019-12-16T22:48:18-01:00", at(1_576_540_098, 0)),
        ("2019-12-17T00:48:18+0100", at(1_576_540_098, 0)),
        ("2019-12-16T23:48:18", at(1_576_540_098, 0)),
        ("2019-12-16", at(1_576_454_400, 0)),
        ("2000-01-02T20:34:56.123Z", at(946_845_296, 123_000_000)),
        (
            "2000-01-02T20:34:56.123456789987654321+00:00",
            at(946_845_296, 123_456_789),
        ),
        ("1969-12-31T23:59:59.5Z", at(-1, 500_000_000)),
        ("0000-01-01T00:00:00Z", at(-62_167_219_200, 0)),
        ("9999-12-30T22:00:00Z", at(253_402_207_200, 0)),
        ("Mon, 16 Dec 2019 23:48:18 GMT", at(1_576_540_098, 0)),
        (
            "Sun, 02 Jan 2000 20:34:56.456 GMT",
            at(946_845_296, 456_000_000),
        ),
        ("1576540098", at(1_576_540_098, 0)),
        (" 1576540098.5 ", at(1_576_540_098, 500_000_000)),
        ("1515531081.123456789", at(1_515_531_081, 123_456_789)),
        ("-0.5", at(-1, 500_000_000)),
        ("-1.25", at(-2, 750_000_000)),
        ("1.5765400985e9", at(1_576_540_098, 500_000_000)),
        ("-9223372036854775808", at(i64::MIN, 0)),
    ];
    for (text, expected) in table {
        assert_eq!(text.parse(), Ok(expected), "{text}");
    }
}

#[test]
fn what_is_no_time_or_out_of_range_is_an_error() {
    let texts = [
        "",
        "-",
        ".5",
        "yesterday",
        "2019-13-01T00:00:00Z",
        "2019-12-16T23:48:18.Z",
        "Mon, 16 Foo 2019 23:48:18 GMT",
        "9223372036854775808",
        "-9223372036854775808.5",
        "1e19",
        "1e400",
        "NaN",
        "12345-01-01T00:00:00Z",
        "+1 ",
        "1_0",
    ];
    for text in texts {
        let error = text.parse::<Timestamp>().unwrap_err();
        let expected = format!(
            "expected a timestamp (RFC 3339, HTTP date or seconds since 1970), found {text:?}"
        );
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn each_form_is_written() {
    use TimestampFormat::{DateTime, EpochSeconds, HttpDate};
    let table = [
        (
            at(1_576_540_098, 0),
            "2019-12-16T23:48:18Z",
            "Mon, 16 Dec 2019 23:48:18 GMT",
            "1576540098",
        ),
        (
            at(0, 1),
            "1970-01-01T00:00:00.000000001Z",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "0.000000001",
        ),
        (
            at(-2, 750_000_000),
            "1969-12-31T23:59:58.75Z",
            "Wed, 31 Dec 1969 23:59:58 GMT",
            "-1.25",
        ),
        (
            at(-1, 500_000_000),
            "1969-12-31T23:59:59.5Z",
            "Wed, 31 Dec 1969 23:59:59 GMT",
            "-0.5",
        ),
    ];
    for (time, date_time, http_date, epoch) in table {
        assert_eq!(time.format(DateTime).as_deref(), Some(date_time));
        assert_eq!(time.to_string(), date_time);
        assert_eq!(time.format(HttpDate).as_deref(), Some(http_date));
        assert_eq!(time.format(EpochSeconds).as_deref(), Some(epoch));
        assert_eq!((date_time.parse(), epoch.parse()), (Ok(time), Ok(time)));
    }
    for far in [i64::MIN, i64::MAX, -62_167_219_201] {
        let time = at(far, 0);
        assert_eq!((time.format(DateTime), time.format(HttpDate)), (None, None));
        assert_eq!(time.to_string(), far.to_string());
    }
}

#[test]
fn order_is_that_of_time() {
    assert!(at(-1, 999_999_999) < at(0, 0) && at(0, 0) < at(0, 1) && at(0, 1) < at(1, 0));
    assert_eq!(Timestamp::new(0, 1_000_000_000), None);
}

#[test]
fn the_systems_time_goes_both_ways() {
    let half = Duration::from_millis(500);
    for (time, expected) in [
        (SystemTime::UNIX_EPOCH, at(0, 0)),
        (SystemTime::UNIX_EPOCH + half, at(0, 500_000_000)),
        (SystemTime::UNIX_EPOCH - half, at(-1, 500_000_000)),
        (SystemTime::UNIX_EPOCH - Duration::from_secs(2), at(-2, 0)),
    ] {
        assert_eq!(Timestamp::from(time), expected);
        assert_eq!(SystemTime::try_from(expected), Ok(time));
    }
}

#[cfg(feature = "jiff")]
#[test]
fn jiff_goes_both_ways() {
    for time in [at(1_576_540_098, 5), at(-1, 500_000_000)] {
        let theirs = dates::Timestamp::try_from(time).unwrap();
        assert_eq!(
            (theirs.to_string(), Timestamp::from(theirs)),
            (time.to_string(), time)
        );
    }
    assert!(dates::Timestamp::try_from(at(i64::MAX, 0)).is_err());
}

#[cfg(feature = "chrono")]
#[test]
fn chrono_goes_both_ways() {
    for time in [at(1_576_540_098, 5), at(-1, 500_000_000)] {
        let theirs = chrono::DateTime::<chrono::Utc>::try_from(time).unwrap();
        assert_eq!(
            (theirs.timestamp(), Timestamp::from(theirs)),
            (time.seconds(), time)
        );
    }
    assert!(chrono::DateTime::<chrono::Utc>::try_from(at(i64::MAX, 0)).is_err());
}

#[cfg(feature = "time")]
#[test]
fn time_goes_both_ways() {
    for time in [at(1_576_540_098, 5), at(-1, 500_000_000)] {
        let theirs = time::OffsetDateTime::try_from(time).unwrap();
        assert_eq!(
            (theirs.unix_timestamp(), Timestamp::from(theirs)),
            (time.seconds(), time)
        );
    }
    assert!(time::OffsetDateTime::try_from(at(i64::MAX, 0)).is_err());
}
