//! A blob that is sent or received in pieces: the type of members that are a streaming body.

mod counted;
mod error;
mod once;

pub use error::StreamError;

use crate::error::{ErrorKind, Failure, Source};
use crate::error::{HttpError, HttpErrorKind};
use crate::shape::{Blob, Unset};
use crate::stream::Body;
use bytes::Bytes;
use counted::Counted;
use futures_core::Stream;
use futures_core::future::BoxFuture;
use once::Once;
use std::fmt;
use std::future::poll_fn;
use std::panic::RefUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// The limit of [`ByteStream::collect`] without a configuration.
const MAX_COLLECTED: usize = 512 << 20;

/// Bytes that are sent or received in pieces, and are never in memory as a whole.
///
/// A stream that is sent is created from bytes or from text (which convert), from a file (`from_path`) or from any
/// [stream](Self::from_stream). Bytes and files are sent again when an attempt fails; any other stream can be read only
/// once, and a call that has read from it is not retried.
///
/// A stream that is received is read with [`next`](Self::next), as a [`Stream`], with [`collect`](Self::collect) or,
/// with tokio, as an `AsyncRead` (`into_async_read`):
///
/// ```
/// # use tinsmith_runtime::{ByteStream, StreamError};
/// # async fn save(mut pieces: ByteStream) -> Result<(), StreamError> {
/// while let Some(bytes) = pieces.next().await {
///     println!("{} more bytes", bytes?.len());
/// }
/// # Ok(())
/// # }
/// ```
///
/// Dropping it closes its connection. Nothing is read ahead. A server that stops sending is an error after the
/// configuration's `idle_timeout`.
///
/// A clone begins at the start of the content: bytes and files are read again. A stream that can be read only once is
/// shared by its clones: only the clone that is read first returns its content, and reading the others is an error.
pub struct ByteStream {
    content: Content,
    /// The body that is being read.
    reading: Option<Body>,
    /// The operation to whose output it belongs.
    operation: &'static str,
    max_collected: usize,
    /// The length that it must have when it is sent, where that was said besides.
    length: Option<u64>,
    validated_by: Option<&'static str>,
}

impl crate::shape::Get for ByteStream {
    type Of<'a> = &'a Self;

    #[inline]
    fn get(&self) -> &Self {
        self
    }
}

#[derive(Clone)]
enum Content {
    Whole(Bytes),
    Replayable(Arc<dyn Replayable>),
    Once(Arc<Once>),
}

/// What takes the pieces of a content, one after another.
pub(crate) type Take = Box<dyn FnMut(&[u8]) + Send>;

/// Content outside of memory that can be read several times, such as a file. A panic elsewhere does not change it, so
/// that a value with a stream can cross `catch_unwind`.
pub(crate) trait Replayable: Send + Sync + RefUnwindSafe {
    /// A description of the content, for messages.
    fn describe(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
    /// The content from its beginning, to be read in this program.
    fn read(&self) -> Body;
    /// The content from its beginning, to be sent: its length is known.
    fn send(&self) -> BoxFuture<'static, Result<Body, HttpError>>;
    /// Reads the content from its beginning to its end, for what is to be known of it before it is sent: gives each piece
    /// to `take`, and returns the length.
    fn read_through(&self, take: Take) -> BoxFuture<'static, Result<u64, HttpError>>;
    /// The length of the content in bytes.
    fn length(&self) -> BoxFuture<'static, Result<u64, HttpError>>;
    /// So many bytes of the content from `offset`, or those that it has of them.
    fn part(&self, offset: u64, length: u64) -> Arc<dyn Replayable>;
}

impl ByteStream {
    const fn new(content: Content) -> Self {
        Self {
            content,
            reading: None,
            operation: "",
            max_collected: MAX_COLLECTED,
            length: None,
            validated_by: None,
        }
    }

    pub(crate) fn replayable(content: impl Replayable + 'static) -> Self {
        Content::Replayable(Arc::new(content)).into()
    }

    /// A body that is part of the program.
    #[must_use]
    pub fn from_static(bytes: &'static [u8]) -> Self {
        bytes.into()
    }

    /// A stream that can be read only once, of a length that is not known. It is sent in chunks.
    ///
    /// Most services need the hash of a body before it is sent and do not accept such a stream: then the call is an error
    /// that says so, and nothing is sent.
    pub fn from_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Source>,
    {
        Content::Once(Once::of_stream(stream, None)).into()
    }

