//! Shapes and members of `service-2.json`.

use super::operations::deprecated;
use super::places;
use super::wire::ShapeFacts;
use crate::json::Node;
use crate::model::{
    Constraints, ErrorTrait, Kind, Location, Member, Retryable, Shape, Structure, TimestampFormat,
};
use crate::problem::{Part, Problems};
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
pub(super) fn read(
    node: &Node<'_, '_>,
    problems: &mut Problems,
) -> (IndexMap<String, Shape>, IndexMap<String, ShapeFacts>) {
    let entries: Vec<_> = node.entries(problems).collect();
    let shapes = entries.iter().map(|(name, of_shape)| {
        let mut facts = ShapeFacts::default();
        let read = problems.within(Part::Shape((*name).to_owned()), |problems| {
            places::check(node, of_shape, problems);
            shape(of_shape, &mut facts, problems)
        });
        let shape = read.unwrap_or_else(Shape::unread);
        (((*name).to_owned(), shape), ((*name).to_owned(), facts))
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

fn shape(node: &Node<'_, '_>, facts: &mut ShapeFacts, problems: &mut Problems) -> Option<Shape> {
    let mut shape = Shape {
        kind: Kind::Document,
        documentation: None,
        constraints: Constraints::default(),
        sensitive: false,
        deprecated: None,
    };
    let mut parts = Parts::default();
    let mut kind = None;
    let mut required = Vec::new();
    let (mut error, mut exception) = (ErrorTrait::default(), false);
    for (key, node) in node.entries(problems) {
        match key {
            "type" => kind = node.text(problems),
            "members" => {
                let entries: Vec<_> = node.entries(problems).collect();
                parts.structure.members = entries
                    .iter()
                    .filter_map(|(name, node)| Some(((*name).to_owned(), member(node, problems)?)))
                    .collect();
            }
            "required" => {
                let items: Vec<_> = node.items(problems).collect();
                required = items
                    .iter()
                    .map(|item| (item.string(problems), item.path()))
                    .collect();
            }
            "member" => parts.member = member(&node, problems),
            "key" => parts.key = member(&node, problems).map(Box::new),
            "value" => parts.value = member(&node, problems).map(Box::new),
            "enum" => parts.values = Some(node.strings(problems)),
            "min" => shape.constraints.min = number(&node, problems),
            "max" => shape.constraints.max = number(&node, problems),
            "pattern" => shape.constraints.pattern = Some(node.string(problems)),
            "documentation" => shape.documentation = Some(node.string(problems)),
            "sensitive" => shape.sensitive = node.flag(problems),
            "deprecated" | "deprecatedMessage" | "deprecatedSince" => {
                deprecated(key, &node, &mut shape.deprecated, problems)
            }
            "payload" => parts.structure.payload = Some(node.string(problems)),
            "exception" => exception = node.flag(problems),
            "error" => error_trait(&node, &mut error, problems),
            "retryable" => error.retryable = Some(retryable(&node, problems)),
            "union" => parts.union = node.flag(problems),
            "document" => parts.document = node.flag(problems),
            "eventstream" => parts.structure.event_stream = node.flag(problems),
            "sparse" => parts.sparse = node.flag(problems),
            "streaming" => parts.streaming = node.flag(problems),
            "requiresLength" => parts.requires_length = node.flag(problems),
            "timestampFormat" => parts.format = timestamp_format(&node, problems),
            "flattened" => facts.flattened = node.flag(problems),
            "locationName" => facts.name = Some(node.string(problems)),
            "xmlNamespace" => facts.namespace = Some(namespace(&node, problems)),
            _ => node.account(
                problems,
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
    for (name, path) in required {
        match parts.structure.members.get_mut(&name) {
            Some(member) => member.required = true,
            None => problems.add(
                node.file,
                path,
                format!(
                    "expected the name of a member, found `{name}`, which this shape does not have"
                ),
            ),
        }
    }
    shape.kind = kind_of(node, kind, parts, problems)?;
    Some(shape)
}

fn kind_of(
    node: &Node<'_, '_>,
    kind: Option<&str>,
    parts: Parts,
    problems: &mut Problems,
) -> Option<Kind> {
    let missing = |what: &str, problems: &mut Problems| {
        node.problem(problems, format!("expected `{what}`, found none"));
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
                    missing("member", problems);
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
                    missing("key` and `value", problems);
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
            node.problem(
                problems,
                format!(
                    "expected a type of shape ({}), found `{other}`{near}",
                    known.join(", ")
                ),
            );
            return None;
        }
        // A type that is there and no string is a problem already, and so is a shape that is no object.
        None => {
            if node.value().is_object() && node.get("type").is_none() {
                missing("type", problems);
            }
            return None;
        }
    })
}

fn member(node: &Node<'_, '_>, problems: &mut Problems) -> Option<Member> {
    let mut member = Member::default();
    for (key, node) in node.entries(problems) {
        match key {
            "shape" => member.target = node.string(problems),
            "location" => {
                member.location = match node.text(problems) {
                    Some("uri") => Some(Location::Label),
                    Some("querystring") => Some(Location::Query),
                    Some("header") => Some(Location::Header),
                    Some("headers") => Some(Location::PrefixHeaders),
                    Some("statusCode") => Some(Location::StatusCode),
                    _ => {
                        node.expected(problems, "uri, querystring, header, headers or statusCode");
                        None
                    }
                }
            }
            "locationName" => member.wire_name = Some(node.string(problems)),
            "documentation" => member.documentation = Some(node.string(problems)),
            "sensitive" => member.sensitive = node.flag(problems),
            "deprecated" | "deprecatedMessage" | "deprecatedSince" => {
                deprecated(key, &node, &mut member.deprecated, problems)
            }
            "idempotencyToken" => member.idempotency_token = node.flag(problems),
            "contextParam" => member.endpoint_parameter = parameters::of_member(&node, problems),
            "jsonvalue" => member.json_value = node.flag(problems),
            "hostLabel" => member.host_label = node.flag(problems),
            "streaming" => member.streaming = node.flag(problems),
            "enum" => member.values = node.strings(problems),
            "eventheader" => member.event_header = node.flag(problems),
            "eventpayload" => member.event_payload = node.flag(problems),
            "timestampFormat" => member.timestamp_format = timestamp_format(&node, problems),
            "flattened" => member.wire.flattened = node.flag(problems),
            "xmlAttribute" => member.wire.attribute = node.flag(problems),
            "xmlNamespace" => member.wire.namespace = Some(namespace(&node, problems)),
            "queryName" => member.wire.query_name = Some(node.string(problems)),
            _ => node.account(
                problems,
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
            node.problem(problems, "expected a member with `shape`, found none");
        }
        return None;
    }
    Some(member)
}

fn retryable(node: &Node<'_, '_>, problems: &mut Problems) -> Retryable {
    let mut retryable = Retryable { throttling: false };
    for (key, node) in node.entries(problems) {
        match key {
            "throttling" => retryable.throttling = node.flag(problems),
            _ => node.account(problems, &[], &["throttling"]),
        }
    }
    retryable
}

fn error_trait(node: &Node<'_, '_>, error: &mut ErrorTrait, problems: &mut Problems) {
    const IGNORED: &[(&str, &str)] = &[("fault", "the status says it")];
    for (key, node) in node.entries(problems) {
        match key {
            "code" => error.code = Some(node.string(problems)),
            "httpStatusCode" => error.status = node.status(problems),
            "senderFault" => error.sender_fault = node.flag(problems),
            _ => node.account(
                problems,
                IGNORED,
                &["code", "httpStatusCode", "senderFault"],
            ),
        }
    }
}

fn timestamp_format(node: &Node<'_, '_>, problems: &mut Problems) -> Option<TimestampFormat> {
    match node.text(problems) {
        Some("iso8601") => Some(TimestampFormat::DateTime),
        Some("unixTimestamp") => Some(TimestampFormat::EpochSeconds),
        Some("rfc822") => Some(TimestampFormat::HttpDate),
        _ => {
            node.expected(problems, "iso8601, unixTimestamp or rfc822");
            None
        }
    }
}

fn number(node: &Node<'_, '_>, problems: &mut Problems) -> Option<serde_json::Number> {
    let number = node.value().as_number().cloned();
    if number.is_none() {
        node.expected(problems, "a number");
    }
    number
}
