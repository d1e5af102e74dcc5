//! The model's prose, where the crate shows it: on the service, operations, types and members.

use super::changes::{Changes, change};
use super::view::{Pair, members, named};
use super::{Bump, ChangeKind};
use crate::docs::from_html;
use indexmap::{IndexMap, IndexSet};

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    let (before, after) = (&pair.before, &pair.after);
    let mut add = |path: &str, was: &Option<String>, is: &Option<String>| {
        let (was, is) = (text(was), text(is));
        if was != is {
            let mut found = change(ChangeKind::DocumentationChanged, path, Bump::Patch);
            (found.before, found.after) = (was, is);
            changes.add(found);
        }
    };
    add(
        &after.model.service.id,
        &before.model.service.documentation,
        &after.model.service.documentation,
    );
    // An input or output shows its members' texts, and none of its own.
    let mut roots = IndexMap::new();
    for (name, operation) in &after.closure.operations {
        if let Some(previous) = before.closure.operations.get(name) {
            add(name, &previous.documentation, &operation.documentation);
            for (was, is) in [
                (&previous.input, &operation.input),
                (&previous.output, &operation.output),
            ] {
                if let (Some(was), Some(is)) = (was, is) {
                    roots.insert(is.as_str(), was.as_str());
                }
            }
        }
    }
    let types: IndexSet<&str> = named(after.model, &after.closure).collect();
    let known: IndexSet<&str> = named(before.model, &before.closure).collect();
    let types = types.intersection(&known).copied();
    for name in types.clone() {
        if let (Some(was), Some(is)) = (before.shape(name), after.shape(name)) {
            add(name, &was.documentation, &is.documentation);
        }
    }
    let all: IndexMap<&str, &str> = types.map(|name| (name, name)).chain(roots).collect();
    for (name, was) in all {
        let (Some(was), Some(is)) = (before.shape(was), after.shape(name)) else {
            continue;
        };
        for (member_name, member) in members(is).into_iter().flatten() {
            if let Some(previous) = members(was).and_then(|members| members.get(member_name)) {
                let path = format!("{name}.{member_name}");
                add(&path, &previous.documentation, &member.documentation);
            }
        }
    }
}

/// The text as the crate shows it, so that a change of markup or white space alone is none.
fn text(html: &Option<String>) -> Option<String> {
    let text = from_html(html.as_ref()?).join("\n");
    (!text.trim().is_empty()).then_some(text)
}
