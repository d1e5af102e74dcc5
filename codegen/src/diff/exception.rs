//! Exceptions: variants of the crate's `ServiceError`.

use super::changes::{Changes, change};
use super::view::{Pair, View};
use super::{Bump, ChangeKind};
use crate::rust::Exception;
use indexmap::IndexMap;

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    let (before, after) = (&pair.before, &pair.after);
    let (old, new) = (by_shape(before), by_shape(after));
    for (name, exception) in &new {
        match old.get(name) {
            Some(previous) => stayed(name, previous, exception, changes),
            // One that only a new operation declares is told with it.
            None if !after.kept.errors.contains(name) => {}
            None => changes.add(
                change(ChangeKind::ExceptionAdded, *name, Bump::Minor)
                    .after(format!("ServiceError::{}", exception.ident))
                    .note(format!(
                        "declared by {}; it was an error without a variant before",
                        declaring(after, name)
                    )),
            ),
        }
    }
    for (name, exception) in &old {
        if !new.contains_key(name) && before.kept.errors.contains(name) {
            changes.add(
                change(ChangeKind::ExceptionRemoved, *name, Bump::Major)
                    .before(format!("ServiceError::{}", exception.ident))
                    .note("the variant is gone; the error still has its code and its message"),
            );
        }
    }
}

fn by_shape<'v>(view: &'v View<'_>) -> IndexMap<&'v str, &'v Exception> {
    let types: IndexMap<&str, &str> = view
        .offer
        .types
        .iter()
        .map(|item| (item.names().0, item.names().2))
        .collect();
    let exceptions = view.offer.exceptions.iter();
    exceptions
        .filter_map(|exception| Some((*types.get(exception.ident.as_str())?, exception)))
        .collect()
}

fn declaring(view: &View<'_>, exception: &str) -> String {
    let operations = view.kept.operations.iter();
    let names: Vec<String> = operations
        .filter(|(_, operation)| {
            let in_band = crate::select::in_band(view.model, operation);
            operation
                .errors
                .iter()
                .chain(in_band)
                .any(|error| error == exception)
        })
        .map(|(name, _)| (*name).to_owned())
        .collect();
    super::spell::list(&names, 3)
}

/// Its name in Rust is its shape's, and is compared there.
fn stayed(name: &str, before: &Exception, after: &Exception, changes: &mut Changes) {
    let Exception {
        codes,
        ident: _,
        doc: _,
    } = after;
    if before.codes != *codes {
        let shown = |codes: &[String]| format!("code {}", codes.join(" or "));
        changes.add(
            change(ChangeKind::HttpChanged, name, Bump::Patch)
                .before(shown(&before.codes))
                .after(shown(codes))
                .note("on the wire only: it is matched as before"),
        );
    }
}
