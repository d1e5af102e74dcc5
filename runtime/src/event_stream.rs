//! Event streams, `application/vnd.amazon.eventstream`: messages within one body, each of them an event, in one
//! direction or in both.
//!
//! The codec (`decode`, `encode`), events (`read`, `write`) and the bodies made of them, [`EventStream`] and
//! [`EventInput`], use neither sockets nor clocks. Events are signed in the module `sign`.

mod decode;
mod encode;
mod initial;
mod message;
mod read;
mod receive;
mod send;
mod write;

pub use decode::{DecodeError, Decoder, MAX_HEADERS, MAX_PAYLOAD};
pub(crate) use encode::encode_headers;
pub(crate) use initial::initial_response;
pub use message::{HeaderValue, Message};
pub use read::{EventReader, ReadEvent, ReadEventStream, UnknownEvent};
pub use receive::EventStream;
pub use send::EventInput;
pub use write::{EventWriter, WriteEvent, WriteEventStream};

/// The media type of event streams.
pub(crate) const MEDIA_TYPE: &str = "application/vnd.amazon.eventstream";
