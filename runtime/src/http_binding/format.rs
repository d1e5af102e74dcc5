//! The format of a protocol's bodies.

use crate::codec::Codec;
use crate::error::ErrorAnswer;
use bytes::Bytes;
use std::borrow::Cow;
use std::fmt;

/// The format of a protocol's bodies, for all operations: inputs, outputs, events and errors.
pub trait WireFormat: fmt::Debug + Send + Sync {
    /// The codec of inputs, outputs and events.
    fn codec(&self) -> &'static dyn Codec;

    /// The media type of what that codec writes.
    fn media_type(&self) -> Cow<'static, str>;

    /// Whether an unset payload that is a structure is sent as one without members; otherwise there is no body.
    fn sends_unset_payloads(&self) -> bool {
        true
    }

    /// Whether the members that are not events are in a message before the events; otherwise they are bound to the
    /// head.
    fn has_initial_messages(&self) -> bool;

    /// The error in a response, or in an exception among events, as far as it can be read: the body may be empty,
    /// incomplete, or in another format.
    fn error(&self, response: &http::Response<Bytes>) -> ErrorAnswer;
}
