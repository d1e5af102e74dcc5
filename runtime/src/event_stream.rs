//! Event streams, `application/vnd.amazon.eventstream`: messages within one body, each an event, one way or both ways.
//!
//! The codec (`decode`, `encode`), events (`read`, `write`) and their signatures (`sign`) know neither sockets nor
//! clocks; [`EventStream`] and [`EventInput`] are bodies made of them.

mod decode;
mod encode;
mod initial;
mod message;
mod read;
mod receive;
mod send;
mod sign;
mod write;

pub use decode::{DecodeError, Decoder, MAX_HEADERS, MAX_PAYLOAD};
pub(crate) use initial::initial_response;
pub use message::{HeaderValue, Message};
pub use read::{EventReader, ReadEvent, ReadEventStream, UnknownEvent};
pub(crate) use receive::Call;
pub use receive::EventStream;
pub use send::EventInput;
pub(crate) use send::{Events, TAKEN};
pub use sign::EventSigner;
pub use write::{EventWriter, WriteEvent, WriteEventStream};

/// The media type of bodies that are event streams.
pub(crate) const MEDIA_TYPE: &str = "application/vnd.amazon.eventstream";
