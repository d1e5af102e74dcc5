//! Exceptions: variants of the crate's `ServiceError`.

use super::align::align;
use super::changes::{Changes, change};
use super::view::{Pair, View};
use super::{Bump, ChangeKind};
use crate::rust::Exception;
use indexmap::IndexMap;

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    let (before, after) = (&pair.before, &pair.after);
    let (old, new) = (by_shape(before), by_shape(after));
    let exceptions = align(&old, &new, |(name, exception)| (&exception.ident, name));
    for ((_, previous), (name, exception)) in exceptions.both {
        stayed(name, previous, exception, changes);
    }
    for (name, exception) in exceptions.new {
        // An exception that only a new operation declares is reported with that operation.
        if after.kept.errors.contains(name) {
            changes.add(
                change(ChangeKind::ExceptionAdded, *name, Bump::Minor)
                    .after(format!("ServiceError::{}", exception.ident))
                    .note(format!(
                        "declared by {}; it was an error without a variant before",
                        declaring(after, name)
                    )),
            );
        }
    }
    for (name, exception) in exceptions.gone {
        if before.kept.errors.contains(name) {
            changes.add(
                change(ChangeKind::ExceptionRemoved, *name, Bump::Major)
                    .before(format!("ServiceError::{}", exception.ident))
                    .note("the variant is removed; the error still has its code and its message"),
            );
        }
    }
}

/// The exceptions that can end a stream: the name of each in the stream, and its code.
pub(super) fn in_stream(
    pair: &Pair<'_>,
    stream: &str,
    before: &[(String, String)],
    after: &[(String, String)],
    changes: &mut Changes,
) {
    // The variant for an error with this code.
    let variant = |view: &View<'_>, code: &str| {
        let mut exceptions = view.surface.exceptions.iter();
        let found = exceptions.find(|exception| exception.codes.iter().any(|known| known == code));
        found.map(|exception| format!("ServiceError::{}", exception.ident))
    };
    // An exception that was added or removed as a whole is reported separately.
    let stays = |code: &str| {
        let (was, is) = (variant(&pair.before, code), variant(&pair.after, code));
        was.is_some() == is.is_some()
    };
    let called = |name: &str, code: &str| format!("{name}, of the code {code}");
    let exceptions = align(before, after, |(name, code)| (name, code));
    for ((was, old), (is, code)) in exceptions.both {
        if (was, old) != (is, code) {
            changes.add(
                change(
                    ChangeKind::HttpChanged,
                    format!("{stream}.{is}"),
                    Bump::Patch,
                )
                .before(called(was, old))
                .after(called(is, code))
                .note("on the wire only: the name of this exception in the stream"),
            );
        }
    }
    for (name, code) in exceptions.new.into_iter().filter(|(_, code)| stays(code)) {
        let found = change(
            ChangeKind::ExceptionAdded,
            format!("{stream}.{name}"),
            Bump::Minor,
        )
        .after(variant(&pair.after, code).unwrap_or_else(|| called(name, code)));
        changes.add(if name == code {
            found.note("declared for the stream now; it was read the same way before")
        } else {
            found.note(format!(
                "declared for the stream now; it was an error with the code `{name}` before"
            ))
        });
    }
    for (name, code) in exceptions.gone.into_iter().filter(|(_, code)| stays(code)) {
        let was = variant(&pair.before, code).unwrap_or_else(|| called(name, code));
        // An exception of the stream that is not declared is an error, with its name in the stream as the code.
        let is = variant(&pair.after, name);
        let path = format!("{stream}.{name}");
        changes.add(if is.as_ref() == Some(&was) {
            change(ChangeKind::HttpChanged, path, Bump::Patch)
                .before(called(name, code))
                .note("no longer declared for the stream; it is still read the same way")
        } else {
            change(ChangeKind::ExceptionRemoved, path, Bump::Major)
                .before(&was)
                .note(format!(
                    "wire change: a stream that ends with it returns an error with the code `{name}`, which is no longer a `{was}`"
                ))
        });
    }
}

fn by_shape<'v>(view: &'v View<'_>) -> Vec<(&'v str, &'v Exception)> {
    let types: IndexMap<&str, &str> = view
        .surface
        .types
        .iter()
        .map(|item| (item.names().ident, item.names().shape))
        .collect();
    let exceptions = view.surface.exceptions.iter();
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
    super::render::list(&names, 3)
}

/// Its name in Rust is that of its shape, which is compared elsewhere.
fn stayed(name: &str, before: &Exception, after: &Exception, changes: &mut Changes) {
    let Exception {
        codes,
        ident: _,
        predicate: _,
        message: _,
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
