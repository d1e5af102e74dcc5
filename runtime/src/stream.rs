//! Bodies of HTTP messages, and members that are streams.

mod body;
mod byte_stream;
mod request_body;

pub use body::Body;
pub use byte_stream::{ByteStream, StreamError};
pub(crate) use byte_stream::{Replayable, Take};
pub(crate) use request_body::{EventSource, FrameSigner, TAKEN};
pub use request_body::{RequestBody, RequestEvents};
