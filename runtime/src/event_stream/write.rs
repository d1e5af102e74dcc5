//! Writes an event as a message: some members as headers, others as the payload. No I/O.

use super::message::{HeaderValue, Message};
use super::read::UnknownEvent;
use crate::http_binding::WireFormat;
use crate::shape::{Blob, BuildError, Member, ShapeWriter, WriteStructure, WriteValue};

/// The events that a stream accepts.
pub trait WriteEventStream {
    /// Writes the event.
    fn write_event(&self, event: &mut EventWriter);
}

/// An event: writes each member to its place.
pub trait WriteEvent {
    /// Writes all members.
    fn write_event(&self, event: &mut EventWriter);
}

/// A message that is being written. The first error is kept and returned when the message is finished.
#[derive(Debug)]
pub struct EventWriter {
    format: &'static dyn WireFormat,
    message: Message,
    failure: Option<BuildError>,
}

impl EventWriter {
    /// The message of an event.
    ///
    /// # Errors
    /// A required member is unset, or a value cannot be expressed in its place.
    pub fn message(
        format: &'static dyn WireFormat,
        event: &(impl WriteEventStream + ?Sized),
    ) -> Result<Message, BuildError> {
        let mut writer = Self {
            format,
            message: Message::default(),
            failure: None,
        };
        event.write_event(&mut writer);
        match writer.failure {
            None => Ok(writer.message),
            Some(error) => Err(error),
        }
    }

    /// The event called `name`.
    pub fn write(&mut self, name: &str, event: &dyn WriteEvent) {
        self.begin(name);
        event.write_event(self);
        self.failure = self.failure.take().map(|error| error.in_member(name));
    }

    /// An event that the crate does not know, as it was received.
    pub fn unknown(&mut self, event: &UnknownEvent) {
        self.begin(&event.name);
        if let Some(content_type) = &event.content_type {
            self.push(":content-type", content_type.as_str());
        }
        self.message.payload = event.payload.clone().into_bytes();
    }

    /// Checks that a member is set; if it is not, that is an error that names it.
    pub fn require(&mut self, name: &str, value: &dyn WriteValue) {
        if value.is_none() {
            self.failure.get_or_insert(BuildError::unset(name));
        }
    }

    /// A header; an unset value is omitted.
    pub fn header(&mut self, name: &str, value: Option<impl Into<HeaderValue>>) {
        if let Some(value) = value {
            self.push(name, value);
        }
    }

    /// The members that are not bound to a header, as the payload.
    pub fn body(&mut self, members: &dyn WriteStructure) {
        let root = Member::new("");
        self.write_payload(&root, &mut |writer| members.write_members(writer));
    }

    /// Bytes as the whole payload.
    pub fn payload_blob(&mut self, value: &Option<Blob>) {
        self.push(":content-type", "application/octet-stream");
        self.message.payload = value.clone().unwrap_or_default().into_bytes();
    }

    /// A text as the whole payload.
    pub fn payload_string(&mut self, value: Option<impl AsRef<str>>) {
        self.push(":content-type", "text/plain");
        let text = value.map(|value| value.as_ref().to_owned());
        self.message.payload = text.unwrap_or_default().into();
    }

    /// A structure or a union as the whole payload; if it is unset, the payload is empty.
    pub fn payload_value(&mut self, member: impl Into<Member>, value: &dyn WriteValue) {
        if !value.is_none() {
            let member = member.into();
            self.write_payload(&member, &mut |writer| {
                writer.nested(&mut |writer| value.write(&member, writer), &|error| {
                    error.in_member(member.name)
                });
            });
        }
    }

    fn write_payload(&mut self, root: &Member, write: &mut dyn FnMut(&mut dyn ShapeWriter)) {
        self.push(":content-type", self.format.media_type().into_owned());
        match self.format.codec().write(root, None, write) {
            Ok(bytes) => self.message.payload = bytes,
            Err(error) => {
                self.failure.get_or_insert(error);
            }
        }
    }

    fn begin(&mut self, name: &str) {
        self.push(":message-type", "event");
        self.push(":event-type", name);
    }

    fn push(&mut self, name: &str, value: impl Into<HeaderValue>) {
        self.message.headers.push((name.to_owned(), value.into()));
    }
}
