//! Reading a response into an output or an exception: no I/O.

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

/// An operation's output, or an exception: says which member comes from where.
pub trait ReadOutput: ReadStructure {
    /// Reads all members; unless an output has bindings, they are in the body.
    ///
    /// # Errors
    /// A member's value does not match the model.
    fn read_response(&mut self, response: &ResponseReader<'_>) -> ReadResult {
        response.read_body(&mut |reader| self.read_members(reader))
    }
}

/// The exceptions that a service's model declares.
pub trait ReadServiceError: Sized {
    /// Reads the exception with this code; `None` if the model declares none.
    fn read_error(code: &str, response: &ResponseReader<'_>) -> Option<Result<Self, ReadError>>;

    /// What stands for an answer that is no exception of the model; `None` where nothing does.
    fn unhandled(answer: Unhandled) -> Option<Self> {
        let _ = answer;
        None
    }
}

/// No exceptions at all: for what is not the call of a modelled service.
impl ReadServiceError for std::convert::Infallible {
    fn read_error(_: &str, _: &ResponseReader<'_>) -> Option<Result<Self, ReadError>> {
        None
    }
}

/// A body that is handed out and not read here.
pub(crate) struct PendingBody {
    /// Until somebody takes it.
    pub(crate) body: RefCell<Option<Body>>,
    /// The operation that it is the output of.
    pub(crate) operation: &'static str,
    /// The most that is to be collected of it.
    pub(crate) max: usize,
    /// The call, where its failures may come with the body.
    pub(crate) call: Option<Arc<dyn CallContext>>,
}

/// A response, to be read in the manner of a protocol.
#[derive(Clone, Copy)]
pub struct ResponseReader<'a> {
    /// What reads the body.
    codec: &'a dyn Codec,
    response: &'a http::Response<Bytes>,
    /// The protocol's; `None`: it is an exception, which holds neither events nor another exception.
    format: Option<&'static dyn WireFormat>,
    /// The body, where it is handed out and not read here.
    pending: Option<&'a PendingBody>,
}

impl<'a> ResponseReader<'a> {
    /// A reader of `response`.
    #[must_use]
    pub fn new(format: &'static dyn WireFormat, response: &'a http::Response<Bytes>) -> Self {
        Self {
            codec: format.codec(),
            response,
            format: Some(format),
            pending: None,
        }
    }

    /// A reader of a response whose body is an exception.
    pub(crate) fn of_error(codec: &'a dyn Codec, response: &'a http::Response<Bytes>) -> Self {
        Self {
            codec,
            response,
            format: None,
            pending: None,
        }
    }

    /// The same, with a body that `codec` reads: where it is wrapped in something that the operation names.
    #[must_use]
    pub fn with_codec(self, codec: &'a dyn Codec) -> Self {
        Self { codec, ..self }
    }

    /// The same, of a response whose body is still to be read, beside `response`.
    pub(crate) fn with_pending(self, pending: Option<&'a PendingBody>) -> Self {
        Self { pending, ..self }
    }

    /// The body as a stream. One that is not received yet can be taken once; after that it is empty.
    #[must_use]
    pub fn take_body(&self) -> Body {
        match self.pending {
            Some(pending) => pending.body.take().unwrap_or_default(),
            None => self.response.body().clone().into(),
        }
    }

    /// What is known of the call that it answers, where the body is still to be read.
    pub(crate) fn call(&self) -> Option<&Arc<dyn CallContext>> {
        self.pending.and_then(|pending| pending.call.as_ref())
    }

    /// What bodies are in its protocol.
    pub(crate) fn format(&self) -> Option<&'static dyn WireFormat> {
        self.format
    }

    /// The HTTP status, as a member has it.
    #[must_use]
    pub fn status_code(&self) -> Option<i32> {
        Some(self.response.status().as_u16().into())
    }

    /// A header; `None` if it is not there.
    ///
    /// # Errors
    /// If its value is not what `T` can be read from.
    pub fn header<T: ReadValue>(&self, name: &'static str) -> Result<Option<T>, ReadError> {
        let Some(text) = self.header_text(name)? else {
            return Ok(None);
        };
        T::read_new(&Member::new(name), &mut HeaderReader::new(text))
            .map(Some)
            .map_err(|error| error.in_member(name))
    }

    /// JSON in a header, in base64: as a [`Document`](crate::Document), or as a string that still holds JSON.
    ///
    /// # Errors
    /// If it is not base64, or not what `T` can be read from.
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

    /// All headers whose names begin with `prefix`, under the rest of their names, in lower case as HTTP libraries
    /// keep them. There is always a map; without such headers it is empty.
    ///
    /// # Errors
    /// If a value is not text.
    pub fn prefix_headers(
        &self,
        prefix: &str,
    ) -> Result<Option<BTreeMap<String, String>>, ReadError> {
        let prefix = prefix.to_ascii_lowercase();
        let mut found = BTreeMap::new();
        for name in self.response.headers().keys() {
            if let Some(key) = name.as_str().strip_prefix(&prefix)
                && let Some(text) = self.header_text(name.as_str())?
            {
                found.insert(key.to_owned(), text.into_owned());
            }
        }
        Ok(Some(found))
    }

    /// The members that are bound to no other place. An empty body has none.
    ///
    /// # Errors
    /// If the body is not well-formed, or a member's value is not what the model says.
    pub fn body(&self, into: &mut dyn ReadStructure) -> ReadResult {
        self.read_body(&mut |reader| into.read_members(reader))
    }

    fn read_body(&self, read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult) -> ReadResult {
        let mut found = false;
        self.codec.read(self.response.body(), &mut |reader| {
            found = true;
            read(reader)
        })?;
        // A listing would take null for a last, empty page, and end as if nothing were missing.
        if found || self.format.is_none() || self.response.body().trim_ascii().is_empty() {
            Ok(())
        } else {
            Err(ReadError::new("expected an object, found null"))
        }
    }

    /// A structure, union or document that is the whole body; `None` if the body is empty.
    ///
    /// # Errors
    /// If the body is not well-formed, or not what the model says.
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
    /// None: the result is one so that all payloads are read alike.
    pub fn payload_blob(&self) -> Result<Option<Blob>, ReadError> {
        let body = self.response.body();
        Ok((!body.is_empty()).then(|| body.clone().into()))
    }

    /// The whole body as a stream, which may be empty.
    #[must_use]
    pub fn payload_stream(&self) -> ByteStream {
        let body = self.take_body();
        match self.pending {
            Some(pending) => ByteStream::received(body, pending.operation, pending.max),
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

    /// The service's id of the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&'a str> {
        request_id(self.response.headers())
    }

    fn header_text(&self, name: &str) -> Result<Option<Cow<'a, str>>, ReadError> {
        header_text(self.response.headers(), name)
    }
}

/// The service's id of the request, as the headers of a response have it.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let names = ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"];
    names
        .iter()
        .find_map(|name| headers.get(*name))
        .and_then(|id| id.to_str().ok())
}

/// A header's text; several headers of one name are one list.
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
