//! The waitable trait: which call is repeated, how often, and which response ends the wait.

use super::Reader;
use super::ids::own_name;
use super::traits::Traits;
use crate::docs;
use crate::json::Node;
use crate::model::{Acceptor, Matcher, Quantifier, Waiter, WaiterState};
use crate::problem::Part;
use indexmap::IndexMap;
use serde_json::Value;

/// The default number of seconds between two calls, from Smithy.
const MIN_DELAY: u64 = 2;

/// The minimum number of calls, in models that AWS's tools create.
const MIN_ATTEMPTS: u64 = 5;

pub(super) fn read(reader: &Reader<'_, '_>, operations: &[&str]) -> IndexMap<String, Waiter> {
    let mut waiters = IndexMap::new();
    for id in operations {
        let Some(operation) = reader.shapes.get(id) else {
            continue;
        };
        let traits = Traits::of(&operation);
        let Some(waitable) = traits.waitable() else {
            continue;
        };
        let of_operation = own_name(id);
        for (name, node) in waitable.entries() {
            let part = Part::Waiter(name.to_owned());
            let waiter = node.place.within(part, || waiter(of_operation, &node));
            waiters.insert(name.to_owned(), waiter);
        }
    }
    waiters
}

fn waiter(operation: &str, node: &Node<'_, '_>) -> Waiter {
    const IGNORED: &[(&str, &str)] = &[
        (
            "deprecated",
            "botocore's models do not have it, and the crate is the same from either",
        ),
        ("tags", "for the service's own tools"),
        (
            "description",
            "not a key of the trait; one real model has it for `documentation`",
        ),
    ];
    let mut most = None;
    let mut waiter = Waiter {
        operation: operation.to_owned(),
        delay: MIN_DELAY,
        ..Waiter::default()
    };
    for (key, node) in node.entries() {
        match key {
            "documentation" => {
                waiter.documentation = Some(docs::html_of_commonmark(&node.string()));
            }
            "minDelay" => waiter.delay = node.number().unwrap_or(MIN_DELAY),
            "maxDelay" => most = node.number(),
            "acceptors" => {
                for item in node.items() {
                    waiter.acceptors.extend(acceptor(&item));
                }
            }
            _ => node.account(
                IGNORED,
                &["documentation", "minDelay", "maxDelay", "acceptors"],
            ),
        }
    }
    // AWS's models have the total time here (8 hours in one), and its own tools convert it to botocore's `maxAttempts`.
    waiter.max_attempts = most.map(|most: u64| {
        let delays = most.checked_div(waiter.delay).unwrap_or(1);
        delays.max(MIN_ATTEMPTS)
    });
    waiter
}

fn acceptor(node: &Node<'_, '_>) -> Option<Acceptor> {
    let (mut state, mut matcher) = (None, None);
    for (key, node) in node.entries() {
        match key {
            "state" => {
                state = match node.value().as_str() {
                    Some("success") => Some(WaiterState::Success),
                    Some("failure") => Some(WaiterState::Failure),
                    Some("retry") => Some(WaiterState::Retry),
                    _ => {
                        node.expected("success, failure or retry");
                        return None;
                    }
                }
            }
            "matcher" => matcher = Some(self::matcher(&node)?),
            _ => node.account(
                &[(
                    "message",
                    "a path to a message of the service in the output",
                )],
                &["state", "matcher"],
            ),
        }
    }
    if state.is_none() || matcher.is_none() {
        node.expected("an acceptor with `state` and `matcher`");
    }
    Some(Acceptor {
        state: state?,
        matcher: matcher?,
    })
}

/// A union: one key is the kind of matcher.
fn matcher(node: &Node<'_, '_>) -> Option<Matcher> {
    if let Some(output) = node.get("output") {
        return path(&output, false);
    }
    if let Some(both) = node.get("inputOutput") {
        return path(&both, true);
    }
    if let Some(success) = node.get("success") {
        // A success is the absence of any error.
        return Some(Matcher::AnyError(!success.flag()));
    }
    if let Some(error) = node.get("errorType") {
        // Some models have the shape's id; the name is on the wire.
        let name = error.string();
        let name = own_name(&name);
        return Some(Matcher::Error(name.to_owned()));
    }
    node.problem("expected a matcher of the output, of input and output, of success or of an error's type (`output`, `inputOutput`, `success`, `errorType`), found another",
    );
    None
}

fn path(node: &Node<'_, '_>, with_input: bool) -> Option<Matcher> {
    let (mut path, mut expected, mut comparator) = (None, None, None);
    for (key, node) in node.entries() {
        match key {
            "path" => path = Some(node.string()),
            "expected" => expected = Some(node.string()),
            "comparator" => comparator = node.text(),
            _ => node.account(&[], &["path", "expected", "comparator"]),
        }
    }
    let (Some(path), Some(expected)) = (path, expected) else {
        node.expected("an object with `path`, `expected` and `comparator`");
        return None;
    };
    let (quantifier, expected) = match (comparator, expected.as_str()) {
        (Some("stringEquals"), _) => (Quantifier::Itself, Value::String(expected)),
        (Some("booleanEquals"), "true" | "false") => {
            (Quantifier::Itself, Value::Bool(expected == "true"))
        }
        (Some("allStringEquals"), _) => (Quantifier::All, Value::String(expected)),
        (Some("anyStringEquals"), _) => (Quantifier::Any, Value::String(expected)),
        _ => {
            node.problem("expected a comparator stringEquals, allStringEquals or anyStringEquals, or booleanEquals with true or false, found another",
            );
            return None;
        }
    };
    Some(Matcher::Path {
        path,
        quantifier,
        expected,
        with_input,
    })
}
