//! An operation without an output: a success is one whatever its body is.

use golden_waiters::{Client, Config, Credentials};
use tinsmith_runtime::ErrorKind;
use tinsmith_runtime::replay::ReplayClient;

fn client(status: u16, body: &'static str) -> Client {
    let response = http::Response::builder().status(status).body(body).unwrap();
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .endpoint_url("http://127.0.0.1:1")
        .max_attempts(1)
        .http_client(ReplayClient::new().response(response));
    Client::new(config.build())
}

#[tokio::test]
async fn the_body_of_an_operation_without_an_output_is_not_read() {
    for body in ["", "null", "OK", "<html></html>", "{", "[1]", "{\"a\":1}"] {
        let answer = client(200, body).touch().send().await;
        assert!(answer.is_ok(), "{body}: {answer:?}");
    }
    let error = client(500, "OK").touch().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service, "{error}");
}
