//! Seconds since 1970 as a date and a time of day, and back: the years 0000 to 9999 of the Gregorian calendar, with a
//! precision of a second. This is written here because no small library covers all these years.

/// Days from the first of the year 0000 to that of 1970.
const DAYS_TO_1970: i64 = 719_528;
/// Days from the first of the year 0000 to that of 10000.
const DAYS_IN_CALENDAR: i64 = 3_652_425;
const SECONDS_PER_DAY: i64 = 86_400;
/// The calendar repeats after this many days, which are 400 years.
const DAYS_PER_CYCLE: i64 = 146_097;
/// The number of days in a year before each month, without the leap day.
const DAYS_BEFORE_MONTH: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// A day and a time of day in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Civil {
    /// 0 to 9999.
    pub(super) year: i64,
    /// 1 to 12.
    pub(super) month: i64,
    /// 1 to 31.
    pub(super) day: i64,
    /// 0 to 23.
    pub(super) hour: i64,
    /// 0 to 59.
    pub(super) minute: i64,
    /// 0 to 59.
    pub(super) second: i64,
}

impl Civil {
    /// The date of a second; `None` outside the calendar.
    pub(super) fn of(seconds: i64) -> Option<Self> {
        let days = seconds
            .div_euclid(SECONDS_PER_DAY)
            .checked_add(DAYS_TO_1970)?;
        if !(0..DAYS_IN_CALENDAR).contains(&days) {
            return None;
        }
        // The average length of a year gives the year or one next to it.
        let near = days * 400 / DAYS_PER_CYCLE;
        let year = [near + 1, near, near - 1]
            .into_iter()
            .find(|year| days_before(*year) <= days)?;
        let day_of_year = days - days_before(year);
        let month = (1..=12).rev().find(|month| {
            days_before_month(year, *month).is_some_and(|days| days <= day_of_year)
        })?;
        let second = seconds.rem_euclid(SECONDS_PER_DAY);
        Some(Self {
            year,
            month,
            day: day_of_year - days_before_month(year, month)? + 1,
            hour: second / 3600,
            minute: second / 60 % 60,
            second: second % 60,
        })
    }

    /// Seconds since 1970; `None` if there is no such date or time of day.
    pub(super) fn seconds(self) -> Option<i64> {
        let Self {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = self;
        let is_time =
            (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
        if !(0..=9999).contains(&year) || !is_time {
            return None;
        }
        let before = days_before_month(year, month)?;
        let after = days_before_month(year, month + 1).unwrap_or(365 + i64::from(is_leap(year)));
        if !(1..=after - before).contains(&day) {
            return None;
        }
        let days = days_before(year) + before + day - 1 - DAYS_TO_1970;
        Some(days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second)
    }
}

/// The day of the week of a second, 0 for Sunday.
pub(super) fn weekday(seconds: i64) -> usize {
    const FIRST_OF_1970: i64 = 4;
    let days = seconds.div_euclid(SECONDS_PER_DAY).rem_euclid(7);
    usize::try_from((days + FIRST_OF_1970) % 7).unwrap_or_default()
}

/// Days from the first of the year 0000 to that of a year that is not before it.
const fn days_before(year: i64) -> i64 {
    // One leap day for each leap year before it, the year 0000 included.
    365 * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400
}

fn days_before_month(year: i64, month: i64) -> Option<i64> {
    let index = usize::try_from(month.checked_sub(1)?).ok()?;
    let leap_day = i64::from(month > 2 && is_leap(year));
    Some(DAYS_BEFORE_MONTH.get(index)? + leap_day)
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a panic is how a test fails
mod tests {
    use super::{Civil, SECONDS_PER_DAY, weekday};

    /// The first and the last second of each month of ten thousand years, compared with a count by hand.
    #[test]
    fn each_month_of_the_calendar_converts_both_ways() {
        let mut seconds = -62_167_219_200;
        // The first of January of the year 0000 was a Saturday.
        let mut days_since_sunday = 6;
        for year in 0..=9999 {
            let is_leap = if year % 100 == 0 {
                year % 400 == 0
            } else {
                year % 4 == 0
            };
            let february = if is_leap { 29 } else { 28 };
            for (month, days) in (1..).zip([31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
                let first = Civil {
                    year,
                    month,
                    day: 1,
                    hour: 0,
                    minute: 0,
                    second: 0,
                };
                let last = Civil {
                    day: days,
                    hour: 23,
                    minute: 59,
                    second: 59,
                    ..first
                };
                let none = Civil {
                    day: days + 1,
                    ..first
                };
                assert_eq!(weekday(seconds), days_since_sunday % 7, "{first:?}");
                days_since_sunday += usize::try_from(days).unwrap();
                for (civil, seconds) in [
                    (first, seconds),
                    (last, seconds + days * SECONDS_PER_DAY - 1),
                ] {
                    assert_eq!(civil.seconds(), Some(seconds), "{civil:?}");
                    assert_eq!(Civil::of(seconds), Some(civil), "{civil:?}");
                }
                assert_eq!(none.seconds(), None, "{none:?}");
                seconds += days * SECONDS_PER_DAY;
            }
        }
        assert_eq!(seconds, 253_402_300_800);
        for outside in [i64::MIN, -62_167_219_201, 253_402_300_800, i64::MAX] {
            assert_eq!(Civil::of(outside), None);
        }
    }

    #[test]
    fn what_no_calendar_has_is_none() {
        let right = Civil {
            year: 2024,
            month: 2,
            day: 29,
            hour: 23,
            minute: 59,
            second: 59,
        };
        assert!(right.seconds().is_some());
        for wrong in [
            Civil {
                year: 10_000,
                ..right
            },
            Civil { year: -4, ..right },
            Civil { month: 0, ..right },
            Civil { month: 13, ..right },
            Civil { day: 0, ..right },
            Civil { hour: 24, ..right },
            Civil {
                minute: 60,
                ..right
            },
            Civil {
                second: 60,
                ..right
            },
            Civil {
                second: -1,
                ..right
            },
        ] {
            assert_eq!(wrong.seconds(), None, "{wrong:?}");
        }
    }
}
