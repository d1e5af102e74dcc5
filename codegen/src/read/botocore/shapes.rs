//! Shapes and members of `service-2.json`.

use super::operations::deprecated;
use super::places;
use super::wire::ShapeFacts;
use crate::json::Node;
use crate::model::{
    Constraints, ErrorTrait, Kind, Location, Member, Retryable, Shape, Structure, TimestampFormat,
};
use crate::problem::Part;
use crate::read::{parameters, traits::namespace};
use indexmap::IndexMap;

const IGNORED: &[(&str, &str)] = &[
    ("fault", "the status says it"),
    ("synthetic", "marks errors that botocore made up for itself"),
    ("box", "every member is optional anyway"),
    ("event", "the stream that holds it says so"),
    ("wrapper", "nothing reads it, botocore neither"),
    (
        "xmlOrder",
        "nothing reads it, botocore neither; members are sent in their order",
    ),
];

const MEMBER_IGNORED: &[(&str, &str)] = &[("box", "every member is optional anyway")];

/// The shapes, and what each says for whatever refers to it.
pub(super) fn read(node: &Node<'_, '_>) -> (IndexMap<String, Shape>, IndexMap<String, ShapeFacts>) {
    let shapes = node.entries().map(|(name, of_shape)| {
        let mut facts = ShapeFacts::default();
        let read = of_shape.place.within(Part::Shape(name.to_owned()), || {
            places::check(node, &of_shape);
            shape(&of_shape, &mut facts)
        });
        let shape = read.unwrap_or_else(Shape::unread);
        ((name.to_owned(), shape), (name.to_owned(), facts))
    });
    shapes.unzip()
}

/// The keys of a shape that only its kind gives a meaning to.
#[derive(Default)]
struct Parts {
    structure: Structure,
    member: Option<Member>,
    key: Option<Box<Member>>,
    value: Option<Box<Member>>,
    values: Option<Vec<String>>,
    format: Option<TimestampFormat>,
    union: bool,
    document: bool,
    sparse: bool,
    streaming: bool,
    requires_length: bool,
}

fn shape(node: &Node<'_, '_>, facts: &mut ShapeFacts) -> Option<Shape> {
    let mut shape = Shape {
        kind: Kind::Document,
        documentation: None,
        constraints: Constraints::default(),
        sensitive: false,
        deprecated: None,
    };
    let mut parts = Parts::default();
    let mut kind = None;
    let (mut error, mut exception) = (ErrorTrait::default(), false);
    for (key, node) in node.entries() {
        match key {
            "type" => kind = node.text(),
            "members" => {
                let members = node.entries();
                let members =
                    members.filter_map(|(name, node)| Some((name.to_owned(), member(&node)?)));
                parts.structure.members = members.collect();
            }
            // Once all members are known.
            "required" => {}
            "member" => parts.member = member(&node),
            "key" => parts.key = member(&node).map(Box::new),
            "value" => parts.value = member(&node).map(Box::new),
            "enum" => parts.values = Some(node.strings()),
            "min" => shape.constraints.min = number(&node),
            "max" => shape.constraints.max = number(&node),
            "pattern" => shape.constraints.pattern = Some(node.string()),
            "documentation" => shape.documentation = Some(node.string()),
            "sensitive" => shape.sensitive = node.flag(),
            "deprecated" | "deprecatedMessage" | "deprecatedSince" => {
                deprecated(key, &node, &mut shape.deprecated)
            }
            "payload" => parts.structure.payload = Some(node.string()),
            "exception" => exception = node.flag(),
            "error" => error_trait(&node, &mut error),
            "retryable" => error.retryable = Some(retryable(&node)),
            "union" => parts.union = node.flag(),
            "document" => parts.document = node.flag(),
            "eventstream" => parts.structure.event_stream = node.flag(),
            "sparse" => parts.sparse = node.flag(),
            "streaming" => parts.streaming = node.flag(),
            "requiresLength" => parts.requires_length = node.flag(),
            "timestampFormat" => parts.format = timestamp_format(&node),
            "flattened" => facts.flattened = node.flag(),
            "locationName" => facts.name = Some(node.string()),
            "xmlNamespace" => facts.namespace = Some(namespace(&node)),
            _ => node.account(
                IGNORED,
                &[
                    "type",
                    "members",
                    "required",
                    "member",
                    "enum",
                    "min",
                    "max",
                    "pattern",
                    "documentation",
                    "sensitive",
                    "payload",
                    "exception",
                    "error",
                    "union",
                    "document",
                    "sparse",
                ],
            ),
        }
    }
    if exception {
        parts.structure.error = Some(error);
    }
    if let Some(required) = node.get("required") {
        for item in required.items() {
            let name = item.string();
            match parts.structure.members.get_mut(&name) {
                Some(member) => member.required = true,
                None => item.problem(format!(
                    "expected the name of a member, found `{name}`, which this shape does not have"
                )),
            }
        }
    }
    shape.kind = kind_of(node, kind, parts)?;
    Some(shape)
}

