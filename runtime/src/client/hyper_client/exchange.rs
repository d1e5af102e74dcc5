//! The two bodies of a request over HTTP/1.1: whether the request's body was sent completely when the response ends
//! decides whether the connection can be used again.

use super::connection::Line;
use super::failure::{Target, body_error};
use crate::error::HttpError;
use crate::stream::Body;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

/// The body of a request, which records its end.
pub(super) struct Sent {
    body: Body,
    /// How many bytes are left, if that is known: hyper may then never poll for the end itself.
    left: Option<u64>,
    end: Arc<AtomicBool>,
}

impl Sent {
    /// The body, and a flag for whether all of it has been taken.
    pub(super) fn new(body: Body) -> (Self, Arc<AtomicBool>) {
        let left = body.content_length();
        let end = Arc::new(AtomicBool::new(left == Some(0)));
        let sent = Self {
            body,
            left,
            end: end.clone(),
        };
        (sent, end)
    }
}

impl http_body::Body for Sent {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        let taken = match &frame {
            Some(Ok(frame)) => frame.data_ref().map_or(0, |data| data.len() as u64),
            Some(Err(_)) => 0,
            None => {
                self.end.store(true, Ordering::Release);
                0
            }
        };
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(taken);
            if *left == 0 {
                self.end.store(true, Ordering::Release);
            }
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body of a response. Its errors name the host; when it ends or is dropped, the exchange is over.
pub(super) struct Received {
    body: Incoming,
    target: Target,
    /// The connection, and whether the request's body has been taken; nothing for HTTP/2, where requests share a
    /// connection.
    request: Option<(Line, Arc<AtomicBool>)>,
}

impl Received {
    pub(super) fn new(
        body: Incoming,
        target: Target,
        request: Option<(Line, Arc<AtomicBool>)>,
    ) -> Self {
        Self {
            body,
            target,
            request,
        }
    }

    fn end(&mut self) {
        if let Some((line, whole)) = self.request.take() {
            line.answered(whole.load(Ordering::Acquire));
        }
    }
}

impl http_body::Body for Received {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if frame.is_none() {
            self.end();
        }
        Poll::Ready(frame.map(|frame| frame.map_err(|error| body_error(&self.target, error))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        self.end();
    }
}
