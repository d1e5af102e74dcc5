//! Retries: what is retried, how long to wait, and how many retries a client may make. Without a clock, randomness or
//! waiting: times and random numbers are arguments. The rules are those of AWS clients' standard and adaptive modes,
//! and every 429 is a throttle as well.

mod quota;
mod rate_limiter;

pub use quota::RetryQuota;
pub use rate_limiter::RateLimiter;

use http::{HeaderMap, StatusCode};
use std::time::Duration;

/// Why an error is retryable, according to the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryKind {
    /// It may be temporary.
    Transient,
    /// The client must slow down.
    Throttling,
}

/// What a client does when a service throttles it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryMode {
    /// Waits longer between retries, within a quota. The default.
    #[default]
    Standard,
    /// Also limits the rate of all requests of a client after it has been throttled: for long-running bulk work with
    /// one resource. See [`RateLimiter`].
    Adaptive,
}

/// Which rules decide how long a client waits for a retry and what that costs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryRules {
    /// The rules of AWS's clients before 2026: waits from 1 s; a retry costs 5, one after a timeout 10. The default.
    #[default]
    V2_0,
    /// Their rules since then: waits from 50 ms, or from 1 s after a throttle; a retry costs 14, one after a throttle 5. A
    /// long poll also waits before an error that the quota does not allow to be retried. Some services have a shorter first
    /// wait and more attempts of their own: [`ServiceRetries`].
    V2_1,
}

/// What a service wants of retries under [`RetryRules::V2_1`]; the rules before it are the same for all services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceRetries {
    /// The number of attempts of a call, including the first one, unless the configuration has one.
    pub max_attempts: u32,
    /// The longest wait before the first retry, unless the service throttles.
    pub first_wait: Duration,
}

impl ServiceRetries {
    /// What all services want that say nothing else.
    pub const DEFAULT: Self = Self {
        max_attempts: MAX_ATTEMPTS,
        first_wait: Duration::from_millis(50),
    };
}

/// Why an attempt may be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryReason {
    /// An error that may be temporary.
    Transient,
    /// No response came in time.
    Timeout,
    /// The service throttles.
    Throttling,
}

impl From<RetryKind> for RetryReason {
    fn from(kind: RetryKind) -> Self {
        match kind {
            RetryKind::Transient => Self::Transient,
            RetryKind::Throttling => Self::Throttling,
        }
    }
}

impl RetryRules {
    /// The number of attempts of a call, including the first one, if the configuration has none.
    pub fn max_attempts(self, service: &ServiceRetries) -> u32 {
        match self {
            Self::V2_0 => MAX_ATTEMPTS,
            Self::V2_1 => service.max_attempts,
        }
    }

    /// What a retry takes from the quota.
    pub fn cost(self, reason: RetryReason) -> u32 {
        match (self, reason) {
            (Self::V2_0, RetryReason::Timeout) => 10,
            (Self::V2_0, _) | (Self::V2_1, RetryReason::Throttling) => 5,
            (Self::V2_1, RetryReason::Transient | RetryReason::Timeout) => 14,
        }
    }

    /// How long to wait after attempt number `attempt` (1, 2, …): `random` (0..1) times the first wait, twice, four times,
    /// … up to 20 s; or what the service asks for, but not less than that, and at most 5 s more.
    pub fn backoff(
        self,
        service: &ServiceRetries,
        reason: RetryReason,
        attempt: u32,
        random: f64,
        retry_after: Option<Duration>,
    ) -> Duration {
        let first = match (self, reason) {
            (Self::V2_0, _) | (Self::V2_1, RetryReason::Throttling) => Duration::from_secs(1),
            (Self::V2_1, RetryReason::Transient | RetryReason::Timeout) => service.first_wait,
        };
        let doubled = 1u32
            .checked_shl(attempt.saturating_sub(1))
            .unwrap_or(u32::MAX);
        let longest = first.saturating_mul(doubled).min(MAX_BACKOFF);
        let wait = longest.mul_f64(random.clamp(0.0, 1.0));
        retry_after.map_or(wait, |retry_after| {
            retry_after.clamp(wait, wait + MAX_EXTRA)
        })
    }
}

/// The number of attempts of a call under the rules before 2026, and under the later ones if a service has no other.
const MAX_ATTEMPTS: u32 = 3;
/// The longest wait between two attempts, unless the service asks for more.
const MAX_BACKOFF: Duration = Duration::from_secs(20);
/// How much longer a service may make a client wait.
const MAX_EXTRA: Duration = Duration::from_secs(5);

const TRANSIENT: [&str; 3] = [
    "PriorRequestNotComplete",
    "RequestTimeout",
    "RequestTimeoutException",
];
const THROTTLING: [&str; 13] = [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
];

/// Why an error from a service is retried; `None`: it is not. `retry_429` says whether the status 429 is a throttle
/// with any code; `retryable` is from the service's model.
pub fn classify(
    retryable: &[(&str, RetryKind)],
    status: StatusCode,
    code: Option<&str>,
    retry_429: bool,
) -> Option<RetryKind> {
    if let Some(code) = code {
        if THROTTLING.contains(&code) {
            return Some(RetryKind::Throttling);
        }
        if let Some((_, kind)) = retryable.iter().find(|(known, _)| *known == code) {
            return Some(*kind);
        }
    }
    match status.as_u16() {
        429 if retry_429 => Some(RetryKind::Throttling),
        500 | 502 | 503 | 504 => Some(RetryKind::Transient),
        _ if code.is_some_and(|code| TRANSIENT.contains(&code)) => Some(RetryKind::Transient),
        _ => None,
    }
}

/// Whether an error means that temporary credentials are no longer valid: others may be.
pub(crate) fn is_expired_token(code: Option<&str>) -> bool {
    matches!(code, Some("ExpiredToken" | "ExpiredTokenException"))
}

/// The wait that a response asks for: `x-amz-retry-after` in milliseconds, else `retry-after` in seconds. A value that
/// is not a number, such as a date, is ignored.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse().ok();
    match number("x-amz-retry-after") {
        Some(milliseconds) => Some(Duration::from_millis(milliseconds)),
        None => number("retry-after").map(Duration::from_secs),
    }
}
