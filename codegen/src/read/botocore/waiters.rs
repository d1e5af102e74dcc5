//! `waiters-2.json`: which call is repeated, how often, and which response ends the wait.

use crate::json::{JsonFile, Node};
use crate::model::{Acceptor, Matcher, Model, Quantifier, Waiter, WaiterState};
use crate::place::Reporter;
use crate::problem::{Part, nearest};
use crate::read::keys::{self, Key, key};
use serde_json::Value;

pub(super) fn read(file: &JsonFile, model: &mut Model, reporter: &Reporter) {
    model.waiters_file = Some(file.path.clone());
    for (key, node) in file.root(reporter).entries() {
        match key {
            "waiters" => {
                for (name, node) in node.entries() {
                    let part = Part::Waiter(name.to_owned());
                    let waiter = node.place.within(part, || {
                        let waiter = waiter(&node);
                        if !waiter.operation.is_empty()
                            && !model.operations.contains_key(&waiter.operation)
                        {
                            let known = model.operations.keys().map(String::as_str);
                            let near = nearest(&waiter.operation, known);
                            node.problem(format!(
                                "expected the name of an operation of {}, found `{}`{near}",
                                model.file, waiter.operation
                            ));
                        }
                        waiter
                    });
                    model.waiters.insert(name.to_owned(), waiter);
                }
            }
            _ => node.account(&[("version", "2 everywhere")], &["waiters"]),
        }
    }
}

const KEYS: &[Key<Waiter>] = &[
    key("operation", |it, waiter| waiter.operation = it.string()),
    key("delay", |it, waiter| {
        waiter.delay = it.number().unwrap_or_default();
    }),
    key("maxAttempts", |it, waiter| {
        waiter.max_attempts = it.number()
    }),
    key("description", |it, waiter| {
        waiter.documentation = Some(it.string());
    }),
    key("acceptors", |it, waiter| {
        waiter.acceptors = it.items().filter_map(|node| acceptor(&node)).collect();
    }),
];

fn waiter(node: &Node<'_, '_>) -> Waiter {
    let mut waiter = Waiter::default();
    keys::read(node, KEYS, &[], &mut waiter);
    if node.value().is_object() && waiter.operation.is_empty() {
        node.problem("expected `operation`, found none");
    }
    waiter
}

fn acceptor(node: &Node<'_, '_>) -> Option<Acceptor> {
    let (mut state, mut matcher, mut path, mut expected) = (None, None, None, None);
    for (key, node) in node.entries() {
        match key {
            "state" => {
                state = match node.text() {
                    Some("success") => Some(WaiterState::Success),
                    Some("failure") => Some(WaiterState::Failure),
                    Some("retry") => Some(WaiterState::Retry),
                    other => {
                        if other.is_some() {
                            node.expected("`success`, `failure` or `retry`");
                        }
                        return None;
                    }
                }
            }
            "matcher" => matcher = Some(node.text()?),
            "argument" => path = Some(node.string()),
            "expected" => expected = Some(node.value()),
            _ => node.account(&[], &["state", "matcher", "argument", "expected"]),
        }
    }
    let (Some(state), Some(matcher), Some(expected)) = (state, matcher, expected) else {
        if node.value().is_object() {
            node.problem("expected an acceptor with `state`, `matcher` and `expected`, found one that lacks one of them",
            );
        }
        return None;
    };
    let on_path = |quantifier| {
        path.map(|path| Matcher::Path {
            path,
            quantifier,
            expected: expected.clone(),
            with_input: false,
        })
    };
    let matcher = match (matcher, expected) {
        ("path", _) => on_path(Quantifier::Itself),
        ("pathAll", _) => on_path(Quantifier::All),
        ("pathAny", _) => on_path(Quantifier::Any),
        ("error", Value::String(code)) => Some(Matcher::Error(code.clone())),
        ("error", Value::Bool(any)) => Some(Matcher::AnyError(*any)),
        ("status", Value::Number(status)) => status
            .as_u64()
            .and_then(|status| u16::try_from(status).ok())
            .map(Matcher::Status),
        _ => None,
    };
    if matcher.is_none() {
        node.problem("expected a matcher `path`, `pathAll` or `pathAny` with an `argument`, `error` with a code or true or false, or `status` with a status code, found another",
        );
    }
    Some(Acceptor {
        state,
        matcher: matcher?,
    })
}
