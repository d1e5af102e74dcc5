//! A tokio reader as a stream of bytes.

use bytes::Bytes;
use futures_core::Stream;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, ReadBuf};

/// How many bytes are read at once.
const PIECE: usize = 64 << 10;

/// The bytes of a reader, up to its end.
pub(super) struct OfReader<R> {
    reader: Pin<Box<R>>,
    buffer: Vec<u8>,
}

impl<R: AsyncRead> OfReader<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader: Box::pin(reader),
            buffer: vec![0; PIECE],
        }
    }
}

impl<R: AsyncRead> Stream for OfReader<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { reader, buffer } = &mut *self;
        let mut into = ReadBuf::new(buffer);
        let read = ready!(reader.as_mut().poll_read(context, &mut into));
        Poll::Ready(match read {
            Err(error) => Some(Err(error)),
            Ok(()) if into.filled().is_empty() => None,
            Ok(()) => Some(Ok(Bytes::copy_from_slice(into.filled()))),
        })
    }
}
