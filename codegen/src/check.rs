//! Checks of a whole model that need no Rust: references that lead somewhere, types that have an end.

use crate::model::{Kind, Location, Member, Model, Shape};
use crate::problem::{Problems, nearest};

/// Everything that is wrong with how the parts of a model refer to one another.
pub(crate) fn check(model: &Model) -> Problems {
    let mut problems = Problems::default();
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
                            "expected a structure, found `{target}`, which is another kind of shape"
                        ),
                    );
                }
            }
        }
        for target in &operation.errors {
            let kind = resolve(model, target, &format!("{path}.errors"), &mut problems)
                .map(|shape| &shape.kind);
            if kind.is_some_and(|kind| !matches!(kind, Kind::Structure(_))) {
                problems.add(
                    &model.file,
                    format!("{path}.errors"),
                    format!(
                        "expected an exception, found `{target}`, which is another kind of shape"
                    ),
                );
            }
        }
        if operation.method.is_empty() || !operation.uri.starts_with('/') {
            problems.add(
                &model.file,
                format!("{path}.http"),
                format!(
                    "expected a method and a URI that begins with `/`, found `{} {}`",
                    operation.method, operation.uri
                ),
            );
        }
        labels(model, name, &mut problems);
    }
    for (name, shape) in &model.shapes {
        for (member_name, member) in members(&shape.kind) {
            let path = format!(
                "shapes.{name}.{}{member_name}",
                if is_aggregate(shape) { "members." } else { "" }
            );
            resolve(model, &member.target, &path, &mut problems);
        }
        if let Kind::Structure(structure) = &shape.kind
            && let Some(payload) = &structure.payload
            && !structure.members.contains_key(payload)
        {
            problems.add(&model.file, format!("shapes.{name}.payload"), format!("expected the name of a member, found `{payload}`, which this shape does not have"));
        }
    }
    if problems.0.is_empty() {
        endless(model, &mut problems);
    }
    problems
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

/// Every `{label}` of a URI has a member, and every member that is a label has its place.
fn labels(model: &Model, name: &str, problems: &mut Problems) {
    let Some(operation) = model.operations.get(name) else {
        return;
    };
    let in_uri: Vec<&str> = operation
        .uri
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(label, _)| label.trim_end_matches('+'))
        .collect();
    let input = operation
        .input
        .as_deref()
        .and_then(|input| model.shapes.get(input));
    let members = input.map(|shape| members(&shape.kind)).unwrap_or_default();
    let bound: Vec<&str> = members
        .iter()
        .filter(|(_, member)| member.location == Some(Location::Label))
        .map(|(name, member)| member.wire_name.as_deref().unwrap_or(name))
        .collect();
    for label in in_uri.iter().filter(|label| !bound.contains(label)) {
        problems.add(
            &model.file,
            format!("operations.{name}.http.requestUri"),
            format!("expected a member of the input for the label `{{{label}}}`, found none"),
        );
    }
    for label in bound.iter().filter(|label| !in_uri.contains(label)) {
        problems.add(
            &model.file,
            format!("operations.{name}.http.requestUri"),
            format!(
                "expected a place for the label `{label}` of the input, found none in `{}`",
                operation.uri
            ),
        );
    }
}

/// Types without an end: a list of itself, and a structure that cannot be built because it requires itself.
fn endless(model: &Model, problems: &mut Problems) {
    for (name, shape) in &model.shapes {
        let through: fn(&Shape) -> Vec<&str> = match shape.kind {
            Kind::List { .. } | Kind::Map { .. } => |shape| match &shape.kind {
                Kind::List { member, .. } => vec![member.target.as_str()],
                Kind::Map { value, .. } => vec![value.target.as_str()],
                _ => Vec::new(),
            },
            Kind::Structure(_) => |shape| match &shape.kind {
                Kind::Structure(structure) => structure
                    .members
                    .values()
                    .filter(|member| member.required)
                    .map(|member| member.target.as_str())
                    .collect(),
                _ => Vec::new(),
            },
            _ => continue,
        };
        if let Some(way) = way_back(model, name, through) {
            let expected = if matches!(shape.kind, Kind::Structure(_)) {
                "a structure that can be built, found one that requires itself"
            } else {
                "a list or map whose items have an end, found one that holds itself"
            };
            problems.add(
                &model.file,
                format!("shapes.{name}"),
                format!("expected {expected}: {}", way.join(" -> ")),
            );
        }
    }
}

/// The way from a shape back to itself, where there is one. A search with a list, not the stack: models are not trusted.
fn way_back<'m>(
    model: &'m Model,
    start: &'m str,
    through: fn(&Shape) -> Vec<&str>,
) -> Option<Vec<&'m str>> {
    let mut seen = vec![start];
    let mut open = vec![vec![start]];
    while let Some(way) = open.pop() {
        for next in way
            .last()
            .and_then(|last| model.shapes.get(*last))
            .map(through)
            .unwrap_or_default()
        {
            let mut longer = way.clone();
            longer.push(next);
            if next == start {
                return Some(longer);
            }
            if !seen.contains(&next) {
                seen.push(next);
                open.push(longer);
            }
        }
    }
    None
}
