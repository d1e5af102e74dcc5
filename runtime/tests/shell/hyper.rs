//! The default HTTP client against loopback servers: how connections fail, and that they are kept.

use crate::server::{Server, ok};
use crate::support::{SERVICE, complete, get_tin};
use bytes::Bytes;
use std::time::Duration;
use tinsmith_runtime::{
    Body, Client, ErrorKind, HttpClient, HttpError, HttpErrorKind, HyperClient, SendOptions,
};
use tokio::net::TcpListener;

async fn get(
    client: &HyperClient,
    url: &str,
    options: SendOptions,
) -> Result<http::Response<Body>, HttpError> {
    let request = http::Request::get(url).body(Body::empty()).unwrap();
    client.send(request, &options).await
}

/// The status and the whole body.
async fn get_all(client: &HyperClient, url: &str) -> Result<(u16, Bytes), HttpError> {
    let response = get(client, url, SendOptions::default()).await?;
    let status = response.status().as_u16();
    Ok((status, response.into_body().collect(usize::MAX).await?))
}

async fn fail(url: &str, options: SendOptions) -> (HttpErrorKind, String) {
    let error = get(&HyperClient::new(), url, options).await.unwrap_err();
    assert!(std::error::Error::source(&error).is_some());
    (error.kind(), error.to_string())
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server = Server::start(|number, _| ok(&number.to_string())).await;
    let client = HyperClient::new();
    for expected in ["1", "2", "3"] {
        let response = get_all(&client.clone(), &server.url).await.unwrap();
        assert_eq!(response, (200, expected.into()));
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_port_without_a_listener_is_a_connection_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (kind, text) = fail(&format!("{url}/path?token=SECRET"), SendOptions::default()).await;
    assert_eq!(kind, HttpErrorKind::Connect);
    assert!(
        text.starts_with(&format!("could not connect to {url}: ")),
        "{text}"
    );
    assert!(
        text.to_lowercase().contains("connection refused") && !text.contains("SECRET"),
        "{text}"
    );
}

#[tokio::test]
async fn a_broken_connection_is_distinguished_from_a_broken_body() {
    let silent = Server::start(|_, _| None).await;
    let (kind, text) = fail(&silent.url, SendOptions::default()).await;
    assert_eq!(kind, HttpErrorKind::Reset);
    assert!(
        text.starts_with(&format!(
            "the connection to {} broke before the response",
            silent.url
        )),
        "{text}"
    );

    let cut =
        Server::start(|_, _| Some("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf".to_owned()))
            .await;
    let error = get_all(&HyperClient::new(), &cut.url).await.unwrap_err();
    assert!(std::error::Error::source(&error).is_some());
    let (kind, text) = (error.kind(), error.to_string());
    assert_eq!(kind, HttpErrorKind::Reset);
    assert!(
        text.starts_with(&format!(
            "the connection to {} broke within the response",
            cut.url
        )),
        "{text}"
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read_to_its_end() {
    let server = Server::start(|_, _| ok(r#"{"size": 4}"#)).await;
    let config = || complete().endpoint_url(&server.url);
    let client = Client::new(&SERVICE, config().max_response_bytes(11).build());
    assert_eq!(get_tin(&client).await.unwrap().size, Some(4));

    let client = Client::new(&SERVICE, config().max_response_bytes(10).build());
    let error = get_tin(&client).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "GetTin: the response of {} is larger than the 10 bytes that max_response_bytes allows [attempt 1 of 3]",
            server.url
        )
    );
}

#[tokio::test]
async fn a_tls_handshake_that_stalls_ends_with_the_connect_timeout_of_the_request() {
    // Accepts and never says a word.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let mut options = SendOptions::default();
    options.connect_timeout = Some(Duration::from_millis(50));
    let (kind, text) = fail(&url, options).await;
    assert_eq!(
        (kind, text),
        (
            HttpErrorKind::Timeout,
            format!("could not connect to {url} within 50ms")
        )
    );
}

#[tokio::test]
async fn a_call_outlives_a_cut_connection() {
    let server = Server::start(|number, _| match number {
        1 => Some("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"size\"".to_owned()),
        _ => ok(r#"{"size": 4}"#),
    })
    .await;
    let client = Client::new(&SERVICE, complete().endpoint_url(&server.url).build());
    assert_eq!(get_tin(&client).await.unwrap().size, Some(4));
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert!(requests[0].starts_with("POST /tins/a HTTP/1.1\r\n"));
    let host = server.url.trim_start_matches("http://");
    assert!(
        requests[0].contains(&format!("host: {host}\r\n")),
        "{}",
        requests[0]
    );
}

#[tokio::test]
async fn an_unreachable_host_is_reported_with_the_attempts() {
    let config = complete()
        .endpoint_url("http://127.0.0.1:1")
        .max_attempts(2)
        .build();
    let error = get_tin(&Client::new(&SERVICE, config)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    let text = error.to_string();
    assert!(
        text.starts_with("GetTin: could not connect to http://127.0.0.1:1: "),
        "{text}"
    );
    assert!(text.ends_with("[attempt 2 of 2]"), "{text}");
}
