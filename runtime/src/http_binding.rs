//! Where members travel in HTTP: path, query, headers, status, and which of them is the body.

mod assemble;
mod built_request;
mod header_reader;
mod parameter_writer;
mod request;
mod reserved;
mod response;
mod uri;

pub use built_request::BuiltRequest;
#[cfg(any(feature = "md5", feature = "checksums"))]
pub(crate) use request::header;
#[cfg(feature = "event-streams")]
pub(crate) use request::json_content_type;
pub use request::{RequestWriter, WriteInput};
#[cfg(feature = "hyper")]
pub(crate) use reserved::is_of_transport;
pub(crate) use reserved::is_reserved;
pub(crate) use response::Unread;
pub use response::{ReadOutput, ReadServiceError, ResponseReader};
pub(crate) use uri::{RESERVED, RESERVED_BUT_SLASH};
