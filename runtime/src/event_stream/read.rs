//! Reads an event from a message: some members from headers, others from the payload. No I/O.

use std::borrow::Cow;

use bytes::Bytes;

use super::message::{HeaderValue, Message};
use crate::http_binding::{ResponseReader, WireFormat};
use crate::shape::{
    Blob, Document, Member, NextEntry, NextItem, NextMember, Number, ReadError, ReadResult,
    ReadStructure, ReadValue, ShapeReader, Timestamp,
};

/// The events that a stream can contain.
pub trait ReadEventStream: Sized {
    /// The exceptions that can end the stream: the name of each in the stream, and its code for
    /// [`ReadServiceError`](crate::ReadServiceError).
    const EXCEPTIONS: &'static [(&'static str, &'static str)];

    /// Reads the event called `name`, or keeps it unread if it is not in the model.
    ///
    /// # Errors
    /// If the event does not match the model.
    fn read_event(name: &str, event: &EventReader<'_>) -> Result<Self, ReadError>;
}

/// An event: reads each member from its place.
pub trait ReadEvent {
    /// Reads all members.
    ///
    /// # Errors
    /// A member's value does not match the model.
    fn read_event(&mut self, event: &EventReader<'_>) -> Result<(), ReadError>;
}

/// An event that this version of the crate does not know, as the service sent it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UnknownEvent {
    /// The event's name on the wire.
    pub name: String,
    /// The media type of the payload, if the service sent one.
    pub content_type: Option<String>,
    /// The payload.
    pub payload: Blob,
}

impl UnknownEvent {
    /// An event with this name and payload.
    #[must_use]
    pub fn new(name: impl Into<String>, payload: impl Into<Blob>) -> Self {
        Self {
            name: name.into(),
            content_type: None,
            payload: payload.into(),
        }
    }
}

/// An event's message, to be read in the format of a protocol.
#[derive(Debug)]
pub struct EventReader<'a> {
    format: &'static dyn WireFormat,
    message: &'a Message,
    response: http::Response<Bytes>,
}

impl<'a> EventReader<'a> {
    /// A reader of `message`.
    #[must_use]
    pub fn new(format: &'static dyn WireFormat, message: &'a Message) -> Self {
        Self {
            format,
            message,
            response: http::Response::new(message.payload.clone()),
        }
    }

    /// Reads the event.
    ///
    /// # Errors
    /// If it does not match the model.
    pub fn read<T: ReadEvent + Default>(&self) -> Result<T, ReadError> {
        let mut event = T::default();
        event.read_event(self)?;
        Ok(event)
    }

    /// The event `name`, unread.
    #[must_use]
    pub fn unknown(&self, name: &str) -> UnknownEvent {
        UnknownEvent {
            name: name.to_owned(),
            content_type: self.message.text(":content-type").map(str::to_owned),
            payload: self.message.payload.clone().into(),
        }
    }

    /// A header; `None` if it is missing.
    ///
    /// # Errors
    /// If its value cannot be read as `T`.
    pub fn header<T: ReadValue>(&self, name: &'static str) -> Result<Option<T>, ReadError> {
        let Some(value) = self.message.header(name) else {
            return Ok(None);
        };
        T::read_new(&Member::new(name), &mut HeaderReader(value))
            .map(Some)
            .map_err(|error| error.in_member(name))
    }

    /// The members that are not bound to a header. An empty payload has none.
    ///
    /// # Errors
    /// If the payload does not match the model.
    pub fn body(&self, into: &mut dyn ReadStructure) -> Result<(), ReadError> {
        self.payload().body(into)
    }

    /// Bytes that are the whole payload.
    #[must_use]
    pub fn payload_blob(&self) -> Option<Blob> {
        Some(self.message.payload.clone().into())
    }

    /// A text that is the whole payload.
    ///
    /// # Errors
    /// If it is not UTF-8.
    pub fn payload_string<T: From<String>>(&self) -> Result<Option<T>, ReadError> {
        let text = self.payload().payload_string::<String>()?;
        Ok(Some(text.unwrap_or_default().into()))
    }

