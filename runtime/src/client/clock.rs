//! The offsets of services' clocks. A signature is valid for some minutes around its date; where a service refuses one
//! and its own clock shows another time, later requests to it are dated by its clock.

use http::header::{AGE, DATE, HeaderMap};
use http::uri::Authority;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use crate::shape::Timestamp;

/// The codes of errors whose reason may be the date. Some have other reasons more often, so the clocks are compared.
const CODES: [&str; 7] = [
    "AccessDeniedException",
    "AuthFailure",
    "InvalidSignatureException",
    "RequestExpired",
    "RequestInTheFuture",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

/// The smallest difference, in seconds, that is taken as the reason for an error. Services allow five minutes or more,
/// and their `Date` takes some time to arrive.
const TOLERATED: u64 = 4 * 60;

/// The years in which a service's clock is believed, in seconds since 1970: from 2014 up to 2100.
const PLAUSIBLE: std::ops::Range<i64> = 1_388_534_400..4_102_444_800;

/// The largest number of services whose offsets are kept; one client calls hosts of one service.
const MAX_HOSTS: usize = 32;

/// The clocks of the services at a client's endpoints, where they differ from ours.
#[derive(Default)]
pub(super) struct Clocks(Mutex<VecDeque<(Authority, Offset)>>);

/// The number of seconds to add to our clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Offset(i64);

impl Offset {
    /// The time by the service's clock when ours shows `now`.
    pub(crate) fn shift(self, now: SystemTime) -> SystemTime {
        let by = Duration::from_secs(self.0.unsigned_abs());
        let shifted = if self.0 < 0 {
            now.checked_sub(by)
        } else {
            now.checked_add(by)
        };
        shifted.unwrap_or(now)
    }
}

impl Clocks {
    fn offsets(&self) -> MutexGuard<'_, VecDeque<(Authority, Offset)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The offset of a service's clock, as far as it is known.
    pub(super) fn offset(&self, host: Option<&Authority>) -> Offset {
        let offsets = self.offsets();
        let found = offsets.iter().find(|(other, _)| Some(other) == host);
        found.map_or(Offset::default(), |(_, offset)| *offset)
    }

    /// Decides from a service's error whether the date of a request, which was `signed_at` by the known clock of the
    /// service, may be the reason. `arrived`: when the error arrived, by our clock.
    pub(super) fn correct(
        &self,
        host: Option<&Authority>,
        code: Option<&str>,
        headers: &HeaderMap,
        signed_at: SystemTime,
        arrived: SystemTime,
    ) -> bool {
        let (Some(host), Some(code)) = (host, code) else {
            return false;
        };
        let date = date(headers);
        let (Some(date), true) = (date, CODES.contains(&code)) else {
            return false;
        };
        let (Some(signed_at), Some(arrived)) = (seconds(signed_at), seconds(arrived)) else {
            return false;
        };
        if date.abs_diff(signed_at) <= TOLERATED {
            return false;
        }
        let mut offsets = self.offsets();
        offsets.retain(|(other, _)| other != host);
        if date.abs_diff(arrived) > TOLERATED {
            offsets.truncate(MAX_HOSTS - 1);
            offsets.push_front((host.clone(), Offset(date.saturating_sub(arrived))));
        }
        true
    }
}

/// The date of a response; none if there are several, if no clock would show it, or if the response comes from a cache.
fn date(headers: &HeaderMap) -> Option<i64> {
    let mut dates = headers.get_all(DATE).iter();
    let (Some(date), None, None) = (dates.next(), dates.next(), headers.get(AGE)) else {
        return None;
    };
    // In the format of HTTP (RFC 9110, section 5.6.7): timestamps have other formats as well.
    let text = date.to_str().ok()?;
    let is_http = text.len() == "Sun, 06 Nov 1994 08:49:37 GMT".len() && text.ends_with(" GMT");
    let date: Timestamp = text.parse().ok().filter(|_| is_http)?;
    Some(date.seconds()).filter(|date| PLAUSIBLE.contains(date))
}

fn seconds(time: SystemTime) -> Option<i64> {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).ok(),
        Err(before) => i64::try_from(before.duration().as_secs())
            .ok()
            .map(|seconds| -seconds),
    }
}
