//! Endpoint rules: settings that result in another address than before.

use super::changes::{Changes, change};
use super::evaluate::{Difference, Differences, differences};
use super::view::Pair;
use super::{Bump, ChangeKind};

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    let (before, after) = (&pair.before, &pair.after);
    let path = &after.model.service.id;
    let found = change(ChangeKind::EndpointChanged, path, Bump::Patch);
    match (&before.model.endpoint_rules, &after.model.endpoint_rules) {
        (None, None) => {}
        (None, Some(_)) => changes.add(
            found
                .after("endpoint rules")
                .note("the model had none, so no crate could be generated from it"),
        ),
        (Some(_), None) => changes.add(
            found
                .before("endpoint rules")
                .note("the model has none now, so no crate can be generated from it"),
        ),
        (Some(_), Some(_)) => {
            let (was, is) = (&before.surface.endpoint, &after.surface.endpoint);
            if format!("{was:?}") == format!("{is:?}") {
                return;
            }
            let Differences {
                found: differences,
                tried,
                all,
            } = differences(was, is);
            if differences.is_empty() {
                changes.add(found.note(if all {
                    format!("written differently; the same result for each of {tried} combinations of settings and inputs that the rules distinguish")
                } else {
                    format!("written differently; the same result for each of {tried} combinations of settings and inputs, and more were not tried")
                }));
            }
            for difference in differences {
                report(path, difference, changes);
            }
        }
    }
}

fn report(path: &str, difference: Difference, changes: &mut Changes) {
    let Difference {
        before,
        after,
        settings,
    } = difference;
    let (bump, note) = if before.is_address && !after.is_address {
        (
            Bump::Major,
            format!("wire change: calls can no longer be sent with {settings}"),
        )
    } else {
        (Bump::Patch, format!("with {settings}"))
    };
    changes.add(
        change(ChangeKind::EndpointChanged, path, bump)
            .before(before.result)
            .after(after.result)
            .note(note),
    );
}
