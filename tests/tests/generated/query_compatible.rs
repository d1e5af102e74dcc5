//! A JSON service that once spoke the query protocol: it is asked for the error codes of that, and tells them in a header.

use golden_query_compatible::{Client, Config, Credentials, Error, ServiceError};
use tinsmith_runtime::replay::ReplayClient;

/// The error of a call that is answered with this, and how often it was sent.
async fn failed(query_error: &str, name: &str) -> (Error, usize) {
    let answer = || {
        http::Response::builder()
            .status(400)
            .header("x-amzn-query-error", query_error)
            .body(format!(r#"{{"__type": "golden#{name}", "message": "no"}}"#))
            .unwrap()
    };
    let replay = ReplayClient::new().response(answer()).response(answer());
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .max_attempts(2)
        .http_client(replay.clone());
    let error = Client::new(config.build()).send().send().await.unwrap_err();
    let requests = replay.requests();
    assert_eq!(requests[0].headers()["x-amzn-query-mode"], "true");
    (error, requests.len())
}

#[tokio::test]
async fn the_header_gives_the_code_and_the_name_tells_exceptions_of_one_code_apart() {
    for name in ["QueueGone", "TopicGone"] {
        let (error, sent) = failed("GoldenQuery.Gone;Sender", name).await;
        assert_eq!(
            (error.code(), error.message(), sent),
            (Some("GoldenQuery.Gone"), Some("no"), 1)
        );
        let found = match error.service_error() {
            Some(ServiceError::QueueGone(e)) => ("QueueGone", e.message.as_deref()),
            Some(ServiceError::TopicGone(e)) => ("TopicGone", e.message.as_deref()),
            _ => ("another", None),
        };
        assert_eq!(found, (name, Some("no")));
    }
}

#[tokio::test]
async fn a_code_is_enough_and_is_retried_as_the_model_says() {
    let (error, sent) = failed("GoldenQuery.OverLimit;Sender", "SomethingNew").await;
    assert!(
        matches!(error.service_error(), Some(ServiceError::OverLimit(_))),
        "{error:?}"
    );
    assert!(error.is_throttling());
    assert_eq!(sent, 2);
}

#[tokio::test]
async fn without_the_header_the_name_is_the_code() {
    let (error, _) = failed("", "Refused").await;
    assert_eq!(error.code(), Some("Refused"));
    assert!(
        matches!(error.service_error(), Some(ServiceError::Refused(_))),
        "{error:?}"
    );
}
