//! Points in time: the three forms, what is read besides them, and conversions.

use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tinsmith_runtime::{Timestamp, TimestampFormat};

/// The last second of the year 9999, and so of the calendar.
const END: i64 = 253_402_300_799;

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
        ("9999-12-31T23:59:59.999999999Z", at(END, 999_999_999)),
        ("9999-12-31T23:59:59-00:30", at(END + 1800, 0)),
        ("0000-01-01T00:00:00+01:00", at(-62_167_222_800, 0)),
        ("2019-12-16 23:48:18z", at(1_576_540_098, 0)),
        ("2019-12-16T23:48:18UTC", at(1_576_540_098, 0)),
        ("2019-12-16 23:48:18 +0000", at(1_576_540_098, 0)),
        ("2019-12-16T23:48:18-00:00", at(1_576_540_098, 0)),
        ("2019-12-17T01:18:18+01:30", at(1_576_540_098, 0)),
        ("2019-12-17T00:48:18+01", at(1_576_540_098, 0)),
        ("2019-12-16T23:48:18,5Z", at(1_576_540_098, 500_000_000)),
        ("20191216T234818Z", at(1_576_540_098, 0)),
        ("2019-12-16T23:48Z", at(1_576_540_080, 0)),
        ("2016-12-31T23:59:60Z", at(1_483_228_799, 0)),
        (
            "2017-01-01T00:59:60.25+01:00",
            at(1_483_228_799, 250_000_000),
        ),
        ("2000-02-29T00:00:00Z", at(951_782_400, 0)),
        ("Mon, 16 Dec 2019 23:48:18 GMT", at(1_576_540_098, 0)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", at(END, 0)),
        ("Sat, 01 Jan 0000 00:00:00 GMT", at(-62_167_219_200, 0)),
        ("Monday, 16-Dec-19 23:48:18 GMT", at(1_576_540_098, 0)),
        ("Mon, 16-Dec-2019 23:48:18 GMT", at(1_576_540_098, 0)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", at(784_111_777, 0)),
        ("Saturday, 06-Nov-94 08:49:37 GMT", at(3_939_871_777, 0)),
        ("Monday, 06-Nov-94 08:49:37 GMT", at(784_111_777, 0)),
        ("Sun Nov  6 08:49:37 1994", at(784_111_777, 0)),
        ("Sun Nov 16 08:49:37 1994", at(784_975_777, 0)),
        ("mon, 16 dec 2019 23:48:18 gmt", at(1_576_540_098, 0)),
        ("Tue, 1 Jan 2019 00:00:00 UTC", at(1_546_300_800, 0)),
        ("1 Jan 2019 00:00 UT", at(1_546_300_800, 0)),
        ("Tue, 17 Dec 2019 00:48:18 +0100", at(1_576_540_098, 0)),
        ("Mon, 16 Dec 2019 15:48:18 PST", at(1_576_540_098, 0)),
        ("Sat, 31 Dec 2016 23:59:60 GMT", at(1_483_228_799, 0)),
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
        ("1.398796238123E9", at(1_398_796_238, 123_000_000)),
        ("-1.5E0", at(-2, 500_000_000)),
        ("1398796238123456789E-9", at(1_398_796_238, 123_456_789)),
        ("1e-10", at(0, 0)),
        ("-0.0", at(0, 0)),
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
        "1.",
        "+1",
        "1e",
        "1e5.5",
        "1e99999999999999999999",
        "yesterday",
        "2019-02-29T00:00:00Z",
        "1900-02-29",
        "2019-12-16T24:00:00Z",
        "2019-12-16T23:60:00Z",
        "2019-12-16T23:48:60Z",
        "2019-12-16T23:48:61Z",
        "2019-12-16T23:48:18+24:00",
        "2019-12-16T23:48:18+01:",
        "2019-12-16T23:48:18ZZ",
        "2019-12-16T23:48:18 BST",
        "2019-12-16T",
        "2019-1216",
        "2019-12",
        "19-12-16",
        "10000-01-01T00:00:00Z",
        "2019-12-16T23:48:1８Z",
        "Mon, 16 Dec 019 23:48:18 GMT",
        "Mon, 16 Dec 2019 23:48:18",
        "Mon, 16-Dec 2019 23:48:18 GMT",
        "Mon, 32 Dec 2019 23:48:18 GMT",
        "Mon, 0 Dec 2019 23:48:18 GMT",
        "Moonday, 16 Dec 2019 23:48:18 GMT",
        "Mo, 16 Dec 2019 23:48:18 GMT",
        "Sun Nov  6 08:49:37 94",
        "Sun",
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
            at(-62_167_219_200, 0),
            "0000-01-01T00:00:00Z",
            "Sat, 01 Jan 0000 00:00:00 GMT",
            "-62167219200",
        ),
        (
            at(END, 999_000_000),
            "9999-12-31T23:59:59.999Z",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "253402300799.999",
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
    for far in [i64::MIN, i64::MAX, -62_167_219_201, END + 1] {
        let time = at(far, 0);
        assert_eq!((time.format(DateTime), time.format(HttpDate)), (None, None));
        assert_eq!(time.to_string(), far.to_string());
    }
}

proptest! {
    #![proptest_config(tinsmith_tests::fuzz::config())]

    #[test]
    fn dates_are_those_of_the_time_crate(seconds in -62_167_219_200..=END, nanos in 0_u32..1_000_000_000) {
        let ours = at(seconds, nanos);
        let theirs = OffsetDateTime::from_unix_timestamp(seconds).unwrap().replace_nanosecond(nanos).unwrap();
        let text = ours.format(TimestampFormat::DateTime).unwrap();
        prop_assert_eq!(&text, &theirs.format(&Rfc3339).unwrap());
        prop_assert_eq!(OffsetDateTime::parse(&text, &Rfc3339).unwrap(), theirs);
        let weekday = theirs.weekday().to_string();
        let http_date = ours.format(TimestampFormat::HttpDate).unwrap();
        prop_assert!(http_date.starts_with(&weekday[..3]), "{} is a {}", http_date, weekday);
    }

    #[test]
    fn http_dates_are_those_of_the_httpdate_crate(seconds in 0..=END) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.unsigned_abs());
        let text = at(seconds, 0).format(TimestampFormat::HttpDate).unwrap();
        prop_assert_eq!(&text, &httpdate::fmt_http_date(time));
        prop_assert_eq!(text.parse(), Ok(at(seconds, 0)));
    }

    #[test]
    fn each_form_is_read_as_it_is_written(seconds in any::<i64>(), near in -62_167_219_200..=END, nanos in 0_u32..1_000_000_000) {
        for time in [at(seconds, nanos), at(near, nanos)] {
            let epoch = time.format(TimestampFormat::EpochSeconds).unwrap();
            prop_assert_eq!(epoch.parse(), Ok(time), "{}", epoch);
            prop_assert_eq!(time.to_string().parse(), Ok(time));
        }
    }

    #[test]
    fn an_offset_moves_the_hands_and_not_the_moment(seconds in -62_167_132_800..=253_402_214_399_i64, minutes in -1439_i64..=1439) {
        let there = at(seconds + minutes * 60, 0).to_string();
        let (sign, ahead) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
        let text = format!("{}{sign}{:02}:{:02}", there.trim_end_matches('Z'), ahead / 60, ahead % 60);
        prop_assert_eq!(text.parse(), Ok(at(seconds, 0)), "{}", text);
    }
}

