//! A response of the service with synthetic values: a second implementation of bindings, without the generator.

use super::frames::{Frame, Header};
use super::synth::{SECONDS, STATUS_OF_ERRORS};
use super::text::base64;
use super::xml::{self, InBody, Wrapping};
use crate::conformance::cbor::Item;
use serde_json::{Map, Value, json};
use tinsmith_codegen::Model;
use tinsmith_codegen::model::{Kind, Location, Member, Protocol, Structure, TimestampFormat};

/// A response.
#[derive(Debug, Default)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Response {
    /// An empty response.
    pub(super) fn empty() -> Self {
        Self {
            status: 200,
            ..Self::default()
        }
    }

    /// In the form for the program.
    pub(super) fn given(&self) -> Value {
        let headers = self.headers.iter();
        let headers: Map<String, Value> = headers
            .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
            .collect();
        json!({"status_code": self.status, "headers": headers, "body": self.body})
    }

    fn header(&mut self, name: &str, value: String) {
        // A header without a value belongs to a member that is not set.
        if value.is_empty() {
            return;
        }
        let is_there = |(other, _): &(String, String)| other.eq_ignore_ascii_case(name);
        if !self.headers.iter().any(is_there) {
            self.headers.push((name.to_ascii_lowercase(), value));
        }
    }
}

/// Writes values of one model's shapes as the service would.
pub(super) struct Service<'m> {
    pub(super) model: &'m Model,
    /// The operation of the response.
    pub(super) operation: &'m str,
}

