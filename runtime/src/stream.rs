//! Bodies: of HTTP messages, and of members that stream.

mod body;
mod byte_stream;

pub use body::Body;
pub(crate) use byte_stream::Replayable;
pub use byte_stream::{ByteStream, StreamError};
