//! Which members need a `Box`: those that lead back to their own structure without a list or map between.

use crate::model::{Kind, Model};
use indexmap::{IndexMap, IndexSet};

/// Members within a cycle. All of them, not one a cycle: so no answer depends on where the search began.
pub(super) fn boxed(model: &Model) -> IndexSet<(&str, &str)> {
    let mut edges: IndexMap<&str, Vec<(&str, &str)>> = IndexMap::new();
    for (name, shape) in &model.shapes {
        if let Kind::Structure(structure) | Kind::Union(structure) = &shape.kind {
            let direct = structure.members.iter().filter(|(_, member)| {
                model.shapes.get(&member.target).is_some_and(|target| {
                    matches!(target.kind, Kind::Structure(_) | Kind::Union(_))
                })
            });
            edges.insert(
                name,
                direct
                    .map(|(member_name, member)| (member_name.as_str(), member.target.as_str()))
                    .collect(),
            );
        }
    }
    prune(&mut edges);
    let mut boxed = IndexSet::new();
    for (name, members) in &edges {
        for (member, target) in members {
            if reaches(&edges, target, name) {
                boxed.insert((*name, *member));
            }
        }
    }
    boxed
}

/// Takes away, again and again, what leads nowhere: what is left is little, and holds every cycle.
fn prune(edges: &mut IndexMap<&str, Vec<(&str, &str)>>) {
    loop {
        let before = edges.len();
        edges.retain(|_, members| !members.is_empty());
        let left: IndexSet<&str> = edges.keys().copied().collect();
        edges
            .values_mut()
            .for_each(|members| members.retain(|(_, target)| left.contains(target)));
        if edges.len() == before && edges.values().all(|members| !members.is_empty()) {
            return;
        }
    }
}

fn reaches(edges: &IndexMap<&str, Vec<(&str, &str)>>, from: &str, to: &str) -> bool {
    let mut seen = IndexSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            open.extend(
                edges
                    .get(name)
                    .into_iter()
                    .flatten()
                    .map(|(_, target)| *target),
            );
        }
    }
    false
}
