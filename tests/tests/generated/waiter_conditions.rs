//! Conditions of waiters against another implementation of JMESPath: the same expressions on the same answers, where what
//! is generated for them is compiled, and what says the right result reads them at run time.
//!
//! Each waiter of the golden case has one expression, which means success where it is true and failure where it is false;
//! where it is null or an error, the wait goes on.

use golden_waiter_conditions::operation::show::Show;
use golden_waiter_conditions::runtime::replay::ReplayClient;
use golden_waiter_conditions::runtime::{Waiter, WaiterErrorKind};
use golden_waiter_conditions::{Client, Config, Credentials};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

type Wait = fn(Show) -> Waiter<Show>;

macro_rules! waiters {
    ($($wait:ident)*) => {
        /// Every waiter, in the order of the model.
        const WAITERS: &[Wait] = &[$(Show::$wait),*];
    };
}

waiters! {
    wait_until_c001 wait_until_c002 wait_until_c003 wait_until_c004 wait_until_c005 wait_until_c006
    wait_until_c007 wait_until_c008 wait_until_c009 wait_until_c010 wait_until_c011 wait_until_c012
    wait_until_c013 wait_until_c014 wait_until_c015 wait_until_c016 wait_until_c017 wait_until_c018
    wait_until_c019 wait_until_c020 wait_until_c021 wait_until_c022 wait_until_c023 wait_until_c024
    wait_until_c025 wait_until_c026 wait_until_c027 wait_until_c028 wait_until_c029 wait_until_c030
    wait_until_c031 wait_until_c032 wait_until_c033 wait_until_c034 wait_until_c035 wait_until_c036
    wait_until_c037 wait_until_c038 wait_until_c039 wait_until_c040 wait_until_c041 wait_until_c042
    wait_until_c043 wait_until_c044 wait_until_c045 wait_until_c046 wait_until_c047 wait_until_c048
    wait_until_c049 wait_until_c050 wait_until_c051 wait_until_c052 wait_until_c053 wait_until_c054
    wait_until_c055 wait_until_c056 wait_until_c057 wait_until_c058 wait_until_c059 wait_until_c060
    wait_until_c061 wait_until_c062 wait_until_c063 wait_until_c064 wait_until_c065 wait_until_c066
    wait_until_c067 wait_until_c068 wait_until_c069 wait_until_c070 wait_until_c071 wait_until_c072
    wait_until_c073 wait_until_c074 wait_until_c075 wait_until_c076 wait_until_c077 wait_until_c078
    wait_until_c079 wait_until_c080 wait_until_c081 wait_until_c082 wait_until_c083 wait_until_c084
    wait_until_c085 wait_until_c086 wait_until_c087 wait_until_c088 wait_until_c089 wait_until_c090
    wait_until_c091 wait_until_c092 wait_until_c093 wait_until_c094 wait_until_c095 wait_until_c096
    wait_until_c097 wait_until_c098 wait_until_c099 wait_until_c100 wait_until_c101 wait_until_c102
    wait_until_c103 wait_until_c104 wait_until_c105 wait_until_c106 wait_until_c107 wait_until_c108
    wait_until_c109 wait_until_c110 wait_until_c111 wait_until_c112 wait_until_c113 wait_until_c114
    wait_until_c115 wait_until_c116 wait_until_c117 wait_until_c118 wait_until_c119 wait_until_c120
    wait_until_c121 wait_until_c122 wait_until_c123 wait_until_c124 wait_until_c125 wait_until_c126
    wait_until_c127 wait_until_c128 wait_until_c129 wait_until_c130 wait_until_c131 wait_until_c132
    wait_until_c133 wait_until_c134 wait_until_c135 wait_until_c136 wait_until_c137 wait_until_c138
    wait_until_c139 wait_until_c140 wait_until_c141 wait_until_c142 wait_until_c143 wait_until_c144
    wait_until_c145 wait_until_c146 wait_until_c147 wait_until_c148 wait_until_c149 wait_until_c150
    wait_until_c151 wait_until_c152 wait_until_c153 wait_until_c154 wait_until_c155 wait_until_c156
    wait_until_c157 wait_until_c158 wait_until_c159 wait_until_c160 wait_until_c161 wait_until_c162
    wait_until_c163 wait_until_c164 wait_until_c165 wait_until_c166 wait_until_c167 wait_until_c168
    wait_until_c169 wait_until_c170 wait_until_c171 wait_until_c172 wait_until_c173 wait_until_c174
    wait_until_c175 wait_until_c176 wait_until_c177 wait_until_c178 wait_until_c179 wait_until_c180
    wait_until_c181 wait_until_c182 wait_until_c183 wait_until_c184 wait_until_c185 wait_until_c186
}

