//! The rules of retries: no I/O, no clock; tables of what is decided.

use crate::support::SERVICE;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::time::Duration;
use tinsmith_runtime::RetryKind::{self, Throttling, Transient};
use tinsmith_runtime::RetryRules::{self, V2_0, V2_1};
use tinsmith_runtime::ServiceRetries;
use tinsmith_runtime::retry::RetryReason::{self, Timeout};
use tinsmith_runtime::retry::{RateLimiter, RetryQuota, classify, retry_after};

#[test]
fn what_is_retried_and_why() {
    let cases: &[(u16, &str, Option<RetryKind>)] = &[
        (500, "", Some(Transient)),
        (501, "", None),
        (502, "", Some(Transient)),
        (503, "InternalError", Some(Transient)),
        (504, "", Some(Transient)),
        (505, "", None),
        (400, "", None),
        (400, "ValidationException", None),
        (403, "AccessDenied", None),
        (404, "", None),
        (301, "", None),
        (400, "RequestTimeout", Some(Transient)),
        (400, "RequestTimeoutException", Some(Transient)),
        (400, "PriorRequestNotComplete", Some(Transient)),
        (400, "Throttling", Some(Throttling)),
        (400, "ThrottlingException", Some(Throttling)),
        (400, "ThrottledException", Some(Throttling)),
        (400, "RequestThrottledException", Some(Throttling)),
        (400, "TooManyRequestsException", Some(Throttling)),
        (
            400,
            "ProvisionedThroughputExceededException",
            Some(Throttling),
        ),
        (400, "TransactionInProgressException", Some(Throttling)),
        (400, "RequestLimitExceeded", Some(Throttling)),
        (400, "BandwidthLimitExceeded", Some(Throttling)),
        (400, "LimitExceededException", Some(Throttling)),
        (400, "RequestThrottled", Some(Throttling)),
        (400, "SlowDown", Some(Throttling)),
        (400, "EC2ThrottledException", Some(Throttling)),
        (503, "SlowDown", Some(Throttling)),
        (429, "", Some(Throttling)),
        (429, "CallRateLimitExceededException", Some(Throttling)),
        // Marked `retryable` in the service's model.
        (400, "OvenColdException", Some(Transient)),
        (400, "TooHotException", Some(Throttling)),
    ];
    for &(status, code, expected) in cases {
        let code = Some(code).filter(|code| !code.is_empty());
        let status = StatusCode::from_u16(status).unwrap();
        assert_eq!(
            classify(SERVICE.retryable, status, code, true),
            expected,
            "{status} {code:?}"
        );
        if status != 429 {
            assert_eq!(
                classify(SERVICE.retryable, status, code, false),
                expected,
                "{status} {code:?} without 429"
            );
        }
    }
    let plain_429 = classify(
        SERVICE.retryable,
        StatusCode::TOO_MANY_REQUESTS,
        Some("CallRateLimitExceededException"),
        false,
    );
    assert_eq!(plain_429, None);
}

#[test]
fn the_wait_doubles_up_to_twenty_seconds_with_full_jitter_and_follows_the_service_within_five() {
    let ms = Duration::from_millis;
    for (attempt, random, asked, expected) in [
        (1, 0.0, None, 0),
        (1, 1.0, None, 1000),
        (1, 0.25, None, 250),
        (2, 1.0, None, 2000),
        (3, 0.5, None, 2000),
        (5, 1.0, None, 16_000),
        (6, 1.0, None, 20_000),
        (40, 1.0, None, 20_000),
        (u32::MAX, 1.0, None, 20_000),
        (1, 0.5, Some(100), 500),
        (1, 0.5, Some(1500), 1500),
        (1, 0.5, Some(60_000), 5500),
    ] {
        assert_eq!(
            V2_0.backoff(
                &SOONER,
                RetryReason::Transient,
                attempt,
                random,
                asked.map(ms)
            ),
            ms(expected),
            "{attempt} {random} {asked:?}"
        );
    }
}

#[test]
fn the_rules_of_2026_wait_less_unless_the_service_throttles() {
    let ms = Duration::from_millis;
    for (reason, attempt, random, asked, expected) in [
        (RetryReason::Transient, 1, 1.0, None, 50),
        (RetryReason::Transient, 2, 1.0, None, 100),
        (RetryReason::Transient, 3, 0.5, None, 100),
        (RetryReason::Transient, 9, 1.0, None, 12_800),
        (RetryReason::Transient, 10, 1.0, None, 20_000),
        (RetryReason::Transient, u32::MAX, 1.0, None, 20_000),
        (Timeout, 1, 1.0, None, 50),
        (RetryReason::Throttling, 1, 1.0, None, 1000),
        (RetryReason::Throttling, 2, 0.5, None, 1000),
        (RetryReason::Throttling, 6, 1.0, None, 20_000),
        (RetryReason::Transient, 1, 1.0, Some(10), 50),
        (RetryReason::Transient, 1, 1.0, Some(1500), 1500),
        (RetryReason::Transient, 1, 1.0, Some(60_000), 5050),
    ] {
        assert_eq!(
            V2_1.backoff(
                &ServiceRetries::DEFAULT,
                reason,
                attempt,
                random,
                asked.map(ms)
            ),
            ms(expected),
            "{reason:?} {attempt} {random} {asked:?}"
        );
    }
}

/// A service with retries of its own.
const SOONER: ServiceRetries = ServiceRetries {
    max_attempts: 4,
    first_wait: Duration::from_millis(25),
};

