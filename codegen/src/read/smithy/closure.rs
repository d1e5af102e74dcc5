//! The parts of a service: its operations, including those of its resources, and the shapes that they reach, with
//! names.

use super::ids::{nearest_id, own_name};
use super::prelude;
use super::traits::Traits;
use crate::json::Node;
use crate::problem::Part;
use indexmap::IndexMap;

/// The parts of a service, by id.
pub(super) struct Closure<'v> {
    /// The operations.
    pub(super) operations: Vec<&'v str>,
    /// The names of all shapes that are reached, including prelude shapes.
    pub(super) names: IndexMap<&'v str, String>,
}

/// The keys of a resource that name one operation each.
const LIFECYCLE: &[&str] = &["create", "put", "read", "update", "delete", "list"];

pub(super) fn of<'v>(shapes: &Node<'_, 'v>, service: &Node<'_, 'v>) -> Closure<'v> {
    let operations = operations(shapes, service);
    let reached = reached(shapes, service, &operations);
    Closure {
        names: names(shapes, service, reached),
        operations,
    }
}

/// The ids in an array of references, or in a single reference.
pub(super) fn targets<'v>(node: &Node<'_, 'v>, key: &str) -> Vec<&'v str> {
    match node.value().get(key) {
        Some(serde_json::Value::Array(items)) => items.iter().filter_map(target).collect(),
        Some(one) => target(one).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The operations of a service and of the tree of its resources. The search uses a list instead of recursion.
fn operations<'v>(shapes: &Node<'_, 'v>, service: &Node<'_, 'v>) -> Vec<&'v str> {
    let mut found = targets(service, "operations");
    let mut open = targets(service, "resources");
    open.reverse();
    let mut seen: Vec<&str> = Vec::new();
    while let Some(id) = open.pop() {
        let Some(resource) = shapes.get(id) else {
            continue;
        };
        if seen.contains(&id) {
            resource.problem("expected a resource with one place in the service, found it a second time in the tree of resources",
            );
            continue;
        }
        seen.push(id);
        for key in LIFECYCLE {
            found.extend(targets(&resource, key));
        }
        found.extend(targets(&resource, "operations"));
        found.extend(targets(&resource, "collectionOperations"));
        let mut below = targets(&resource, "resources");
        below.reverse();
        open.extend(below);
    }
    let mut once = indexmap::IndexSet::new();
    once.extend(found);
    once.into_iter().collect()
}

/// The shapes that the operations and the service's own errors reach.
fn reached<'v>(
    shapes: &Node<'_, 'v>,
    service: &Node<'_, 'v>,
    operations: &[&'v str],
) -> Vec<&'v str> {
    let mut reached = indexmap::IndexSet::new();
    let mut open = targets(service, "errors");
    for operation in operations.iter().filter_map(|id| shapes.get(id)) {
        for key in ["input", "output", "errors"] {
            let of_operation = targets(&operation, key).into_iter();
            // As an input or output it means none; elsewhere it is an empty structure.
            open.extend(of_operation.filter(|id| *id != prelude::UNIT));
        }
    }
    while let Some(id) = open.pop() {
        if !reached.insert(id) {
            continue;
        }
        if let Some(shape) = shapes.get(id)
            && !matches!(kind(&shape), Some("enum" | "intEnum"))
        {
            for key in ["member", "key", "value"] {
                open.extend(targets(&shape, key));
            }
            let members = shape.value().get("members").and_then(|it| it.as_object());
            let targets = members
                .into_iter()
                .flatten()
                .filter_map(|(_, member)| member.get("target")?.as_str());
            open.extend(targets);
        }
    }
    // In the file's order; shapes that are not in the file come last.
    let all = shapes.value().as_object();
    let of_file = all
        .into_iter()
        .flat_map(|all| all.keys().map(String::as_str));
    let mut ordered: Vec<&str> = of_file.filter(|id| reached.contains(id)).collect();
    let mut rest: Vec<&str> = reached
        .into_iter()
        .filter(|id| shapes.get(id).is_none())
        .collect();
    rest.sort_unstable();
    ordered.extend(rest.into_iter().filter(|id| prelude::type_of(id).is_some()));
    ordered
}

/// The type of a shape.
pub(super) fn kind<'v>(shape: &Node<'_, 'v>) -> Option<&'v str> {
    shape.value().get("type")?.as_str()
}

/// Whether a shape has this type and no further facts.
fn is_plain(shapes: &Node<'_, '_>, id: &str, kind: &str) -> bool {
    let shape = shapes.get(id);
    shape.is_some_and(|shape| {
        self::kind(&shape) == Some(kind) && Traits::of(&shape).names().next().is_none()
    })
}

/// Types that are a complete description of a value.
const SIMPLE: &[&str] = &[
    "bigDecimal",
    "bigInteger",
    "blob",
    "boolean",
    "byte",
    "document",
    "double",
    "float",
    "integer",
    "long",
    "short",
    "string",
    "timestamp",
];

/// Whether two shapes with the same name are interchangeable: equal simple shapes, or lists of such. Source: the Smithy
/// 2.0 specification, "Service closure".
fn are_one(shapes: &Node<'_, '_>, one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one, other);
    // Lists of lists end, or lead back to a list that was compared already.
    let mut compared = indexmap::IndexSet::new();
    while one != other && compared.insert((one, other)) {
        let (Some(a), Some(b)) = (shapes.get(one), shapes.get(other)) else {
            return false;
        };
        let (a, b) = (a.value(), b.value());
        let kind = a
            .get("type")
            .and_then(|kind| kind.as_str())
            .unwrap_or_default();
        let has_traits = |of: &serde_json::Value| of.get("traits").cloned().unwrap_or_default();
        if a.get("type") != b.get("type") || has_traits(a) != has_traits(b) {
            return false;
        }
        if SIMPLE.contains(&kind) {
            return true;
        }
        let (Some(item_a), Some(item_b)) = (a.get("member"), b.get("member")) else {
            return false;
        };
        let (Some(next_a), Some(next_b)) = (target(item_a), target(item_b)) else {
            return false;
        };
        if kind != "list"
            || has_traits(item_a) != has_traits(item_b)
            || own_name(next_a) != own_name(next_b)
        {
            return false;
        }
        (one, other) = (next_a, next_b);
    }
    true
}

