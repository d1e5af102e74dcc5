//! The user's overrides, applied to the model. One that has no effect is a problem: it was written for another model.

use crate::model::{Kind, Model};
use crate::names::{self, is_identifier};
use crate::place::{Place, Reporter};
use crate::problem::nearest;
use indexmap::IndexMap;

/// The overrides of tinsmith.toml.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// `Shape.member` → whether it is required.
    pub required: IndexMap<String, bool>,
    /// `Shape`, `Shape.member` or `Shape.VALUE` → its name in Rust.
    pub renames: IndexMap<String, String>,
    /// Structures of which exactly one member is ever set: they become unions.
    pub unions: Vec<String>,
}

/// A union for any value, which a model may have as a structure.
struct AnyValue {
    /// The `serviceId` of the service.
    service: &'static str,
    shape: &'static str,
    /// The types that convert into it, and the member for each.
    from: &'static [(&'static str, &'static str)],
}

/// botocore's models cannot express that it is a union; the service accepts and sends exactly one member, as its API
/// reference says, and Smithy's model of the service has it as a union.
const ANY_VALUES: [AnyValue; 2] = [
    attribute_value("DynamoDB"),
    attribute_value("DynamoDB Streams"),
];

const fn attribute_value(service: &'static str) -> AnyValue {
    AnyValue {
        service,
        shape: "AttributeValue",
        from: &[("text", "S"), ("number", "N"), ("flag", "BOOL")],
    }
}

/// The types that convert into a union of a service, and the member for each.
pub(crate) fn conversions(service: &str, shape: &str) -> &'static [(&'static str, &'static str)] {
    let known = ANY_VALUES.iter();
    let mut known = known.filter(|value| value.service == service && value.shape == shape);
    known.next().map_or(&[], |value| value.from)
}

/// The place of overrides in messages.
const FILE: &str = "tinsmith.toml";

/// Applies `required`, and checks that every rename applies to something.
pub(crate) fn apply(model: &mut Model, overrides: &Overrides, reporter: &Reporter) {
    let file = reporter.file(FILE);
    let is_of_service = |value: &&AnyValue| value.service == model.service.id;
    let known: Vec<&str> = ANY_VALUES
        .iter()
        .filter(is_of_service)
        .map(|it| it.shape)
        .collect();
    for shape in known {
        // If a model has it as a union already, nothing is left to do.
        let _ = make_union(model, shape);
    }
    for name in &overrides.unions {
        if let Err(message) = make_union(model, name) {
            file.key("unions").key(name).problem(message);
        }
    }
    for (key, required) in &overrides.required {
        let member = key.split_once('.').and_then(|(shape, member)| {
            match &mut model.shapes.get_mut(shape)?.kind {
                Kind::Structure(structure) => structure.members.get_mut(member),
                _ => None,
            }
        });
        match member {
            Some(member) if member.required == *required => {
                file.key("required").key(key).problem(format!("expected an override that changes something, found one without effect: `{key}` is already {}", if *required { "required" } else { "optional" }));
            }
            Some(member) => member.required = *required,
            None => missing(model, &file, "required", key),
        }
    }
    for (key, name) in &overrides.renames {
        let found = match key.split_once('.') {
            None => model.shapes.contains_key(key),
            Some((shape, part)) => model
                .shapes
                .get(shape)
                .is_some_and(|shape| match &shape.kind {
                    Kind::Structure(structure) | Kind::Union(structure) => {
                        structure.members.contains_key(part)
                    }
                    Kind::Enum(values) => values.iter().any(|value| value == part),
                    _ => false,
                }),
        };
        if !found {
            missing(model, &file, "renames", key);
        }
        if !is_identifier(name) {
            file.key("renames")
                .key(key)
                .problem(format!("expected an identifier of Rust, found `{name}`"));
        } else if !is_free(model, key, name) {
            file.key("renames").key(key).problem(format!(
                "expected a name that is not used by generated code, found `{name}`"
            ));
        }
    }
}

/// Makes a structure a union.
fn make_union(model: &mut Model, name: &str) -> Result<(), String> {
    let file = model.file.clone();
    let near = nearest(name, model.shapes.keys().map(String::as_str));
    let operations = model.operations.values();
    let is_message = operations
        .flat_map(|it| it.input.iter().chain(&it.output))
        .any(|shape| shape == name);
    let Some(shape) = model.shapes.get_mut(name) else {
        return Err(format!(
            "expected the name of a structure in {file}, found `{name}`, which matches nothing{near}"
        ));
    };
    match &mut shape.kind {
        Kind::Union(_) => Err(format!(
            "expected an override that changes something, found one without effect: `{name}` is already a union"
        )),
        Kind::Structure(structure)
            if !is_message && structure.error.is_none() && !structure.members.is_empty() =>
        {
            let mut members = std::mem::take(structure);
            for member in members.members.values_mut() {
                member.required = false;
            }
            shape.kind = Kind::Union(members);
            Ok(())
        }
        Kind::Structure(_) => Err(format!(
            "expected a structure with members that is no input, output or exception, found `{name}`"
        )),
        other => Err(format!(
            "expected the name of a structure, found `{name}`, which is {}",
            other.describe()
        )),
    }
}

/// Whether a name does not clash with other generated names.
fn is_free(model: &Model, key: &str, name: &str) -> bool {
    let kind = |shape: &str| model.shapes.get(shape).map(|shape| &shape.kind);
    match key.split_once('.') {
        // A type in lower case would have the name of its own module.
        None => {
            !names::TAKEN_TYPES.contains(&name) && !name.starts_with(|c: char| c.is_lowercase())
        }
        Some((shape, _)) => match kind(shape) {
            Some(Kind::Structure(_)) => !names::TAKEN_METHODS.contains(&name),
            _ => name != "Unknown",
        },
    }
}

fn missing(model: &Model, file: &Place<'_>, table: &str, key: &str) {
    let of_table = file.key(table);
    let place = of_table.key(key);
    let shape = key.split_once('.').map_or(key, |(shape, _)| shape);
    if table == "required" && !key.contains('.') {
        place.problem(format!("expected `Shape.member`, found `{key}`"));
        return;
    }
    let near = match model.shapes.get(shape) {
        Some(found) => nearest(
            key.get(shape.len() + 1..).unwrap_or_default(),
            parts(&found.kind),
        ),
        None => nearest(shape, model.shapes.keys().map(String::as_str)),
    };
    place.problem(format!(
        "expected the name of something in {}, found `{key}`, which matches nothing{near}",
        model.file
    ));
}

/// The parts of a shape that can be named: members or values.
fn parts(kind: &Kind) -> Vec<&str> {
    match kind {
        Kind::Enum(values) => values.iter().map(String::as_str).collect(),
        Kind::Structure(structure) | Kind::Union(structure) => {
            structure.members.keys().map(String::as_str).collect()
        }
        _ => Vec::new(),
    }
}
