//! Types without an end: a list of itself, a structure that cannot be built because it requires itself.

use crate::graph::{Edges, components, way_back};
use crate::model::{Kind, Model, Shape};
use crate::problem::{Part, Problems};
use indexmap::IndexSet;

/// Lists of lists; real models go three deep. Past this it is no model, and types are built by recursion.
const DEEPEST: usize = 32;

/// All references lead somewhere when this is asked.
pub(super) fn check(model: &Model, reaches: impl Fn(&Part) -> bool, problems: &mut Problems) {
    cycles(
        model,
        items,
        "a list or map whose items have an end, found one that holds itself",
        problems,
    );
    cycles(
        model,
        required,
        "a structure that can be built, found one that requires itself",
        problems,
    );
    if problems.0.is_empty() {
        let mut deep = model
            .shapes
            .keys()
            .filter(|name| depth(model, name) > DEEPEST);
        // One is enough to refuse the model, if it is selected.
        let deep = deep
            .clone()
            .find(|name| reaches(&Part::Shape((*name).clone())))
            .or(deep.next());
        if let Some(name) = deep {
            let message = format!(
                "expected lists and maps nested at most {DEEPEST} deep, found one that goes deeper"
            );
            problems.within(Part::Shape(name.clone()), |problems| {
                problems.add(&model.file, format!("shapes.{name}"), message);
            });
        }
    }
}

fn cycles(
    model: &Model,
    through: fn(&Shape) -> Vec<&str>,
    expected: &str,
    problems: &mut Problems,
) {
    let edges: Edges<'_> = model
        .shapes
        .iter()
        .map(|(name, shape)| (name.as_str(), through(shape)))
        .collect();
    let components = components(&edges);
    let mut told = IndexSet::new();
    for name in model.shapes.keys() {
        let component = components.get(name.as_str());
        if told.contains(&component) {
            continue;
        }
        if let Some(way) = way_back(&edges, &components, name) {
            told.insert(component);
            let message = format!("expected {expected}: {}", way.join(" -> "));
            problems.within(Part::Shape(name.clone()), |problems| {
                problems.add(&model.file, format!("shapes.{name}"), message);
            });
        }
    }
}

/// What a list or map holds.
fn items(shape: &Shape) -> Vec<&str> {
    match &shape.kind {
        Kind::List { member, .. } => vec![&member.target],
        Kind::Map { value, .. } => vec![&value.target],
        _ => Vec::new(),
    }
}

/// What a structure cannot be without. A list can be empty, so it is no way on.
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