impl Service<'_> {
    /// The response with this output.
    pub(super) fn output(&self, shape: Option<&str>, value: &Value) -> Response {
        let mut response = Response::empty();
        match self.cbor() {
            Some(_) => self.cbor_message(&mut response, shape, value),
            None => self.message(&mut response, shape, value),
        }
        response
    }

    /// The response with this exception.
    pub(super) fn error(&self, shape: &str, value: &Value) -> Response {
        let code = self.code(shape);
        let mut response = Response {
            status: STATUS_OF_ERRORS,
            headers: vec![("x-amzn-requestid".to_owned(), "request-1".to_owned())],
            body: Vec::new(),
        };
        if let Some(wrapping) = self.wrapping() {
            let members = self.structure(shape).map(|structure| &structure.members);
            let of_error = value.as_object().into_iter().flatten();
            let of_error = of_error.map(|(name, value)| {
                let member = members.and_then(|members| members.get(name));
                // In any spelling of a model.
                let wire = match name.eq_ignore_ascii_case("message") {
                    true => "Message".to_owned(),
                    false => member.map_or(name.clone(), |it| body_name(it, name, it.location)),
                };
                (wire, member, value)
            });
            let members = xml::members(self, &of_error.collect::<Vec<_>>());
            response.header("content-type", wrapping.content_type().to_owned());
            response.body = wrapping.error(&code, &members).into_bytes();
            return response;
        }
        let mut value = value.clone();
        if let Some(query_compatible) = self.cbor() {
            if let Some(members) = value.as_object_mut() {
                members.insert("__type".to_owned(), json!(format!("com.example#{shape}")));
            }
            if query_compatible {
                response.header("x-amzn-query-error", format!("{code};Sender"));
            }
            self.cbor_message(&mut response, Some(shape), &value);
            return response;
        }
        match (self.aws_json(), value.as_object_mut()) {
            (Some((_, query_compatible)), Some(members)) => {
                members.insert("__type".to_owned(), json!(format!("com.example#{shape}")));
                if query_compatible {
                    response.header("x-amzn-query-error", format!("{code};Sender"));
                }
            }
            _ => response.header("x-amzn-errortype", format!("{code}:http://example.com/")),
        }
        self.message(&mut response, Some(shape), &value);
        response
    }

    fn code(&self, shape: &str) -> String {
        let code = self
            .structure(shape)
            .and_then(|structure| structure.error.as_ref()?.code.clone());
        code.unwrap_or_else(|| shape.to_owned())
    }

    fn structure(&self, shape: &str) -> Option<&Structure> {
        match &self.model.shapes.get(shape)?.kind {
            Kind::Structure(structure) => Some(structure),
            _ => None,
        }
    }

    pub(super) fn kind(&self, member: &Member) -> Option<&Kind> {
        self.model
            .shapes
            .get(&member.target)
            .map(|shape| &shape.kind)
    }

    /// The version, and whether the error codes of the query protocol are sent as well; `None`: it is restJson1.
    fn aws_json(&self) -> Option<(&str, bool)> {
        match &self.model.service.protocol {
            Some(Protocol::AwsJson {
                version,
                query_compatible,
                ..
            }) => Some((version, *query_compatible)),
            _ => None,
        }
    }

    /// Whether the error codes of the query protocol are sent as well; `None`: it is another protocol.
    fn cbor(&self) -> Option<bool> {
        match &self.model.service.protocol {
            Some(Protocol::RpcCbor {
                query_compatible, ..
            }) => Some(*query_compatible),
            _ => None,
        }
    }

    fn cbor_message(&self, response: &mut Response, shape: Option<&str>, value: &Value) {
        response.header("smithy-protocol", "rpc-v2-cbor".to_owned());
        let Some(shape) = shape else { return };
        let members = self.structure(shape).map(|structure| &structure.members);
        let entries = value.as_object().into_iter().flatten();
        let entries = entries.map(|(name, value)| {
            let member = members.and_then(|members| members.get(name));
            let item = match member {
                Some(member) => self.item(member, value),
                None => untyped(value),
            };
            (name.clone(), item)
        });
        response.body = Item::Map(entries.collect()).encode();
        response.header("content-type", "application/cbor".to_owned());
    }

    fn item(&self, member: &Member, value: &Value) -> Item {
        match (self.kind(member), value) {
            (Some(Kind::Structure(shape) | Kind::Union(shape)), Value::Object(members)) => {
                let members = members.iter().filter_map(|(name, value)| {
                    let member = shape.members.get(name)?;
                    Some((name.clone(), self.item(member, value)))
                });
                Item::Map(members.collect())
            }
            (Some(Kind::List { member, .. }), Value::Array(items)) => {
                Item::List(items.iter().map(|item| self.item(member, item)).collect())
            }
            (Some(Kind::Map { value: member, .. }), Value::Object(entries)) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, value)| (key.clone(), self.item(member, value)));
                Item::Map(entries.collect())
            }
            (Some(Kind::Blob { .. }), Value::String(text)) => Item::Bytes(text.clone().into()),
            (Some(Kind::Timestamp { .. }), Value::Number(_)) => {
                Item::Tagged(1, Box::new(untyped(value)))
            }
            (Some(Kind::Float | Kind::Double), Value::Number(number)) => {
                Item::Float(number.as_f64().unwrap_or_default())
            }
            (Some(Kind::Float | Kind::Double), Value::String(name)) => {
                Item::Float(name.parse().unwrap_or_default())
            }
            (_, value) => untyped(value),
        }
    }

    fn wrapping(&self) -> Option<Wrapping> {
        Wrapping::of(self.model.service.protocol.as_ref())
    }

    /// Whether members can be bound to places other than the body.
    fn binds(&self) -> bool {
        match self.wrapping() {
            None => self.aws_json().is_none(),
            Some(Wrapping::Rest { .. }) => true,
            Some(Wrapping::Query | Wrapping::Ec2) => false,
        }
    }

    fn message(&self, response: &mut Response, shape: Option<&str>, value: &Value) {
        let structure = shape.and_then(|shape| self.structure(shape));
        let whole = structure.and_then(|structure| structure.payload.as_ref());
        let (mut in_body, mut payload): (Vec<InBody<'_>>, _) = (Vec::new(), None);
        for (name, value) in value.as_object().into_iter().flatten() {
            let Some(member) = structure.and_then(|structure| structure.members.get(name)) else {
                in_body.push((name.clone(), None, value));
                continue;
            };
            match member.location.filter(|_| self.binds()) {
                Some(Location::Header) => {
                    let name = member.wire_name.as_deref().unwrap_or(name);
                    response.header(name, self.header_text(member, value));
                }
                Some(Location::PrefixHeaders) => {
                    let prefix = member.wire_name.as_deref().unwrap_or_default();
                    for (key, value) in value.as_object().into_iter().flatten() {
                        response.header(&format!("{prefix}{key}"), plain(value));
                    }
                }
                Some(Location::StatusCode) => {
                    let status = value.as_u64().and_then(|status| u16::try_from(status).ok());
                    response.status = status.unwrap_or(response.status);
                }
                _ if self.is_stream(member) || whole == Some(name) => {
                    payload = Some((member, value))
                }
                location => in_body.push((body_name(member, name, location), Some(member), value)),
            }
        }
        if let Some(wrapping) = self.wrapping() {
            let mut content_type = wrapping.content_type();
            let mut body = String::new();
            match (payload, self.kind_of(payload)) {
                (Some((_, Value::Null)), _) => {}
                (Some((_, value)), Some(Kind::String | Kind::Enum(_))) => {
                    (content_type, body) = ("text/plain", plain(value));
                }
                (Some((_, value)), Some(Kind::Blob { .. })) => {
                    (content_type, body) = ("application/octet-stream", plain(value));
                }
                (Some((member, value)), _) => {
                    xml::element(self, "Root", Some(member), value, &mut body);
                }
                (None, _) if whole.is_some() => {}
                (None, _) if self.is_unwrapped() => body = self.unwrapped(structure, &in_body),
                (None, _) => body = wrapping.output(self.operation, &xml::members(self, &in_body)),
            }
            response.header("content-type", content_type.to_owned());
            response.body = body.into_bytes();
            return;
        }
        let mut rest = Map::new();
        for (name, member, value) in in_body {
            let value = member.map_or_else(|| value.clone(), |member| self.json(member, value));
            rest.insert(name, value);
        }
        let json_type = match self.aws_json() {
            Some((version, _)) => format!("application/x-amz-json-{version}"),
            None => "application/json".to_owned(),
        };
        let (content_type, body) = match (payload, self.kind_of(payload)) {
            (Some((_, events)), Some(Kind::Union(union))) if union.event_stream => {
                let mut body = Vec::new();
                if !self.binds() {
                    let initial = Value::Object(rest).to_string().into_bytes();
                    body = Frame::event("initial-response", &json_type, initial).bytes();
                }
                for event in events.as_array().into_iter().flatten() {
                    body.extend(self.event(union, event, &json_type));
                }
                ("application/vnd.amazon.eventstream".to_owned(), body)
            }
            (Some((_, Value::Null)), _) => (json_type, Vec::new()),
            (Some((_, value)), Some(Kind::String | Kind::Enum(_))) => {
                ("text/plain".to_owned(), plain(value).into_bytes())
            }
            (Some((_, value)), Some(Kind::Blob { .. })) => (
                "application/octet-stream".to_owned(),
                plain(value).into_bytes(),
            ),
            (Some((member, value)), _) => {
                (json_type, self.json(member, value).to_string().into_bytes())
            }
            (None, _) if whole.is_some() => (json_type, Vec::new()),
            (None, _) => (json_type, Value::Object(rest).to_string().into_bytes()),
        };
        response.header("content-type", content_type);
        response.body = body;
    }

    /// Whether the root of the output is its only member.
    fn is_unwrapped(&self) -> bool {
        let operation = self.model.operations.get(self.operation);
        operation.is_some_and(|operation| operation.unwrapped_output)
    }

    /// The only member of an output as the root, which is there without a value as well. There is no place for others.
    fn unwrapped(&self, structure: Option<&Structure>, in_body: &[InBody<'_>]) -> String {
        let Some((name, member)) = structure.and_then(|structure| structure.members.first()) else {
            return String::new();
        };
        let name = body_name(member, name, member.location);
        let value = in_body.iter().find(|(_, member, _)| member.is_some());
        let mut body = String::new();
        match value {
            Some((_, _, value)) if !value.is_null() => {
                xml::element(self, &name, Some(member), value, &mut body);
            }
            _ => body = format!("<{name}/>"),
        }
        body
    }

    fn is_stream(&self, member: &Member) -> bool {
        matches!(self.kind(member), Some(Kind::Union(union)) if union.event_stream)
    }

    fn kind_of(&self, payload: Option<(&Member, &Value)>) -> Option<&Kind> {
        self.kind(payload?.0)
    }

    /// The message of an event, or of the exception that ends a stream.
    fn event(&self, union: &Structure, event: &Value, json_type: &str) -> Vec<u8> {
        let Some((name, value)) = event.as_object().and_then(|event| event.iter().next()) else {
            return Vec::new();
        };
        let target = union.members.get(name).map(|member| member.target.as_str());
        let Some(structure) = target.and_then(|target| self.structure(target)) else {
            return Vec::new();
        };
        let (mut headers, mut rest, mut whole) = (Vec::new(), Map::new(), None);
        for (name, value) in value.as_object().into_iter().flatten() {
            let Some(member) = structure.members.get(name) else {
                continue;
            };
            if member.event_header {
                headers.push((name.clone(), self.event_header(member, value)));
            } else if member.event_payload {
                whole = Some((member, value));
            } else {
                rest.insert(
                    body_name(member, name, member.location),
                    self.json(member, value),
                );
            }
        }
        let (content_type, payload) = match (whole, self.kind_of(whole)) {
            (Some((_, value)), Some(Kind::String | Kind::Enum(_))) => ("text/plain", plain(value)),
            (Some((_, value)), Some(Kind::Blob { .. })) => {
                ("application/octet-stream", plain(value))
            }
            (Some((member, value)), _) => (json_type, self.json(member, value).to_string()),
            (None, _) => (json_type, Value::Object(rest).to_string()),
        };
        let mut frame = match structure.error {
            Some(_) => Frame::exception(name, content_type, payload.into_bytes()),
            None => Frame::event(name, content_type, payload.into_bytes()),
        };
        frame.headers.extend(headers);
        frame.bytes()
    }

    fn event_header(&self, member: &Member, value: &Value) -> Header {
        let number = value.as_i64().unwrap_or_default();
        match self.kind(member) {
            Some(Kind::Boolean) => Header::Bool(value.as_bool().unwrap_or_default()),
            Some(Kind::Byte) => Header::Byte(i8::try_from(number).unwrap_or_default()),
            Some(Kind::Short) => Header::Short(i16::try_from(number).unwrap_or_default()),
            Some(Kind::Integer) => Header::Integer(i32::try_from(number).unwrap_or_default()),
            Some(Kind::Long) => Header::Long(number),
            Some(Kind::Blob { .. }) => Header::Bytes(plain(value).into_bytes()),
            Some(Kind::Timestamp { .. }) => Header::Timestamp(second(value) * 1000 + 123),
            _ => Header::Text(plain(value)),
        }
    }

    fn header_text(&self, member: &Member, value: &Value) -> String {
        match (self.kind(member), value) {
            _ if member.json_value => base64(plain(value).as_bytes()),
            (Some(Kind::Blob { .. }), value) => base64(plain(value).as_bytes()),
            (Some(Kind::Timestamp { format }), value) => {
                let format = member.timestamp_format.or(*format);
                plain(&moment(value, format.unwrap_or(TimestampFormat::HttpDate)))
            }
            (Some(Kind::List { member: item, .. }), Value::Array(items)) => {
                let is_text = matches!(self.kind(item), Some(Kind::String | Kind::Enum(_)));
                let items = items.iter().map(|value| {
                    let text = self.header_text(item, value);
                    match is_text && text.contains([',', '"']) {
                        true => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
                        false => text,
                    }
                });
                items.collect::<Vec<_>>().join(", ")
            }
            (_, value) => plain(value),
        }
    }

    fn json(&self, member: &Member, value: &Value) -> Value {
        match (self.kind(member), value) {
            (_, Value::Null) => Value::Null,
            (Some(Kind::Structure(shape) | Kind::Union(shape)), Value::Object(members)) => {
                let members = members.iter().filter_map(|(name, value)| {
                    let member = shape.members.get(name)?;
                    Some((
                        body_name(member, name, member.location),
                        self.json(member, value),
                    ))
                });
                members.collect::<Map<_, _>>().into()
            }
            (Some(Kind::List { member, .. }), Value::Array(items)) => {
                items.iter().map(|item| self.json(member, item)).collect()
            }
            (Some(Kind::Map { value: member, .. }), Value::Object(entries)) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, value)| (key.clone(), self.json(member, value)));
                entries.collect::<Map<_, _>>().into()
            }
            (Some(Kind::Blob { .. }), value) => json!(base64(plain(value).as_bytes())),
            (Some(Kind::Timestamp { format }), value) => {
                let format = member.timestamp_format.or(*format);
                moment(value, format.unwrap_or(TimestampFormat::EpochSeconds))
            }
            (_, value) => value.clone(),
        }
    }
}

