//! A body that checks the number of bytes of another.

use crate::error::{HttpError, HttpErrorKind};
use crate::stream::Body;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A body that must have exactly the announced number of bytes.
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
        let returned = match &frame {
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
        match (self.left.checked_sub(returned), &frame) {
            (None, _) => wrong(format!(
                "returned more than the announced {} bytes",
                self.length
            )),
            (Some(left @ 1..), None) => {
                let returned = self.length - left;
                wrong(format!(
                    "ended after {returned} of the announced {} bytes",
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
