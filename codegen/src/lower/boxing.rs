//! Which members need a `Box`: those that refer back to their own structure without a list or map in between.
//!
//! No other member has one, however large its structure is. A rule by size would change the type of a member when a
//! model grows, and boxes for all cost more than they save: a page of 132 images of Image Builder was read in 1.2 to
//! 1.4 times the CPU time, one of 3,000 in about the same, with 13 % less memory.

use crate::graph::{Edges, components};
use crate::model::{Kind, Model};
use indexmap::IndexSet;

/// The members within a cycle; all of them, so that the result does not depend on where the search began.
pub(super) fn boxed(model: &Model) -> IndexSet<(&str, &str)> {
    let mut edges = Edges::new();
    let mut members = Vec::new();
    for (name, shape) in &model.shapes {
        if let Kind::Structure(structure) | Kind::Union(structure) = &shape.kind {
            let direct = structure.members.iter().filter(|(_, member)| {
                model.shapes.get(&member.target).is_some_and(|target| {
                    matches!(target.kind, Kind::Structure(_) | Kind::Union(_))
                })
            });
            for (member, target) in direct {
                edges.entry(name).or_default().push(&target.target);
                members.push((name.as_str(), member.as_str(), target.target.as_str()));
            }
        }
    }
    let components = components(&edges);
    members
        .into_iter()
        .filter(|(name, _, target)| components.get(name) == components.get(target))
        .map(|(name, member, _)| (name, member))
        .collect()
}
