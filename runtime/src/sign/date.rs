//! The date of a signature.

use crate::shape::Timestamp;
use std::time::SystemTime;

/// A date in whole seconds, as signatures have it.
pub(super) struct SigningDate(String);

impl SigningDate {
    /// `None` outside the years 1970 to 9999.
    pub(super) fn new(at: SystemTime) -> Option<Self> {
        let since = at.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let seconds = i64::try_from(since.as_secs()).ok()?;
        Self::of(Timestamp::from_seconds(seconds))
    }

    /// `None` outside the years 0000 to 9999.
    pub(super) fn of(time: Timestamp) -> Option<Self> {
        time.basic_date_time().map(Self)
    }

    /// Such as `20150830T123600Z`.
    pub(super) fn time(&self) -> &str {
        &self.0
    }

    /// Such as `20150830`.
    pub(super) fn day(&self) -> &str {
        self.0.split('T').next().unwrap_or_default()
    }
}
