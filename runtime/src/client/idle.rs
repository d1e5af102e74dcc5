//! A body with a limit on the time without data.

use crate::error::{HttpError, HttpErrorKind};
use crate::stream::Body;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// A body that fails if it sends nothing for too long while its reader waits.
pub(super) struct Idle {
    body: Body,
    limit: Duration,
    /// The end of the present wait, if there is one; kept for the next wait.
    end: Pin<Box<Sleep>>,
    is_waiting: bool,
    /// The message of the error.
    message: String,
}

impl Idle {
    /// `message`: the message of the error when the limit is reached.
    pub(super) fn new(body: Body, limit: Duration, message: String) -> Self {
        Self {
            body,
            limit,
            end: Box::pin(tokio::time::sleep(limit)),
            is_waiting: false,
            message,
        }
    }
}

impl http_body::Body for Idle {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.is_waiting = false;
            return Poll::Ready(frame);
        }
        if !self.is_waiting {
            self.is_waiting = true;
            if let Some(end) = Instant::now().checked_add(self.limit) {
                self.end.as_mut().reset(end);
            }
        }
        ready!(self.end.as_mut().poll(context));
        let error = HttpError::new(HttpErrorKind::Timeout, self.message.clone());
        Poll::Ready(Some(Err(error)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
