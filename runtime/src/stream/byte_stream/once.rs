//! Content that can be read only once, shared by the clones of a stream: the first one that is read has it.

use super::counted::Counted;
use crate::error::Source;
use crate::error::{HttpError, HttpErrorKind};
use crate::stream::Body;
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

pub(super) struct Once {
    /// `None` once it is being read.
    body: Mutex<Option<Body>>,
    length: Option<u64>,
}

impl Once {
    pub(super) fn of_body(body: Body) -> Arc<Self> {
        Arc::new(Self {
            length: body.content_length(),
            body: Mutex::new(Some(body)),
        })
    }

    pub(super) fn of_stream<S, B, E>(stream: S, length: Option<u64>) -> Arc<Self>
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Source>,
    {
        let body = Body::from_stream(Pieces(Box::pin(stream)));
        Self::of_body(match length {
            None => body,
            Some(length) => Body::streamed(Counted::new(body, length)),
        })
    }

    pub(super) fn length(&self) -> Option<u64> {
        self.length
    }

    pub(super) fn is_unread(&self) -> bool {
        self.slot().is_some()
    }

    /// The content, as a body that returns it if nothing was read from it.
    pub(super) fn body(self: Arc<Self>) -> Result<Body, HttpError> {
        let body = self.slot().take().ok_or_else(|| {
            let message = "the stream was read already, and it can be read only once";
            HttpError::new(HttpErrorKind::RequestBody, message)
        })?;
        Ok(Body::streamed(Lent {
            once: self,
            body,
            is_read: false,
        }))
    }

    fn slot(&self) -> MutexGuard<'_, Option<Body>> {
        self.body.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Lent {
    once: Arc<Once>,
    body: Body,
    is_read: bool,
}

impl http_body::Body for Lent {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        self.is_read = true;
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        http_body::Body::size_hint(&self.body)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if !self.is_read {
            let body = std::mem::take(&mut self.body);
            *self.once.slot() = Some(body);
        }
    }
}

/// A user's stream as a stream of bytes, with its errors converted to those of a body.
struct Pieces<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Pieces<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Source>,
{
    type Item = Result<Bytes, HttpError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(piece.map(|piece| {
            piece.map(Into::into).map_err(|error| {
                let error = error.into();
                let message = format!("the stream of the body failed: {error}");
                HttpError::new(HttpErrorKind::RequestBody, message).with_source(error)
            })
        }))
    }
}
