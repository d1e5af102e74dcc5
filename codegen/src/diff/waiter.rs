//! Waiters of the selected operations. They are not generated yet, so a change of one asks for a patch and says so.

use super::changes::{Changes, change};
use super::view::{Pair, View};
use super::{Bump, ChangeKind};
use crate::model::{Acceptor, Matcher, Quantifier, Waiter, WaiterState};

const NOT_YET: &str = "waiters are not generated yet, so no generated file changes";

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    let (before, after) = (&pair.before, &pair.after);
    for (name, waiter) in selected(after) {
        match before.model.waiters.get(name) {
            Some(previous)
                if before
                    .closure
                    .operations
                    .contains_key(previous.operation.as_str()) =>
            {
                let (was, is) = (described(previous), described(waiter));
                if was != is {
                    changes.add(
                        change(ChangeKind::WaiterChanged, name, Bump::Patch)
                            .before(was)
                            .after(is)
                            .note(NOT_YET),
                    );
                }
            }
            _ => changes.add(
                change(ChangeKind::WaiterAdded, name, Bump::Patch)
                    .after(described(waiter))
                    .note(NOT_YET),
            ),
        }
    }
    for (name, waiter) in selected(before) {
        if !selected(after).any(|(other, _)| other == name) {
            changes.add(
                change(ChangeKind::WaiterRemoved, name, Bump::Patch)
                    .before(described(waiter))
                    .note(NOT_YET),
            );
        }
    }
}

fn selected<'v>(view: &'v View<'_>) -> impl Iterator<Item = (&'v str, &'v Waiter)> {
    let waiters = view.model.waiters.iter();
    waiters
        .filter(|(_, waiter)| {
            view.closure
                .operations
                .contains_key(waiter.operation.as_str())
        })
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
        } => {
            let quantifier = match quantifier {
                Quantifier::Itself => "",
                Quantifier::All => "all of ",
                Quantifier::Any => "any of ",
            };
            format!("{quantifier}{path} = {expected}")
        }
        Matcher::Error(code) => format!("error {code}"),
        Matcher::AnyError(true) => "any error".to_owned(),
        Matcher::AnyError(false) => "no error".to_owned(),
        Matcher::Status(status) => format!("status {status}"),
    };
    format!("{state} on {matcher}")
}
