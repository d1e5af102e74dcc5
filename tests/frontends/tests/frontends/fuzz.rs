//! Whatever stands in a model's files, the readers and the generator answer with a crate or with problems, and soon.
//! `PROPTEST_CASES` says how many models each test makes up.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};
use tinsmith_codegen::{BotocoreFiles, JsonFile, Model, Problems, read_botocore, read_smithy};
use tinsmith_frontends::files;
use tinsmith_golden::pointers;
use tinsmith_tests::fuzz;

/// Far more than any of these models needs, in a debug build on a machine that does other things too.
const SOON: Duration = Duration::from_secs(20);

/// Words that mean something in models.
const WORDS: &[&str] = &[
    "a",
    "",
    "x#y",
    "{a}",
    "{a+}",
    "/{a}/{b}?c=d",
    "structure",
    "list",
    "map",
    "string",
    "timestamp",
    "blob",
    "service",
    "operation",
    "union",
    "member",
    "members",
    "shape",
    "target",
    "type",
    "traits",
    "shapes",
    "operations",
    "input",
    "output",
    "required",
    "location",
    "payload",
    "uri",
    "http",
    "streaming",
    "document",
    "enum",
    "-1",
    "rest-json",
    "json",
    "error",
    "com.example#GetCity",
    "smithy.api#Unit",
    "smithy.api#httpLabel",
    "||",
    "a[-1].b",
    "a[*].b",
    "Self",
    "fn",
    "\u{0}",
    "ü☃",
];

fn tree() -> impl Strategy<Value = Value> {
    let word = || select(WORDS).prop_map(str::to_owned);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        word().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((word(), inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Values in one another, as deep as a file can have them below the places that are looked at.
fn deep() -> impl Strategy<Value = Value> {
    (1_usize..110, select(WORDS)).prop_map(|(depth, word)| {
        (0..depth).fold(json!(word), |inner, level| match level % 3 {
            0 => json!([inner]),
            _ => json!({ word: inner }),
        })
    })
}

/// One change: at a place, another tree, or the value from another place.
#[derive(Clone, Debug)]
enum Change {
    Put(Index, Value),
    Copy(Index, Index),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let put = (any::<Index>(), prop_oneof![9 => tree(), 1 => deep()])
        .prop_map(|(at, value)| Change::Put(at, value));
    let copied = (any::<Index>(), any::<Index>()).prop_map(|(at, from)| Change::Copy(at, from));
    prop::collection::vec(prop_oneof![put, copied], 1..6)
}

fn changed(mut value: Value, changes: Vec<Change>) -> Value {
    for change in changes {
        let all = pointers(&value);
        if all.is_empty() {
            return value;
        }
        let place = |index: Index| &all[index.index(all.len())];
        let (at, other) = match change {
            Change::Put(at, other) => (at, other),
            Change::Copy(at, from) => (at, value.pointer(place(from)).unwrap().clone()),
        };
        *value.pointer_mut(place(at)).unwrap() = other;
    }
    value
}

fn folder(pair: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("pairs")
        .join(pair)
}

fn load(pair: &str, name: &str) -> Value {
    let file = files::json(&folder(pair).join(name)).unwrap();
    file.map_or(Value::Null, |file| file.value)
}

/// The AST of a pair, with the endpoint rules that the pairs share.
fn ast(pair: &str) -> Value {
    let mut model = load(pair, "model.smithy.json");
    let rules = files::json(&folder("endpoint-rule-set-1.json"))
        .unwrap()
        .unwrap();
    for (_, shape) in model["shapes"].as_object_mut().unwrap() {
        if shape["type"] == "service" {
            shape["traits"]["smithy.rules#endpointRuleSet"] = rules.value.clone();
        }
    }
    model
}

const PAIRS: &[&str] = &[
    "aggregates",
    "aws-json",
    "bindings",
    "enums",
    "errors",
    "event-streams",
    "mixins-and-apply",
    "pagination",
    "request-bodies",
    "streams",
    "timestamps",
    "waiters",
];

fn file(path: &str, value: Value) -> JsonFile {
    JsonFile {
        path: path.to_owned(),
        value,
    }
}

fn ends_well(read: impl FnOnce() -> Result<Model, Problems>) {
    let start = Instant::now();
    if let Err(problems) = read().and_then(|model| files::whole_crate(&model)) {
        assert!(!problems.0.is_empty());
        assert!(
            problems
                .0
                .iter()
                .all(|problem| !problem.to_string().is_empty())
        );
    }
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

fn botocore(service: Value, paginators: Value, waiters: Value, rules: Value) {
    let present = |path: &str, value: Value| (!value.is_null()).then(|| file(path, value));
    ends_well(|| {
        read_botocore(&BotocoreFiles {
            service: file("service-2.json", service),
            service_extras: None,
            paginators: present("paginators-1.json", paginators),
            paginators_extras: None,
            waiters: present("waiters-2.json", waiters),
            endpoint_rules: present("endpoint-rule-set-1.json", rules),
        })
    });
}

#[test]
fn what_is_changed_makes_a_crate_at_first() {
    let rules = files::json(&folder("endpoint-rule-set-1.json")).unwrap();
    for pair in PAIRS {
        let ast = file("model.smithy.json", ast(pair));
        let models = [
            files::botocore(&folder(pair), rules.as_ref()),
            read_smithy(&ast, None),
        ];
        for model in models {
            let made = model.and_then(|model| files::whole_crate(&model));
            assert!(made.is_ok(), "{pair}: {}", made.unwrap_err());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: many(), ..fuzz::config() })]

    #[test]
    fn any_tree_for_botocores(service in tree(), paginators in tree(), waiters in tree(), rules in tree()) {
        botocore(service, paginators, waiters, rules);
    }

    #[test]
    fn any_tree_for_smithys(model in tree()) {
        ends_well(|| read_smithy(&file("model.json", model.clone()), None));
    }

    #[test]
    fn botocores_models_that_were_valid(pair in select(PAIRS), which in 0_usize..4, changes in changes()) {
        let names = ["service-2.json", "paginators-1.json", "waiters-2.json"];
        let mut all = names.map(|name| load(pair, name)).to_vec();
        let rules = files::json(&folder("endpoint-rule-set-1.json")).unwrap().unwrap();
        all.push(rules.value);
        all[which] = changed(all[which].take(), changes);
        let [service, paginators, waiters, rules] = <[Value; 4]>::try_from(all).unwrap();
        botocore(service, paginators, waiters, rules);
    }

    #[test]
    fn texts_that_were_models(pair in select(PAIRS), at in any::<Index>(), cut in 0_usize..40, other in any::<String>()) {
        let mut text = load(pair, "service-2.json").to_string();
        let at = text.floor_char_boundary(at.index(text.len()));
        let end = text.ceil_char_boundary((at + cut).min(text.len()));
        text.replace_range(at..end, &other);
        match JsonFile::parse("service-2.json", &text) {
            Ok(file) => botocore(file.value, Value::Null, Value::Null, Value::Null),
            Err(problems) => prop_assert!(problems.to_string().contains("service-2.json"), "{}", problems),
        }
    }

    #[test]
    fn smithys_models_that_were_valid(pair in select(PAIRS), changes in changes()) {
        let model = changed(ast(pair), changes);
        ends_well(|| read_smithy(&file("model.smithy.json", model.clone()), None));
    }
}

/// The number of cases that was asked for; a model takes milliseconds, so without it there are fewer than elsewhere.
fn many() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|cases| cases.parse().ok()).unwrap_or(64)
}
