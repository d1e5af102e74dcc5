//! Conversions from and to the points in time of the standard library and of the usual date libraries.

use std::time::{Duration, SystemTime};

use super::{NANOS_PER_SECOND, Timestamp};

impl From<SystemTime> for Timestamp {
    /// A time outside the range of 64 bits of seconds becomes the first or the last one of that range.
    fn from(time: SystemTime) -> Self {
        match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => match i64::try_from(after.as_secs()) {
                Ok(seconds) => Self {
                    seconds,
                    nanos: after.subsec_nanos(),
                },
                Err(_) => Self {
                    seconds: i64::MAX,
                    nanos: NANOS_PER_SECOND - 1,
                },
            },
            Err(error) => {
                let before = error.duration();
                let up = u64::from(before.subsec_nanos() > 0);
                let seconds = 0_i64.checked_sub_unsigned(before.as_secs().saturating_add(up));
                match seconds {
                    Some(seconds) if up == 1 => Self {
                        seconds,
                        nanos: NANOS_PER_SECOND - before.subsec_nanos(),
                    },
                    seconds => Self::from_seconds(seconds.unwrap_or(i64::MIN)),
                }
            }
        }
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampRangeError;

    fn try_from(time: Timestamp) -> Result<Self, Self::Error> {
        let seconds = Duration::from_secs(time.seconds.unsigned_abs());
        let whole = if time.seconds < 0 {
            Self::UNIX_EPOCH.checked_sub(seconds)
        } else {
            Self::UNIX_EPOCH.checked_add(seconds)
        };
        let exact =
            whole.and_then(|whole| whole.checked_add(Duration::from_nanos(time.nanos.into())));
        exact.ok_or(TimestampRangeError(time))
    }
}

/// A point in time that the other type cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimestampRangeError(Timestamp);

impl std::fmt::Display for TimestampRangeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is outside the range of the other type", self.0)
    }
}

impl std::error::Error for TimestampRangeError {}

#[cfg(feature = "jiff")]
mod jiff_conversions {
    use super::{Timestamp, TimestampRangeError};

    impl From<jiff::Timestamp> for Timestamp {
        fn from(time: jiff::Timestamp) -> Self {
            // The library counts nanoseconds towards zero; here they always count forward.
            let nanos = time
                .as_nanosecond()
                .rem_euclid(super::NANOS_PER_SECOND.into());
            let seconds = time
                .as_nanosecond()
                .div_euclid(super::NANOS_PER_SECOND.into());
            Self {
                seconds: i64::try_from(seconds).unwrap_or_else(|_| time.as_second()),
                nanos: u32::try_from(nanos).unwrap_or_default(),
            }
        }
    }

    impl TryFrom<Timestamp> for jiff::Timestamp {
        type Error = TimestampRangeError;

        fn try_from(time: Timestamp) -> Result<Self, Self::Error> {
            let nanos = i32::try_from(time.nanos).map_err(|_| TimestampRangeError(time))?;
            Self::new(time.seconds, nanos).map_err(|_| TimestampRangeError(time))
        }
    }
}

#[cfg(feature = "chrono")]
mod chrono_conversions {
    use super::{NANOS_PER_SECOND, Timestamp, TimestampRangeError};

    impl<Tz: chrono::TimeZone> From<chrono::DateTime<Tz>> for Timestamp {
        /// A leap second becomes the last nanosecond of the second before it.
        fn from(time: chrono::DateTime<Tz>) -> Self {
            let nanos = time.timestamp_subsec_nanos().min(NANOS_PER_SECOND - 1);
            Self {
                seconds: time.timestamp(),
                nanos,
            }
        }
    }

    impl TryFrom<Timestamp> for chrono::DateTime<chrono::Utc> {
        type Error = TimestampRangeError;

        fn try_from(time: Timestamp) -> Result<Self, Self::Error> {
            Self::from_timestamp(time.seconds, time.nanos).ok_or(TimestampRangeError(time))
        }
    }
}

#[cfg(feature = "time")]
mod time_conversions {
    use super::{NANOS_PER_SECOND, Timestamp, TimestampRangeError};

    impl From<time::OffsetDateTime> for Timestamp {
        fn from(time: time::OffsetDateTime) -> Self {
            Self {
                seconds: time.unix_timestamp(),
                nanos: time.nanosecond().min(NANOS_PER_SECOND - 1),
            }
        }
    }

    impl TryFrom<Timestamp> for time::OffsetDateTime {
        type Error = TimestampRangeError;

        fn try_from(time: Timestamp) -> Result<Self, Self::Error> {
            let exact = Self::from_unix_timestamp(time.seconds)
                .and_then(|whole| whole.replace_nanosecond(time.nanos));
            exact.map_err(|_| TimestampRangeError(time))
        }
    }
}
