//! Bodies: of HTTP messages, and of members that stream.

mod body;
mod byte_stream;

pub use body::Body;
pub(crate) use byte_stream::Idle;
pub use byte_stream::{ByteStream, ByteStreamReader, StreamError};