fn target(reference: &serde_json::Value) -> Option<&str> {
    reference.get("target")?.as_str()
}

/// The name of each shape within the service: from `rename`, else its own without the namespace.
fn names<'v>(
    shapes: &Node<'_, 'v>,
    service: &Node<'_, 'v>,
    reached: Vec<&'v str>,
) -> IndexMap<&'v str, String> {
    let mut renames: IndexMap<&str, String> = IndexMap::new();
    if let Some(rename) = service.get("rename") {
        for (id, name) in rename.entries() {
            if !reached.contains(&id) {
                let near = nearest_id(id, reached.iter().copied());
                let message =
                    format!("expected the id of a shape of the service, found `{id}`{near}");
                name.place.within(Part::Shape(id.to_owned()), || {
                    name.problem(message);
                });
            }
            renames.insert(id, name.string());
        }
    }
    let mut names: IndexMap<&str, String> = IndexMap::new();
    let mut owners: IndexMap<String, &str> = IndexMap::new();
    for id in reached {
        let own = own_name(id);
        let mut name = renames.get(id).cloned().unwrap_or_else(|| own.to_owned());
        if let Some(other) = owners.get(&name) {
            if let Some(kind) = prelude::type_of(id) {
                // The service's own shape with that name may be equal. If it is not: names of simple shapes are not
                // visible, so any free name can be used.
                if !is_plain(shapes, other, kind) {
                    id.clone_into(&mut name);
                }
            } else if !are_one(shapes, other, id) {
                let message = format!(
                    "expected shapes with names of their own, found `{other}` and `{id}`, which both have the name `{name}`; `rename` of the service can give one of them another"
                );
                service.place.within(Part::Shape(name.clone()), || {
                    service.problem(message);
                });
            }
        }
        owners.insert(name.clone(), id);
        names.insert(id, name);
    }
    names
}
