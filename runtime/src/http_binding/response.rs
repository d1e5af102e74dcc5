//! Reading a response into an output or an exception: no I/O.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use bytes::Bytes;
use http::header::HeaderValue;

use super::header_reader::HeaderReader;
use crate::codec::json::{self, BASE64};
use crate::error::CallContext;
use crate::protocol::Protocol;
use crate::shape::{
    Blob, Member, ReadError, ReadPlace, ReadResult, ReadStructure, ReadValue, ShapeReader,
};
use crate::stream::{Body, ByteStream};

/// An operation's output, or an exception: says which member comes from where.
pub trait ReadOutput: ReadStructure {
    /// Reads all members; unless an output has bindings, they are in the body.
    ///
    /// # Errors
    /// If a member's value is not what the model says.
    fn read_response(&mut self, response: &ResponseReader<'_>) -> ReadResult {
        response.read_body(&mut |reader| self.read_members(reader))
    }
}

/// The exceptions that a service's model declares.
pub trait ReadServiceError: Sized {
    /// Reads the exception with this code; `None` if the model declares none.
    fn read_error(code: &str, response: &ResponseReader<'_>) -> Option<Result<Self, ReadError>>;
}

/// No exceptions at all: for what is not the call of a modelled service.
impl ReadServiceError for std::convert::Infallible {
    fn read_error(_: &str, _: &ResponseReader<'_>) -> Option<Result<Self, ReadError>> {
        None
    }
}

/// A body that is handed out and not read here.
pub(crate) struct Unread {
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
    protocol: Protocol,
    response: &'a http::Response<Bytes>,
    /// The body, where it is handed out and not read here.
    unread: Option<&'a Unread>,
    /// Whether the body is that of an exception, whose message may be spelled in two ways.
    is_error: bool,
}

impl<'a> ResponseReader<'a> {
    /// A reader of `response`.
    #[must_use]
    pub fn new(protocol: Protocol, response: &'a http::Response<Bytes>) -> Self {
        Self {
            protocol,
            response,
            unread: None,
            is_error: false,
        }
    }

    /// The same, of a response whose body is still to be read, beside `response`.
    pub(crate) fn with_unread(self, unread: Option<&'a Unread>) -> Self {
        Self { unread, ..self }
    }

    /// The body as a stream. One that is not received yet can be taken once; after that it is empty.
    #[must_use]
    pub fn take_body(&self) -> Body {
        match self.unread {
            Some(unread) => unread.body.take().unwrap_or_default(),
            None => self.response.body().clone().into(),
        }
    }

    /// What is known of the call that it answers, where the body is still to be read.
    pub(crate) fn call(&self) -> Option<&Arc<dyn CallContext>> {
        self.unread.and_then(|unread| unread.call.as_ref())
    }

    /// The protocol that it is read in.
    pub(crate) fn protocol(&self) -> Protocol {
        self.protocol
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
    /// keep them; `None` if there are none.
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
        Ok(Some(found).filter(|found| !found.is_empty()))
    }

    /// The members that are bound to no other place. An empty body has none.
    ///
    /// # Errors
    /// If the body is not JSON, or a member's value is not what the model says.
    pub fn body(&self, into: &mut dyn ReadStructure) -> ReadResult {
        self.read_body(&mut |reader| into.read_members(reader))
    }

    fn read_body(&self, read: &mut dyn FnMut(&mut dyn ShapeReader) -> ReadResult) -> ReadResult {
        let mut found = false;
        self.read_json(&mut |reader| {
            found = true;
            read(reader)
        })?;
        // A listing would take null for a last, empty page, and end as if nothing were missing.
        if found || self.is_error || self.response.body().trim_ascii().is_empty() {
            Ok(())
        } else {
            Err(ReadError::new("expected an object, found null"))
        }
    }

