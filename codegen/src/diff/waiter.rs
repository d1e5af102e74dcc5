//! Waiters of the operations that both sides have: each is a method of its call.

use super::align::align;
use super::changes::{Changes, change};
use super::documentation::text;
use super::render::respelled;
use super::view::{Pair, View};
use super::{Bump, ChangeKind};
use crate::model::{Acceptor, Matcher, Quantifier, Waiter, WaiterState};
use crate::rust::{Operation, Waiter as Lowered};

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    // A waiter that is added or removed with its operation is reported with that; on another operation it is another
    // method.
    for (before, after) in pair.operations().both {
        let waiters = align(&before.waiters.waiters, &after.waiters.waiters, |waiter| {
            (&waiter.method, &waiter.wire)
        });
        for (previous, waiter) in waiters.both {
            let was = Known::of(&pair.before, before, previous);
            let is = Known::of(&pair.after, after, waiter);
            if let (Some(was), Some(is)) = (was, is) {
                stayed(&was, &is, changes);
            }
        }
        for waiter in waiters.new {
            let Some(known) = Known::of(&pair.after, after, waiter) else {
                continue;
            };
            changes.add(
                change(ChangeKind::WaiterAdded, &waiter.wire, Bump::Minor)
                    .after(described(known.model))
                    .note(format!("the call builder has `{}` now", waiter.method)),
            );
        }
        for waiter in waiters.gone {
            let Some(known) = Known::of(&pair.before, before, waiter) else {
                continue;
            };
            changes.add(
                change(ChangeKind::WaiterRemoved, &waiter.wire, Bump::Major)
                    .before(described(known.model))
                    .note(format!("`{}` is removed", waiter.method)),
            );
        }
    }
}

/// A waiter in the model and in the crate.
struct Known<'w> {
    operation: &'w Operation,
    model: &'w Waiter,
    lowered: &'w Lowered,
}

impl<'w> Known<'w> {
    fn of(view: &'w View<'_>, operation: &'w Operation, lowered: &'w Lowered) -> Option<Self> {
        Some(Self {
            operation,
            model: view.model.waiters.get(&lowered.wire)?,
            lowered,
        })
    }

    /// A description of the waiter that is independent of the names of members in the model.
    fn does(&self) -> String {
        let mut waiter = self.model.clone();
        waiter.operation.clear();
        waiter.max_attempts = Some(self.lowered.max_attempts);
        for acceptor in &mut waiter.acceptors {
            if let Matcher::Path { path, .. } = &mut acceptor.matcher {
                let mut accessors = self.operation.waiters.accessors.iter();
                if let Some(accessor) = accessors.find(|accessor| accessor.path == *path) {
                    *path = format!("{:?}", accessor.lookup);
                }
            }
        }
        described(&waiter)
    }
}

fn stayed(before: &Known<'_>, after: &Known<'_>, changes: &mut Changes) {
    let name = &after.lowered.wire;
    if before.lowered.method != after.lowered.method {
        changes.add(
            change(ChangeKind::WaiterRemoved, name, Bump::Major)
                .before(&before.lowered.method)
                .after(&after.lowered.method)
                .note("it has another name in Rust"),
        );
    } else if before.lowered.wire != *name {
        changes.add(respelled(name, &before.lowered.wire, name));
    }
    let (was, is) = (described(before.model), described(after.model));
    if before.does() != after.does() {
        changes.add(
            change(ChangeKind::WaiterChanged, name, Bump::Patch)
                .before(was)
                .after(is)
                .note("how long it waits, or for what; its call has not changed"),
        );
    }
    let (was, is) = (
        text(&before.model.documentation),
        text(&after.model.documentation),
    );
    if was != is {
        let mut found = change(ChangeKind::DocumentationChanged, name, Bump::Patch);
        (found.before, found.after) = (was, is);
        changes.add(found);
    }
}

/// A description of a waiter, in one line.
fn described(waiter: &Waiter) -> String {
    let Waiter {
        operation,
        delay,
        max_attempts,
        acceptors,
        documentation: _,
    } = waiter;
    let most = max_attempts.map_or(String::new(), |most| format!(", at most {most} times"));
    let acceptors: Vec<String> = acceptors.iter().map(acceptor).collect();
    format!(
        "{operation} every {delay} s{most}; {}",
        acceptors.join(", ")
    )
}

fn acceptor(acceptor: &Acceptor) -> String {
    let Acceptor { state, matcher } = acceptor;
    let state = match state {
        WaiterState::Success => "success",
        WaiterState::Failure => "failure",
        WaiterState::Retry => "retry",
    };
    let matcher = match matcher {
        Matcher::Path {
            path,
            quantifier,
            expected,
            with_input,
        } => {
            let of = if *with_input {
                " of input and output"
            } else {
                ""
            };
            let quantifier = match quantifier {
                Quantifier::Itself => "",
                Quantifier::All => "all of ",
                Quantifier::Any => "any of ",
            };
            format!("{quantifier}{path}{of} = {expected}")
        }
        Matcher::Error(code) => format!("error {code}"),
        Matcher::AnyError(true) => "any error".to_owned(),
        Matcher::AnyError(false) => "no error".to_owned(),
        Matcher::Status(status) => format!("status {status}"),
    };
    format!("{state} on {matcher}")
}
