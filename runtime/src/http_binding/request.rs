//! Collects the members of an input by their places: labels, headers, the body.

use base64::Engine as _;
use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::format::WireFormat;
use super::parameter_writer::{ParameterWriter, Text, join};
use super::reserved::is_reserved;
use super::uri::Labels;
use crate::codec::text::BASE64;
use crate::endpoint::{ContextValue, EndpointContext};
use crate::shape::{
    Blob, BuildError, Member, ShapeWriter, TimestampFormat, WriteStructure, WriteValue,
};
use crate::stream::{ByteStream, EventSource, RequestBody};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// An operation's input: writes each member to its place.
pub trait WriteInput: WriteStructure + Send + Sync {
    /// Writes all members; an input without bindings has all of them in the body.
    fn write_request(&self, request: &mut RequestWriter) {
        let root = request.root;
        request.write_body(&root, &mut |writer| self.write_members(writer));
    }
}

/// A request that is being written. The first error is kept and returned when the request is finished.
pub struct RequestWriter {
    pub(super) format: &'static dyn WireFormat,
    /// The name of the body, if it is the input itself.
    root: Member,
    new_token: fn() -> String,
    pub(super) labels: Labels,
    pub(super) query: Vec<(String, String)>,
    pub(super) query_map: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) prefix_headers: HeaderMap,
    /// What a member says of the payload's length, and the member.
    pub(super) content_length: Option<(&'static str, i64)>,
    pub(super) body: Option<Body>,
    pub(super) context: EndpointContext,
    pub(super) events: Option<Arc<dyn EventSource>>,
    pub(super) failure: Option<BuildError>,
}

impl fmt::Debug for RequestWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestWriter")
            .field("format", &self.format)
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}

pub(super) struct Body {
    pub(super) content: RequestBody,
    pub(super) content_type: Cow<'static, str>,
}

impl RequestWriter {
    /// A request in this format; `root` is the name of the body if it is the input itself, `new_token` makes
    /// idempotency tokens.
    pub(crate) fn new(
        format: &'static dyn WireFormat,
        root: Member,
        new_token: fn() -> String,
    ) -> Self {
        Self {
            format,
            root,
            new_token,
            labels: Labels::default(),
            query: Vec::new(),
            query_map: Vec::new(),
            headers: HeaderMap::new(),
            prefix_headers: HeaderMap::new(),
            content_length: None,
            body: None,
            context: EndpointContext::default(),
            events: None,
            failure: None,
        }
    }

    /// Checks that a member is set; if it is not, that is an error that names it.
    pub fn require(&mut self, name: &str, value: &dyn WriteValue) {
        if value.is_none() {
            self.fail(BuildError::unset(name));
        }
    }

    /// The same for a member that is a stream.
    pub fn require_stream(&mut self, name: &str, value: &Option<ByteStream>) {
        if value.is_none() {
            self.fail(BuildError::unset(name));
        }
    }

    /// A parameter of the endpoint rules that is text; an unset one is omitted.
    pub fn endpoint_text(&mut self, name: &str, value: Option<impl AsRef<str>>) {
        if let Some(text) = value {
            let text = text.as_ref().to_owned();
            self.context.set(name, ContextValue::Text(text));
        }
    }

    /// A parameter of the endpoint rules that is a boolean; an unset one is omitted.
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

    /// A label of the path or of the host prefix; an unset or empty one is an error that names it.
    pub fn label(&mut self, member: impl Into<Member>, value: &dyn WriteValue) {
        let member = member.into();
        let texts = self.texts(&member, value, TimestampFormat::DateTime);
        match texts.into_iter().next() {
            Some(text) if text.value.is_empty() => {
                let error = BuildError::new("required as a label, but empty");
                self.fail(error.in_member(member.name));
            }
            Some(text) => self.labels.set(member.name, text.value),
            None => self.fail(BuildError::unset(member.name)),
        }
    }

    /// The same with the part of the value after its last slash: ids in responses can have a path before them.
    pub fn label_last_segment(&mut self, member: impl Into<Member>, value: &Option<String>) {
        let segment = |value: &String| value.rsplit('/').next().unwrap_or_default().to_owned();
        self.label(member, &value.as_ref().map(segment));
    }

    /// A parameter of the query; a list repeats it, an unset value is omitted.
    pub fn query(&mut self, member: impl Into<Member>, value: &dyn WriteValue) {
        let member = member.into();
        for text in self.texts(&member, value, TimestampFormat::DateTime) {
            self.query.push((member.name.to_owned(), text.value));
        }
    }

