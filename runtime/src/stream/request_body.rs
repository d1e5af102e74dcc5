//! The body of a request before it is sent: bytes, or what the body of each attempt is created from.

use super::{Body, ByteStream};
use crate::shape::BuildError;
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;

/// The body of a request that was built and not sent yet.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum RequestBody {
    /// The complete body.
    Bytes(Bytes),
    /// A stream that is not in memory.
    Stream(ByteStream),
    /// Events, each of which is a message.
    Events(RequestEvents),
}

impl RequestBody {
    /// The body, if all of it is in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Stream(_) | Self::Events(_) => None,
        }
    }
}

impl From<ByteStream> for RequestBody {
    fn from(stream: ByteStream) -> Self {
        match stream.as_bytes() {
            Some(bytes) => Self::Bytes(bytes.clone()),
            None => Self::Stream(stream),
        }
    }
}

/// The events of a request, and the message that the protocol sends before them.
#[derive(Clone)]
pub struct RequestEvents {
    pub(crate) source: Arc<dyn EventSource>,
    /// The members of the input that are not events, in the protocol's format; `None`: the protocol has no such
    /// message.
    pub(crate) ahead: Option<Bytes>,
}

impl fmt::Debug for RequestEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestEvents")
    }
}

/// The events of one call, of any type.
pub(crate) trait EventSource: Send + Sync {
    /// The media type of the body.
    fn media_type(&self) -> &'static str;

    /// Whether some were taken, or another call sends them.
    fn are_taken(&self) -> bool;

    /// Why one of them could not be sent.
    fn failure(&self) -> Option<BuildError>;

    /// The body of one attempt: the members `ahead`, then the events, each framed and signed.
    fn body(&self, ahead: Option<Bytes>, signer: Option<Box<dyn FrameSigner>>) -> Body;
}

/// Signs the frames of a body, one after another.
pub(crate) trait FrameSigner: Send {
    /// The signed frame with `frame` as its payload; an empty frame ends the body.
    fn sign(&mut self, frame: Bytes) -> Result<Bytes, BuildError>;
}

/// Why a second call cannot send the events of the first.
pub(crate) const TAKEN: &str =
    "its events were taken by another call; each call needs a stream of its own";
