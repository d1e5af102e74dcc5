//! How calls fail: what is retried, what is not, and what the error says. Waits pass on tokio's paused clock.

use crate::support::{CallError, Silent, client, client_with, get_tin};
use std::time::Duration;
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{Client, ErrorKind, HttpError, HttpErrorKind};
use tokio::time::Instant;

const FORBIDDEN: &str =
    r#"{"__type": "com.tin#ForbiddenException:http://x", "message": "not yours"}"#;

/// The error of a call to which each answer of `replay` is given once, and how many were used.
async fn fail(replay: ReplayClient) -> (CallError, usize) {
    let error = get_tin(&client(&replay)).await.unwrap_err();
    (error, replay.requests().len())
}

#[tokio::test(start_paused = true)]
async fn an_error_of_the_service_is_displayed_in_one_line() {
    let response = http::Response::builder()
        .status(403)
        .header("x-amzn-requestid", "7c3")
        .body(FORBIDDEN)
        .unwrap();
    let (error, sent) = fail(ReplayClient::new().response(response)).await;
    assert_eq!(
        error.to_string(),
        "GetTin: ForbiddenException (403): not yours [request id 7c3, attempt 1 of 3]"
    );
    assert_eq!(
        (error.kind(), error.code(), error.status()),
        (ErrorKind::Service, Some("ForbiddenException"), Some(403))
    );
    assert_eq!(
        (sent, error.attempts(), error.is_throttling()),
        (1, 1, false)
    );
}

#[tokio::test(start_paused = true)]
async fn retries_end_with_the_last_attempts_error() {
    let replay = ReplayClient::new()
        .json(500, "")
        .error(HttpError::new(HttpErrorKind::Timeout, "too slow"))
        .json(429, r#"{"code": "CallRateLimitExceededException"}"#);
    let (error, sent) = fail(replay).await;
    assert_eq!(
        error.to_string(),
        "GetTin: CallRateLimitExceededException (429) [attempt 3 of 3]"
    );
    assert_eq!(
        (sent, error.attempts(), error.is_throttling()),
        (3, 3, true)
    );
}

#[tokio::test(start_paused = true)]
async fn a_429_is_retried_unless_that_is_switched_off() {
    for (retry, expected) in [(true, 3), (false, 1)] {
        let replay = ReplayClient::new()
            .json(429, "")
            .json(429, "")
            .json(429, "");
        let client = client_with(&replay, |config| config.retry_429(retry));
        let error = get_tin(&client).await.unwrap_err();
        assert_eq!((error.attempts(), error.is_throttling()), (expected, true));
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_fails_is_retried_where_that_may_help() {
    for (kind, expected_kind, expected_sent) in [
        (HttpErrorKind::Connect, ErrorKind::Connection, 3),
        (HttpErrorKind::Reset, ErrorKind::Connection, 3),
        (HttpErrorKind::Timeout, ErrorKind::Timeout, 3),
        (HttpErrorKind::TooLarge, ErrorKind::Response, 1),
        (HttpErrorKind::Other, ErrorKind::Connection, 1),
    ] {
        let error = || HttpError::new(kind, "it broke");
        let (error, sent) = fail(
            ReplayClient::new()
                .error(error())
                .error(error())
                .error(error()),
        )
        .await;
        assert_eq!(
            (error.kind(), sent),
            (expected_kind, expected_sent),
            "{kind:?}"
        );
        assert_eq!(
            error.to_string(),
            format!("GetTin: it broke [attempt {sent} of 3]")
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_response_that_cannot_be_read_is_not_asked_for_again() {
    let (error, sent) = fail(ReplayClient::new().json(200, r#"{"size": "#)).await;
    assert_eq!(
        (error.kind(), error.status(), sent),
        (ErrorKind::Response, Some(200), 1)
    );
    let text = error.to_string();
    assert!(
        text.starts_with("GetTin: ") && text.ends_with("[attempt 1 of 3]"),
        "{text}"
    );
}

#[tokio::test(start_paused = true)]
async fn an_error_that_is_no_json_is_judged_by_its_status() {
    let html = "<html><body>Bad Gateway</body></html>";
    let (error, sent) = fail(
        ReplayClient::new()
            .json(502, html)
            .json(502, html)
            .json(502, html),
    )
    .await;
    assert_eq!(
        (error.kind(), error.status(), sent),
        (ErrorKind::Service, Some(502), 3)
    );
}

#[tokio::test(start_paused = true)]
async fn an_empty_quota_ends_the_retries_and_is_reported() {
    let mut replay = ReplayClient::new();
    for _ in 0..102 {
        replay = replay.json(500, "");
    }
    let client = client_with(&replay, |config| {
        config.max_attempts(101).operation_timeout(None)
    });
    let error = get_tin(&client).await.unwrap_err();
    assert_eq!(error.attempts(), 101, "500 are enough for 100 retries");
    let error = get_tin(&client.clone()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GetTin: error without a code (500) [attempt 1 of 101; retry quota empty]",
        "clones share the quota"
    );
}

async fn silence(client: Client) -> (String, u32, Duration) {
    let start = Instant::now();
    let error = get_tin(&client).await.unwrap_err();
    assert!(error.is_timeout());
    (error.to_string(), error.attempts(), start.elapsed())
}

#[tokio::test(start_paused = true)]
async fn a_service_that_stays_silent_costs_a_minute_an_attempt() {
    let (text, attempts, time) = silence(client_with(&ReplayClient::new(), |config| {
        config.http_client(Silent)
    }))
    .await;
    assert_eq!(
        text,
        "GetTin: no complete response from tinshop.eu-west-1.amazonaws.com within 60s (attempt_timeout) [attempt 3 of 3]"
    );
    assert_eq!(attempts, 3);
    assert!(
        time >= Duration::from_secs(180) && time < Duration::from_secs(184),
        "{time:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_ends_with_its_own_limit_and_says_what_was_last() {
    let client = client_with(&ReplayClient::new(), |config| {
        config
            .http_client(Silent)
            .operation_timeout(Duration::from_secs(70))
    });
    let (text, attempts, time) = silence(client).await;
    assert_eq!((attempts, time.as_secs()), (2, 70));
    assert_eq!(
        text,
        "GetTin: not done within 70s (operation_timeout); the last attempt failed: GetTin: no complete response from \
         tinshop.eu-west-1.amazonaws.com within 60s (attempt_timeout) [attempt 2 of 3]"
    );
}

#[tokio::test(start_paused = true)]
async fn limits_can_be_switched_off() {
    let client = client_with(&ReplayClient::new(), |config| {
        config
            .http_client(Silent)
            .attempt_timeout(None)
            .operation_timeout(None)
            .connect_timeout(None)
    });
    let waited = tokio::time::timeout(Duration::from_secs(86_400), get_tin(&client)).await;
    assert!(waited.is_err(), "nothing of ours ended the call");
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_would_use_up_the_time_is_not_begun() {
    let response = http::Response::builder()
        .status(503)
        .header("x-amz-retry-after", "4000")
        .body("")
        .unwrap();
    let replay = ReplayClient::new().response(response);
    let client = client_with(&replay, |config| {
        config.operation_timeout(Duration::from_secs(3))
    });
    let start = Instant::now();
    let error = get_tin(&client).await.unwrap_err();
    assert_eq!(
        (error.status(), error.attempts(), start.elapsed()),
        (Some(503), 1, Duration::ZERO)
    );
}
