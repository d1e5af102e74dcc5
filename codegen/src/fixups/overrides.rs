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

/// The place of overrides in messages.
const FILE: &str = "tinsmith.toml";

/// Applies `required`, and checks that every rename applies to something.
pub(super) fn apply(model: &mut Model, overrides: &Overrides, reporter: &Reporter) {
    let file = reporter.file(FILE);
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
pub(super) fn make_union(model: &mut Model, name: &str) -> Result<(), String> {
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