    /// An idempotency token as a parameter of the query: a new one if it is unset.
    pub fn idempotency_query(&mut self, name: &'static str, value: &Option<String>) {
        match value {
            Some(_) => self.query(name, value),
            None => self.query(name, &(self.new_token)()),
        }
    }

    /// Parameters from a map of strings or of lists of strings; those of [`query`](Self::query) have priority.
    pub fn query_map(&mut self, value: &dyn WriteValue) {
        for text in self.texts(&Member::new(""), value, TimestampFormat::DateTime) {
            self.query_map
                .push((text.key.unwrap_or_default(), text.value));
        }
    }

    /// A header; a list is joined by commas, an unset value is omitted. A header of the transport, of the signature or
    /// of the client is never sent: its value is ignored. The header of a sensitive member is marked as such, so that no
    /// HTTP client shows it and HTTP/2 keeps it out of its tables.
    pub fn header(&mut self, member: impl Into<Member>, value: &dyn WriteValue) {
        if value.is_none() {
            return;
        }
        let member = member.into();
        let mut writer = ParameterWriter::new(TimestampFormat::HttpDate);
        value.write(&member, &mut writer);
        let is_list = writer.is_list;
        let joined = writer
            .finish()
            .map(|texts| if is_list { join(&texts) } else { only(texts) });
        self.set_marked_header(member.name, joined, member.sensitive);
    }

    /// How long the payload is, in bytes: what a stream of unknown length is given, and what every other payload must have.
    pub fn content_length(&mut self, name: &'static str, value: Option<i64>) {
        self.content_length = value.map(|length| (name, length));
    }

    /// An idempotency token as a header: a new one if it is unset.
    pub fn idempotency_header(&mut self, member: impl Into<Member>, value: &Option<String>) {
        match value {
            Some(_) => self.header(member, value),
            None => self.header(member, &(self.new_token)()),
        }
    }

    /// JSON in a header, in base64: a document, or a string that holds JSON already.
    pub fn json_header(&mut self, member: impl Into<Member>, value: &dyn WriteValue) {
        if !value.is_none() {
            let member = member.into();
            let texts = self.texts(&member, value, TimestampFormat::DateTime);
            let encoded = Ok(BASE64.encode(only(texts)));
            self.set_marked_header(member.name, encoded, member.sensitive);
        }
    }

    /// One header for each entry of a map of strings, with the name `prefix` + key; those of [`header`](Self::header)
    /// have priority. A key that results in a header of the transport, of the signature or of the client is an error.
    pub fn prefix_headers(&mut self, prefix: impl Into<Member>, value: &dyn WriteValue) {
        let prefix = prefix.into();
        for text in self.texts(&prefix, value, TimestampFormat::HttpDate) {
            let key = text.key.unwrap_or_default();
            match header(&format!("{}{key}", prefix.name), &text.value) {
                Ok((name, _)) if is_reserved(&name) => {
                    let message = format!(
                        "the header `{name}` belongs to the transport or the signature; no member can set it"
                    );
                    self.fail(BuildError::new(message).in_entry(&key));
                }
                Ok((name, mut value)) => {
                    value.set_sensitive(prefix.sensitive);
                    self.prefix_headers.insert(name, value);
                }
                Err(error) => self.fail(error.in_entry(&key)),
            }
        }
    }

    /// The members that are not bound to another place, as the body.
    pub fn body(&mut self, members: &dyn WriteStructure) {
        let root = self.root;
        self.write_body(&root, &mut |writer| members.write_members(writer));
    }

    fn write_body(&mut self, root: &Member, write: &mut dyn FnMut(&mut dyn ShapeWriter)) {
        let codec = self.format.codec();
        match codec.write(root, Some(self.new_token), write) {
            Ok(bytes) => {
                self.body = Some(Body {
                    content: RequestBody::Bytes(bytes),
                    content_type: self.format.media_type(),
                });
            }
            Err(error) => self.fail(error),
        }
    }

    /// A structure as the whole body; if it is unset, it counts as one without members or there is no body, depending
    /// on the protocol.
    pub fn payload_structure(&mut self, member: impl Into<Member>, value: &dyn WriteValue) {
        if value.is_none() && self.format.sends_unset_payloads() {
            self.body(&NoMembers);
        } else {
            self.payload_value(member, value);
        }
    }

