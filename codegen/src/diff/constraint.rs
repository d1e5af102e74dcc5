//! The service's constraints on values. The crate documents them and never validates them, so a change is a patch.
//!
//! A constraint belongs to a shape, to which many members may refer: it is reported once, under that shape, with the
//! members whose documentation shows it, or under the member if that refers to another shape than before.

use super::changes::{Changes, change};
use super::view::{Pair, View};
use super::{Bump, ChangeKind, render};
use crate::lower::constraints;
use crate::model::{Kind, Member};
use indexmap::IndexMap;

const NOTE: &str = "checked by the service, documented in the crate";

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    // By shape: the constraint before, the constraint after, and the members that show it.
    let mut shapes: IndexMap<&str, (String, String, Vec<String>)> = IndexMap::new();
    for (before, after) in pair.members() {
        let path = format!("{}.{}", after.shape, after.name);
        let (was, is) = (&before.member.values, &after.member.values);
        if was != is {
            changes.add(
                change(ChangeKind::ConstraintChanged, &path, Bump::Patch)
                    .before(or_none(was.join(", ")))
                    .after(or_none(is.join(", ")))
                    .note("known values, documented in the crate"),
            );
        }
        let (was, is) = (
            facts(&pair.before, before.member),
            facts(&pair.after, after.member),
        );
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
        } else if kind_of(&pair.before, before.member) == kind_of(&pair.after, after.member) {
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
                .note(format!("{NOTE} on {}", render::list(&shown, 4))),
        );
    }
}

/// The shapes whose constraints a member's documentation shows, and the constraints of each.
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

/// A member whose value has another kind has another type, which is reported instead.
fn kind_of(view: &View<'_>, member: &Member) -> Option<std::mem::Discriminant<Kind>> {
    let shape = view.shape(&member.target)?;
    Some(std::mem::discriminant(&shape.kind))
}
