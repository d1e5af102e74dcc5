//! Responses that are made up, clients for them, and a limit of time for each wait.

use bytes::Bytes;
use golden_event_streams::runtime::event_stream::Message;
use golden_event_streams::runtime::{
    Body, BoxFuture, ConfigBuilder, HttpClient, HttpError, HttpErrorKind, SendOptions,
};
use golden_event_streams::{Config, Credentials};
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};
use std::time::Duration;

pub(crate) fn config() -> ConfigBuilder {
    Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
}

/// What a response brings, piece by piece.
#[derive(Clone)]
pub(crate) enum Piece {
    Bytes(Bytes),
    Broken,
    Silence,
}

/// Answers every request with the same pieces.
pub(crate) struct Answer(pub(crate) Vec<Piece>);

impl HttpClient for Answer {
    fn send(
        &self,
        _: http::Request<Body>,
        _: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        let body = Body::from_stream(Pieces(Mutex::new(self.0.clone().into_iter())));
        let response = http::Response::builder()
            .header("x-session", "session-1")
            .header("x-amzn-requestid", "request-1")
            .body(body)
            .unwrap();
        Box::pin(std::future::ready(Ok(response)))
    }
}

struct Pieces(Mutex<std::vec::IntoIter<Piece>>);

impl futures_core::Stream for Pieces {
    type Item = Result<Bytes, HttpError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut pieces = self.0.lock().unwrap();
        // Silence has no end.
        if let Some(Piece::Silence) = pieces.as_slice().first() {
            return Poll::Pending;
        }
        match pieces.next() {
            None => Poll::Ready(None),
            Some(Piece::Bytes(bytes)) => Poll::Ready(Some(Ok(bytes))),
            Some(Piece::Broken) => Poll::Ready(Some(Err(HttpError::new(
                HttpErrorKind::Reset,
                "the connection broke",
            )))),
            Some(Piece::Silence) => Poll::Pending,
        }
    }
}

/// Messages, one after the other, in one piece.
pub(crate) fn bytes(messages: &[Message]) -> Bytes {
    let encoded = messages.iter().map(|message| message.encode().unwrap());
    encoded.flatten().collect()
}

/// An event with a JSON payload.
pub(crate) fn event(name: &str, payload: &str) -> Message {
    Message::new(payload.to_owned())
        .with(":message-type", "event")
        .with(":event-type", name)
        .with(":content-type", "application/json")
}

/// An exception with a JSON payload.
pub(crate) fn exception(name: &str, payload: &str) -> Message {
    Message::new(payload.to_owned())
        .with(":message-type", "exception")
        .with(":exception-type", name)
        .with(":content-type", "application/json")
}

/// Within a time that no test needs.
pub(crate) async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future)
        .await
        .unwrap()
}
