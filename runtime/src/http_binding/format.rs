//! What a protocol makes of bodies.

use crate::codec::Codec;
use crate::error::ErrorAnswer;
use bytes::Bytes;
use std::borrow::Cow;
use std::fmt;

/// What the bodies of a protocol are, whatever operation they belong to: inputs, outputs, events and errors.
pub trait WireFormat: fmt::Debug + Send + Sync {
    /// The codec of inputs, outputs and events.
    fn codec(&self) -> &'static dyn Codec;

    /// The media type of what that codec writes.
    fn media_type(&self) -> Cow<'static, str>;

    /// Whether a payload that is a structure and unset is sent as one without members; otherwise there is no body.
    fn sends_unset_payloads(&self) -> bool {
        true
    }

    /// Whether the members that are no event travel in a message ahead of the events; otherwise they are bound to the head.
    fn has_initial_messages(&self) -> bool;

    /// What a response, or an exception among events, says of an error, as far as that can be made out: the body may be
    /// empty, cut, or of another format.
    fn error(&self, response: &http::Response<Bytes>) -> ErrorAnswer;
}
