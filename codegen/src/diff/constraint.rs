//! What the service checks of values. It is documentation in the crate, never validation, so a change is a patch.
//!
//! A constraint belongs to a shape that many members can lead to: it is told once, under that shape, with the members
//! whose documentation shows it; under the member where that leads to another shape than before.

use super::changes::{Changes, change};
use super::view::{Pair, View, members, named};
use super::{Bump, ChangeKind, spell};
use crate::lower::constraints;
use crate::model::{Kind, Member};
use indexmap::{IndexMap, IndexSet};

const NOTE: &str = "checked by the service, documented in the crate";

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    // By shape: what it said, what it says, and the members that show it.
    let mut shapes: IndexMap<&str, (String, String, Vec<String>)> = IndexMap::new();
    for (name, before, after) in pairs(pair) {
        let path = format!("{name}.{}", before.0);
        let (was, is) = (&before.1.values, &after.1.values);
        if was != is {
            changes.add(
                change(ChangeKind::ConstraintChanged, &path, Bump::Patch)
                    .before(or_none(was.join(", ")))
                    .after(or_none(is.join(", ")))
                    .note("known values, documented in the crate"),
            );
        }
        let (was, is) = (facts(&pair.before, before.1), facts(&pair.after, after.1));
        let same_shapes = was
            .iter()
            .map(|(shape, _)| shape)
            .eq(is.iter().map(|(shape, _)| shape));
        if same_shapes {
            for ((shape, was), (_, is)) in was.into_iter().zip(is) {
                if was != is {
                    let entry = shapes.entry(shape).or_insert((was, is, Vec::new()));
                    entry.2.push(path.clone());
                }
            }
        } else if kind_of(&pair.before, before.1) == kind_of(&pair.after, after.1) {
            let (was, is) = (joined(&was), joined(&is));
            if was != is {
                changes.add(
                    change(ChangeKind::ConstraintChanged, path, Bump::Patch)
                        .before(was)
                        .after(is)
                        .note(NOTE),
                );
            }
        }
    }
    for (shape, (was, is, mut shown)) in shapes {
        shown.sort();
        changes.add(
            change(ChangeKind::ConstraintChanged, shape, Bump::Patch)
                .before(or_none(was))
                .after(or_none(is))
                .note(format!("{NOTE} on {}", spell::list(&shown, 4))),
        );
    }
}

type Named<'m> = (&'m str, &'m Member);

/// The members that both sides document, by the shape that has them after.
fn pairs<'m>(pair: &Pair<'m>) -> Vec<(String, Named<'m>, Named<'m>)> {
    let (before, after) = (&pair.before, &pair.after);
    let mut shapes: IndexSet<(&str, &str)> = IndexSet::new();
    for (name, operation) in &after.closure.operations {
        if let Some(previous) = before.closure.operations.get(name) {
            let inputs = (previous.input.as_deref(), operation.input.as_deref());
            let outputs = (previous.output.as_deref(), operation.output.as_deref());
            for pair in [inputs, outputs] {
                if let (Some(was), Some(is)) = pair {
                    shapes.insert((was, is));
                }
            }
        }
    }
    shapes.extend(named(after.model, &after.closure).map(|name| (name, name)));
    let mut found = Vec::new();
    for (was, is) in shapes {
        let (Some(was), Some(shape)) = (before.shape(was), after.shape(is)) else {
            continue;
        };
        for (name, member) in members(shape).into_iter().flatten() {
            let previous = members(was).and_then(|members| members.get_key_value(name));
            if let Some((name, previous)) = previous {
                found.push((
                    is.to_owned(),
                    (name.as_str(), previous),
                    (name.as_str(), member),
                ));
            }
        }
    }
    found
}

/// The shapes whose constraints a member's documentation shows, and what it says of each.
fn facts<'m>(view: &View<'m>, member: &'m Member) -> Vec<(&'m str, String)> {
    let mut found = Vec::new();
    let mut add = |of: &str, target: &'m str| {
        let shape = view.shape(target);
        let said = shape.map(|shape| constraints(shape, str::to_owned));
        let said = said.filter(|said| !said.is_empty());
        found.push((
            target,
            said.map_or(String::new(), |said| format!("{of}{said}")),
        ));
        shape.map(|shape| &shape.kind)
    };
    match add("", &member.target) {
        Some(Kind::List { member, .. }) => {
            add("each item: ", &member.target);
        }
        Some(Kind::Map { key, value, .. }) => {
            add("each key: ", &key.target);
            add("each value: ", &value.target);
        }
        _ => {}
    }
    found
}

fn joined(facts: &[(&str, String)]) -> String {
    let said: Vec<&str> = facts
        .iter()
        .map(|(_, said)| said.as_str())
        .filter(|said| !said.is_empty())
        .collect();
    or_none(said.join("; "))
}

fn or_none(said: String) -> String {
    if said.is_empty() {
        "unconstrained".to_owned()
    } else {
        said
    }
}

/// Members that lead to another kind of value have another type, which says all.
fn kind_of(view: &View<'_>, member: &Member) -> Option<std::mem::Discriminant<Kind>> {
    let shape = view.shape(&member.target)?;
    Some(std::mem::discriminant(&shape.kind))
}
