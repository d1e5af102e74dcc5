//! What a service wants of retries is in its generated crate: DynamoDB's waits are shorter and its attempts more, under the
//! rules of 2026 alone.

use golden_attribute_values::{Client, Config, Credentials};
use std::time::Duration;
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{ConfigBuilder, RetryRules};
use tokio::time::Instant;

/// How many attempts a call makes whose service fails, what its last attempt says of their number, and how long it takes.
async fn failing(set: impl FnOnce(ConfigBuilder) -> ConfigBuilder) -> (usize, String, Duration) {
    let replay = ReplayClient::new();
    let replay = (0..10).fold(replay, |replay, _| replay.json(500, "{}"));
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .http_client(replay.clone());
    let client = Client::new(set(config).build());
    let began = Instant::now();
    assert!(client.put_item().send().await.is_err());
    let requests = replay.requests();
    let last = requests.last().unwrap().headers()["amz-sdk-request"].clone();
    let last = last.to_str().unwrap().to_owned();
    (requests.len(), last, began.elapsed())
}

#[tokio::test(start_paused = true)]
async fn dynamodb_makes_four_attempts_by_the_rules_of_2026_and_waits_from_25_milliseconds() {
    // Long enough for the random waits to show that they are shorter than those from 50 ms, whose sum is up to 350 ms.
    let mut longest = Duration::ZERO;
    for _ in 0..200 {
        let (attempts, last, waited) = failing(|it| it.retry_rules(RetryRules::V2_1)).await;
        assert_eq!((attempts, &*last), (4, "attempt=4; max=4"));
        longest = longest.max(waited);
    }
    // 25 ms, 50 ms and 100 ms at most, each rounded up to the timer's millisecond.
    assert!(longest <= Duration::from_millis(178), "{longest:?}");
    assert!(longest > Duration::from_millis(60), "{longest:?}");
}

#[tokio::test(start_paused = true)]
async fn dynamodb_is_retried_as_all_services_are_by_the_rules_before() {
    let (attempts, last, _) = failing(|it| it).await;
    assert_eq!((attempts, &*last), (3, "attempt=3; max=3"));
    let (attempts, last, _) = failing(|it| it.retry_rules(RetryRules::V2_0)).await;
    assert_eq!((attempts, &*last), (3, "attempt=3; max=3"));
}

#[tokio::test(start_paused = true)]
async fn attempts_that_are_set_count_before_the_services() {
    let set = |it: ConfigBuilder| it.retry_rules(RetryRules::V2_1).max_attempts(2);
    let (attempts, last, _) = failing(set).await;
    assert_eq!((attempts, &*last), (2, "attempt=2; max=2"));
}

#[tokio::test]
async fn what_explains_the_client_says_its_attempts() {
    let config = Config::builder().retry_rules(RetryRules::V2_1).build();
    let text = Client::new(&config).explain().await.to_string();
    assert!(text.contains("\nattempts: 4 (default)\n"), "{text}");
    assert!(
        config
            .explain()
            .to_string()
            .contains("\nattempts: 3 (default)\n")
    );
}