    /// The same with its length in bytes. A stream with more or fewer bytes is an error of the call.
    pub fn from_sized_stream<S, B, E>(stream: S, length: u64) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Source>,
    {
        Content::Once(Once::of_stream(stream, Some(length))).into()
    }

    /// The body of a response, as the output of `operation`.
    pub(crate) fn received(
        body: Body,
        operation: &'static str,
        max_collected: usize,
        validated_by: Option<&'static str>,
    ) -> Self {
        Self {
            operation,
            max_collected,
            validated_by,
            ..Self::from(body)
        }
    }

    /// The same content, which must be so many bytes when it is sent.
    pub(crate) fn with_length(self, length: u64) -> Self {
        Self {
            length: Some(length),
            ..self
        }
    }

    /// The length in bytes at the start, if it is known without opening a file.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes.len() as u64),
            Content::Replayable(_) => None,
            Content::Once(once) => once.length().or(self.length),
        }
    }

    /// The algorithm of the checksum that a received stream is compared with while it is read, such as `CRC64NVME`: at its
    /// end, another checksum is an error. `None`: the service sent no checksum of the whole, or none that is known.
    #[must_use]
    pub fn validated_by(&self) -> Option<&'static str> {
        self.validated_by
    }

    /// The length in bytes at the start, for which a file is looked up; `None`: a stream of unknown length.
    ///
    /// # Errors
    /// The file cannot be opened, or has another length than a member of the input says.
    pub async fn measure(&self) -> Result<Option<u64>, StreamError> {
        match &self.content {
            Content::Replayable(content) => {
                let length = content.length().await;
                let length = length.and_then(|length| self.checked(length).map(|()| length));
                let length = length.map_err(|error| StreamError::new(self.operation, error));
                length.map(Some)
            }
            Content::Whole(_) | Content::Once(_) => Ok(self.content_length().or(self.length)),
        }
    }

    /// So many bytes of the content from `offset`, or those that it has of them, without reading any. `None`: it is a
    /// stream that can be read only once.
    #[must_use]
    pub fn part(&self, offset: u64, length: u64) -> Option<Self> {
        match &self.content {
            Content::Whole(bytes) => {
                let limit =
                    |at: u64| usize::try_from(at).map_or(bytes.len(), |at| at.min(bytes.len()));
                let (start, end) = (limit(offset), limit(offset.saturating_add(length)));
                Some(bytes.slice(start..end).into())
            }
            Content::Replayable(content) => {
                Some(Content::Replayable(content.part(offset, length)).into())
            }
            Content::Once(_) => None,
        }
    }

    /// The next piece, which is not empty; `None` at the end.
    ///
    /// # Errors
    /// The connection broke, the server stopped sending, the file cannot be read, or a clone of the stream was read
    /// first. Nothing follows an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, StreamError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All bytes that are left, up to the configuration's `max_response_bytes` (512 MiB by default).
    ///
    /// # Errors
    /// As [`next`](Self::next), and if there are more bytes than that.
    pub async fn collect(self) -> Result<Bytes, StreamError> {
        let max = self.max_collected;
        self.collect_up_to(max).await
    }

    /// All bytes that are left, if they are at most `max`.
    ///
    /// # Errors
    /// As [`next`](Self::next), and if there are more bytes than that.
    pub async fn collect_up_to(mut self, max: usize) -> Result<Bytes, StreamError> {
        let operation = self.operation;
        let collected = match self.start() {
            Ok(body) => std::mem::take(body).collect(max).await,
            Err(error) => Err(error),
        };
        collected.map_err(|error| {
            let kind = error.kind();
            let error = StreamError::new(operation, error);
            if kind != HttpErrorKind::TooLarge {
                return error;
            }
            error.with_message(format!(
                "the stream is longer than the {max} bytes that are collected at most; read it piece by piece, or \
                 allow more with collect_up_to or max_response_bytes"
            ))
        })
    }

    /// The body that is being read; started if nothing was read yet.
    fn start(&mut self) -> Result<&mut Body, HttpError> {
        let body = match (self.reading.take(), &self.content) {
            (Some(body), _) => body,
            (None, Content::Whole(bytes)) => bytes.clone().into(),
            (None, Content::Replayable(content)) => content.read(),
            (None, Content::Once(once)) => once.clone().body()?,
        };
        Ok(self.reading.insert(body))
    }

    /// The bytes, if they are all in memory.
    pub(crate) fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes),
            Content::Replayable(_) | Content::Once(_) => None,
        }
    }

    /// Whether it can be sent from its beginning, for the first time or again.
    pub(crate) fn can_be_sent(&self) -> bool {
        match &self.content {
            Content::Whole(_) | Content::Replayable(_) => true,
            Content::Once(once) => once.is_unread(),
        }
    }

    /// Whether its length is known before it is sent; the length of a file is.
    pub(crate) fn has_length(&self) -> bool {
        matches!(self.content, Content::Replayable(_)) || self.content_length().is_some()
    }

    /// The content, if it is outside of memory and can be read again.
    pub(crate) fn as_replayable(&self) -> Option<&dyn Replayable> {
        match &self.content {
            Content::Replayable(content) => Some(&**content),
            Content::Whole(_) | Content::Once(_) => None,
        }
    }

    /// The whole content as the body of a request.
    pub(crate) async fn body(&self) -> Result<Body, HttpError> {
        let body = match &self.content {
            Content::Whole(bytes) => bytes.clone().into(),
            Content::Replayable(content) => content.send().await?,
            Content::Once(once) => once.clone().body()?,
        };
        match (self.length, body.content_length()) {
            (_, Some(found)) => self.checked(found).map(|()| body),
            (Some(said), None) => Ok(Body::streamed(Counted::new(body, said))),
            (None, None) => Ok(body),
        }
    }

    /// Whether the content has the length that was said.
    fn checked(&self, found: u64) -> Result<(), HttpError> {
        match self.length {
            Some(said) if said != found => Err(HttpError::new(
                HttpErrorKind::RequestBody,
                format!("expected a body of {said} bytes, as was said, found one of {found}"),
            )),
            _ => Ok(()),
        }
    }
}

