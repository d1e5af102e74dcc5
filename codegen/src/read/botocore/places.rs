//! Where a key of botocore's shapes and members has a meaning: anywhere else it is a problem.

use super::{members, shapes};
use crate::json::Node;
use crate::read::keys::Key;

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

/// Reports keys of a shape and of its members that are in the wrong place.
pub(super) fn check(all: &Node<'_, '_>, shape: &Node<'_, '_>) {
    let Some(kind) = type_of(shape) else { return };
    for Key { name, types, .. } in shapes::KEYS.iter().filter(|key| !key.allows(kind)) {
        if let Some(node) = shape.get(name) {
            node.problem(format!(
                "expected `{name}` only on shapes of type {}, found it on one of type {kind}",
                types.join(", ")
            ));
        }
    }
    if let Some(members) = shape.get("members").filter(|node| node.value().is_object()) {
        let payload = shape.value().get("payload").and_then(|it| it.as_str());
        for (name, member) in members.entries() {
            self::member(all, &member);
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
            self::member(all, &member);
            for key in members::KEYS.iter().filter(|key| key.of_structures) {
                if let Some(node) = member.get(key.name) {
                    node.problem(format!(
                        "expected `{}` only on members of structures, found it on one of a {kind}",
                        key.name
                    ));
                }
            }
        }
    }
}

fn member(all: &Node<'_, '_>, member: &Node<'_, '_>) {
    let target = member.value().get("shape").and_then(|it| it.as_str());
    let target = target.and_then(|target| all.get(target));
    // References to missing shapes are reported elsewhere.
    let Some(kind) = target.as_ref().and_then(type_of) else {
        return;
    };
    for Key { name, types, .. } in members::KEYS.iter().filter(|key| !key.allows(kind)) {
        if let Some(node) = member.get(name) {
            node.problem(format!(
                "expected `{name}` only on members that refer to a shape of type {}, found it on one that refers to type {kind}",
                types.join(", ")
            ));
        }
    }
}

fn two_places(member: &Node<'_, '_>, first: &str, second: &str) {
    member.problem(format!(
        "expected one place for a member, found `{first}` and `{second}`"
    ));
}

/// The type of a shape, if it is valid; others are reported where they are read.
fn type_of<'v>(shape: &Node<'_, 'v>) -> Option<&'v str> {
    let kind = shape.value().get("type")?.as_str()?;
    TYPES.contains(&kind).then_some(kind)
}