    /// A structure, union or document that is the whole body; `None` if the body is empty.
    ///
    /// # Errors
    /// If the body is not JSON, or not what the model says.
    pub fn payload_value<T: ReadValue>(
        &self,
        member: impl Into<Member>,
    ) -> Result<Option<T>, ReadError> {
        let member = member.into();
        let mut value: Option<T> = None;
        self.read_json(&mut |reader| value.read_place(&member, reader))?;
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
        match self.unread {
            Some(unread) => ByteStream::received(body, unread.operation, unread.max),
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

    /// The exception in this response; its message is found as `message` and as `Message`.
    ///
    /// # Errors
    /// If the response is not what the model says.
    pub fn error<T: ReadOutput + Default>(&self) -> Result<T, ReadError> {
        let mut error = T::default();
        error.read_response(&Self {
            is_error: true,
            ..*self
        })?;
        Ok(error)
    }

    /// The service's id of the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&'a str> {
        let headers = self.response.headers();
        let names = ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"];
        names
            .iter()
            .find_map(|name| headers.get(*name))
            .and_then(|id| id.to_str().ok())
    }

    /// The code and the message of the error in this response, as far as they can be made out: from the headers
    /// `x-amzn-query-error` and `x-amzn-errortype` and from the body, which may be empty, cut or no JSON at all.
    #[must_use]
    pub fn error_code_and_message(&self) -> (Option<String>, Option<String>) {
        let (name, message) = self.error_name_and_message();
        (self.query_error_code().or(name), message)
    }

    /// The code that the query protocol had for the error, where the service was asked for it.
    pub(crate) fn query_error_code(&self) -> Option<String> {
        // The code, and whose fault it is: `AWS.SimpleQueueService.NonExistentQueue;Sender`.
        let text = self.header_text("x-amzn-query-error").ok().flatten()?;
        let code = text.split(';').next().unwrap_or_default().trim();
        (!code.is_empty()).then(|| code.to_owned())
    }

    /// The name of the exception's shape, and the message.
    pub(crate) fn error_name_and_message(&self) -> (Option<String>, Option<String>) {
        let mut fields = ErrorFields::default();
        // What is wrong with the body does not matter here: what was read before that is what there is.
        let error = Self {
            is_error: true,
            ..*self
        };
        let _ = error.read_json(&mut |reader| fields.read_members(reader));
        let header = self
            .header_text("x-amzn-errortype")
            .ok()
            .flatten()
            .map(Cow::into_owned);
        let code = header.or(fields.type_name.0).or(fields.code.0);
        (
            code.as_deref().and_then(short_code),
            fields.message.0.or(fields.error_message.0),
        )
    }

    fn read_json(
        &self,
        read: &mut dyn FnMut(&mut dyn ShapeReader) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let body = self.response.body();
        if body.trim_ascii().is_empty() {
            return Ok(());
        }
        match self.protocol {
            Protocol::RestJson | Protocol::AwsJson { .. } if self.is_error => {
                json::read_error(body, read)
            }
            Protocol::RestJson | Protocol::AwsJson { .. } => json::read(body, read),
        }
    }

    /// A header's text; several headers of one name are one list.
    fn header_text(&self, name: &str) -> Result<Option<Cow<'a, str>>, ReadError> {
        let mut values = self.response.headers().get_all(name).iter();
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
}

impl fmt::Debug for ResponseReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseReader")
            .field("protocol", &self.protocol)
            .field("status", &self.response.status())
            .finish_non_exhaustive()
    }
}

fn utf8<'a>(name: &str, value: &'a HeaderValue) -> Result<&'a str, ReadError> {
    std::str::from_utf8(value.as_bytes())
        .map_err(|_| ReadError::new("the header is not UTF-8").in_member(name))
}

/// The code without the namespace before `#` and the URI after `:`.
fn short_code(code: &str) -> Option<String> {
    let code = code.split(':').next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// What the body of any error may say.
#[derive(Default)]
struct ErrorFields {
    type_name: Text,
    code: Text,
    message: Text,
    error_message: Text,
}

impl ReadStructure for ErrorFields {
    fn read_members(&mut self, reader: &mut dyn ShapeReader) -> ReadResult {
        const MEMBERS: &[Member] = &[
            Member::new("__type"),
            Member::new("code"),
            Member::new("message"),
            Member::new("errorMessage"),
        ];
        reader.structure(
            MEMBERS,
            &mut [
                &mut self.type_name,
                &mut self.code,
                &mut self.message,
                &mut self.error_message,
            ],
        )
    }
}

/// A text; anything but a string is not meant.
#[derive(Default)]
struct Text(Option<String>);

impl ReadPlace for Text {
    fn read_place(&mut self, _: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        if let Ok(text) = reader.document()?.into_string() {
            self.0 = Some(text);
        }
        Ok(())
    }
}
