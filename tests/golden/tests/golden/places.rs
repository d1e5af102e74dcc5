//! What is said of a member counts wherever the member can stand, and nowhere else: tables of places and traits over a
//! small Smithy model that is made for each.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tinsmith_codegen::{Generated, JsonFile, Problems, generate, read_smithy};
use tinsmith_golden::case::options;
use tinsmith_golden::row::{code, rust};

const RULES: &str = r#"{"version": "1.0", "parameters": {}, "rules": [
    {"conditions": [], "endpoint": {"url": "https://api.example.com"}, "type": "endpoint"}]}"#;

/// The crate of one operation with these members in its input and in its output, beside shapes of the test's own.
fn crate_of(
    input: &Value,
    output: &Value,
    uri: &str,
    others: &[(&str, Value)],
) -> Result<Generated, Problems> {
    let rules: Value = serde_json::from_str(RULES).expect("the rules are JSON");
    let mut shapes = json!({
        "com.example#Harbour": {
            "type": "service", "version": "2024-05-05",
            "operations": [{"target": "com.example#Put"}],
            "traits": {
                "aws.api#service": {"sdkId": "Harbour"}, "aws.auth#sigv4": {"name": "harbour"},
                "aws.protocols#restJson1": {}, "smithy.rules#endpointRuleSet": rules
            }
        },
        "com.example#Put": {
            "type": "operation",
            "input": {"target": "com.example#In"}, "output": {"target": "com.example#Out"},
            "traits": {"smithy.api#http": {"method": "POST", "uri": uri}}
        },
        "com.example#In": {"type": "structure", "members": input},
        "com.example#Out": {"type": "structure", "members": output},
        "com.example#Names": {"type": "list", "member": {"target": "smithy.api#String"}},
        "com.example#Map": {
            "type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "smithy.api#String"}
        },
        "com.example#Inner": {"type": "structure", "members": {"a": {"target": "smithy.api#String"}}}
    });
    for (name, shape) in others {
        shapes[format!("com.example#{name}")] = shape.clone();
    }
    let file = JsonFile::parse(
        "harbour.json",
        &json!({"smithy": "2.0", "shapes": shapes}).to_string(),
    )?;
    generate(&read_smithy(&file, None)?, &options("golden-places"))
}

fn member(target: &str, traits: Value) -> Value {
    let target = if target.contains('#') {
        target.to_owned()
    } else {
        format!("com.example#{target}")
    };
    json!({"target": target, "traits": traits})
}

/// A timestamp, and what holds one, by what refers to it with these traits.
fn holders(reference: &Value) -> Vec<(&'static str, Value)> {
    let key = json!({"target": "smithy.api#String"});
    vec![
        ("Moments", json!({"type": "list", "member": reference})),
        (
            "ByName",
            json!({"type": "map", "key": key, "value": reference}),
        ),
        (
            "Deep",
            json!({"type": "list", "member": {"target": "com.example#ByName"}}),
        ),
        (
            "Either",
            json!({"type": "union", "members": {
                "one": reference, "many": {"target": "com.example#Moments"}
            }}),
        ),
        (
            "Nested",
            json!({"type": "structure", "members": {"one": reference, "deep": {"target": "com.example#Deep"}}}),
        ),
    ]
}

/// The same shape with and without a trait on what refers to it, in every place where a timestamp can stand.
#[test]
fn a_format_counts_in_every_place() {
    let places: &[(&str, bool, Value)] = &[
        ("/put", true, json!({})),
        ("/put", true, json!({"smithy.api#httpHeader": "x-when"})),
        ("/put", false, json!({"smithy.api#httpQuery": "when"})),
        (
            "/put/{when}",
            false,
            json!({"smithy.api#httpLabel": {}, "smithy.api#required": {}}),
        ),
    ];
    for format in ["date-time", "epoch-seconds", "http-date"] {
        let said = json!({"smithy.api#timestampFormat": format});
        for (uri, received, place) in places {
            for target in ["Moment", "Moments", "ByName", "Deep", "Either", "Nested"] {
                let in_body = place.as_object().is_some_and(serde_json::Map::is_empty);
                let is_label = uri.contains('{');
                if target != "Moment" && is_label
                    || !["Moment", "Moments"].contains(&target) && !in_body
                {
                    continue;
                }
                let made = |by_reference: bool| {
                    let (on_reference, on_shape) = match by_reference {
                        true => (said.clone(), json!({})),
                        false => (json!({}), said.clone()),
                    };
                    let mut others = holders(&member("Moment", on_reference.clone()));
                    others.push(("Moment", json!({"type": "timestamp", "traits": on_shape})));
                    let mut traits = place.clone();
                    if target == "Moment" && by_reference {
                        traits["smithy.api#timestampFormat"] = json!(format);
                    }
                    let input = json!({"when": member(target, traits)});
                    let output = if *received { input.clone() } else { json!({}) };
                    code(
                        &crate_of(&input, &output, uri, &others)
                            .unwrap_or_else(|it| panic!("{it}")),
                    )
                };
                let (by_reference, by_shape) = (made(true), made(false));
                assert!(
                    by_reference == by_shape,
                    "{format} of {target} at {uri} as {place}"
                );
                let fact = match format {
                    "date-time" => "date_time",
                    "epoch-seconds" => "epoch_seconds",
                    _ => "http_date",
                };
                let all: String = by_reference.into_values().collect();
                assert!(all.contains(fact), "{format} of {target} at {uri} is lost");
            }
        }
    }
}