#[test]
fn order_is_that_of_time() {
    assert!(at(-1, 999_999_999) < at(0, 0) && at(0, 0) < at(0, 1) && at(0, 1) < at(1, 0));
    assert_eq!(Timestamp::new(0, 1_000_000_000), None);
}

#[test]
fn the_systems_time_converts_both_ways() {
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

#[test]
fn jiff_converts_both_ways() {
    for time in [at(1_576_540_098, 5), at(-1, 500_000_000)] {
        let theirs = jiff::Timestamp::try_from(time).unwrap();
        assert_eq!(
            (theirs.to_string(), Timestamp::from(theirs)),
            (time.to_string(), time)
        );
    }
    assert!(jiff::Timestamp::try_from(at(i64::MAX, 0)).is_err());
}

#[test]
fn chrono_converts_both_ways() {
    for time in [at(1_576_540_098, 5), at(-1, 500_000_000)] {
        let theirs = chrono::DateTime::<chrono::Utc>::try_from(time).unwrap();
        assert_eq!(
            (theirs.timestamp(), Timestamp::from(theirs)),
            (time.seconds(), time)
        );
    }
    assert!(chrono::DateTime::<chrono::Utc>::try_from(at(i64::MAX, 0)).is_err());
}

#[test]
fn time_converts_both_ways() {
    for time in [at(1_576_540_098, 5), at(-1, 500_000_000)] {
        let theirs = time::OffsetDateTime::try_from(time).unwrap();
        assert_eq!(
            (theirs.unix_timestamp(), Timestamp::from(theirs)),
            (time.seconds(), time)
        );
    }
    assert!(time::OffsetDateTime::try_from(at(i64::MAX, 0)).is_err());
}
