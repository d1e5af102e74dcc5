//! A body that is a stream, or long: hashed before the call if the signature needs it, started again by each attempt, and
//! observed, because a time limit must not end a body that is still being sent.

use super::pieces::Pieces;
use crate::checksum::{TRAILER_PAYLOAD, Trailer};
use crate::error::{ErrorKind, Failure};
use crate::error::{HttpError, HttpErrorKind};
use crate::protocol::Operation;
use crate::sign::{SignedPayload, hex_sha256};
use crate::stream::Body;
use crate::stream::ByteStream;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

pub(super) struct Upload {
    stream: ByteStream,
    /// If the body is signed.
    hashed: Option<Hashed>,
    /// The checksum behind it.
    trailer: Option<Box<Trailer>>,
    moved: Arc<Moved>,
}

/// What the signature covers of a body.
pub(super) struct Hashed {
    /// The SHA-256, in hexadecimal.
    pub(super) hash: String,
    pub(super) length: u64,
}

impl Hashed {
    fn of(bytes: &Bytes) -> Self {
        Self {
            hash: hex_sha256(bytes),
            length: bytes.len() as u64,
        }
    }
}

/// When the last piece of a body was sent.
struct Moved(Mutex<Instant>);

impl Upload {
    /// Checks that the stream can be sent, and hashes it if the signature covers it; a file was `hashed` already.
    pub(super) fn new(
        stream: ByteStream,
        operation: &Operation,
        is_signed: bool,
        hashed: Option<Hashed>,
        trailer: Option<Box<Trailer>>,
    ) -> Result<Self, Box<Failure>> {
        let failure = |message| {
            Box::new(Failure::new(ErrorKind::Input, operation.name).with_message(message))
        };
        if !stream.can_be_sent() {
            return Err(failure(
                "the body is a stream that was read already, and can be read only once",
            ));
        }
        let hashed = match is_signed {
            true => {
                let hashed = hashed.or_else(|| stream.as_bytes().map(Hashed::of));
                Some(hashed.ok_or_else(|| {
                    failure(
                        "the body is a stream that can be read only once, but the service needs its hash \
                         before it is sent; give bytes or a file (ByteStream::from_path), or collect the stream first",
                    )
                })?)
            }
            false => None,
        };
        Ok(Self {
            stream,
            hashed,
            trailer,
            moved: Arc::new(Moved(Mutex::new(Instant::now()))),
        })
    }

    pub(super) fn signed_payload(&self) -> SignedPayload<'_> {
        match (&self.hashed, &self.trailer) {
            (Some(hashed), _) => SignedPayload::Hash(&hashed.hash),
            (None, Some(_)) => SignedPayload::Hash(TRAILER_PAYLOAD),
            (None, None) => SignedPayload::Unsigned,
        }
    }

    /// Whether another attempt can send the body.
    pub(super) fn can_be_sent(&self) -> bool {
        self.stream.can_be_sent()
    }

    /// The body of one attempt.
    pub(super) async fn body(&self) -> Result<Body, HttpError> {
        let body = self.stream.body().await?;
        if let (Some(Hashed { length: hashed, .. }), Some(length)) =
            (&self.hashed, body.content_length())
            && *hashed != length
        {
            let message = format!(
                "the body changed after it was signed: it had {hashed} bytes and has {length}"
            );
            return Err(HttpError::new(HttpErrorKind::RequestBody, message));
        }
        let body = match &self.trailer {
            Some(trailer) => trailer.body(body),
            None => Pieces::of(body),
        };
        Ok(Body::streamed(Outgoing {
            body,
            moved: self.moved.clone(),
        }))
    }

    /// When the last piece was sent, or when the upload started.
    pub(super) fn last_moved(&self) -> Instant {
        *self.moved.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The output of a future; `None` if `limit` passes from its start, or from the last piece of the body that was sent.
pub(super) async fn with_timeout<T>(
    limit: Option<Duration>,
    upload: Option<&Upload>,
    mut future: Pin<&mut impl Future<Output = T>>,
) -> Option<T> {
    let mut since = Instant::now();
    loop {
        let Some(end) = limit.and_then(|limit| since.checked_add(limit)) else {
            return Some(future.await);
        };
        if let Ok(outcome) = timeout_at(end, &mut future).await {
            return Some(outcome);
        }
        since = upload
            .map(Upload::last_moved)
            .filter(|moved| *moved > since)?;
    }
}

/// Records when pieces are sent. Anything that ends it early is an error of the request's body, even if the body is the
/// response of another call.
struct Outgoing {
    body: Body,
    moved: Arc<Moved>,
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        *self.moved.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        Poll::Ready(frame.map(|frame| {
            frame.map_err(|error| {
                HttpError::new(HttpErrorKind::RequestBody, error.to_string()).with_source(error)
            })
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