#[test]
fn what_is_sensitive_is_hidden_whatever_says_it() {
    let sensitive = json!({"smithy.api#sensitive": {}});
    let text = |traits: &Value| json!({"type": "string", "traits": traits});
    let cases: Vec<(&str, Value, Value)> = vec![
        ("the member", member("Word", sensitive.clone()), json!({})),
        ("the shape", member("Word", json!({})), sensitive.clone()),
        ("an item", member("Words", json!({})), sensitive.clone()),
        ("a key", member("ByWord", json!({})), sensitive.clone()),
        (
            "a key within a list",
            member("Deep", json!({})),
            sensitive.clone(),
        ),
    ];
    for (what, target, on_shape) in cases {
        let word = json!({"target": "com.example#Word"});
        let others = [
            ("Word", text(&on_shape)),
            ("Words", json!({"type": "list", "member": word})),
            (
                "ByWord",
                json!({"type": "map", "key": word, "value": {"target": "smithy.api#String"}}),
            ),
            (
                "Deep",
                json!({"type": "list", "member": {"target": "com.example#ByWord"}}),
            ),
        ];
        let members = json!({"secret": target});
        let made =
            crate_of(&members, &members, "/put", &others).unwrap_or_else(|it| panic!("{it}"));
        assert_eq!(rust(&made).matches("** redacted **").count(), 2, "{what}");
    }
}

/// A host label that the operation has no place for is an ordinary member, which may be empty.
#[test]
fn a_host_label_without_a_host_prefix_is_an_ordinary_member() {
    let traits = json!({"smithy.api#hostLabel": {}, "smithy.api#required": {}});
    let with = json!({"tenant": member("smithy.api#String", traits)});
    let without =
        json!({"tenant": member("smithy.api#String", json!({"smithy.api#required": {}}))});
    let made = |members: &Value| {
        code(&crate_of(members, &json!({}), "/put", &[]).unwrap_or_else(|it| panic!("{it}")))
    };
    assert_eq!(made(&with), made(&without));
}