    /// A structure or a union that is the whole payload; `None` if the payload is empty.
    ///
    /// # Errors
    /// If it does not match the model.
    pub fn payload_value<T: ReadValue>(
        &self,
        member: impl Into<Member>,
    ) -> Result<Option<T>, ReadError> {
        self.payload().payload_value(member)
    }

    fn payload(&self) -> ResponseReader<'_> {
        ResponseReader::new(self.format, &self.response)
    }
}

/// A UUID in its usual form (RFC 9562): groups of 4, 2, 2, 2 and 6 bytes in hexadecimal.
fn uuid(bytes: &[u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// The value of a header, which has a type.
struct HeaderReader<'a>(&'a HeaderValue);

impl HeaderReader<'_> {
    fn expected<T>(&self, what: &str) -> Result<T, ReadError> {
        Err(ReadError::expected(
            what,
            format!("{} in a header", self.0.kind()),
        ))
    }
}

impl ShapeReader for HeaderReader<'_> {
    fn begin_structure(&mut self) -> ReadResult {
        self.expected("a structure")
    }

    fn next_member(&mut self, _: &[Member], _: usize) -> ReadResult<NextMember> {
        Ok(NextMember::End)
    }

    fn member_name(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn begin_list(&mut self, _: &Member) -> ReadResult<usize> {
        self.expected("a list")
    }

    fn next_item(&mut self) -> ReadResult<NextItem> {
        Ok(NextItem::End)
    }

    fn begin_map(&mut self, _: &Member) -> ReadResult {
        self.expected("a map")
    }

    fn next_entry(&mut self) -> ReadResult<NextEntry> {
        Ok(NextEntry::End)
    }

    fn string(&mut self) -> ReadResult<Cow<'_, str>> {
        match self.0 {
            HeaderValue::String(text) => Ok(Cow::Borrowed(text)),
            HeaderValue::Uuid(bytes) => Ok(Cow::Owned(uuid(bytes))),
            _ => self.expected("a string"),
        }
    }

    fn boolean(&mut self) -> Result<bool, ReadError> {
        match self.0 {
            HeaderValue::Bool(value) => Ok(*value),
            _ => self.expected("a boolean"),
        }
    }

    fn integer(&mut self) -> Result<i64, ReadError> {
        match self.0 {
            HeaderValue::Byte(value) => Ok((*value).into()),
            HeaderValue::Short(value) => Ok((*value).into()),
            HeaderValue::Integer(value) => Ok((*value).into()),
            HeaderValue::Long(value) => Ok(*value),
            _ => self.expected("an integer"),
        }
    }

    fn float(&mut self) -> Result<f64, ReadError> {
        self.expected("a number with a fraction, which headers cannot hold,")
    }

    fn float32(&mut self) -> Result<f32, ReadError> {
        self.expected("a number with a fraction, which headers cannot hold,")
    }

    fn blob(&mut self) -> Result<Blob, ReadError> {
        match self.0 {
            HeaderValue::Bytes(bytes) => Ok(bytes.clone().into()),
            _ => self.expected("bytes"),
        }
    }

    fn timestamp(&mut self) -> Result<Timestamp, ReadError> {
        let HeaderValue::Timestamp(millis) = self.0 else {
            return self.expected("a timestamp");
        };
        let nanos = u32::try_from(millis.rem_euclid(1000)).unwrap_or_default() * 1_000_000;
        Timestamp::new(millis.div_euclid(1000), nanos)
            .ok_or_else(|| ReadError::new("the timestamp is out of range"))
    }

    fn document(&mut self) -> Result<Document, ReadError> {
        match self.0 {
            HeaderValue::Bool(value) => Ok(Document::Bool(*value)),
            HeaderValue::String(text) => Ok(Document::String(text.clone())),
            HeaderValue::Byte(_)
            | HeaderValue::Short(_)
            | HeaderValue::Integer(_)
            | HeaderValue::Long(_) => Ok(Document::Number(Number::from(self.integer()?))),
            _ => self.expected("a document"),
        }
    }

    fn skip(&mut self) -> Result<(), ReadError> {
        Ok(())
    }
}
