//! Accounts for everything in a flattened AST: each key, each trait and each reference is known, or is a problem.

use super::ids::{namespace, nearest_id};
use super::ignored::IGNORED;
use super::traits::{AUTH, PROTOCOLS, Traits, USED};
use super::{operations, places, prelude};
use crate::json::Node;
use crate::problem::{Part, nearest};

/// The types of shape and the keys of each, besides `type` and `traits`.
const TYPES: &[(&str, &[&str])] = &[
    ("bigDecimal", &[]),
    ("bigInteger", &[]),
    ("blob", &[]),
    ("boolean", &[]),
    ("byte", &[]),
    ("document", &[]),
    ("double", &[]),
    ("enum", &["members"]),
    ("float", &[]),
    ("intEnum", &["members"]),
    ("integer", &[]),
    ("list", &["member"]),
    ("long", &[]),
    ("map", &["key", "value"]),
    ("operation", &["input", "output", "errors"]),
    (
        "resource",
        &[
            "identifiers",
            "properties",
            "create",
            "put",
            "read",
            "update",
            "delete",
            "list",
            "operations",
            "collectionOperations",
            "resources",
        ],
    ),
    (
        "service",
        &["version", "operations", "resources", "errors", "rename"],
    ),
    ("set", &["member"]),
    ("short", &[]),
    ("string", &[]),
    ("structure", &["members"]),
    ("timestamp", &[]),
    ("union", &["members"]),
];

/// Reports everything that would not be read.
pub(super) fn check(shapes: &Node<'_, '_>) {
    for (id, shape) in shapes.entries() {
        shape.place.within(Part::Shape(id.to_owned()), || {
            self::shape(shapes, &shape);
        });
    }
}

fn shape(shapes: &Node<'_, '_>, shape: &Node<'_, '_>) {
    if !shape.value().is_object() {
        shape.expected("an object");
        return;
    }
    let Some(keys) = keys(shape) else {
        return;
    };
    for (key, node) in shape.entries() {
        match key {
            "type" => {}
            "traits" => traits(shapes, &node),
            "members" => {
                for (_, member) in node.entries() {
                    self::member(shapes, &member);
                }
            }
            "member" | "key" | "value" if keys.contains(&key) => {
                member(shapes, &node);
            }
            _ if keys.contains(&key) => {}
            _ => node.problem(format!(
                "expected only keys of the format ({}), found `{key}`",
                ["type", "traits"]
                    .iter()
                    .chain(keys)
                    .copied()
                    .collect::<Vec<_>>()
                    .join(", ")
            )),
        }
    }
    operations::references(shapes, shape);
    places::check(shapes, shape);
}

fn keys(shape: &Node<'_, '_>) -> Option<&'static [&'static str]> {
    let Some(kind) = shape.get("type") else {
        shape.problem("expected a shape with `type`, found none");
        return None;
    };
    let name = kind.text()?;
    let found = TYPES.iter().find(|(known, _)| *known == name);
    if found.is_none() {
        let near = nearest(name, TYPES.iter().map(|(known, _)| *known));
        kind.problem(format!("expected a type of shape, found `{name}`{near}"));
    }
    let (_, keys) = found?;
    for key in keys
        .iter()
        .filter(|key| matches!(**key, "member" | "key" | "value"))
    {
        if shape.get(key).is_none() {
            shape.problem(format!("expected `{key}`, found none"));
        }
    }
    Some(keys)
}

fn member(shapes: &Node<'_, '_>, member: &Node<'_, '_>) {
    for (key, node) in member.entries() {
        match key {
            "target" => {}
            "traits" => traits(shapes, &node),
            _ => node.problem(format!(
                "expected only keys of the format (target, traits), found `{key}`"
            )),
        }
    }
    if member.value().is_object() {
        reference(shapes, member);
    }
}

/// `{"target": id}`, where the id must be that of a shape.
pub(super) fn reference(shapes: &Node<'_, '_>, node: &Node<'_, '_>) {
    let target = match node.get("target") {
        Some(target) => target.text(),
        None => {
            node.expected("a reference `{\"target\": …}`");
            None
        }
    };
    if let Some(target) = target
        && shapes.get(target).is_none()
        && prelude::type_of(target).is_none()
    {
        let known = shapes.value().as_object();
        let known = known.into_iter().flat_map(|shapes| shapes.keys());
        let near = nearest_id(target, known.map(String::as_str));
        node.problem(format!(
            "expected the id of a shape, found `{target}`, which the model does not have{near}"
        ));
    }
}

fn traits(shapes: &Node<'_, '_>, traits: &Node<'_, '_>) {
    for (name, node) in traits.entries() {
        if known().any(|known| known == name) {
            continue;
        }
        if let Some(definition) = shapes.get(name)
            && Traits::of(&definition).defines_trait()
        {
            // A trait that the model defines, whose meaning is not known here.
            continue;
        }
        let is_ours = known().any(|known| namespace(known) == namespace(name));
        let near = nearest_id(name, known());
        let what = if is_ours || !near.is_empty() {
            "a trait that the generator supports"
        } else {
            "a trait that the model defines (a shape with `smithy.api#trait`)"
        };
        node.problem(format!("expected {what}, found `{name}`{near}"));
    }
}

fn known() -> impl Iterator<Item = &'static str> + Clone {
    let ignored = IGNORED.iter().map(|(name, _)| *name);
    let protocols = PROTOCOLS.iter().map(|(name, _)| *name);
    let named = USED.iter().chain(AUTH).copied();
    named.chain(protocols).chain(ignored)
}