/// JSON as CBOR.
fn untyped(value: &Value) -> Item {
    match value {
        Value::Null => Item::Null,
        Value::Bool(value) => Item::Bool(*value),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => Item::Integer(integer.into()),
            None => Item::Float(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Item::Text(text.clone()),
        Value::Array(items) => Item::List(items.iter().map(untyped).collect()),
        Value::Object(members) => {
            let members = members.iter();
            Item::Map(
                members
                    .map(|(name, value)| (name.clone(), untyped(value)))
                    .collect(),
            )
        }
    }
}

/// A member's name in a body, in messages where its binding to another place does not apply.
pub(super) fn body_name(member: &Member, name: &str, location: Option<Location>) -> String {
    let own = match location {
        Some(_) => &member.body_name,
        None => &member.wire_name,
    };
    own.as_deref().unwrap_or(name).to_owned()
}

/// A value's text, without quotes.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn second(value: &Value) -> i64 {
    value.as_f64().map_or(SECONDS, |seconds| seconds as i64)
}

/// One of the synthetic points in time, which are all within one minute.
pub(super) fn moment(value: &Value, format: TimestampFormat) -> Value {
    let second = 20 + second(value) - SECONDS;
    match format {
        TimestampFormat::EpochSeconds => value.clone(),
        TimestampFormat::DateTime => json!(format!("2023-11-14T22:13:{second:02}.123Z")),
        TimestampFormat::HttpDate => json!(format!("Tue, 14 Nov 2023 22:13:{second:02} GMT")),
    }
}
