//! Shapes of `service-2.json`.

use super::operations::deprecated;
use super::wire::ShapeFacts;
use super::{members, places};
use crate::json::Node;
use crate::model::{
    Constraints, Deprecated, ErrorTrait, Kind, Member, Retryable, Shape, Structure, TimestampFormat,
};
use crate::problem::Part;
use crate::read::keys::{self, Key, key, key_on};
use crate::read::traits::namespace;
use indexmap::IndexMap;

/// The keys of a shape, and the types for which they have a meaning.
pub(super) const KEYS: &[Key<Draft>] = &[
    key("type", |it, draft| {
        draft.kind = it.text().map(str::to_owned);
    }),
    key_on("members", STRUCTURE, |it, draft| {
        let members = it.entries();
        let members =
            members.filter_map(|(name, node)| Some((name.to_owned(), members::read(&node)?)));
        draft.structure.members = members.collect();
    }),
    // Read after all members are known.
    key_on("required", STRUCTURE, |_, _| ()),
    key_on("member", &["list"], |it, draft| {
        draft.member = members::read(it);
    }),
    key_on("key", &["map"], |it, draft| {
        draft.key = members::read(it).map(Box::new);
    }),
    key_on("value", &["map"], |it, draft| {
        draft.value = members::read(it).map(Box::new);
    }),
    key_on("enum", &["string"], |it, draft| {
        draft.values = Some(it.strings());
    }),
    key_on("min", LIMITED, |it, draft| {
        draft.constraints.min = number(it);
    }),
    key_on("max", LIMITED, |it, draft| {
        draft.constraints.max = number(it);
    }),
    key_on("pattern", &["string"], |it, draft| {
        draft.constraints.pattern = Some(it.string());
    }),
    key("documentation", |it, draft| {
        draft.documentation = Some(it.string());
    }),
    key("sensitive", |it, draft| draft.sensitive = it.flag()),
    key("deprecated", |it, draft| {
        deprecated(it, &mut draft.deprecated);
    }),
    key("deprecatedMessage", |it, draft| {
        deprecated(it, &mut draft.deprecated);
    }),
    key("deprecatedSince", |it, draft| {
        deprecated(it, &mut draft.deprecated);
    }),
    key_on("payload", STRUCTURE, |it, draft| {
        draft.structure.payload = Some(it.string());
    }),
    key_on("exception", STRUCTURE, |it, draft| {
        draft.exception = it.flag();
    }),
    key_on("error", STRUCTURE, |it, draft| {
        keys::read(it, ERROR_KEYS, ERROR_IGNORED, &mut draft.error);
    }),
    key_on("retryable", STRUCTURE, |it, draft| {
        let retryable = draft
            .error
            .retryable
            .insert(Retryable { throttling: false });
        keys::read(it, RETRYABLE_KEYS, &[], retryable);
    }),
    key_on("union", STRUCTURE, |it, draft| draft.union = it.flag()),
    key_on("document", STRUCTURE, |it, draft| {
        draft.document = it.flag();
    }),
    key_on("eventstream", STRUCTURE, |it, draft| {
        draft.structure.event_stream = it.flag();
    }),
    key_on("sparse", &["list", "map"], |it, draft| {
        draft.sparse = it.flag();
    }),
    key_on("streaming", &["blob"], |it, draft| {
        draft.streaming = it.flag();
    }),
    key_on("requiresLength", &["blob"], |it, draft| {
        draft.requires_length = it.flag();
    }),
    key_on("timestampFormat", &["timestamp"], |it, draft| {
        draft.format = timestamp_format(it);
    }),
    key_on("flattened", &["list", "map"], |it, draft| {
        draft.facts.flattened = it.flag();
    }),
    key("locationName", |it, draft| {
        draft.facts.name = Some(it.string());
    }),
    key("xmlNamespace", |it, draft| {
        draft.facts.namespace = Some(namespace(it));
    }),
];

const STRUCTURE: &[&str] = &["structure"];

const LIMITED: &[&str] = &[
    "blob", "double", "float", "integer", "list", "long", "map", "string",
];

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

