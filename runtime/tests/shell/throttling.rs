//! The adaptive mode in a client: after a throttle all its calls slow down. Time is tokio's paused clock.

use crate::support::{client_with, get_tin};
use std::time::Duration;
use tinsmith_runtime::RetryMode;
use tinsmith_runtime::replay::ReplayClient;
use tokio::time::Instant;

/// When ten calls ended that follow one which was throttled, counted from that one.
async fn ten_calls_after_a_throttle(mode: RetryMode) -> Vec<Duration> {
    let mut replay = ReplayClient::new().json(429, r#"{"__type": "ThrottlingException"}"#);
    for _ in 0..10 {
        replay = replay.json(200, "{}");
    }
    let client = client_with(&replay, |config| config.retry_mode(mode).max_attempts(1));
    assert!(get_tin(&client).await.unwrap_err().is_throttling());
    let start = Instant::now();
    let mut times = Vec::new();
    for _ in 0..10 {
        get_tin(&client.clone()).await.unwrap();
        times.push(start.elapsed());
    }
    assert_eq!(replay.remaining(), 0);
    times
}

#[tokio::test(start_paused = true)]
async fn standard_mode_does_not_hold_calls_back() {
    let times = ten_calls_after_a_throttle(RetryMode::Standard).await;
    assert_eq!(times, [Duration::ZERO; 10]);
}

#[tokio::test(start_paused = true)]
async fn adaptive_mode_holds_calls_back_after_a_throttle_and_lets_go_by_and_by() {
    let times = ten_calls_after_a_throttle(RetryMode::Adaptive).await;
    assert_eq!(
        times[0].as_secs(),
        2,
        "the first at the lowest rate, one in two seconds: {times:?}"
    );
    let waits: Vec<_> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(
        waits
            .iter()
            .all(|wait| !wait.is_zero() && *wait < Duration::from_secs(2)),
        "{waits:?}"
    );
    assert!(waits[8] < waits[0], "{waits:?}");
}
