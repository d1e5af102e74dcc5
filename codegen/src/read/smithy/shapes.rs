//! Shapes for values: structures, unions, lists, maps, enums and simple types.

use super::closure::kind;
use super::members::{self, constraints};
use super::traits::Traits;
use super::{Reader, prelude};
use crate::json::Node;
use crate::model::{Constraints, ErrorTrait, Kind, Protocol, Shape, Structure};
use crate::problem::Part;
use indexmap::IndexMap;
use serde_json::Value;

/// The shapes by name, including those that are created for members with their own constraints.
pub(super) fn read(reader: &Reader<'_, '_>) -> IndexMap<String, Shape> {
    let mut shapes = IndexMap::new();
    let mut narrowed = members::MadeUp::beside(reader.names.values());
    for (id, name) in &reader.names {
        let read = || match reader.shapes.get(id) {
            Some(node) => shape(reader, name, &node, &mut narrowed),
            None => prelude_shape(reader, id),
        };
        let shape = reader.shapes.place.within(Part::Shape(name.clone()), read);
        // A shape may have the same name as an equal one.
        shapes
            .entry(name.clone())
            .or_insert_with(|| shape.unwrap_or_else(Shape::unread));
    }
    for narrowed in narrowed.shapes {
        if let Some(target) = shapes.get(&narrowed.target).cloned() {
            shapes.insert(narrowed.name, narrowed.constraints.on(target));
        }
    }
    shapes
}

fn prelude_shape(reader: &Reader<'_, '_>, id: &str) -> Option<Shape> {
    let kind = prelude::kind(id);
    if kind.is_none() {
        reader
            .shapes
            .problem(no_number(id, id.trim_start_matches("smithy.api#")));
    }
    Some(Shape::plain(kind?))
}

fn no_number(what: &str, kind: &str) -> String {
    format!("expected numbers that fit 64 bits, found `{what}`, which is of type {kind}")
}

fn shape(
    reader: &Reader<'_, '_>,
    name: &str,
    node: &Node<'_, '_>,
    narrowed: &mut members::MadeUp,
) -> Option<Shape> {
    let traits = Traits::of(node);
    let mut own = constraints(&traits);
    let kind = match kind(node)? {
        "structure" => {
            let mut structure = structure(reader, name, node, narrowed);
            if let Some(fault) = traits.error() {
                structure.error = Some(error(reader, fault, &traits));
            }
            Kind::Structure(structure)
        }
        "union" => {
            let mut structure = structure(reader, name, node, narrowed);
            structure.event_stream = traits.streaming();
            Kind::Union(structure)
        }
        "list" | "set" => Kind::List {
            member: members::read(reader, name, &node.get("member")?, "member", narrowed),
            sparse: traits.sparse(),
        },
        "map" => {
            let (key, value) = (node.get("key")?, node.get("value")?);
            let key = members::read(reader, name, &key, "key", narrowed);
            let value = members::read(reader, name, &value, "value", narrowed);
            Kind::Map {
                key: Box::new(key),
                value: Box::new(value),
                sparse: traits.sparse(),
            }
        }
        "enum" => Kind::Enum(values(node)),
        "string" => match traits.enumeration() {
            Some(values) => Kind::Enum(values),
            None => Kind::String,
        },
        "intEnum" => {
            own.values = numbers(node);
            Kind::Integer
        }
        "blob" => Kind::Blob {
            streaming: traits.streaming(),
            requires_length: traits.requires_length(),
        },
        "timestamp" => Kind::Timestamp {
            format: traits.timestamp_format(),
        },
        other => match prelude::simple(other) {
            Some(kind) => kind,
            None => {
                let what = match other {
                    "bigInteger" | "bigDecimal" => no_number(name, other),
                    _ => format!("expected a shape that holds a value, found one of type {other}"),
                };
                node.problem(what);
                return None;
            }
        },
    };
    Some(Shape {
        kind,
        documentation: traits.documentation(),
        constraints: own,
        sensitive: traits.sensitive(),
        deprecated: traits.deprecated(),
    })
}

fn structure(
    reader: &Reader<'_, '_>,
    name: &str,
    node: &Node<'_, '_>,
    narrowed: &mut members::MadeUp,
) -> Structure {
    let mut structure = Structure::default();
    let Some(members) = node.get("members") else {
        return structure;
    };
    for (member_name, member) in members.entries() {
        if Traits::of(&member).http_payload() && reader.service.binds_to_http() {
            structure.payload = Some(member_name.to_owned());
        }
        let member = members::read(reader, name, &member, member_name, narrowed);
        structure.members.insert(member_name.to_owned(), member);
    }
    structure
}

fn error(reader: &Reader<'_, '_>, fault: &str, traits: &Traits<'_, '_>) -> ErrorTrait {
    let of_query = traits.query_error();
    // Many services kept the trait when they changed to another protocol, and send the names of shapes now.
    let of_query = of_query.filter(|_| reader.protocol().is_some_and(Protocol::has_query_codes));
    let sender_fault = of_query.is_some() && fault == "client";
    let (code, status) = of_query.unwrap_or_default();
    ErrorTrait {
        code,
        status,
        sender_fault,
        retryable: traits.retryable(),
    }
}

/// The values of an enum shape: that of each member, or else its name.
fn values(node: &Node<'_, '_>) -> Vec<String> {
    let Some(members) = node.get("members") else {
        return Vec::new();
    };
    let values = members.entries().map(|(name, member)| {
        let traits = Traits::of(&member);
        match traits.enum_value() {
            Some(value) => value.string(),
            None => name.to_owned(),
        }
    });
    values.collect()
}

/// The values of an intEnum, by the names of its members.
fn numbers(node: &Node<'_, '_>) -> Vec<(String, i32)> {
    let Some(members) = node.get("members") else {
        return Vec::new();
    };
    let mut numbers = Vec::new();
    for (name, member) in members.entries() {
        let traits = Traits::of(&member);
        let value = traits.enum_value();
        let number = value
            .as_ref()
            .and_then(|value| value.value().as_i64())
            .and_then(|value| i32::try_from(value).ok());
        match number {
            Some(number) => numbers.push((name.to_owned(), number)),
            None => value
                .as_ref()
                .unwrap_or(&member)
                .expected("a whole number of 32 bits as `smithy.api#enumValue`"),
        }
    }
    numbers
}

/// Whether members of a shape can have their own constraints.
pub(super) fn is_narrowable(kind: Option<&str>) -> bool {
    !matches!(kind, None | Some("structure" | "union"))
}

/// The name that botocore gives to a shape that exists for the constraints of one member.
pub(super) fn narrowed_name(container: &str, member: &str, kind: &str) -> String {
    let capital = |text: &str| {
        let mut chars = text.chars();
        let first = chars.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(chars).collect::<String>()
    };
    format!("{container}{}{}", capital(member), capital(kind))
}

/// A limit as in the model.
pub(super) fn limits(node: &Node<'_, '_>, constraints: &mut Constraints) {
    for (key, node) in node.entries() {
        let place = match key {
            "min" => &mut constraints.min,
            "max" => &mut constraints.max,
            _ => {
                node.account(&[], &["min", "max"]);
                continue;
            }
        };
        match node.value() {
            Value::Number(number) => *place = Some(number.clone()),
            _ => node.expected("a number"),
        }
    }
}
