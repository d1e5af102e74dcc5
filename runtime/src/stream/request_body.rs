//! The body of a request before it is sent: whole, or what a body is made of for each attempt.

use super::{Body, ByteStream};
use crate::shape::BuildError;
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;

/// The body of a request that was built and not yet sent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum RequestBody {
    /// All of it.
    Bytes(Bytes),
    /// A stream that is not in memory.
    Stream(ByteStream),
    /// Events, each a message of its own.
    Events(RequestEvents),
}

impl RequestBody {
    /// The body, where all of it is in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Stream(_) | Self::Events(_) => None,
        }
    }
}

/// The events of a request, and what the protocol puts ahead of them.
#[derive(Clone)]
pub struct RequestEvents {
    pub(crate) source: Arc<dyn EventSource>,
    /// The members of the input that are no event, in the protocol's form; `None`: the protocol has no such message.
    pub(crate) ahead: Option<Bytes>,
}

impl fmt::Debug for RequestEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestEvents")
    }
}

/// Events of whatever type, for one call.
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

/// What signs the frames of a body, one after the other.
pub(crate) trait FrameSigner: Send {
    /// The signed frame that holds `frame`; without bytes it ends the body.
    fn sign(&mut self, frame: Bytes) -> Result<Bytes, BuildError>;
}

/// Why a second call cannot have the events of the first.
pub(crate) const TAKEN: &str =
    "its events were taken by another call; each call needs a stream of its own";
