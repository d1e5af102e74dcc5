//! The body of a request or of a response for an [`HttpClient`](crate::HttpClient): bytes in memory, or a stream of
//! bytes.

use crate::error::Source;
use crate::error::{HttpError, HttpErrorKind};
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

/// A body. It is read once, from its beginning to its end: with [`next`](Self::next), with [`collect`](Self::collect),
/// as a [`Stream`] or as an [`http_body::Body`].
///
/// Its length is exact or unknown; a request with a body of unknown length is sent in chunks.
pub struct Body(Kind);

enum Kind {
    /// The bytes that have not been read yet. No memory is allocated for the variant itself.
    Whole(Bytes),
    /// The lock is never contended: it makes a value that one thread at a time may use one that threads may share.
    Streamed(Mutex<Pin<Box<Streamed>>>),
}

type Streamed = dyn http_body::Body<Data = Bytes, Error = HttpError> + Send;

/// The most memory that is reserved because a sender announces a long body.
const MAX_RESERVED: usize = 1 << 20;

impl Body {
    /// An empty body.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Kind::Whole(Bytes::new()))
    }

    /// The body of another HTTP library. Its errors other than [`HttpError`] are treated as a broken connection.
    pub fn wrap<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Source>,
    {
        Self::streamed(Wrapped(Box::pin(body)))
    }

    /// All bytes of a stream.
    pub fn from_stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Source>,
    {
        Self::streamed(OfStream(Box::pin(stream)))
    }

    pub(crate) fn streamed(
        body: impl http_body::Body<Data = Bytes, Error = HttpError> + Send + 'static,
    ) -> Self {
        Self(Kind::Streamed(Mutex::new(Box::pin(body))))
    }

    /// The rest of the body, if all of it is in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Kind::Whole(bytes) => Some(bytes),
            Kind::Streamed(_) => None,
        }
    }

    /// The number of bytes left, if it is known.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        http_body::Body::size_hint(self).exact()
    }

    /// The next piece, which is not empty; `None` at the end.
    ///
    /// # Errors
    /// The sender failed before the end. Nothing follows an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, HttpError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All bytes that are left.
    ///
    /// The sender failed before the end, or there are more than `max` bytes ([`HttpErrorKind::TooLarge`]); at most that
    /// many are held in memory.
    pub async fn collect(mut self, max: usize) -> Result<Bytes, HttpError> {
        let too_large = || {
            let message = format!("the body is larger than {max} bytes");
            HttpError::new(HttpErrorKind::TooLarge, message)
        };
        if self
            .content_length()
            .is_some_and(|length| length > max as u64)
        {
            return Err(too_large());
        }
        let Some(first) = self.next().await.transpose()? else {
            return Ok(Bytes::new());
        };
        if first.len() > max {
            return Err(too_large());
        }
        let Some(second) = self.next().await.transpose()? else {
            return Ok(first);
        };
        let left = http_body::Body::size_hint(&self).lower();
        let left = usize::try_from(left)
            .unwrap_or(usize::MAX)
            .min(MAX_RESERVED);
        let mut all = BytesMut::with_capacity(first.len() + second.len() + left);
        all.extend_from_slice(&first);
        let mut piece = Some(second);
        while let Some(bytes) = piece {
            if bytes.len() > max - all.len() {
                return Err(too_large());
            }
            all.extend_from_slice(&bytes);
            piece = self.next().await.transpose()?;
        }
        Ok(all.freeze())
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        match &mut self.0 {
            Kind::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Kind::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Kind::Streamed(body) => {
                let body = body.get_mut().unwrap_or_else(PoisonError::into_inner);
                body.as_mut().poll_frame(context)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::Whole(bytes) => bytes.is_empty(),
            Kind::Streamed(body) => body
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Streamed(body) => body
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .size_hint(),
        }
    }
}

/// The pieces of the body, none of them empty; trailers are skipped.
impl Stream for Body {
    type Item = Result<Bytes, HttpError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = std::task::ready!(http_body::Body::poll_frame(self.as_mut(), context));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => {
                    *self = Self::empty();
                    return Poll::Ready(Some(Err(error)));
                }
                Some(Ok(Ok(bytes))) if !bytes.is_empty() => return Poll::Ready(Some(Ok(bytes))),
                Some(Ok(_)) => {}
            }
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

/// Shows only the length: the content must not be logged.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.content_length() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(of unknown length)"),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Kind::Whole(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

/// The body of another library, with its errors converted to ours.
struct Wrapped<B>(Pin<Box<B>>);

impl<B> http_body::Body for Wrapped<B>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<Source>,
{
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        let frame = std::task::ready!(self.0.as_mut().poll_frame(context));
        Poll::Ready(frame.map(|frame| frame.map_err(|error| ours(error.into()))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

/// A stream of bytes, with its errors converted to ours.
struct OfStream<S>(Pin<Box<S>>);

impl<S, E> http_body::Body for OfStream<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Source>,
{
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        let piece = std::task::ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(piece.map(|piece| match piece {
            Ok(bytes) => Ok(Frame::data(bytes)),
            Err(error) => Err(ours(error.into())),
        }))
    }
}

fn ours(error: Source) -> HttpError {
    match error.downcast() {
        Ok(error) => *error,
        Err(error) => {
            let message = format!("the body ended early: {error}");
            HttpError::new(HttpErrorKind::Reset, message).with_source(error)
        }
    }
}
