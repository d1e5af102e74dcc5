//! Waits on answers that lack what they are about, answer by answer, and on what the input says.

use golden_waiters::runtime::replay::ReplayClient;
use golden_waiters::runtime::{
    Config, CrateError, Credentials, Repeatable, Waiter, WaiterErrorKind,
};
use serde_json::{Value, json};
use std::time::Duration;

fn config(answers: &[Value]) -> Config {
    let mut replay = ReplayClient::new();
    for answer in answers {
        replay = replay.json(200, answer.to_string());
    }
    Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .http_client(replay)
        .build()
}

/// How a wait ends, and after how many calls.
async fn outcome<C: Repeatable<Error: CrateError>>(
    waiter: Waiter<C>,
    delay: u64,
    max_wait: u64,
) -> (&'static str, u32) {
    let waiter = waiter
        .delay(Duration::from_secs(delay))
        .max_wait(Duration::from_secs(max_wait));
    match waiter.send().await {
        Ok(waited) => ("success", waited.calls),
        Err(error) => match error.kind() {
            WaiterErrorKind::Failed { .. } => ("failure", error.calls()),
            WaiterErrorKind::TimedOut { .. } => ("timeout", error.calls()),
            other => panic!("{other:?}"),
        },
    }
}

/// Each case of a file by the waiter that it names.
macro_rules! cases {
    ($file:literal, $client:path: $($waiter:literal => $wait:ident,)*) => {
        let cases: Vec<Value> = serde_json::from_str(include_str!($file)).unwrap();
        for case in cases {
            let call = <$client>::new(config(case["answers"].as_array().unwrap())).describe_kiln();
            let (delay, max_wait) = (case["delay"].as_u64().unwrap(), case["max_wait"].as_u64().unwrap());
            let found = match case["waiter"].as_str().unwrap() {
                $($waiter => outcome(call.$wait(), delay, max_wait).await,)*
                other => panic!("{other} is not tested"),
            };
            let right = &case["right"];
            let right = (right["outcome"].as_str().unwrap(), right["calls"].as_u64().unwrap());
            assert_eq!((found.0, u64::from(found.1)), right, "{case}");
        }
    };
}

#[tokio::test(start_paused = true)]
async fn pages_length_of_nothing() {
    cases!("../../golden/cases/length-of-nothing/cases.json", golden_length_of_nothing::Client:
        "KilnEmptied" => wait_until_kiln_emptied,
        "KilnIdle" => wait_until_kiln_idle,
        "PotsWhole" => wait_until_pots_whole,
        "KilnLit" => wait_until_kiln_lit,
    );
}

#[tokio::test(start_paused = true)]
async fn pages_null_is_false() {
    cases!("../../golden/cases/null-is-false/cases.json", golden_null_is_false::Client:
        "KilnCold" => wait_until_kiln_cold,
        "KilnOff" => wait_until_kiln_off,
        "KilnOut" => wait_until_kiln_out,
    );
}

#[tokio::test(start_paused = true)]
async fn a_matcher_looks_at_input_and_output() {
    let ask = |answer: Value| {
        let call = golden_waiter_input_output::Client::new(config(&[answer])).list_groups();
        call.groups(["a", "b"])
            .owner("me")
            .wait_until_groups_exist()
    };
    for (answer, expected) in [
        (json!({ "groups": ["x", "y"] }), "success"),
        (json!({ "groups": ["x"] }), "timeout"),
        (
            json!({ "groups": ["x"], "refused": ["some", "all"] }),
            "failure",
        ),
        (json!({ "refused": ["all"] }), "failure"),
        (json!({ "owner": "nobody", "reason": "gone" }), "timeout"),
        (json!({ "owner": "somebody", "reason": "gone" }), "failure"),
        (json!({}), "timeout"),
    ] {
        let found = outcome(ask(answer.clone()), 120, 120).await;
        assert_eq!(found, (expected, 1), "{answer}");
    }
    // An error says in words what decided.
    let refused = json!({ "groups": ["x"], "refused": ["all"] });
    let error = ask(refused).send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "ListGroups: GroupsExist failed: output.refused[?@ == 'all'] | [0] is \"all\" [call 1]"
    );
}
