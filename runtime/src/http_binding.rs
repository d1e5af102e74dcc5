//! Where members are in HTTP: path, query, headers, status, and which of them is the body.

mod assemble;
mod built_request;
mod exception;
mod format;
mod header_reader;
mod parameter_writer;
mod request;
mod reserved;
mod response;
mod uri;

pub(crate) use assemble::Binding;
pub use built_request::BuiltRequest;
pub use format::WireFormat;
pub(crate) use request::header;
pub use request::{RequestWriter, WriteInput};
#[cfg(feature = "hyper")]
pub(crate) use reserved::is_of_transport;
pub(crate) use reserved::is_reserved;
pub(crate) use response::PendingBody;
pub use response::{ReadOutput, ReadServiceError, ResponseReader};
pub(crate) use response::{header_text, request_id};
