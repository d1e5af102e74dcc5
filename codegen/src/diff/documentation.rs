//! The model's documentation, where the crate shows it: on the service, operations, types and members.

use super::changes::{Changes, change};
use super::view::Pair;
use super::{Bump, ChangeKind};
use crate::docs::from_html;
use crate::model::Kind;

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
    for (was, is) in pair.operations().both {
        let (was, is) = (was.wire.as_str(), is.wire.as_str());
        let previous = before.model.operations.get(was);
        if let (Some(previous), Some(operation)) = (previous, after.model.operations.get(is)) {
            add(is, &previous.documentation, &operation.documentation);
        }
    }
    for (was, is) in pair.types().both {
        let (was, is) = (was.names().shape, is.names().shape);
        if let (Some(previous), Some(shape)) = (before.shape(was), after.shape(is)) {
            add(is, &previous.documentation, &shape.documentation);
        }
    }
    // An input or output shows the documentation of its members, but none of its own.
    for (was, is) in pair.members() {
        let path = format!("{}.{}", is.shape, is.name);
        add(&path, &was.member.documentation, &is.member.documentation);
    }
    // A variant always has its value, so whether a union's member is required is only a sentence in the documentation.
    let is_union = |shape: &str| {
        let shape = after.shape(shape);
        shape.is_some_and(|shape| matches!(shape.kind, Kind::Union(_)))
    };
    for (was, is) in pair.members() {
        if was.member.required != is.member.required && is_union(is.shape) {
            let shown = |required| if required { "required" } else { "optional" };
            let path = format!("{}.{}", is.shape, is.name);
            changes.add(
                change(ChangeKind::DocumentationChanged, path, Bump::Patch)
                    .before(shown(was.member.required))
                    .after(shown(is.member.required))
                    .note("documented only: nothing checks it"),
            );
        }
    }
}

/// The text as the crate shows it, so that a change that only concerns markup or white space is not reported.
pub(super) fn text(html: &Option<String>) -> Option<String> {
    let text = from_html(html.as_ref()?).join("\n");
    (!text.trim().is_empty()).then_some(text)
}
