//! Where a key of botocore's shapes and members means something: anywhere else it says what nobody would do.

use crate::json::Node;

/// The types of shape.
pub(super) const TYPES: &[&str] = &[
    "structure",
    "list",
    "map",
    "string",
    "boolean",
    "integer",
    "long",
    "float",
    "double",
    "blob",
    "timestamp",
];

/// Keys of shapes, and the types that give them a meaning.
const OF_SHAPES: &[(&str, &[&str])] = &[
    ("document", &["structure"]),
    ("enum", &["string"]),
    ("error", &["structure"]),
    ("eventstream", &["structure"]),
    ("exception", &["structure"]),
    ("flattened", &["list", "map"]),
    ("key", &["map"]),
    ("max", LIMITED),
    ("member", &["list"]),
    ("members", &["structure"]),
    ("min", LIMITED),
    ("pattern", &["string"]),
    ("payload", &["structure"]),
    ("required", &["structure"]),
    ("requiresLength", &["blob"]),
    ("retryable", &["structure"]),
    ("sparse", &["list", "map"]),
    ("streaming", &["blob"]),
    ("timestampFormat", &["timestamp"]),
    ("union", &["structure"]),
    ("value", &["map"]),
];

const LIMITED: &[&str] = &[
    "blob", "double", "float", "integer", "list", "long", "map", "string",
];

/// Keys of members, and the types of what those refer to.
const OF_MEMBERS: &[(&str, &[&str])] = &[
    ("enum", &["string"]),
    ("flattened", &["list", "map"]),
    ("hostLabel", &["string"]),
    ("idempotencyToken", &["string"]),
    ("jsonvalue", &["string"]),
    ("streaming", &["blob"]),
    ("timestampFormat", &["timestamp"]),
    ("xmlAttribute", SCALAR),
];

const SCALAR: &[&str] = &[
    "boolean",
    "double",
    "float",
    "integer",
    "long",
    "string",
    "timestamp",
];

/// Keys that only members of structures have.
const OF_STRUCTURES: &[&str] = &[
    "contextParam",
    "eventheader",
    "eventpayload",
    "hostLabel",
    "idempotencyToken",
    "location",
    "queryName",
    "xmlAttribute",
];

/// Complains about keys of a shape and of its members that are out of place.
pub(super) fn check(shapes: &Node<'_, '_>, shape: &Node<'_, '_>) {
    let Some(kind) = type_of(shape) else { return };
    for (key, types) in OF_SHAPES {
        if !types.contains(&kind)
            && let Some(node) = shape.get(key)
        {
            node.problem(format!(
                "expected `{key}` only on shapes of type {}, found it on one of type {kind}",
                types.join(", ")
            ));
        }
    }
    if let Some(members) = shape.get("members").filter(|node| node.value().is_object()) {
        let payload = shape.value().get("payload").and_then(|it| it.as_str());
        for (name, member) in members.entries() {
            self::member(shapes, &member);
            if payload == Some(name) && member.get("location").is_some() {
                two_places(&member, "payload", "location");
            }
            if member.get("eventheader").is_some() && member.get("eventpayload").is_some() {
                two_places(&member, "eventheader", "eventpayload");
            }
        }
    }
    for key in ["member", "key", "value"] {
        if let Some(member) = shape.get(key) {
            self::member(shapes, &member);
            for key in OF_STRUCTURES {
                if let Some(node) = member.get(key) {
                    node.problem(format!("expected `{key}` only on members of structures, found it on one of a {kind}"),
                    );
                }
            }
        }
    }
}

fn member(shapes: &Node<'_, '_>, member: &Node<'_, '_>) {
    let target = member.value().get("shape").and_then(|it| it.as_str());
    let target = target.and_then(|target| shapes.get(target));
    // What refers to nothing is reported elsewhere.
    let Some(kind) = target.as_ref().and_then(type_of) else {
        return;
    };
    for (key, types) in OF_MEMBERS {
        if !types.contains(&kind)
            && let Some(node) = member.get(key)
        {
            node.problem(format!(
                    "expected `{key}` only on members that refer to a shape of type {}, found it on one that refers to type {kind}",
                    types.join(", ")
                ),
            );
        }
    }
}

fn two_places(member: &Node<'_, '_>, first: &str, second: &str) {
    member.problem(format!(
        "expected one place for a member, found `{first}` and `{second}`"
    ));
}

/// The type of a shape, where it is one: another is reported by who reads it.
fn type_of<'v>(shape: &Node<'_, 'v>) -> Option<&'v str> {
    let kind = shape.value().get("type")?.as_str()?;
    TYPES.contains(&kind).then_some(kind)
}
