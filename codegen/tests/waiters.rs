//! `waiters-2.json`: read as data, and strictly.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails"
)]

use serde_json::{Value, json};
use tinsmith_codegen::model::{Acceptor, Matcher, Quantifier, Waiter, WaiterState};
use tinsmith_codegen::{BotocoreFiles, JsonFile, Model, Problems, read_botocore};

fn read(waiters: Value) -> Result<Model, Problems> {
    let service = json!({
        "metadata": { "serviceId": "things", "protocol": "rest-json", "endpointPrefix": "things" },
        "operations": { "GetThing": { "http": { "method": "GET", "requestUri": "/thing" } } },
        "shapes": {}
    });
    let file = |path: &str, value| JsonFile {
        path: path.to_owned(),
        value,
    };
    read_botocore(&BotocoreFiles {
        service: file("service-2.json", service),
        service_extras: None,
        paginators: None,
        paginators_extras: None,
        waiters: Some(file("waiters-2.json", waiters)),
        endpoint_rules: None,
    })
}

fn one(edit: impl FnOnce(&mut Value)) -> Value {
    let mut waiter = json!({
        "operation": "GetThing", "delay": 5, "maxAttempts": 3,
        "acceptors": [{ "state": "success", "matcher": "path", "argument": "thing.state", "expected": "READY" }]
    });
    edit(&mut waiter);
    json!({ "version": 2, "waiters": { "ThingReady": waiter } })
}

#[test]
fn every_kind_of_acceptor_is_read() {
    let model = read(one(|waiter| {
        waiter["acceptors"] = json!([
            { "state": "success", "matcher": "path", "argument": "a", "expected": true },
            { "state": "success", "matcher": "pathAll", "argument": "b[].c", "expected": "x" },
            { "state": "failure", "matcher": "pathAny", "argument": "b[].c", "expected": "y" },
            { "state": "retry", "matcher": "error", "expected": "NotFound" },
            { "state": "retry", "matcher": "error", "expected": false },
            { "state": "failure", "matcher": "status", "expected": 404 }
        ]);
    }))
    .unwrap();
    let path = |state, path: &str, quantifier, expected| Acceptor {
        state,
        matcher: Matcher::Path {
            path: path.to_owned(),
            quantifier,
            with_input: false,
            expected,
        },
    };
    let other = |state, matcher| Acceptor { state, matcher };
    assert_eq!(
        model.waiters["ThingReady"],
        Waiter {
            operation: "GetThing".to_owned(),
            delay: 5,
            max_attempts: Some(3),
            acceptors: vec![
                path(WaiterState::Success, "a", Quantifier::Itself, json!(true)),
                path(WaiterState::Success, "b[].c", Quantifier::All, json!("x")),
                path(WaiterState::Failure, "b[].c", Quantifier::Any, json!("y")),
                other(WaiterState::Retry, Matcher::Error("NotFound".to_owned())),
                other(WaiterState::Retry, Matcher::AnyError(false)),
                other(WaiterState::Failure, Matcher::Status(404)),
            ],
            documentation: None,
        }
    );
}

#[test]
fn what_is_not_a_waiter_is_a_problem_with_its_place() {
    let cases: [(Value, &str); 6] = [
        (
            one(|waiter| waiter["operation"] = json!("GetThings")),
            "error: expected the name of an operation of service-2.json, found `GetThings`; did you mean `GetThing`?\n  in waiters-2.json at waiters.ThingReady",
        ),
        (
            one(|waiter| waiter["maxTries"] = json!(3)),
            "error: expected only traits that the generator supports, found `maxTries`\n  in waiters-2.json at waiters.ThingReady.maxTries",
        ),
        (
            one(|waiter| waiter["delay"] = json!("long")),
            "error: expected a whole number, zero or more, found the string \"long\"\n  in waiters-2.json at waiters.ThingReady.delay",
        ),
        (
            one(|waiter| waiter["acceptors"][0]["state"] = json!("done")),
            "error: expected `success`, `failure` or `retry`, found the string \"done\"\n  in waiters-2.json at waiters.ThingReady.acceptors[0].state",
        ),
        (
            one(|waiter| waiter["acceptors"][0]["matcher"] = json!("header")),
            "error: expected a matcher `path`, `pathAll` or `pathAny` with an `argument`, `error` with a code or true or false, or `status` with a status code, found another\n  in waiters-2.json at waiters.ThingReady.acceptors[0]",
        ),
        (
            one(|waiter| {
                drop(
                    waiter["acceptors"][0]
                        .as_object_mut()
                        .unwrap()
                        .remove("expected"),
                )
            }),
            "error: expected an acceptor with `state`, `matcher` and `expected`, found one that lacks one of them\n  in waiters-2.json at waiters.ThingReady.acceptors[0]",
        ),
    ];
    for (waiters, expected) in cases {
        assert_eq!(
            read(waiters).map(|model| model.unread).unwrap().to_string(),
            expected
        );
    }
}