/// Each trait on a member that cannot have it is a problem that names the trait.
#[test]
fn a_trait_out_of_place_is_a_problem() {
    let targets = [
        ("smithy.api#String", "string"),
        ("smithy.api#Integer", "integer"),
        ("smithy.api#Boolean", "boolean"),
        ("smithy.api#Blob", "blob"),
        ("smithy.api#Timestamp", "timestamp"),
        ("smithy.api#Document", "document"),
        ("com.example#Names", "list"),
        ("com.example#Map", "map"),
        ("com.example#Inner", "structure"),
    ];
    // What each can be on, of these.
    let table: BTreeMap<&str, (Value, &[&str])> = BTreeMap::from([
        (
            "smithy.api#timestampFormat",
            (json!("http-date"), &["timestamp"][..]),
        ),
        ("smithy.api#idempotencyToken", (json!({}), &["string"])),
        ("smithy.api#hostLabel", (json!({}), &["string"])),
        (
            "smithy.api#length",
            (json!({"min": 1}), &["string", "blob", "list", "map"]),
        ),
        ("smithy.api#range", (json!({"min": 1}), &["integer"])),
        ("smithy.api#pattern", (json!("a"), &["string"])),
        (
            "smithy.api#mediaType",
            (json!("application/json"), &["string", "blob"]),
        ),
        ("smithy.api#httpQueryParams", (json!({}), &["map"])),
        ("smithy.api#httpPrefixHeaders", (json!("x-"), &["map"])),
        ("smithy.api#httpResponseCode", (json!({}), &["integer"])),
        ("smithy.api#sparse", (json!({}), &[])),
        ("smithy.api#streaming", (json!({}), &[])),
        ("smithy.api#requiresLength", (json!({}), &[])),
        ("smithy.api#error", (json!("client"), &[])),
        ("smithy.api#retryable", (json!({}), &[])),
        ("smithy.api#enumValue", (json!("a"), &[])),
        (
            "smithy.api#http",
            (json!({"method": "GET", "uri": "/"}), &[]),
        ),
        ("smithy.api#endpoint", (json!({"hostPrefix": "a."}), &[])),
        ("smithy.api#paginated", (json!({}), &[])),
        ("smithy.api#title", (json!("a"), &[])),
        ("smithy.api#httpChecksumRequired", (json!({}), &[])),
        ("smithy.api#optionalAuth", (json!({}), &[])),
        ("aws.auth#unsignedPayload", (json!({}), &[])),
        ("aws.protocols#restJson1", (json!({}), &[])),
    ]);
    for (name, (value, allowed)) in &table {
        for (target, kind) in targets {
            let input = json!({"it": member(target, json!({*name: value}))});
            let made = crate_of(&input, &json!({}), "/put", &[]);
            match made {
                Ok(_) => assert!(allowed.contains(&kind), "{name} on a {kind} is accepted"),
                Err(problems) => {
                    assert!(
                        !allowed.contains(&kind),
                        "{name} on a {kind} is refused: {problems}"
                    );
                    assert!(problems.to_string().contains(name), "{problems}");
                }
            }
        }
    }
}

/// No two members want one place, and the problem names both.
#[test]
fn a_name_on_the_wire_is_one_members() {
    let text = |name: &str, wire: &str| member("smithy.api#String", json!({name: wire}));
    let map = |name: &str, value: Value| member("Map", json!({name: value}));
    let (key, header, query) = (
        "smithy.api#jsonName",
        "smithy.api#httpHeader",
        "smithy.api#httpQuery",
    );
    let prefix = "smithy.api#httpPrefixHeaders";
    let pairs = [
        (text(key, "k"), text(key, "k")),
        (text(key, "second"), member("smithy.api#String", json!({}))),
        (text(header, "x-mark"), text(header, "X-Mark")),
        (text(header, "x-meta-a"), map(prefix, json!("X-Meta-"))),
        (map(prefix, json!("x-")), map(prefix, json!("x-meta-"))),
        (text(query, "q"), text(query, "q")),
        (
            map("smithy.api#httpQueryParams", json!({})),
            map("smithy.api#httpQueryParams", json!({})),
        ),
    ];
    for (first, second) in pairs {
        let input = json!({"first": first, "second": second});
        let problems = crate_of(&input, &json!({}), "/put", &[])
            .expect_err("it is refused")
            .to_string();
        assert!(
            problems.contains("`first`") && problems.contains("`second`"),
            "{problems}"
        );
    }
    for (uri, one) in [
        ("/put?q=1", text(query, "q")),
        ("/put", text(header, "Content-Length")),
        ("/put", text(header, "host")),
        ("/put", text(header, "x y")),
        ("/put", map(prefix, json!("x y"))),
    ] {
        let answer = crate_of(&json!({"first": one}), &json!({}), uri, &[]);
        assert!(answer.is_err(), "{one} at {uri} is accepted");
    }
    let sound = [
        (text(header, "x-a"), map(prefix, json!(""))),
        (text(header, "x-a"), text(query, "x-a")),
        (text(query, "a"), text(query, "A")),
        (
            text(query, "a"),
            map("smithy.api#httpQueryParams", json!({})),
        ),
    ];
    for (first, second) in sound {
        let input = json!({"first": first, "second": second});
        crate_of(&input, &json!({}), "/put", &[]).unwrap_or_else(|it| panic!("{it}"));
    }
}

/// The same in what is nested: structures, unions, exceptions.
#[test]
fn a_nested_key_is_one_members() {
    let named = |name: &str| json!({"target": "smithy.api#String", "traits": {"smithy.api#jsonName": name}});
    let members = json!({"first": named("k"), "second": named("k")});
    for kind in ["structure", "union"] {
        let input = json!({"it": {"target": "com.example#It"}});
        let shape = json!({"type": kind, "members": members});
        let problems =
            crate_of(&input, &json!({}), "/put", &[("It", shape)]).expect_err("it is refused");
        assert!(
            problems.to_string().contains("`second`"),
            "{kind}: {problems}"
        );
    }
}
