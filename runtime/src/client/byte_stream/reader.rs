//! A stream as a tokio reader.

use crate::stream::ByteStream;
use bytes::{Buf, Bytes};
use futures_core::Stream;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

/// Reads a [`ByteStream`]: an [`AsyncRead`] and [`AsyncBufRead`]. Its errors contain a
/// [`StreamError`](crate::StreamError); those of the idle timeout have the kind [`io::ErrorKind::TimedOut`].
#[derive(Debug)]
pub struct ByteStreamReader {
    stream: ByteStream,
    /// Bytes that were received and not read yet.
    piece: Bytes,
}

impl ByteStreamReader {
    pub(super) fn new(stream: ByteStream) -> Self {
        Self {
            stream,
            piece: Bytes::new(),
        }
    }
}

impl AsyncBufRead for ByteStreamReader {
    fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        if this.piece.is_empty() {
            match ready!(Pin::new(&mut this.stream).poll_next(context)) {
                None => {}
                Some(Ok(piece)) => this.piece = piece,
                Some(Err(error)) => {
                    let kind = match error.is_timeout() {
                        true => io::ErrorKind::TimedOut,
                        false => io::ErrorKind::Other,
                    };
                    return Poll::Ready(Err(io::Error::new(kind, error)));
                }
            }
        }
        Poll::Ready(Ok(&this.piece))
    }

    fn consume(mut self: Pin<&mut Self>, amount: usize) {
        let amount = amount.min(self.piece.len());
        self.piece.advance(amount);
    }
}

impl AsyncRead for ByteStreamReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(self.as_mut().poll_fill_buf(context))?;
        let amount = self.piece.len().min(into.remaining());
        into.put_slice(&self.piece.split_to(amount));
        Poll::Ready(Ok(()))
    }
}
