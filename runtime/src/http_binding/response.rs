//! Reading a response as an output or an exception: no I/O.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use bytes::Bytes;
use http::header::{HeaderMap, HeaderValue};

use super::format::WireFormat;
use super::header_reader::HeaderReader;
use crate::codec::Codec;
use crate::codec::text::BASE64;
use crate::error::{CallContext, Unhandled};
use crate::shape::{
    Blob, Member, ReadError, ReadPlace, ReadResult, ReadStructure, ReadValue, ShapeReader,
};
use crate::stream::{Body, ByteStream};

/// An operation's output, or an exception: reads each member from its place.
pub trait ReadOutput: ReadStructure {
    /// Reads all members; an output without bindings has all of them in the body.
    ///
    /// # Errors
    /// A member's value does not match the model.
    fn read_response(&mut self, response: &ResponseReader<'_>) -> ReadResult {
        response.read_body(&mut |reader| self.read_members(reader))
    }
}

/// The exceptions that a service's model declares.
pub trait ReadServiceError: Sized {
    /// Reads the exception with this code; `None` if it is not in the model.
    fn read_error(code: &str, response: &ResponseReader<'_>) -> Option<Result<Self, ReadError>>;

    /// The value for an error that is not an exception of the model; `None` if the type has none.
    fn unhandled(answer: Unhandled) -> Option<Self> {
        let _ = answer;
        None
    }
}

/// No exceptions: for calls without a model.
impl ReadServiceError for std::convert::Infallible {
    fn read_error(_: &str, _: &ResponseReader<'_>) -> Option<Result<Self, ReadError>> {
        None
    }
}

/// A body that is returned to the caller as a stream.
pub(crate) struct PendingBody {
    /// `None` after it has been taken.
    pub(crate) body: RefCell<Option<Body>>,
    /// The operation to whose output it belongs.
    pub(crate) operation: &'static str,
    /// The largest size that may be collected, in bytes.
    pub(crate) max: usize,
    /// The algorithm of the checksum that it is compared with while it is read.
    pub(crate) validated_by: Option<&'static str>,
    /// The call, if reading the body may still fail with its errors.
    pub(crate) call: Option<Arc<dyn CallContext>>,
}

/// A response, to be read in the format of a protocol.
#[derive(Clone, Copy)]
pub struct ResponseReader<'a> {
    /// The codec that reads the body.
    codec: &'a dyn Codec,
    response: &'a http::Response<Bytes>,
    names: Names,
    /// The protocol's format; `None`: it is an exception, which contains neither events nor another exception.
    format: Option<&'static dyn WireFormat>,
    /// The body, if it is returned to the caller as a stream.
    pending: Option<&'a PendingBody>,
}

impl<'a> ResponseReader<'a> {
    /// A reader of `response`.
    #[must_use]
    pub fn new(format: &'static dyn WireFormat, response: &'a http::Response<Bytes>) -> Self {
        Self {
            codec: format.codec(),
            response,
            names: Names::of(response.headers()),
            format: Some(format),
            pending: None,
        }
    }

    /// A reader of a response whose body is an exception.
    pub(crate) fn of_error(codec: &'a dyn Codec, response: &'a http::Response<Bytes>) -> Self {
        Self {
            codec,
            response,
            names: Names::of(response.headers()),
            format: None,
            pending: None,
        }
    }

    /// The same reader with another codec: for a body with a wrapper whose name depends on the operation.
    #[must_use]
    pub fn with_codec(self, codec: &'a dyn Codec) -> Self {
        Self { codec, ..self }
    }

    /// The same reader for a response whose body is still to be received.
    pub(crate) fn with_pending(self, pending: Option<&'a PendingBody>) -> Self {
        Self { pending, ..self }
    }

    /// The body as a stream. A body that has not been received yet can be taken once; after that it is empty.
    #[must_use]
    pub fn take_body(&self) -> Body {
        match self.pending {
            Some(pending) => pending.body.take().unwrap_or_default(),
            None => self.response.body().clone().into(),
        }
    }

    /// The context of the call, if the body is still to be received.
    pub(crate) fn call(&self) -> Option<&Arc<dyn CallContext>> {
        self.pending.and_then(|pending| pending.call.as_ref())
    }

