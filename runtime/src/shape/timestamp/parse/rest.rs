//! The rest of a date that is being parsed, and the parts that both kinds of dates have.

use super::super::calendar::Civil;
use super::super::{NANOS_PER_SECOND, Timestamp};

/// The rest of a text. Each method takes what its name says from the front, or leaves the rest unchanged.
pub(super) struct Rest<'a>(pub(super) &'a [u8]);

impl<'a> Rest<'a> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One of these characters.
    pub(super) fn one_of(&mut self, characters: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        characters.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    /// All spaces and tabs at the front.
    pub(super) fn blanks(&mut self) -> Option<()> {
        self.run(|byte| matches!(byte, b' ' | b'\t')).map(drop)
    }

    /// All letters at the front.
    pub(super) fn word(&mut self) -> Option<&'a [u8]> {
        self.run(u8::is_ascii_alphabetic)
    }

    /// Exactly `count` digits, and their value. More digits may follow.
    pub(super) fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let number = digits.iter().try_fold(0, |number, digit| {
            digit
                .is_ascii_digit()
                .then(|| number * 10 + i64::from(digit - b'0'))
        })?;
        self.0 = rest;
        Some(number)
    }

    /// Up to `most` digits, after which there are no more; their value and their number.
    pub(super) fn number(&mut self, most: usize) -> Option<(i64, usize)> {
        let count = self
            .0
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if !(1..=most).contains(&count) {
            return None;
        }
        Some((self.digits(count)?, count))
    }

    /// A decimal mark and digits, as nanoseconds; zero if there are none.
    pub(super) fn fraction(&mut self, marks: &[u8]) -> Option<u32> {
        if self.one_of(marks).is_none() {
            return Some(0);
        }
        let digits = self.run(u8::is_ascii_digit)?;
        let digits = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
        Some(digits.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')))
    }

    /// `+01:00`, `-0100` or `+01`, in seconds.
    pub(super) fn offset(&mut self) -> Option<i64> {
        let sign = match self.one_of(b"+-")? {
            b'-' => -1,
            _ => 1,
        };
        let hours = self.digits(2)?;
        let colon = self.one_of(b":").is_some();
        let minutes = match self.digits(2) {
            None if colon => return None,
            minutes => minutes.unwrap_or_default(),
        };
        (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
    }

    fn run(&mut self, belongs: impl Fn(&u8) -> bool) -> Option<&'a [u8]> {
        let length = self.0.iter().take_while(|byte| belongs(byte)).count();
        let (run, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        (!run.is_empty()).then_some(run)
    }
}

/// A zone by its name: the difference to UTC in seconds.
pub(super) fn zone(name: &[u8]) -> Option<i64> {
    // The last ones are from RFC 5322, section 4.3.
    const ZONES: [(&[u8], i64); 12] = [
        (b"GMT", 0),
        (b"UTC", 0),
        (b"UT", 0),
        (b"Z", 0),
        (b"EST", -5),
        (b"EDT", -4),
        (b"CST", -6),
        (b"CDT", -5),
        (b"MST", -7),
        (b"MDT", -6),
        (b"PST", -8),
        (b"PDT", -7),
    ];
    let mut zones = ZONES.iter();
    let zone = zones.find(|(zone, _)| zone.eq_ignore_ascii_case(name));
    zone.map(|(_, hours)| hours * 3600)
}

/// The point in time of a date and time of day that are `offset` seconds ahead of UTC.
pub(super) fn moment(mut civil: Civil, nanos: u32, offset: i64) -> Option<Timestamp> {
    debug_assert!(nanos < NANOS_PER_SECOND);
    // A leap second, which must end at midnight UTC. It becomes the second before it.
    let is_leap_second = civil.second == 60;
    if is_leap_second {
        civil.second = 59;
    }
    let seconds = civil.seconds()?.checked_sub(offset)?;
    if is_leap_second && (seconds + 1).rem_euclid(86_400) != 0 {
        return None;
    }
    Timestamp::new(seconds, nanos)
}
