//! Bodies that hold another to its word: so many bytes, and never too long a silence.

use crate::error::{HttpError, HttpErrorKind};
use crate::stream::Body;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// A body that must have as many bytes as was said.
pub(super) struct Counted {
    body: Body,
    length: u64,
    left: u64,
}

impl Counted {
    pub(super) fn new(body: Body, length: u64) -> Self {
        Self {
            body,
            length,
            left: length,
        }
    }
}

impl http_body::Body for Counted {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        let given = match &frame {
            Some(Ok(frame)) => frame.data_ref().map_or(0, |bytes| bytes.len() as u64),
            Some(Err(_)) => return Poll::Ready(frame),
            None => 0,
        };
        let wrong = |what: String| {
            let message = format!("the stream of the body {what}");
            Poll::Ready(Some(Err(HttpError::new(
                HttpErrorKind::RequestBody,
                message,
            ))))
        };
        match (self.left.checked_sub(given), &frame) {
            (None, _) => wrong(format!(
                "gave more than the {} bytes it was to have",
                self.length
            )),
            (Some(left @ 1..), None) => {
                let given = self.length - left;
                wrong(format!(
                    "ended after {given} of the {} bytes it was to have",
                    self.length
                ))
            }
            (Some(left), _) => {
                self.left = left;
                Poll::Ready(frame)
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// A body of which something must come again and again, while somebody waits for it.
pub(crate) struct Idle {
    body: Body,
    limit: Duration,
    /// The end of the present wait, where there is one; kept for the next.
    end: Pin<Box<Sleep>>,
    is_waiting: bool,
    from: String,
}

impl Idle {
    /// `from`: scheme, host and port of the sender.
    pub(crate) fn new(body: Body, limit: Duration, from: String) -> Self {
        Self {
            body,
            limit,
            end: Box::pin(tokio::time::sleep(limit)),
            is_waiting: false,
            from,
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
        let message = format!(
            "nothing more of the response of {} within {:?} (idle_timeout)",
            self.from, self.limit
        );
        Poll::Ready(Some(Err(HttpError::new(HttpErrorKind::Timeout, message))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