const ERROR_KEYS: &[Key<ErrorTrait>] = &[
    key("code", |it, error| error.code = Some(it.string())),
    key("httpStatusCode", |it, error| error.status = it.status()),
    key("senderFault", |it, error| error.sender_fault = it.flag()),
];

const ERROR_IGNORED: &[(&str, &str)] = &[("fault", "the status says it")];

const RETRYABLE_KEYS: &[Key<Retryable>] = &[key("throttling", |it, retryable| {
    retryable.throttling = it.flag();
})];

/// The shapes, and the facts that each passes on to its references.
pub(super) fn read(node: &Node<'_, '_>) -> (IndexMap<String, Shape>, IndexMap<String, ShapeFacts>) {
    let shapes = node.entries().map(|(name, of_shape)| {
        let (shape, facts) = of_shape.place.within(Part::Shape(name.to_owned()), || {
            places::check(node, &of_shape);
            shape(&of_shape)
        });
        let shape = shape.unwrap_or_else(Shape::unread);
        ((name.to_owned(), shape), (name.to_owned(), facts))
    });
    shapes.unzip()
}

/// The facts in the keys of a shape, before it is known which of them its kind needs.
#[derive(Default)]
pub(super) struct Draft {
    kind: Option<String>,
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
    exception: bool,
    error: ErrorTrait,
    documentation: Option<String>,
    constraints: Constraints,
    sensitive: bool,
    deprecated: Option<Deprecated>,
    facts: ShapeFacts,
}

fn shape(node: &Node<'_, '_>) -> (Option<Shape>, ShapeFacts) {
    let mut draft = Draft::default();
    keys::read(node, KEYS, IGNORED, &mut draft);
    if draft.exception {
        draft.structure.error = Some(std::mem::take(&mut draft.error));
    }
    if let Some(required) = node.get("required") {
        for item in required.items() {
            let name = item.string();
            match draft.structure.members.get_mut(&name) {
                Some(member) => member.required = true,
                None => item.problem(format!(
                    "expected the name of a member, found `{name}`, which this shape does not have"
                )),
            }
        }
    }
    let facts = std::mem::take(&mut draft.facts);
    let shape = Shape {
        documentation: draft.documentation.take(),
        constraints: std::mem::take(&mut draft.constraints),
        sensitive: draft.sensitive,
        deprecated: draft.deprecated.take(),
        kind: Kind::Document,
    };
    let kind = kind_of(node, draft);
    (kind.map(|kind| Shape { kind, ..shape }), facts)
}

fn kind_of(node: &Node<'_, '_>, draft: Draft) -> Option<Kind> {
    let missing = |what: &str| {
        node.problem(format!("expected `{what}`, found none"));
    };
    Some(match draft.kind.as_deref() {
        Some("structure") if draft.document => Kind::Document,
        Some("structure") if draft.union => Kind::Union(draft.structure),
        Some("structure") => Kind::Structure(draft.structure),
        Some("list") => match draft.member {
            Some(member) => Kind::List {
                member,
                sparse: draft.sparse,
            },
            None => {
                if node.get("member").is_none() {
                    missing("member");
                }
                return None;
            }
        },
        Some("map") => match (draft.key, draft.value) {
            (Some(key), Some(value)) => Kind::Map {
                key,
                value,
                sparse: draft.sparse,
            },
            _ => {
                if node.get("key").is_none() || node.get("value").is_none() {
                    missing("key` and `value");
                }
                return None;
            }
        },
        Some("string") => draft.values.map_or(Kind::String, Kind::Enum),
        Some("boolean") => Kind::Boolean,
        Some("integer") => Kind::Integer,
        Some("long") => Kind::Long,
        Some("float") => Kind::Float,
        Some("double") => Kind::Double,
        Some("blob") => Kind::Blob {
            streaming: draft.streaming,
            requires_length: draft.requires_length,
        },
        Some("timestamp") => Kind::Timestamp {
            format: draft.format,
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
        // An invalid type, or a shape that is not an object, has been reported already.
        None => {
            if node.value().is_object() && node.get("type").is_none() {
                missing("type");
            }
            return None;
        }
    })
}

pub(super) fn timestamp_format(node: &Node<'_, '_>) -> Option<TimestampFormat> {
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
