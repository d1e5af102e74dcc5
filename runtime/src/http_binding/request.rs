//! What an input says of its members: this one is a label, that one a header, these are the body.

use base64::Engine as _;
use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::reserved::is_reserved;
use super::text_writer::{Text, TextWriter, join};
use super::uri::Labels;
use crate::codec::json::{BASE64, JsonWriter};
use crate::endpoint::{ContextValue, EndpointContext};
use crate::protocol::Protocol;
use crate::shape::{
    Blob, BuildError, Natural, ShapeWriter, TimestampFormat, WriteStructure, WriteValue,
};
use crate::stream::{ByteStream, EventSource, RequestBody};
use std::fmt;
use std::sync::Arc;

/// An operation's input: says which member goes where.
pub trait WriteInput: Send + Sync {
    /// Writes all members.
    fn write_request(&self, request: &mut RequestWriter);
}

/// A request in the making. The first error stays and surfaces when the request is finished.
pub struct RequestWriter {
    pub(super) protocol: Protocol,
    new_token: fn() -> String,
    pub(super) labels: Labels,
    pub(super) query: Vec<(String, String)>,
    pub(super) query_map: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) prefix_headers: HeaderMap,
    pub(super) body: Option<Body>,
    pub(super) context: EndpointContext,
    pub(super) events: Option<Arc<dyn EventSource>>,
    pub(super) failure: Option<BuildError>,
}

impl fmt::Debug for RequestWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestWriter")
            .field("protocol", &self.protocol)
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}

pub(super) struct Body {
    pub(super) content: RequestBody,
    pub(super) content_type: String,
}

impl RequestWriter {
    pub(super) fn new(protocol: Protocol, new_token: fn() -> String) -> Self {
        Self {
            protocol,
            new_token,
            labels: Labels::default(),
            query: Vec::new(),
            query_map: Vec::new(),
            headers: HeaderMap::new(),
            prefix_headers: HeaderMap::new(),
            body: None,
            context: EndpointContext::default(),
            events: None,
            failure: None,
        }
    }

    /// Demands that a member is set, wherever it goes; unset, it is an error that names it.
    pub fn require(&mut self, name: &str, value: &dyn WriteValue) {
        if value.is_none() {
            self.fail(BuildError::unset(name));
        }
    }

    /// The same of a member that is a stream.
    pub fn require_stream(&mut self, name: &str, value: &Option<ByteStream>) {
        if value.is_none() {
            self.fail(BuildError::unset(name));
        }
    }

    /// A parameter of the endpoint rules that is text; unset, it is left out.
    pub fn endpoint_text(&mut self, name: &str, value: Option<impl AsRef<str>>) {
        if let Some(text) = value {
            let text = text.as_ref().to_owned();
            self.context.set(name, ContextValue::Text(text));
        }
    }

    /// A parameter of the endpoint rules that is true or false; unset, it is left out.
    pub fn endpoint_flag(&mut self, name: &str, value: Option<bool>) {
        if let Some(flag) = value {
            self.context.set(name, ContextValue::Flag(flag));
        }
    }

    /// A parameter of the endpoint rules that is a list of texts.
    pub fn endpoint_list(
        &mut self,
        name: &str,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) {
        let values = values.into_iter().map(Into::into).collect();
        self.context.set(name, ContextValue::List(values));
    }

    /// A label of the path or of the host prefix; unset or empty, it is an error that names it.
    pub fn label(&mut self, name: &str, value: &dyn WriteValue) {
        self.label_as::<Natural>(name, value);
    }

    /// A label in the form that the marker `A` names.
    pub fn label_as<A>(&mut self, name: &str, value: &dyn WriteValue<A>) {
        let texts = self.texts(name, value, TimestampFormat::DateTime);
        match texts.into_iter().next() {
            Some(text) if text.value.is_empty() => {
                self.fail(BuildError::new("required as a label, but empty").in_member(name));
            }
            Some(text) => self.labels.set(name, text.value),
            None => self.fail(BuildError::unset(name)),
        }
    }

    /// A parameter of the query; a list repeats it, and what is unset is left out.
    pub fn query(&mut self, name: &str, value: &dyn WriteValue) {
        self.query_as::<Natural>(name, value);
    }

