//! `waiters-2.json`: what to ask, how often, and which answer ends the wait.

use crate::json::{JsonFile, Node};
use crate::model::{Acceptor, Matcher, Model, Quantifier, Waiter, WaiterState};
use crate::problem::{Part, Problems, nearest};
use serde_json::Value;

pub(super) fn read(file: &JsonFile, model: &mut Model, problems: &mut Problems) {
    model.waiters_file = Some(file.path.clone());
    for (key, node) in file.root().entries(problems) {
        match key {
            "waiters" => {
                for (name, node) in node.entries(problems) {
                    let part = Part::Waiter(name.to_owned());
                    let waiter = problems.within(part, |problems| {
                        let waiter = waiter(&node, problems);
                        if !waiter.operation.is_empty()
                            && !model.operations.contains_key(&waiter.operation)
                        {
                            let known = model.operations.keys().map(String::as_str);
                            let near = nearest(&waiter.operation, known);
                            node.problem(
                                problems,
                                format!(
                                    "expected the name of an operation of {}, found `{}`{near}",
                                    model.file, waiter.operation
                                ),
                            );
                        }
                        waiter
                    });
                    model.waiters.insert(name.to_owned(), waiter);
                }
            }
            _ => node.account(problems, &[("version", "2 everywhere")], &["waiters"]),
        }
    }
}

fn waiter(node: &Node<'_, '_>, problems: &mut Problems) -> Waiter {
    let mut waiter = Waiter::default();
    for (key, node) in node.entries(problems) {
        match key {
            "operation" => waiter.operation = node.string(problems),
            "delay" => waiter.delay = node.number(problems).unwrap_or_default(),
            "maxAttempts" => waiter.max_attempts = node.number(problems),
            "description" => waiter.documentation = Some(node.string(problems)),
            "acceptors" => {
                let items: Vec<_> = node.items(problems).collect();
                waiter.acceptors = items
                    .iter()
                    .filter_map(|node| acceptor(node, problems))
                    .collect();
            }
            _ => node.account(
                problems,
                &[],
                &[
                    "operation",
                    "delay",
                    "maxAttempts",
                    "description",
                    "acceptors",
                ],
            ),
        }
    }
    if node.value().is_object() && waiter.operation.is_empty() {
        node.problem(problems, "expected `operation`, found none");
    }
    waiter
}

fn acceptor(node: &Node<'_, '_>, problems: &mut Problems) -> Option<Acceptor> {
    let (mut state, mut matcher, mut path, mut expected) = (None, None, None, None);
    for (key, node) in node.entries(problems) {
        match key {
            "state" => {
                state = match node.text(problems) {
                    Some("success") => Some(WaiterState::Success),
                    Some("failure") => Some(WaiterState::Failure),
                    Some("retry") => Some(WaiterState::Retry),
                    other => {
                        if other.is_some() {
                            node.expected(problems, "`success`, `failure` or `retry`");
                        }
                        return None;
                    }
                }
            }
            "matcher" => matcher = Some(node.text(problems)?),
            "argument" => path = Some(node.string(problems)),
            "expected" => expected = Some(node.value()),
            _ => node.account(problems, &[], &["state", "matcher", "argument", "expected"]),
        }
    }
    let (Some(state), Some(matcher), Some(expected)) = (state, matcher, expected) else {
        if node.value().is_object() {
            node.problem(
                problems,
                "expected an acceptor with `state`, `matcher` and `expected`, found one that lacks one of them",
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
        node.problem(
            problems,
            "expected a matcher `path`, `pathAll` or `pathAny` with an `argument`, `error` with a code or true or false, or `status` with a status code, found another",
        );
    }
    Some(Acceptor {
        state,
        matcher: matcher?,
    })
}