fn kind_of(node: &Node<'_, '_>, kind: Option<&str>, parts: Parts) -> Option<Kind> {
    let missing = |what: &str| {
        node.problem(format!("expected `{what}`, found none"));
    };
    Some(match kind {
        Some("structure") if parts.document => Kind::Document,
        Some("structure") if parts.union => Kind::Union(parts.structure),
        Some("structure") => Kind::Structure(parts.structure),
        Some("list") => match parts.member {
            Some(member) => Kind::List {
                member,
                sparse: parts.sparse,
            },
            None => {
                if node.get("member").is_none() {
                    missing("member");
                }
                return None;
            }
        },
        Some("map") => match (parts.key, parts.value) {
            (Some(key), Some(value)) => Kind::Map {
                key,
                value,
                sparse: parts.sparse,
            },
            _ => {
                if node.get("key").is_none() || node.get("value").is_none() {
                    missing("key` and `value");
                }
                return None;
            }
        },
        Some("string") => parts.values.map_or(Kind::String, Kind::Enum),
        Some("boolean") => Kind::Boolean,
        Some("integer") => Kind::Integer,
        Some("long") => Kind::Long,
        Some("float") => Kind::Float,
        Some("double") => Kind::Double,
        Some("blob") => Kind::Blob {
            streaming: parts.streaming,
            requires_length: parts.requires_length,
        },
        Some("timestamp") => Kind::Timestamp {
            format: parts.format,
        },
        Some(other) => {
            let known = places::TYPES;
            let near = crate::problem::nearest(other, known.iter().copied());
            node.problem(format!(
                "expected a type of shape ({}), found `{other}`{near}",
                known.join(", ")
            ));
            return None;
        }
        // A type that is there and no string is a problem already, and so is a shape that is no object.
        None => {
            if node.value().is_object() && node.get("type").is_none() {
                missing("type");
            }
            return None;
        }
    })
}

fn member(node: &Node<'_, '_>) -> Option<Member> {
    let mut member = Member::default();
    for (key, node) in node.entries() {
        match key {
            "shape" => member.target = node.string(),
            "location" => {
                member.location = match node.text() {
                    Some("uri") => Some(Location::Label),
                    Some("querystring") => Some(Location::Query),
                    Some("header") => Some(Location::Header),
                    Some("headers") => Some(Location::PrefixHeaders),
                    Some("statusCode") => Some(Location::StatusCode),
                    _ => {
                        node.expected("uri, querystring, header, headers or statusCode");
                        None
                    }
                }
            }
            "locationName" => member.wire_name = Some(node.string()),
            "documentation" => member.documentation = Some(node.string()),
            "sensitive" => member.sensitive = node.flag(),
            "deprecated" | "deprecatedMessage" | "deprecatedSince" => {
                deprecated(key, &node, &mut member.deprecated)
            }
            "idempotencyToken" => member.idempotency_token = node.flag(),
            "contextParam" => member.endpoint_parameter = parameters::of_member(&node),
            "jsonvalue" => member.json_value = node.flag(),
            "hostLabel" => member.host_label = node.flag(),
            "streaming" => member.streaming = node.flag(),
            "enum" => member.values = node.strings(),
            "eventheader" => member.event_header = node.flag(),
            "eventpayload" => member.event_payload = node.flag(),
            "timestampFormat" => member.timestamp_format = timestamp_format(&node),
            "flattened" => member.wire.flattened = node.flag(),
            "xmlAttribute" => member.wire.attribute = node.flag(),
            "xmlNamespace" => member.wire.namespace = Some(namespace(&node)),
            "queryName" => member.wire.query_name = Some(node.string()),
            _ => node.account(
                MEMBER_IGNORED,
                &[
                    "shape",
                    "location",
                    "locationName",
                    "documentation",
                    "idempotencyToken",
                    "jsonvalue",
                    "hostLabel",
                    "streaming",
                    "enum",
                    "eventheader",
                    "eventpayload",
                    "timestampFormat",
                ],
            ),
        }
    }
    if member.target.is_empty() {
        let unsaid = |shape: Node<'_, '_>| shape.value().as_str() == Some("");
        if node.value().is_object() && node.get("shape").is_none_or(unsaid) {
            node.problem("expected a member with `shape`, found none");
        }
        return None;
    }
    Some(member)
}

fn retryable(node: &Node<'_, '_>) -> Retryable {
    let mut retryable = Retryable { throttling: false };
    for (key, node) in node.entries() {
        match key {
            "throttling" => retryable.throttling = node.flag(),
            _ => node.account(&[], &["throttling"]),
        }
    }
    retryable
}

fn error_trait(node: &Node<'_, '_>, error: &mut ErrorTrait) {
    const IGNORED: &[(&str, &str)] = &[("fault", "the status says it")];
    for (key, node) in node.entries() {
        match key {
            "code" => error.code = Some(node.string()),
            "httpStatusCode" => error.status = node.status(),
            "senderFault" => error.sender_fault = node.flag(),
            _ => node.account(IGNORED, &["code", "httpStatusCode", "senderFault"]),
        }
    }
}

fn timestamp_format(node: &Node<'_, '_>) -> Option<TimestampFormat> {
    match node.text() {
        Some("iso8601") => Some(TimestampFormat::DateTime),
        Some("unixTimestamp") => Some(TimestampFormat::EpochSeconds),
        Some("rfc822") => Some(TimestampFormat::HttpDate),
        _ => {
            node.expected("iso8601, unixTimestamp or rfc822");
            None
        }
    }
}

fn number(node: &Node<'_, '_>) -> Option<serde_json::Number> {
    let number = node.value().as_number().cloned();
    if number.is_none() {
        node.expected("a number");
    }
    number
}
