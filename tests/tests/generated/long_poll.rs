//! An operation whose service holds its answers back is waited for as long as its model says, unless the configuration
//! sets a limit.

use golden_newer_traits::{Client, Config, Credentials};
use std::time::Duration;
use tinsmith_runtime::{Body, BoxFuture, ConfigBuilder, HttpClient, HttpError, SendOptions};
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