    /// The format of the protocol's bodies.
    pub(crate) fn format(&self) -> Option<&'static dyn WireFormat> {
        self.format
    }

    /// The HTTP status, as the value of a member.
    #[must_use]
    pub fn status_code(&self) -> Option<i32> {
        Some(self.response.status().as_u16().into())
    }

    /// A header; `None` if it is missing.
    ///
    /// # Errors
    /// If its value cannot be read as `T`.
    pub fn header<T: ReadValue>(&self, name: &'static str) -> Result<Option<T>, ReadError> {
        let Some(text) = self.header_text(name)? else {
            return Ok(None);
        };
        T::read_new(&Member::new(name), &mut HeaderReader::new(text))
            .map(Some)
            .map_err(|error| error.in_member(name))
    }

    /// JSON in a header, in base64: as a [`Document`](crate::Document), or as a string that contains JSON.
    ///
    /// # Errors
    /// If it is not base64, or cannot be read as `T`.
    pub fn json_header<T: ReadValue>(&self, name: &'static str) -> Result<Option<T>, ReadError> {
        let Some(text) = self.header_text(name)? else {
            return Ok(None);
        };
        let decoded = BASE64
            .decode(text.as_bytes())
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok());
        let json = decoded
            .ok_or_else(|| ReadError::new("expected base64 of UTF-8 text").in_member(name))?;
        T::read_new(&Member::new(name), &mut HeaderReader::new(json.into()))
            .map(Some)
            .map_err(|error| error.in_member(name))
    }

    /// All headers whose names begin with `prefix`, by the rest of their names, in lower case as HTTP libraries have
    /// them. The result is always a map; without such headers it is empty. A value that is not UTF-8 is left out: others may
    /// have put it there, and the rest of the response is worth more.
    ///
    /// # Errors
    /// None: it returns a result so that all members are read the same way.
    pub fn prefix_headers(
        &self,
        prefix: &str,
    ) -> Result<Option<BTreeMap<String, String>>, ReadError> {
        let prefix = prefix.to_ascii_lowercase();
        let mut found = BTreeMap::new();
        for name in self.response.headers().keys() {
            if let Some(key) = name.as_str().strip_prefix(&prefix)
                && let Ok(Some(text)) = self.header_text(name.as_str())
            {
                found.insert(key.to_owned(), text.into_owned());
            }
        }
        Ok(Some(found))
    }

    /// The members that are not bound to another place. An empty body has none.
    ///
    /// # Errors
    /// If the body is not well-formed, or a member's value does not match the model.
    pub fn body(&self, into: &mut dyn ReadStructure) -> ReadResult {
        self.read_body(&mut |reader| into.read_members(reader))
    }

    fn read_body(&self, read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult) -> ReadResult {
        let mut found = false;
        self.codec.read(self.response.body(), &mut |reader| {
            found = true;
            read(reader)
        })?;
        // A listing would take null for the last, empty page, and end as if it were complete.
        if found || self.format.is_none() || self.response.body().trim_ascii().is_empty() {
            Ok(())
        } else {
            Err(ReadError::new("expected an object, found null"))
        }
    }

    /// A structure, union or document that is the whole body; `None` if the body is empty.
    ///
    /// # Errors
    /// If the body is not well-formed, or does not match the model.
    pub fn payload_value<T: ReadValue>(
        &self,
        member: impl Into<Member>,
    ) -> Result<Option<T>, ReadError> {
        let member = member.into();
        let mut value: Option<T> = None;
        self.codec.read(self.response.body(), &mut |reader| {
            value.read_place(&member, reader)
        })?;
        Ok(value)
    }

    /// Bytes that are the whole body; `None` if it is empty.
    ///
    /// # Errors
    /// None: it returns a result so that all payloads are read the same way.
    pub fn payload_blob(&self) -> Result<Option<Blob>, ReadError> {
        let body = self.response.body();
        Ok((!body.is_empty()).then(|| body.clone().into()))
    }

    /// The whole body as a stream, which may be empty.
    #[must_use]
    pub fn payload_stream(&self) -> ByteStream {
        let body = self.take_body();
        match self.pending {
            Some(pending) => {
                ByteStream::received(body, pending.operation, pending.max, pending.validated_by)
            }
            None => body.into(),
        }
    }

    /// A text that is the whole body; `None` if it is empty.
    ///
    /// # Errors
    /// If it is not UTF-8.
    pub fn payload_string<T: From<String>>(&self) -> Result<Option<T>, ReadError> {
        match std::str::from_utf8(self.response.body()) {
            Ok("") => Ok(None),
            Ok(text) => Ok(Some(text.to_owned().into())),
            Err(error) => Err(ReadError::new(format!(
                "byte {} of the body is not UTF-8",
                error.valid_up_to()
            ))),
        }
    }

    /// The exception in this response.
    ///
    /// # Errors
    /// The response does not match the model.
    pub fn error<T: ReadOutput + Default>(&self) -> Result<T, ReadError> {
        let mut error = T::default();
        error.read_response(self)?;
        Ok(error)
    }

    /// The id that the service gave the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&'a str> {
        request_id(self.response.headers())
    }

    fn header_text(&self, name: &str) -> Result<Option<Cow<'a, str>>, ReadError> {
        if !self.names.contain(name) {
            return Ok(None);
        }
        header_text(self.response.headers(), name)
    }
}

/// Lengths and last letters of the names of headers, a bit for each. An output of S3 is read from three dozen headers, most of
/// which are missing; to look a name up takes hashing it.
#[derive(Clone, Copy)]
struct Names(u64);

impl Names {
    fn of(headers: &HeaderMap) -> Self {
        let names = headers.keys().map(|name| Self::bit(name.as_str()));
        Self(names.fold(0, |all, one| all | one))
    }

    /// Whether there may be a header of this name.
    fn contain(self, name: &str) -> bool {
        self.0 & Self::bit(name) != 0
    }

    /// Several names share one.
    fn bit(name: &str) -> u64 {
        let last = name.as_bytes().last().map_or(0, u8::to_ascii_lowercase);
        1 << ((name.len() + 7 * usize::from(last)) % 64)
    }
}

/// The id that the service gave the request, from the headers of a response.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let names = ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"];
    names
        .iter()
        .find_map(|name| headers.get(*name))
        .and_then(|id| id.to_str().ok())
}

/// A header's text; several headers with one name are one list.
pub(crate) fn header_text<'a>(
    headers: &'a HeaderMap,
    name: &str,
) -> Result<Option<Cow<'a, str>>, ReadError> {
    let mut values = headers.get_all(name).iter();
    let Some(first) = values.next() else {
        return Ok(None);
    };
    let mut text = Cow::Borrowed(utf8(name, first)?);
    for value in values {
        let text = text.to_mut();
        text.push_str(", ");
        text.push_str(utf8(name, value)?);
    }
    Ok(Some(text))
}

impl fmt::Debug for ResponseReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseReader")
            .field("codec", &self.codec)
            .field("status", &self.response.status())
            .finish_non_exhaustive()
    }
}

fn utf8<'a>(name: &str, value: &'a HeaderValue) -> Result<&'a str, ReadError> {
    std::str::from_utf8(value.as_bytes())
        .map_err(|_| ReadError::new("the header is not UTF-8").in_member(name))
}
