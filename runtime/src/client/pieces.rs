//! Bytes in memory that are sent in pieces, so that it shows how far a long body is.

use crate::error::HttpError;
use crate::stream::Body;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};

/// The length of a piece; shorter bodies have only one.
pub(super) const PIECE: usize = 128 << 10;

/// Bytes that are left to be sent.
pub(super) struct Pieces(Bytes);

impl Pieces {
    /// The same body, in pieces if it is longer than one and all of it is in memory.
    pub(super) fn of(body: Body) -> Body {
        match body.as_bytes() {
            Some(bytes) if bytes.len() > PIECE => Body::streamed(Self(bytes.clone())),
            _ => body,
        }
    }
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        if self.0.is_empty() {
            return Poll::Ready(None);
        }
        let count = self.0.len().min(PIECE);
        Poll::Ready(Some(Ok(Frame::data(self.0.split_to(count)))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.len() as u64)
    }
}
