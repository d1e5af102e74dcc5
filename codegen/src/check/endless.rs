//! Infinite types: a list of itself, or a structure that cannot be built because it requires itself.

use crate::graph::{Edges, components, path_back};
use crate::model::{Kind, Model, Shape};
use crate::place::Place;
use crate::problem::Part;
use indexmap::IndexSet;

/// The deepest nesting of lists; real models have three levels. Deeper ones are rejected, because types are built by
/// recursion.
const DEEPEST: usize = 32;

/// All references must have been checked before.
pub(super) fn check(model: &Model, reaches: impl Fn(&Part) -> bool, shapes: &Place<'_>) {
    cycles(
        model,
        items,
        "a list or map whose items have an end, found one that holds itself",
        shapes,
    );
    cycles(
        model,
        required,
        "a structure that can be built, found one that requires itself",
        shapes,
    );
    // A selected cycle has rejected the model already, and one that is not selected may be of any depth.
    let (reporter, is_reached) = (shapes.reporter, |name: &&String| {
        reaches(&Part::Shape((*name).clone()))
    });
    if reporter.any_of(&reaches) {
        return;
    }
    let deep = model.shapes.keys();
    let mut deep = deep.filter(|name| depth(model, name) > DEEPEST);
    let one = match reporter.is_empty() {
        true => deep.clone().find(is_reached).or(deep.next()),
        false => deep.find(is_reached),
    };
    if let Some(name) = one {
        let message = format!(
            "expected lists and maps nested at most {DEEPEST} deep, found one that goes deeper"
        );
        shapes.within(Part::Shape(name.clone()), || {
            shapes.key(name).problem(message);
        });
    }
}

fn cycles(model: &Model, through: fn(&Shape) -> Vec<&str>, expected: &str, shapes: &Place<'_>) {
    let edges: Edges<'_> = model
        .shapes
        .iter()
        .map(|(name, shape)| (name.as_str(), through(shape)))
        .collect();
    let components = components(&edges);
    let mut reported = IndexSet::new();
    for name in model.shapes.keys() {
        let component = components.get(name.as_str());
        if reported.contains(&component) {
            continue;
        }
        if let Some(path) = path_back(&edges, &components, name) {
            reported.insert(component);
            let message = format!("expected {expected}: {}", path.join(" -> "));
            shapes.within(Part::Shape(name.clone()), || {
                shapes.key(name).problem(message)
            });
        }
    }
}

/// The contents of a list or map.
fn items(shape: &Shape) -> Vec<&str> {
    match &shape.kind {
        Kind::List { member, .. } => vec![&member.target],
        Kind::Map { value, .. } => vec![&value.target],
        _ => Vec::new(),
    }
}

/// The members that a structure must have. A list can be empty, so nothing follows from it.
fn required(shape: &Shape) -> Vec<&str> {
    match &shape.kind {
        Kind::Structure(structure) => structure
            .members
            .values()
            .filter(|member| member.required)
            .map(|member| member.target.as_str())
            .collect(),
        _ => Vec::new(),
    }
}

fn depth(model: &Model, name: &str) -> usize {
    let mut next = name;
    for depth in 0..=DEEPEST {
        match model.shapes.get(next).map(items).as_deref() {
            Some([item]) => next = item,
            _ => return depth,
        }
    }
    DEEPEST + 1
}
