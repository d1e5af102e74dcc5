//! A model with one change of many: what that change costs alone.

use indexmap::IndexMap;
use tinsmith_codegen::Model;
use tinsmith_codegen::model::{Kind, Member};

/// `before` with the one enum value or member at `path` that `after` has more, and the shapes that it leads to.
pub(crate) fn with_one_change(before: &Model, after: &Model, path: &str) -> Model {
    let (shape, part) = path.split_once('.').unwrap();
    let mut model = before.clone();
    match (&mut model.shapes[shape].kind, &after.shapes[shape].kind) {
        (Kind::Enum(values), Kind::Enum(new)) => {
            let known = values.clone();
            let kept = new
                .iter()
                .filter(|value| known.contains(value) || *value == part);
            *values = kept.cloned().collect();
        }
        (Kind::Structure(structure), Kind::Structure(new)) => {
            let known = std::mem::take(&mut structure.members);
            structure.members = in_order(&known, &new.members, part);
            reach(&mut model, after, &new.members[part].target);
        }
        other => panic!("{path}: {other:?}"),
    }
    model
}

/// The known members and one that is new, in the order of the new model.
fn in_order(
    known: &IndexMap<String, Member>,
    new: &IndexMap<String, Member>,
    one: &str,
) -> IndexMap<String, Member> {
    let kept = new
        .iter()
        .filter_map(|(name, member)| match known.get(name) {
            Some(known) => Some((name.clone(), known.clone())),
            None => (name == one).then(|| (name.clone(), member.clone())),
        });
    kept.collect()
}

fn reach(model: &mut Model, after: &Model, target: &str) {
    if model.shapes.contains_key(target) {
        return;
    }
    let shape = after.shapes[target].clone();
    model.shapes.insert(target.to_owned(), shape.clone());
    let targets: Vec<String> = match shape.kind {
        Kind::Structure(structure) | Kind::Union(structure) => structure
            .members
            .into_values()
            .map(|member| member.target)
            .collect(),
        Kind::List { member, .. } => vec![member.target],
        Kind::Map { key, value, .. } => vec![key.target, value.target],
        _ => Vec::new(),
    };
    targets
        .iter()
        .for_each(|target| reach(model, after, target));
}
