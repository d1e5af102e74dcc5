//! The body of an answer, which may end before its length.

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// How many bytes are sent at once.
const PIECE: usize = 64 << 10;

/// Time for the bytes before a break to reach the client.
const HEADSTART: Duration = Duration::from_millis(20);

pub(super) struct Sent {
    bytes: Bytes,
    /// How many bytes are sent before the connection breaks; `None`: it does not.
    cut: Option<usize>,
    wait: Option<Pin<Box<Sleep>>>,
}

impl Sent {
    pub(super) fn whole(bytes: Bytes) -> Self {
        Self {
            bytes,
            cut: None,
            wait: None,
        }
    }

    pub(super) fn cut(bytes: Bytes, after: usize) -> Self {
        Self {
            bytes,
            cut: Some(after),
            wait: None,
        }
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.cut == Some(0) {
            let wait = self.wait.get_or_insert_with(|| Box::pin(sleep(HEADSTART)));
            ready!(wait.as_mut().poll(context));
            return Poll::Ready(Some(Err(io::Error::other("cut"))));
        }
        if self.bytes.is_empty() {
            return Poll::Ready(None);
        }
        let count = self.bytes.len().min(PIECE).min(self.cut.unwrap_or(PIECE));
        if let Some(cut) = &mut self.cut {
            *cut -= count;
        }
        let piece = self.bytes.split_to(count);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}