    /// Any other value as the whole body; if it is unset, there is no body.
    pub fn payload_value(&mut self, member: impl Into<Member>, value: &dyn WriteValue) {
        if !value.is_none() {
            let member = member.into();
            self.write_body(&member, &mut |writer| {
                writer.nested(&mut |writer| value.write(&member, writer), &|error| {
                    error.in_member(member.name)
                });
            });
        }
    }

    /// Bytes as the whole body; if they are unset, there is no body. A content type among the headers has priority over
    /// `content_type`.
    pub fn payload_blob(&mut self, _name: &str, value: &Option<Blob>, content_type: &str) {
        if let Some(blob) = value {
            self.body = Some(Body {
                content: RequestBody::Bytes(blob.clone().into_bytes()),
                content_type: content_type.to_owned().into(),
            });
        }
    }

    /// A stream as the whole body; if it is unset, there is no body. A content type among the headers has priority over
    /// `content_type`.
    pub fn payload_stream(&mut self, value: &Option<ByteStream>, content_type: &str) {
        if let Some(stream) = value {
            self.body = Some(Body {
                content: stream.clone().into(),
                content_type: content_type.to_owned().into(),
            });
        }
    }

    /// The same for a service that needs the length in advance; an unknown length is an error that names the member.
    pub fn payload_sized_stream(
        &mut self,
        name: &str,
        value: &Option<ByteStream>,
        content_type: &str,
    ) {
        if value.as_ref().is_some_and(|stream| !stream.has_length()) {
            let message = "the service needs its length in advance, and that of this stream is not known; give \
                           bytes, a file (ByteStream::from_path), or the length (ByteStream::from_sized_stream)";
            self.fail(BuildError::new(message).in_member(name));
        }
        self.payload_stream(value, content_type);
    }

    /// A body without members, if there is none yet: for protocols that send one even for an operation without input.
    pub(crate) fn require_body(&mut self) {
        if self.body.is_none() {
            self.body(&NoMembers);
        }
    }

    /// Events as the whole body; the other members of the body are sent before them, if the protocol has a place for
    /// that.
    pub(crate) fn set_events(&mut self, events: Arc<dyn EventSource>) {
        self.events = Some(events);
    }

    /// The format of the protocol's bodies.
    pub(crate) fn format(&self) -> &'static dyn WireFormat {
        self.format
    }

    /// A text as the whole body; if it is unset, there is no body. A content type among the headers has priority over
    /// `content_type`.
    pub fn payload_string(
        &mut self,
        name: &'static str,
        value: &dyn WriteValue,
        content_type: &str,
    ) {
        if !value.is_none() {
            let text = only(self.texts(&Member::new(name), value, TimestampFormat::DateTime));
            self.body = Some(Body {
                content: RequestBody::Bytes(text.into()),
                content_type: content_type.to_owned().into(),
            });
        }
    }

    /// The texts of a value; an error in it is recorded.
    fn texts(
        &mut self,
        member: &Member,
        value: &dyn WriteValue,
        timestamps: TimestampFormat,
    ) -> Vec<Text> {
        if value.is_none() {
            return Vec::new();
        }
        let mut writer = ParameterWriter::new(timestamps);
        value.write(member, &mut writer);
        writer.finish().unwrap_or_else(|error| {
            self.fail(error.in_member(member.name));
            Vec::new()
        })
    }

    pub(crate) fn set_header(&mut self, name: &str, value: String) {
        self.set_marked_header(name, Ok(value), false);
    }

    fn set_marked_header(&mut self, name: &str, value: Result<String, BuildError>, secret: bool) {
        match value.and_then(|value| header(name, &value)) {
            Ok((name, _)) if is_reserved(&name) => {}
            Ok((name, mut value)) => {
                value.set_sensitive(secret);
                self.headers.insert(name, value);
            }
            Err(error) => self.fail(error.in_member(name)),
        }
    }

    /// Records an error; the first one is kept.
    pub(crate) fn fail(&mut self, error: BuildError) {
        self.failure.get_or_insert(error);
    }
}

/// A body without members.
pub(super) struct NoMembers;

impl WriteStructure for NoMembers {
    fn write_members(&self, writer: &mut dyn ShapeWriter) {
        writer.structure(&[], &[]);
    }
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
        .map_err(|_| BuildError::new(format!("{name:?} is not a valid name of a header")))?;
    let valid_value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| {
        BuildError::new("a header cannot hold control characters such as line breaks")
    })?;
    Ok((valid_name, valid_value))
}