    /// A parameter in the form that the marker `A` names.
    pub fn query_as<A>(&mut self, name: &str, value: &dyn WriteValue<A>) {
        for text in self.texts(name, value, TimestampFormat::DateTime) {
            self.query.push((name.to_owned(), text.value));
        }
    }

    /// An idempotency token as a parameter: a fresh one if it is unset.
    pub fn idempotency_query(&mut self, name: &str, value: &Option<String>) {
        self.query(name, &self.token(value));
    }

    /// Parameters from a map of strings or of lists of strings; those of [`query`](Self::query) win.
    pub fn query_map(&mut self, value: &dyn WriteValue) {
        for text in self.texts("", value, TimestampFormat::DateTime) {
            self.query_map
                .push((text.key.unwrap_or_default(), text.value));
        }
    }

    /// A header; a list is joined by commas, and what is unset is left out. A header of the transport, of the signature
    /// or of the client is never sent: its value is passed over.
    pub fn header(&mut self, name: &str, value: &dyn WriteValue) {
        self.header_as::<Natural>(name, value);
    }

    /// A header in the form that the marker `A` names.
    pub fn header_as<A>(&mut self, name: &str, value: &dyn WriteValue<A>) {
        if value.is_none() {
            return;
        }
        let mut writer = TextWriter::new(TimestampFormat::HttpDate);
        value.write(&mut writer);
        let is_list = writer.is_list;
        let joined = writer
            .finish()
            .map(|texts| if is_list { join(&texts) } else { only(texts) });
        self.set_header(name, joined);
    }

    /// An idempotency token as a header: a fresh one if it is unset.
    pub fn idempotency_header(&mut self, name: &str, value: &Option<String>) {
        self.header(name, &self.token(value));
    }

    /// JSON in a header, in base64: a document, or a string that holds JSON already.
    pub fn json_header(&mut self, name: &str, value: &dyn WriteValue) {
        if !value.is_none() {
            let texts = self.texts(name, value, TimestampFormat::DateTime);
            self.set_header(name, Ok(BASE64.encode(only(texts))));
        }
    }

    /// One header for each entry of a map of strings, its name after `prefix`; those of [`header`](Self::header) win. A
    /// key that makes the name of a header of the transport, of the signature or of the client is an error.
    pub fn prefix_headers(&mut self, prefix: &str, value: &dyn WriteValue) {
        for text in self.texts(prefix, value, TimestampFormat::HttpDate) {
            let key = text.key.unwrap_or_default();
            match header(&format!("{prefix}{key}"), &text.value) {
                Ok((name, _)) if is_reserved(&name) => {
                    let message = format!(
                        "the header `{name}` belongs to the transport or the signature; no member can set it"
                    );
                    self.fail(BuildError::new(message).in_entry(&key));
                }
                Ok((name, value)) => {
                    self.prefix_headers.insert(name, value);
                }
                Err(error) => self.fail(error.in_entry(&key)),
            }
        }
    }

    /// The members that are bound to no other place, as the body.
    pub fn body(&mut self, members: &dyn WriteStructure) {
        let mut json = JsonWriter::with_tokens(self.new_token);
        json.begin_structure();
        members.write_members(&mut json);
        json.end_structure();
        self.json_body(json);
    }

    /// A structure as the whole body; unset, it counts as one without members.
    pub fn payload_structure(&mut self, name: &str, value: &dyn WriteValue) {
        if value.is_none() {
            self.body(&NoMembers);
        } else {
            self.payload_value(name, value);
        }
    }

    /// A union or a document as the whole body; unset, there is no body.
    pub fn payload_value(&mut self, name: &str, value: &dyn WriteValue) {
        self.payload_value_as(name, value);
    }

    /// The same in the form that the marker `A` names: lists and maps of timestamps.
    pub fn payload_value_as<A>(&mut self, name: &str, value: &dyn WriteValue<A>) {
        if !value.is_none() {
            let mut json = JsonWriter::with_tokens(self.new_token);
            let writer: &mut dyn ShapeWriter = &mut json;
            writer.nested(&mut |writer| value.write(writer), &|error| {
                error.in_member(name)
            });
            self.json_body(json);
        }
    }

