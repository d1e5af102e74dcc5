//! An operation whose service holds its answers back is waited for as long as its model says, unless the configuration
//! sets a limit.

use golden_newer_traits::{Client, Config, Credentials};
use std::time::Duration;
use tinsmith_runtime::{
    Body, BoxFuture, ConfigBuilder, HttpClient, HttpError, RetryRules, SendOptions,
};
use tokio::time::Instant;

/// Never answers.
struct Silent;

impl HttpClient for Silent {
    fn send(
        &self,
        _: http::Request<Body>,
        _: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        Box::pin(std::future::pending())
    }
}

/// How long a single attempt waits.
async fn waited(set: impl FnOnce(ConfigBuilder) -> ConfigBuilder) -> Duration {
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .max_attempts(1)
        .http_client(Silent);
    let began = Instant::now();
    let error = Client::new(set(config).build()).r#await().send().await;
    assert!(error.unwrap_err().is_timeout());
    began.elapsed()
}

#[tokio::test(start_paused = true)]
async fn a_long_poll_of_90_seconds_is_waited_for() {
    let waited = waited(|config| config).await;
    assert!((90..120).contains(&waited.as_secs()), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn a_timeout_that_is_set_holds() {
    let limit = Duration::from_secs(5);
    let waited = waited(|config| config.attempt_timeout(limit)).await;
    assert_eq!(waited.as_secs(), 5);
}

/// Answers each request with an error that asks for two seconds of patience.
struct Overloaded;

impl HttpClient for Overloaded {
    fn send(
        &self,
        _: http::Request<Body>,
        _: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        let response = http::Response::builder()
            .status(500)
            .header("x-amz-retry-after", "2000");
        let response = response.body(bytes::Bytes::new().into()).unwrap();
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// How long a call takes once the quota of retries is empty.
async fn waited_without_quota(rules: RetryRules) -> Duration {
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .max_attempts(1000)
        .operation_timeout(None)
        .retry_rules(rules)
        .http_client(Overloaded);
    let client = Client::new(config.build());
    assert!(client.r#await().send().await.is_err());
    let began = Instant::now();
    assert!(client.r#await().send().await.is_err());
    began.elapsed()
}

#[tokio::test(start_paused = true)]
async fn by_the_rules_of_2026_a_long_poll_waits_even_if_no_retry_is_left() {
    assert_eq!(waited_without_quota(RetryRules::V2_1).await.as_secs(), 2);
    assert_eq!(waited_without_quota(RetryRules::V2_0).await.as_secs(), 0);
}
