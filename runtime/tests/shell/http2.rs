//! HTTP/2: streams that are refused or reset, connections that go away, and answers that come early.

use crate::wire::{SOON, Wire};
use bytes::Bytes;
use h2::Reason;
use h2::server::{Connection, SendResponse};
use std::sync::Arc;
use tinsmith_runtime::{Body, HttpClient, HttpError, HttpErrorKind, HyperClient, SendOptions};
use tokio::net::TcpStream;
use tokio::sync::Notify;

type Http2 = Connection<TcpStream, Bytes>;
type Answer = SendResponse<Bytes>;

/// Hands the first request of each connection to `first`; answers all others with their number.
async fn server<S>(first: impl Fn(usize, Http2, Answer) -> S + Send + Sync + 'static) -> Wire
where
    S: Future<Output = Option<Http2>> + Send + 'static,
{
    let first = Arc::new(first);
    Wire::start(move |number, stream| {
        let first = first.clone();
        async move {
            let Ok(mut connection) = h2::server::handshake(stream).await else {
                return;
            };
            let Some(Ok((_, answer))) = connection.accept().await else {
                return;
            };
            let Some(mut connection) = first(number, connection, answer).await else {
                return;
            };
            while let Some(Ok((_, mut answer))) = connection.accept().await {
                respond(&mut answer, "later");
            }
        }
    })
    .await
}

fn respond(answer: &mut Answer, body: &'static str) {
    let mut stream = answer
        .send_response(http::Response::new(()), false)
        .unwrap();
    stream
        .send_data(Bytes::from_static(body.as_bytes()), true)
        .unwrap();
}

/// A body that begins and does not end.
fn endless() -> Body {
    struct Endless(bool);
    impl futures_core::Stream for Endless {
        type Item = Result<Bytes, std::io::Error>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            if std::mem::replace(&mut self.0, true) {
                return std::task::Poll::Pending;
            }
            std::task::Poll::Ready(Some(Ok(Bytes::from_static(b"begun"))))
        }
    }
    Body::from_stream(Endless(false))
}

async fn post(client: &HyperClient, url: &str, body: Body) -> Result<(u16, Bytes), HttpError> {
    let request = http::Request::post(url).body(body).unwrap();
    let mut options = SendOptions::default();
    options.http2 = true;
    let exchange = async {
        let response = client.send(request, &options).await?;
        let status = response.status().as_u16();
        Ok((status, response.into_body().collect(1 << 20).await?))
    };
    tokio::time::timeout(SOON, exchange).await.unwrap()
}

async fn assert_continues(client: &HyperClient, wire: &Wire) {
    let next = post(client, &wire.url, Body::empty()).await.unwrap();
    assert_eq!(next, (200, Bytes::from_static(b"later")));
}

#[tokio::test(flavor = "multi_thread")]
async fn http2_refused_stream_and_resets_before_an_answer_are_retried() {
    for (reason, expected) in [
        (Reason::REFUSED_STREAM, HttpErrorKind::Reset),
        (Reason::CANCEL, HttpErrorKind::Reset),
        (Reason::INTERNAL_ERROR, HttpErrorKind::Reset),
        (Reason::NO_ERROR, HttpErrorKind::Reset),
        (Reason::ENHANCE_YOUR_CALM, HttpErrorKind::Reset),
        (Reason::STREAM_CLOSED, HttpErrorKind::Reset),
        (Reason::HTTP_1_1_REQUIRED, HttpErrorKind::Other),
        (Reason::INADEQUATE_SECURITY, HttpErrorKind::Other),
    ] {
        for body in [Body::empty(), Body::from("small"), endless()] {
            let wire = server(move |_, connection, mut answer| async move {
                answer.send_reset(reason);
                Some(connection)
            })
            .await;
            let client = HyperClient::new();
            let error = post(&client, &wire.url, body).await.unwrap_err();
            assert_eq!(error.kind(), expected, "{reason:?}: {error}");
            assert!(error.to_string().contains(&wire.url), "{error}");
            // The connection is as good as before.
            assert_continues(&client, &wire).await;
            assert_eq!(wire.accepted(), 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn http2_goaway_before_an_answer_is_retried_on_another_connection() {
    for reason in [
        Reason::NO_ERROR,
        Reason::ENHANCE_YOUR_CALM,
        Reason::INTERNAL_ERROR,
    ] {
        for body in [Body::empty(), endless()] {
            let wire = server(move |number, mut connection, mut answer| async move {
                if number == 1 {
                    connection.abrupt_shutdown(reason);
                    while connection.accept().await.is_some() {}
                    return None;
                }
                respond(&mut answer, "later");
                Some(connection)
            })
            .await;
            let client = HyperClient::new();
            let error = post(&client, &wire.url, body).await.unwrap_err();
            assert_eq!(error.kind(), HttpErrorKind::Reset, "{reason:?}: {error}");
            assert_continues(&client, &wire).await;
            assert_eq!(wire.accepted(), 2);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn http2_goaway_that_lets_the_request_end_is_no_error() {
    let is_read = Arc::new(Notify::new());
    let until_read = is_read.clone();
    let wire = server(move |number, mut connection, mut answer| {
        let until_read = until_read.clone();
        async move {
            if number == 1 {
                connection.graceful_shutdown();
                respond(&mut answer, "last");
                while connection.accept().await.is_some() {}
                // A socket that is closed before all was read from it takes back what it sent.
                until_read.notified().await;
                return None;
            }
            respond(&mut answer, "later");
            Some(connection)
        }
    })
    .await;
    let client = HyperClient::new();
    let last = post(&client, &wire.url, Body::empty()).await.unwrap();
    is_read.notify_one();
    assert_eq!(last.1, "last");
    assert_continues(&client, &wire).await;
    assert_eq!(wire.accepted(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn http2_connection_that_closes_without_an_answer_is_a_reset() {
    let wire = server(|_, connection, _answer| async move {
        drop(connection);
        None
    })
    .await;
    let error = post(&HyperClient::new(), &wire.url, endless())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), HttpErrorKind::Reset, "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn http2_answer_before_the_request_is_sent_is_the_answer() {
    let wire = server(|_, connection, mut answer| async move {
        let response = http::Response::builder().status(413).body(()).unwrap();
        let mut stream = answer.send_response(response, false).unwrap();
        stream
            .send_data(Bytes::from_static(b"four at most"), true)
            .unwrap();
        // That the body of the request was dropped tells the client to send no more (RFC 9113, section 8.1).
        Some(connection)
    })
    .await;
    let client = HyperClient::new();
    let answer = post(&client, &wire.url, endless()).await;
    assert_eq!(answer.unwrap(), (413, Bytes::from_static(b"four at most")));
    assert_continues(&client, &wire).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn http2_reset_within_the_answer_says_so() {
    let wire = server(|_, connection, mut answer| async move {
        let mut stream = answer
            .send_response(http::Response::new(()), false)
            .unwrap();
        stream
            .send_data(Bytes::from_static(b"half"), false)
            .unwrap();
        stream.send_reset(Reason::INTERNAL_ERROR);
        Some(connection)
    })
    .await;
    let error = post(&HyperClient::new(), &wire.url, Body::empty())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), HttpErrorKind::Reset, "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn http2_without_a_listener_is_an_error_within_the_timeout() {
    use tokio::io::AsyncWriteExt as _;
    let wire = Wire::start(|_, mut stream| async move {
        let _ = stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")
            .await;
    })
    .await;
    assert!(
        post(&HyperClient::new(), &wire.url, Body::empty())
            .await
            .is_err()
    );
}