#[test]
fn by_the_rules_of_2026_a_service_may_have_a_first_wait_and_attempts_of_its_own() {
    let ms = Duration::from_millis;
    for (reason, attempt, random, asked, expected) in [
        (RetryReason::Transient, 1, 1.0, None, 25),
        (Timeout, 2, 1.0, None, 50),
        (RetryReason::Transient, 3, 0.5, None, 50),
        (RetryReason::Transient, 11, 1.0, None, 20_000),
        (RetryReason::Throttling, 1, 1.0, None, 1000),
        (RetryReason::Throttling, 3, 1.0, None, 4000),
        (RetryReason::Transient, 1, 1.0, Some(60_000), 5025),
    ] {
        assert_eq!(
            V2_1.backoff(&SOONER, reason, attempt, random, asked.map(ms)),
            ms(expected),
            "{reason:?} {attempt} {random} {asked:?}"
        );
    }
    assert_eq!(V2_1.max_attempts(&SOONER), 4);
    assert_eq!(V2_1.max_attempts(&ServiceRetries::DEFAULT), 3);
    assert_eq!(V2_0.max_attempts(&SOONER), 3);
}

#[test]
fn what_a_retry_costs() {
    let costs = |rules: RetryRules| {
        [RetryReason::Transient, Timeout, RetryReason::Throttling].map(|reason| rules.cost(reason))
    };
    assert_eq!(costs(V2_0), [5, 10, 5]);
    assert_eq!(costs(V2_1), [14, 14, 5]);
}

#[test]
fn a_response_may_ask_for_a_wait_in_two_headers() {
    let headers = |pairs: &[(&'static str, &'static str)]| {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)));
        retry_after(&pairs.collect::<HeaderMap>())
    };
    assert_eq!(headers(&[]), None);
    assert_eq!(
        headers(&[("x-amz-retry-after", "1500")]),
        Some(Duration::from_millis(1500))
    );
    assert_eq!(
        headers(&[("retry-after", "3")]),
        Some(Duration::from_secs(3))
    );
    assert_eq!(
        headers(&[("x-amz-retry-after", "10"), ("retry-after", "3")]),
        Some(Duration::from_millis(10))
    );
    assert_eq!(
        headers(&[("retry-after", "Fri, 31 Dec 1999 23:59:59 GMT")]),
        None
    );
    assert_eq!(
        headers(&[("x-amz-retry-after", "-5"), ("retry-after", "3")]),
        Some(Duration::from_secs(3))
    );
}

#[test]
fn the_quota_lasts_for_a_hundred_retries_and_comes_back_with_success() {
    let mut quota = RetryQuota::new();
    assert_eq!((0..).take_while(|_| quota.take(5)).count(), 100);
    assert_eq!(quota.left(), 0);
    quota.succeed(0);
    assert_eq!(quota.left(), 1, "a call without retries gives back 1");
    quota.succeed(5);
    assert_eq!(
        quota.left(),
        6,
        "and one with retries what the last of them took"
    );
    assert!(!quota.take(10), "after a timeout it takes 10");
    assert_eq!(quota.left(), 6, "what cannot be taken whole is not taken");
    assert!(quota.take(5));
    for _ in 0..200 {
        quota.succeed(10);
    }
    assert_eq!(quota.left(), 500, "never more than it began with");
}

/// Sends at `rate` a second from `from` to `to` seconds, all with success.
fn steady(limiter: &mut RateLimiter, rate: u32, from: u32, to: u32) {
    for tick in from * rate..to * rate {
        limiter.record(Duration::from_secs(1) * tick / rate, false);
    }
}

fn rate(limiter: &RateLimiter) -> f64 {
    limiter.rate().unwrap()
}

#[test]
fn the_rate_limiter_is_off_until_the_first_throttle_and_then_at_seven_tenths() {
    let mut limiter = RateLimiter::new();
    steady(&mut limiter, 10, 0, 10);
    assert_eq!(limiter.rate(), None);
    assert!((0..1000).all(|_| limiter.acquire(Duration::from_secs(10)).is_none()));
    limiter.record(Duration::from_secs(10), true);
    assert!((rate(&limiter) - 7.0).abs() < 0.4, "{}", rate(&limiter));
}

#[test]
fn the_limited_rate_grows_along_the_cubic_curve_to_at_most_twice_the_measured_rate() {
    let mut limiter = RateLimiter::new();
    steady(&mut limiter, 10, 0, 10);
    limiter.record(Duration::from_secs(10), true);
    let max = rate(&limiter) / 0.7;
    let back = (max * 0.3 / 0.4).cbrt();
    for second in 10..16 {
        steady(&mut limiter, 10, second, second + 1);
        let at = f64::from(second) + 0.9 - 10.0;
        let curve = 0.4 * (at - back).powi(3) + max;
        assert!(
            (rate(&limiter) - curve.min(20.0)).abs() < 0.5,
            "{second}: {} {curve}",
            rate(&limiter)
        );
    }
    steady(&mut limiter, 10, 16, 30);
    assert!((rate(&limiter) - 20.0).abs() < 0.1, "{}", rate(&limiter));
}

#[test]
fn the_limited_rate_never_falls_below_one_request_in_two_seconds() {
    let mut limiter = RateLimiter::new();
    for second in 0..20 {
        limiter.record(Duration::from_secs(second), true);
        assert!(rate(&limiter) >= 0.5);
    }
    assert_eq!(rate(&limiter), 0.5);
    // One token at most, and two seconds for the next.
    let mut now = Duration::from_secs(60);
    assert_eq!(limiter.acquire(now), None);
    let wait = limiter.acquire(now).unwrap();
    assert!(
        wait > Duration::from_millis(1990) && wait < Duration::from_millis(2010),
        "{wait:?}"
    );
    now += wait;
    assert_eq!(limiter.acquire(now), None);
}