/// The pieces, none of them empty. Nothing follows an error.
impl Stream for ByteStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let operation = self.operation;
        let piece = match self.start() {
            Ok(body) => ready!(Pin::new(body).poll_next(context)),
            Err(error) => Some(Err(error)),
        };
        if !matches!(piece, Some(Ok(_))) {
            self.reading = Some(Body::empty());
        }
        Poll::Ready(piece.map(|piece| piece.map_err(|error| StreamError::new(operation, error))))
    }
}

impl Clone for ByteStream {
    fn clone(&self) -> Self {
        Self {
            content: self.content.clone(),
            reading: None,
            operation: self.operation,
            max_collected: self.max_collected,
            length: self.length,
            validated_by: self.validated_by,
        }
    }
}

/// A stream without bytes.
impl Unset for ByteStream {
    const UNSET: Self = Self::new(Content::Whole(Bytes::new()));
}

/// A stream without bytes.
impl Default for ByteStream {
    fn default() -> Self {
        Self::UNSET
    }
}

/// Shows the source and the length: the content must not be logged.
impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.content, self.content_length()) {
            (Content::Replayable(content), _) => {
                f.write_str("ByteStream(")?;
                content.describe(f)?;
                f.write_str(")")
            }
            (_, Some(length)) => write!(f, "ByteStream({length} bytes)"),
            (_, None) => f.write_str("ByteStream(of unknown length)"),
        }
    }
}

impl From<Content> for ByteStream {
    fn from(content: Content) -> Self {
        Self::new(content)
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        Content::Whole(bytes).into()
    }
}

impl From<Blob> for ByteStream {
    fn from(blob: Blob) -> Self {
        blob.into_bytes().into()
    }
}

impl From<Vec<u8>> for ByteStream {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for ByteStream {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static [u8]> for ByteStream {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl<const N: usize> From<&'static [u8; N]> for ByteStream {
    fn from(bytes: &'static [u8; N]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<&'static str> for ByteStream {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

/// The rest of a body; it can be read once, unless all of it is in memory.
impl From<Body> for ByteStream {
    fn from(body: Body) -> Self {
        match body.as_bytes() {
            Some(bytes) => bytes.clone().into(),
            None => Content::Once(Once::of_body(body)).into(),
        }
    }
}