    /// Bytes as the whole body; unset, there is no body. A content type among the headers wins over `content_type`.
    pub fn payload_blob(&mut self, _name: &str, value: &Option<Blob>, content_type: &str) {
        if let Some(blob) = value {
            self.body = Some(Body {
                content: RequestBody::Bytes(blob.clone().into_bytes()),
                content_type: content_type.to_owned(),
            });
        }
    }

    /// A stream as the whole body; unset, there is no body. A content type among the headers wins over `content_type`.
    pub fn payload_stream(&mut self, value: &Option<ByteStream>, content_type: &str) {
        if let Some(stream) = value {
            self.body = Some(Body {
                content: match stream.as_bytes() {
                    Some(bytes) => RequestBody::Bytes(bytes.clone()),
                    None => RequestBody::Stream(stream.clone()),
                },
                content_type: content_type.to_owned(),
            });
        }
    }

    /// The same where the service must know the length beforehand; an unknown one is an error that names the member.
    pub fn payload_sized_stream(
        &mut self,
        name: &str,
        value: &Option<ByteStream>,
        content_type: &str,
    ) {
        if value.as_ref().is_some_and(|stream| !stream.has_length()) {
            let message = "the service must know its length beforehand, and that of this stream is not known; give \
                           bytes, a file (ByteStream::from_path), or the length (ByteStream::from_sized_stream)";
            self.fail(BuildError::new(message).in_member(name));
        }
        self.payload_stream(value, content_type);
    }

    /// Events as the whole body; what is the body beside them goes ahead of them, where the protocol has a place for it.
    pub(crate) fn set_events(&mut self, events: Arc<dyn EventSource>) {
        self.events = Some(events);
    }

    /// The protocol that it is written in.
    pub(crate) fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// A text as the whole body; unset, there is no body. A content type among the headers wins over `content_type`.
    pub fn payload_string(&mut self, name: &str, value: &dyn WriteValue, content_type: &str) {
        if !value.is_none() {
            let text = only(self.texts(name, value, TimestampFormat::DateTime));
            self.body = Some(Body {
                content: RequestBody::Bytes(text.into()),
                content_type: content_type.to_owned(),
            });
        }
    }

    fn json_body(&mut self, json: JsonWriter) {
        let content_type = json_content_type(self.protocol);
        match json.finish() {
            Ok(bytes) => {
                self.body = Some(Body {
                    content: RequestBody::Bytes(bytes.into()),
                    content_type,
                })
            }
            Err(error) => self.fail(error),
        }
    }

    /// The texts of a value; an error in it is noted.
    fn texts<A>(
        &mut self,
        name: &str,
        value: &dyn WriteValue<A>,
        timestamps: TimestampFormat,
    ) -> Vec<Text> {
        if value.is_none() {
            return Vec::new();
        }
        let mut writer = TextWriter::new(timestamps);
        value.write(&mut writer);
        writer.finish().unwrap_or_else(|error| {
            self.fail(error.in_member(name));
            Vec::new()
        })
    }

    pub(super) fn set_header(&mut self, name: &str, value: Result<String, BuildError>) {
        match value.and_then(|value| header(name, &value)) {
            Ok((name, _)) if is_reserved(&name) => {}
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(error) => self.fail(error.in_member(name)),
        }
    }

    fn token(&self, value: &Option<String>) -> String {
        value.clone().unwrap_or_else(self.new_token)
    }

    /// Notes an error; the first one stays.
    pub(crate) fn fail(&mut self, error: BuildError) {
        self.failure.get_or_insert(error);
    }
}

/// The media type of JSON in a protocol.
pub(crate) fn json_content_type(protocol: Protocol) -> String {
    match protocol {
        Protocol::RestJson => "application/json".to_owned(),
        Protocol::AwsJson { version, .. } => format!("application/x-amz-json-{version}"),
    }
}

/// A body without members.
pub(super) struct NoMembers;

impl WriteStructure for NoMembers {
    fn write_members(&self, _: &mut dyn ShapeWriter) {}
}

fn only(texts: Vec<Text>) -> String {
    texts
        .into_iter()
        .next()
        .map(|text| text.value)
        .unwrap_or_default()
}

pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), BuildError> {
    let valid_name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| BuildError::new(format!("{name:?} cannot be the name of a header")))?;
    let valid_value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| {
        BuildError::new("a header cannot hold control characters such as line breaks")
    })?;
    Ok((valid_name, valid_value))
}