/// The expressions of the waiters.
fn expressions() -> Vec<String> {
    let model = include_str!("../../golden/cases/waiter-conditions/waiters-2.json");
    let model: Value = serde_json::from_str(model).unwrap();
    let waiters = model["waiters"].as_object().unwrap();
    let sorted: BTreeMap<&String, &Value> = waiters.iter().collect();
    let expressions = sorted
        .values()
        .map(|waiter| waiter["acceptors"][0]["argument"].as_str());
    expressions
        .map(|expression| expression.unwrap().to_owned())
        .collect()
}

/// What the generated waiter makes of one answer.
async fn generated(wait: Wait, answer: &Value) -> &'static str {
    let replay = ReplayClient::new().json(200, answer.to_string());
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .http_client(replay)
        .max_attempts(1)
        .build();
    // There is room for one call and no further one.
    let waiter = wait(Client::new(config).show())
        .delay(Duration::from_secs(300))
        .max_wait(Duration::from_secs(300));
    match waiter.send().await {
        Ok(_) => "true",
        Err(error) => match error.kind() {
            WaiterErrorKind::Failed { .. } => "false",
            WaiterErrorKind::TimedOut { .. } => "null or an error",
            other => panic!("{other:?}"),
        },
    }
}

/// What the expression comes to.
fn independent(expression: &str, answer: &Value) -> &'static str {
    let expression = jmespath::compile(expression).expect("the expressions are right");
    let answer = jmespath::Variable::from_json(&answer.to_string()).unwrap();
    match expression.search(answer).map(|found| found.as_boolean()) {
        Ok(Some(true)) => "true",
        Ok(Some(false)) => "false",
        Ok(None) | Err(_) => "null or an error",
    }
}

/// A member that may be missing.
fn member(
    name: &'static str,
    of: impl Strategy<Value = Value> + 'static,
) -> BoxedStrategy<(&'static str, Option<Value>)> {
    proptest::option::weighted(0.7, of)
        .prop_map(move |value| (name, value))
        .boxed()
}

fn object(members: Vec<BoxedStrategy<(&'static str, Option<Value>)>>) -> BoxedStrategy<Value> {
    let object = members.prop_map(|members| {
        let there = members
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Value::Object(there.collect())
    });
    object.boxed()
}

fn answer() -> BoxedStrategy<Value> {
    let text = || {
        prop_oneof![
            Just(json!("A")),
            Just(json!("B")),
            Just(json!("")),
            Just(json!("É"))
        ]
    };
    let texts = || proptest::collection::vec(text(), 0..4).prop_map(Value::from);
    let number = || (0..4).prop_map(Value::from);
    let flag = || any::<bool>().prop_map(Value::from);
    let person = || {
        object(vec![
            member("name", text()),
            member("age", number()),
            member("fit", flag()),
            member("names", texts()),
        ])
    };
    let ship = || {
        object(vec![
            member("state", text()),
            member("flag", flag()),
            member("count", number()),
            member("names", texts()),
            member(
                "crew",
                proptest::collection::vec(person(), 0..3).prop_map(Value::from),
            ),
            member("captain", person()),
        ])
    };
    let ships = || proptest::collection::vec(ship(), 0..4).prop_map(Value::from);
    let named = |keys: &'static [&'static str], of: BoxedStrategy<Value>| {
        object(keys.iter().map(|key| member(key, of.clone())).collect())
    };
    object(vec![
        member("state", text()),
        member("flag", flag()),
        member("lit", flag()),
        member("captain", text()),
        member("count", number()),
        member(
            "big",
            prop_oneof![number(), Just(json!(1_000_000_000_000_i64))],
        ),
        member(
            "heat",
            prop_oneof![
                Just(json!(0.0)),
                Just(json!(1.5)),
                Just(json!(2.0)),
                Just(json!(-1.0))
            ],
        ),
        member("names", texts()),
        member("more", texts()),
        member("ships", ships()),
        member("others", ships()),
        member(
            "fleets",
            proptest::collection::vec(ships(), 0..3).prop_map(Value::from),
        ),
        member("byName", named(&["a", "b"], ship())),
        member("tags", named(&["colour", "x"], text().boxed())),
        member("nested", ship()),
    ])
}

#[tokio::test(start_paused = true)]
async fn conditions_come_to_what_jmespath_says() {
    let expressions = expressions();
    assert_eq!(expressions.len(), WAITERS.len());
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut report = String::new();
    for number in 0..20 {
        let answer = match number {
            0 => json!({}),
            _ => answer().new_tree(&mut runner).unwrap().current(),
        };
        for (expression, wait) in expressions.iter().zip(WAITERS) {
            let (right, found) = (
                independent(expression, &answer),
                generated(*wait, &answer).await,
            );
            *seen.entry(right).or_default() += 1;
            if right != found {
                report.push_str(&format!(
                    "{expression}\n  of {answer}\n  is {right}, found {found}\n"
                ));
            }
        }
    }
    assert!(report.is_empty(), "{report}");
    // What is compared is no constant.
    assert!(
        seen.len() == 3 && seen.values().all(|count| *count > 300),
        "{seen:?}"
    );
}
