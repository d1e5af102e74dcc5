//! A body with its checksum behind it, for streams that can be read only once: the encoding `aws-chunked` (S3's documentation,
//! "Using the Authorization header: trailing headers").

use super::Pending;
use crate::error::HttpError;
use crate::http_binding::header;
use crate::shape::BuildError;
use crate::stream::Body;
use bytes::{BufMut, Bytes, BytesMut};
use http::HeaderMap;
use http::header::CONTENT_ENCODING;
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The length of every chunk but the last: services take no smaller ones than 8 KiB.
const CHUNK: usize = 64 * 1024;

/// What is signed in the place of the hash of such a body.
pub(crate) const PAYLOAD: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

/// The checksum behind a body.
#[derive(Clone)]
pub(crate) struct Trailer {
    /// Nothing is added up yet.
    pending: Pending,
    /// The length of the body before it is encoded.
    length: u64,
}

impl Trailer {
    /// Says among the headers what is behind a body of this length.
    pub(crate) fn announced(
        pending: Pending,
        length: u64,
        headers: &mut HeaderMap,
    ) -> Result<Self, BuildError> {
        let encoding = match headers.get(CONTENT_ENCODING).map(|value| value.to_str()) {
            Some(Ok(encoding)) => format!("{encoding},aws-chunked"),
            _ => "aws-chunked".to_owned(),
        };
        for (name, value) in [
            (CONTENT_ENCODING.as_str(), encoding),
            ("x-amz-trailer", pending.name.clone()),
            ("x-amz-decoded-content-length", length.to_string()),
        ] {
            let (name, value) = header(name, &value)?;
            headers.insert(name, value);
        }
        Ok(Self { pending, length })
    }

    /// The body of one attempt with its checksum behind it.
    pub(crate) fn body(&self, body: Body) -> Body {
        let chunk = CHUNK as u64;
        let last = self.length % chunk;
        let mut remaining = (self.length / chunk) * framed(chunk);
        if last > 0 {
            remaining += framed(last);
        }
        let trailer = end(&self.pending.name, &self.pending.clone().sum.finish());
        Body::streamed(Chunked {
            body,
            pending: Some(self.pending.clone()),
            buffer: BytesMut::new(),
            has_ended: false,
            // A checksum has the same length whatever it is of.
            remaining: remaining + trailer.len() as u64,
        })
    }
}

/// The length of a chunk with its frame.
fn framed(length: u64) -> u64 {
    format!("{length:x}\r\n").len() as u64 + length + 2
}

fn end(name: &str, sum: &str) -> Bytes {
    format!("0\r\n{name}:{sum}\r\n\r\n").into()
}

struct Chunked {
    body: Body,
    /// What is added up; `None` once it was sent.
    pending: Option<Pending>,
    /// What was read and not sent yet.
    buffer: BytesMut,
    /// Whether the body has ended.
    has_ended: bool,
    /// How many bytes are still to be sent.
    remaining: u64,
}

impl Chunked {
    /// The next chunk, of at most so many bytes.
    fn chunk(&mut self) -> Bytes {
        let content = self.buffer.split_to(self.buffer.len().min(CHUNK));
        let size = format!("{:x}\r\n", content.len());
        let mut chunk = BytesMut::with_capacity(size.len() + content.len() + 2);
        chunk.put(size.as_bytes());
        chunk.put(content);
        chunk.put(&b"\r\n"[..]);
        chunk.freeze()
    }

    fn send(&mut self, bytes: Bytes) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        self.remaining = self.remaining.saturating_sub(bytes.len() as u64);
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }
}

impl http_body::Body for Chunked {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        loop {
            if self.buffer.len() >= CHUNK || self.has_ended && !self.buffer.is_empty() {
                let chunk = self.chunk();
                return self.send(chunk);
            }
            if self.has_ended {
                let Some(Pending { name, sum }) = self.pending.take() else {
                    return Poll::Ready(None);
                };
                let trailer = end(&name, &sum.finish());
                return self.send(trailer);
            }
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => {
                    if let (
                        Some(bytes),
                        Self {
                            pending, buffer, ..
                        },
                    ) = (frame.data_ref(), &mut *self)
                    {
                        if let Some(pending) = pending {
                            pending.update(bytes);
                        }
                        buffer.extend_from_slice(bytes);
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => self.has_ended = true,
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.pending.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.remaining)
    }
}
