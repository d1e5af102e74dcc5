//! Checks of a whole model that need no Rust: names that are names, references that lead somewhere.

mod bindings;
mod endless;
mod events;
mod streams;

use crate::model::{Kind, Member, Model, Shape};
use crate::problem::{Problems, nearest};

/// Everything that is wrong with how the parts of a model refer to one another.
pub(crate) fn check(model: &Model) -> Problems {
    let mut problems = Problems::default();
    names(model, &mut problems);
    for (name, operation) in &model.operations {
        let path = format!("operations.{name}");
        for (role, target) in [("input", &operation.input), ("output", &operation.output)] {
            if let Some(target) = target {
                let kind = resolve(model, target, &format!("{path}.{role}"), &mut problems)
                    .map(|shape| &shape.kind);
                if kind.is_some_and(|kind| !matches!(kind, Kind::Structure(_))) {
                    problems.add(
                        &model.file,
                        format!("{path}.{role}"),
                        format!(
                            "expected a structure, found `{target}`, which is {}",
                            kind.map_or("", named)
                        ),
                    );
                }
            }
        }
        for target in &operation.errors {
            let path = format!("{path}.errors");
            let kind = resolve(model, target, &path, &mut problems).map(|shape| &shape.kind);
            if kind.is_some_and(|kind| !matches!(kind, Kind::Structure(_))) {
                problems.add(
                    &model.file,
                    path,
                    format!(
                        "expected an exception, found `{target}`, which is {}",
                        kind.map_or("", named)
                    ),
                );
            }
        }
        bindings::check(model, name, operation, &mut problems);
    }
    for (name, shape) in &model.shapes {
        for (member_name, member) in members(&shape.kind) {
            let path = format!(
                "shapes.{name}.{}{member_name}",
                if is_aggregate(shape) { "members." } else { "" }
            );
            let target = resolve(model, &member.target, &path, &mut problems);
            let text = target.is_none_or(|target| is_text(&target.kind));
            if !text && member_name == "key" && matches!(shape.kind, Kind::Map { .. }) {
                problems.add(
                    &model.file,
                    &path,
                    format!(
                        "expected a string as the key of a map, found `{}`, which is {}",
                        member.target,
                        target.map_or("", |target| named(&target.kind))
                    ),
                );
            }
            if target.is_some_and(|target| !matches!(target.kind, Kind::String))
                && member.idempotency_token
            {
                problems.add(
                    &model.file,
                    &path,
                    format!(
                        "expected a string to fill a token into, found `{}`, which is {}",
                        member.target,
                        target.map_or("", |target| named(&target.kind))
                    ),
                );
            }
        }
        if let Kind::Structure(structure) = &shape.kind
            && let Some(payload) = &structure.payload
            && !structure.members.contains_key(payload)
        {
            problems.add(&model.file, format!("shapes.{name}.payload"), format!("expected the name of a member, found `{payload}`, which this shape does not have"));
        }
    }
    events::check(model, &mut problems);
    streams::check(model, &mut problems);
    if problems.0.is_empty() {
        endless::check(model, &mut problems);
    }
    problems
}

/// Names and titles stand in comments, strings and file names of what is generated: printable, and not empty.
fn names(model: &Model, problems: &mut Problems) {
    let service = &model.service;
    let metadata = [
        ("serviceId", &service.id),
        ("serviceFullName", &service.full_name),
        ("apiVersion", &service.api_version),
        ("signingName", &service.signing_name),
    ];
    let titles = metadata
        .into_iter()
        .map(|(key, title)| (format!("metadata.{key}"), title))
        .filter(|(_, title)| !title.is_empty());
    let operations = model
        .operations
        .keys()
        .map(|name| ("operations".to_owned(), name));
    let shapes = model.shapes.keys().map(|name| ("shapes".to_owned(), name));
    let members = model.shapes.iter().flat_map(|(shape, of)| {
        let members = match &of.kind {
            Kind::Structure(structure) | Kind::Union(structure) => Some(structure.members.iter()),
            _ => None,
        };
        members
            .into_iter()
            .flatten()
            .flat_map(move |(name, member)| {
                let path = format!("shapes.{shape}.members");
                let wire = member
                    .wire_name
                    .iter()
                    .map(move |wire| (format!("shapes.{shape}.members.{name}.locationName"), wire));
                std::iter::once((path, name)).chain(wire)
            })
    });
    for (path, name) in titles.chain(operations).chain(shapes).chain(members) {
        let prefix_of_all = name.is_empty() && path.ends_with(".locationName");
        if (name.is_empty() && !prefix_of_all) || name.chars().any(char::is_control) {
            problems.add(
                &model.file,
                path,
                format!("expected a name of printable characters, found {name:?}"),
            );
        }
    }
}

/// A kind of shape, as a message names it.
pub(crate) fn named(kind: &Kind) -> &'static str {
    match kind {
        Kind::Structure(_) => "a structure",
        Kind::Union(_) => "a union",
        Kind::Document => "a document",
        Kind::List { .. } => "a list",
        Kind::Map { .. } => "a map",
        Kind::String => "a string",
        Kind::Enum(_) => "an enum",
        Kind::Boolean => "a boolean",
        Kind::Integer | Kind::Long => "an integer",
        Kind::Float | Kind::Double => "a number",
        Kind::Blob { .. } => "a blob",
        Kind::Timestamp { .. } => "a timestamp",
    }
}

fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::String | Kind::Enum(_))
}

fn is_aggregate(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::Structure(_) | Kind::Union(_))
}

/// The references of a shape, by the name of each.
pub(crate) fn members(kind: &Kind) -> Vec<(&str, &Member)> {
    match kind {
        Kind::Structure(structure) | Kind::Union(structure) => structure
            .members
            .iter()
            .map(|(name, member)| (name.as_str(), member))
            .collect(),
        Kind::List { member, .. } => vec![("member", member)],
        Kind::Map { key, value, .. } => vec![("key", key), ("value", value)],
        _ => Vec::new(),
    }
}

fn resolve<'m>(
    model: &'m Model,
    target: &str,
    path: &str,
    problems: &mut Problems,
) -> Option<&'m Shape> {
    let shape = model.shapes.get(target);
    if shape.is_none() {
        let near = nearest(target, model.shapes.keys().map(String::as_str));
        problems.add(&model.file, path, format!("expected the name of a shape, found `{target}`, which the model does not have{near}"));
    }
    shape
}
