//! Waiters of the operations that both sides have: each is a method of its call.

use super::changes::{Changes, change};
use super::view::{Pair, View};
use super::{Bump, ChangeKind};
use crate::model::{Acceptor, Matcher, Quantifier, Waiter, WaiterState};
use crate::names;

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    let (before, after) = (&pair.before, &pair.after);
    for (name, waiter) in kept(after) {
        let previous = kept(before).find(|(other, was)| {
            // On another operation it is another method.
            *other == name && was.operation == waiter.operation
        });
        let is = described(waiter);
        let Some((_, previous)) = previous else {
            changes.add(
                change(ChangeKind::WaiterAdded, name, Bump::Minor)
                    .after(is)
                    .note(format!(
                        "the call builder has `{}` now",
                        names::waiter_name(name)
                    )),
            );
            continue;
        };
        let was = described(previous);
        if was != is {
            changes.add(
                change(ChangeKind::WaiterChanged, name, Bump::Patch)
                    .before(was)
                    .after(is)
                    .note("how long it waits, or for what; it is called as before"),
            );
        }
    }
    for (name, waiter) in kept(before) {
        let stays =
            kept(after).any(|(other, is)| other == name && is.operation == waiter.operation);
        if !stays {
            changes.add(
                change(ChangeKind::WaiterRemoved, name, Bump::Major)
                    .before(described(waiter))
                    .note(format!("`{}` is gone", names::waiter_name(name))),
            );
        }
    }
}

/// What comes or goes with its operation is told with it.
fn kept<'v>(view: &'v View<'_>) -> impl Iterator<Item = (&'v str, &'v Waiter)> {
    let waiters = view.model.waiters.iter();
    waiters
        .filter(|(_, waiter)| view.kept.operations.contains_key(waiter.operation.as_str()))
        .map(|(name, waiter)| (name.as_str(), waiter))
}

/// All that a waiter does, in one line.
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
