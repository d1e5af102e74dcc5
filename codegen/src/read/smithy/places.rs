//! Where Smithy allows a trait that is read: on which types of shape, on members of which shapes with which targets,
//! and beside which others. A trait in any other place is a problem.
//!
//! Source: the selectors, conflicts and exclusions in the prelude of Smithy 2.0, and what version 1.0 also allowed.

use super::prelude;
use super::traits::{AUTH, PROTOCOLS};
use crate::json::Node;

/// Types of shape, in groups that several traits use.
type Types = &'static [&'static [&'static str]];

/// The places of a trait.
struct Places {
    name: &'static str,
    /// The types of shapes that can have it.
    shapes: Types,
    /// The types of shapes whose members can have it, and the types of those members' targets; empty: any.
    members: Option<(Types, Types)>,
}

const fn shapes(name: &'static str, shapes: Types) -> Places {
    Places {
        name,
        shapes,
        members: None,
    }
}

const fn members(name: &'static str, of: Types, to: Types) -> Places {
    Places {
        name,
        shapes: &[],
        members: Some((of, to)),
    }
}

/// On shapes of these types, and on members with such a target.
const fn both(name: &'static str, types: Types) -> Places {
    Places {
        name,
        shapes: types,
        members: Some((&[], types)),
    }
}

const STRUCTURE: Types = &[&["structure"]];
const STRUCTURE_OR_UNION: Types = &[&["structure", "union"]];
const OPERATION: Types = &[&["operation"]];
const SERVICE: Types = &[&["service"]];
const NUMBER: &[&str] = &[
    "byte",
    "short",
    "integer",
    "intEnum",
    "long",
    "float",
    "double",
    "bigInteger",
    "bigDecimal",
];
const TEXT: &[&str] = &["string", "enum"];
const OTHER_SCALAR: &[&str] = &["boolean", "timestamp"];
const LIST: &[&str] = &["list", "set"];
const MAP: &[&str] = &["map"];
const SCALAR: Types = &[NUMBER, TEXT, OTHER_SCALAR];
const SCALAR_OR_LIST: Types = &[NUMBER, TEXT, OTHER_SCALAR, LIST];

const PLACES: &[Places] = &[
    shapes("smithy.api#longPoll", OPERATION),
    shapes("aws.api#service", SERVICE),
    shapes("aws.auth#unsignedPayload", OPERATION),
    shapes("aws.customizations#s3UnwrappedXmlOutput", OPERATION),
    shapes("aws.protocols#awsQueryCompatible", SERVICE),
    shapes("aws.protocols#awsQueryError", STRUCTURE),
    members("aws.protocols#ec2QueryName", STRUCTURE, &[]),
    shapes("aws.protocols#httpChecksum", OPERATION),
    shapes("smithy.api#auth", &[&["service", "operation"]]),
    shapes("smithy.api#endpoint", OPERATION),
    both("smithy.api#enum", &[TEXT]),
    members("smithy.api#enumValue", &[&["enum", "intEnum"]], &[]),
    shapes("smithy.api#error", STRUCTURE),
    members(
        "smithy.api#eventHeader",
        STRUCTURE,
        &[
            &[
                "boolean", "byte", "short", "integer", "intEnum", "long", "blob",
            ],
            TEXT,
            &["timestamp"],
        ],
    ),
    members(
        "smithy.api#eventPayload",
        STRUCTURE,
        &[&["blob"], TEXT, &["structure", "union"]],
    ),
    members("smithy.api#hostLabel", STRUCTURE, &[TEXT]),
    shapes("smithy.api#http", OPERATION),
    shapes("smithy.api#httpChecksumRequired", OPERATION),
    members("smithy.api#httpHeader", STRUCTURE, SCALAR_OR_LIST),
    members("smithy.api#httpLabel", STRUCTURE, SCALAR),
    members(
        "smithy.api#httpPayload",
        STRUCTURE,
        &[TEXT, &["blob", "structure", "union", "document"], LIST, MAP],
    ),
    members("smithy.api#httpPrefixHeaders", STRUCTURE, &[MAP]),
    members("smithy.api#httpQuery", STRUCTURE, SCALAR_OR_LIST),
    members("smithy.api#httpQueryParams", STRUCTURE, &[MAP]),
    members(
        "smithy.api#httpResponseCode",
        STRUCTURE,
        &[&["integer", "intEnum"]],
    ),
    members("smithy.api#idempotencyToken", STRUCTURE, &[TEXT]),
    members("smithy.api#jsonName", STRUCTURE_OR_UNION, &[]),
    both("smithy.api#length", &[LIST, MAP, TEXT, &["blob"]]),
    both("smithy.api#mediaType", &[&["blob"], TEXT]),
    shapes("smithy.api#optionalAuth", OPERATION),
    shapes("smithy.api#paginated", &[&["service", "operation"]]),
    both("smithy.api#pattern", &[TEXT]),
    both("smithy.api#range", &[NUMBER]),
    shapes("smithy.api#requestCompression", OPERATION),
    members("smithy.api#required", STRUCTURE, &[]),
    shapes("smithy.api#requiresLength", &[&["blob"]]),
    shapes("smithy.api#retryable", STRUCTURE),
    shapes("smithy.api#sparse", &[&["list"], MAP]),
    shapes("smithy.api#streaming", &[&["blob", "union"]]),
    both("smithy.api#timestampFormat", &[&["timestamp"]]),
    shapes("smithy.api#title", &[&["service", "resource"]]),
    members("smithy.api#xmlAttribute", STRUCTURE, SCALAR),
    members("smithy.api#xmlFlattened", STRUCTURE_OR_UNION, &[LIST, MAP]),
    members("smithy.rules#contextParam", STRUCTURE, &[]),
    shapes("smithy.rules#endpointRuleSet", SERVICE),
    shapes("smithy.rules#operationContextParams", OPERATION),
    shapes("smithy.rules#staticContextParams", OPERATION),
    shapes("smithy.waiters#waitable", OPERATION),
];

/// Traits of which a member has at most one: each is a place.
const CONFLICTS: &[&[&str]] = &[
    &[
        "smithy.api#httpHeader",
        "smithy.api#httpLabel",
        "smithy.api#httpPayload",
        "smithy.api#httpPrefixHeaders",
        "smithy.api#httpQuery",
        "smithy.api#httpQueryParams",
        "smithy.api#httpResponseCode",
    ],
    &["smithy.api#eventHeader", "smithy.api#eventPayload"],
];

/// Traits that at most one member of a structure has.
const EXCLUSIVE: &[&str] = &[
    "smithy.api#eventPayload",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
    "smithy.api#idempotencyToken",
];

/// The owner of a trait: a shape of a type, or a member of one.
enum Owner<'v> {
    Shape(&'v str),
    Member { of: &'v str, to: &'v str },
}

/// Reports traits of a shape and of its members that are in the wrong place.
pub(super) fn check(shapes: &Node<'_, '_>, shape: &Node<'_, '_>) {
    let Some(kind) = shape.value().get("type").and_then(|kind| kind.as_str()) else {
        return;
    };
    judge(shape, &Owner::Shape(kind));
    if let Some(members) = shape.get("members").filter(|node| node.value().is_object()) {
        for (_, member) in members.entries() {
            self::member(shapes, kind, &member);
        }
        exclusive(&members);
    }
    for key in ["member", "key", "value"] {
        if let Some(member) = shape.get(key) {
            self::member(shapes, kind, &member);
        }
    }
}

fn member(shapes: &Node<'_, '_>, of: &str, member: &Node<'_, '_>) {
    let target = member.value().get("target").and_then(|it| it.as_str());
    let target = target.unwrap_or_default();
    let to = match shapes.value().get(target) {
        Some(shape) => shape.get("type").and_then(|kind| kind.as_str()),
        None => prelude::type_of(target),
    };
    // References to missing shapes are reported elsewhere.
    let Some(to) = to else { return };
    judge(member, &Owner::Member { of, to });
    let names: Vec<&str> = names(member).collect();
    for group in CONFLICTS {
        let mut found = names.iter().filter(|name| group.contains(name));
        if let (Some(first), Some(second)) = (found.next(), found.next()) {
            member.problem(format!(
                "expected one place for a member, found `{first}` and `{second}`"
            ));
        }
    }
}

fn judge(node: &Node<'_, '_>, owner: &Owner<'_>) {
    for name in names(node) {
        let of_service = |name: &str| {
            AUTH.contains(&name) || PROTOCOLS.iter().any(|(protocol, _)| *protocol == name)
        };
        let service_only = shapes("", SERVICE);
        let places = match PLACES.iter().find(|places| places.name == name) {
            Some(places) => places,
            None if of_service(name) => &service_only,
            None => continue,
        };
        if !places.allow(owner) {
            let found = match owner {
                Owner::Shape(kind) => format!("on a shape of type {kind}"),
                Owner::Member { of, to } => {
                    format!("on a member of a shape of type {of} that refers to one of type {to}")
                }
            };
            node.problem(format!(
                "expected `{name}` only on {}, found it {found}",
                places.described()
            ));
        }
    }
}

fn names<'v>(node: &Node<'_, 'v>) -> impl Iterator<Item = &'v str> {
    let traits = node.value().get("traits").and_then(|it| it.as_object());
    traits.into_iter().flatten().map(|(name, _)| name.as_str())
}

fn exclusive(members: &Node<'_, '_>) {
    let all: Vec<_> = members.entries().collect();
    for name in EXCLUSIVE {
        let mut with = all
            .iter()
            .filter(|(_, it)| names(it).any(|other| other == *name));
        if let (Some((first, _)), Some((second, _))) = (with.next(), with.next()) {
            members.problem(format!(
                "expected `{name}` on one member at most, found it on `{first}` and `{second}`"
            ));
        }
    }
}

impl Places {
    fn allow(&self, owner: &Owner<'_>) -> bool {
        let holds = |types: Types, kind: &str| types.is_empty() || contains(types, kind);
        match owner {
            Owner::Shape(kind) => contains(self.shapes, kind),
            Owner::Member { of, to } => self
                .members
                .is_some_and(|(containers, targets)| holds(containers, of) && holds(targets, to)),
        }
    }

    fn described(&self) -> String {
        let mut places = Vec::new();
        if !self.shapes.is_empty() {
            places.push(format!("shapes of type {}", listed(self.shapes)));
        }
        if let Some((of, to)) = self.members {
            let of = match of {
                [] => String::new(),
                of => format!(" of shapes of type {}", listed(of)),
            };
            let to = match to {
                [] => String::new(),
                to => format!(" that refer to one of type {}", listed(to)),
            };
            places.push(format!("members{of}{to}"));
        }
        places.join(" and on ")
    }
}

fn contains(types: Types, kind: &str) -> bool {
    types.iter().any(|group| group.contains(&kind))
}

fn listed(types: Types) -> String {
    types.concat().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::traits::USED;
    use super::PLACES;

    #[test]
    fn every_trait_that_is_read_has_its_places() {
        // Those that any shape or member can have, and the service's authentication.
        let anywhere = [
            "aws.auth#sigv4",
            "smithy.api#deprecated",
            "smithy.api#documentation",
            "smithy.api#sensitive",
            "smithy.api#trait",
            "smithy.api#xmlName",
            "smithy.api#xmlNamespace",
        ];
        for name in USED {
            let placed = PLACES.iter().any(|places| places.name == *name);
            assert!(placed != anywhere.contains(name), "{name}");
        }
    }
}
