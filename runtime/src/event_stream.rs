//! Event streams, `application/vnd.amazon.eventstream`: messages within one body, each an event, one way or both ways.
//!
//! The codec (`decode`, `encode`), events (`read`, `write`) and their signatures (`sign`) know neither sockets nor clocks.

mod decode;
mod encode;
mod message;
mod read;
mod sign;
mod write;

pub use decode::{DecodeError, Decoder, MAX_HEADERS, MAX_PAYLOAD};
pub use message::{HeaderValue, Message};
pub use read::{EventReader, ReadEvent, ReadEventStream, UnknownEvent};
pub use sign::EventSigner;
pub use write::{EventWriter, WriteEvent, WriteEventStream};
