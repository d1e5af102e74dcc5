//! The initial message of protocols without HTTP bindings: it contains the members that are not events.

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::decode::Decoder;
use super::message::Message;
use crate::error::HttpError;
use crate::stream::Body;

/// The name of the message with the rest of an output.
pub(super) const INITIAL_RESPONSE: &str = "initial-response";
/// The name of the message with the rest of an input.
const INITIAL_REQUEST: &str = "initial-request";

/// The message with the rest of an input, as JSON.
pub(super) fn initial_request(content_type: &str, members: Bytes) -> Message {
    Message::new(members)
        .with(":message-type", "event")
        .with(":event-type", INITIAL_REQUEST)
        .with(":content-type", content_type)
}

/// Takes the initial message off the body, if it comes first; everything else stays in the body.
pub(crate) async fn initial_response(mut body: Body) -> Result<(Bytes, Body), HttpError> {
    let mut decoder = Decoder::default();
    let mut seen = BytesMut::new();
    let mut members = Bytes::new();
    loop {
        match decoder.next_message() {
            Ok(None) => {}
            Ok(Some(message)) if message.text(":event-type") == Some(INITIAL_RESPONSE) => {
                members = message.payload;
                seen = seen.split_off(seen.len().saturating_sub(decoder.pending()));
                break;
            }
            // Events are read by the stream, which also reports what is wrong with the bytes.
            Ok(Some(_)) | Err(_) => break,
        }
        match body.next().await.transpose()? {
            None => break,
            Some(bytes) => {
                seen.extend_from_slice(&bytes);
                decoder.push(&bytes);
            }
        }
    }
    let rest = Ahead {
        bytes: Some(seen.freeze()),
        body,
    };
    Ok((members, Body::from_stream(rest)))
}

/// A body of which some bytes were read already.
struct Ahead {
    bytes: Option<Bytes>,
    body: Body,
}

impl Stream for Ahead {
    type Item = Result<Bytes, HttpError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.bytes.take() {
            Some(bytes) => Poll::Ready(Some(Ok(bytes))),
            None => Pin::new(&mut self.body).poll_next(context),
        }
    }
}
