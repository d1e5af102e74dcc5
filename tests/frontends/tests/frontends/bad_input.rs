//! What is wrong with a Smithy AST is reported so that it can be fixed: file, shape, what was expected, what was found.

use serde_json::{Value, json};
use tinsmith_codegen::{JsonFile, Selection, read_smithy};

/// Everything that reading `value` complains of, whatever would be selected of it.
fn problems(value: Value, service: Option<&str>) -> String {
    let file = JsonFile {
        path: "models/weather.json".to_owned(),
        value,
    };
    match read_smithy(&file, service) {
        Ok(model) if model.unread.0.is_empty() => "no problem".to_owned(),
        Ok(model) => model.unread.to_string(),
        Err(problems) => problems.to_string(),
    }
}

/// A model with one operation, and `shapes` put over it by id: so each test shows what is wrong and nothing else.
fn model(shapes: Value) -> Value {
    let mut model = json!({
        "smithy": "2.0",
        "shapes": {
            "com.example#Weather": {
                "type": "service",
                "version": "2020-01-01",
                "operations": [{ "target": "com.example#GetCity" }],
                "traits": { "aws.api#service": { "sdkId": "Weather" }, "aws.auth#sigv4": { "name": "weather" }, "aws.protocols#restJson1": {} }
            },
            "com.example#GetCity": {
                "type": "operation",
                "input": { "target": "com.example#City" },
                "output": { "target": "smithy.api#Unit" },
                "traits": { "smithy.api#http": { "method": "POST", "uri": "/city" } }
            },
            "com.example#City": { "type": "structure", "members": { "name": { "target": "smithy.api#String" } } }
        }
    });
    for (id, shape) in shapes.as_object().unwrap() {
        model["shapes"][id] = shape.clone();
    }
    model
}

fn city(member: Value) -> Value {
    json!({ "com.example#City": { "type": "structure", "members": { "name": member } } })
}

fn mixin(target: &str, mixins: &[&str]) -> Value {
    let mixins: Vec<_> = mixins
        .iter()
        .map(|id| json!({ "target": format!("com.example#{id}") }))
        .collect();
    json!({ "type": "structure", "members": { "x": { "target": target } }, "mixins": mixins, "traits": { "smithy.api#mixin": {} } })
}

#[test]
fn a_sound_model_has_no_problem() {
    assert_eq!(problems(model(json!({})), None), "no problem");
    assert_eq!(problems(model(json!({})), Some("Weather")), "no problem");
    assert_eq!(
        problems(model(json!({})), Some("com.example#Weather")),
        "no problem"
    );
}

#[test]
fn the_file_as_a_whole() {
    for (value, expected) in [
        (
            json!([]),
            "error: expected a Smithy JSON AST of version 1.0 or 2.0, found an array\n  in models/weather.json",
        ),
        (
            json!({ "shapes": {} }),
            "error: expected a Smithy JSON AST of version 1.0 or 2.0, found JSON without `smithy`, the key that says the version\n  in models/weather.json",
        ),
        (
            json!({ "smithy": "3.0", "shapes": {} }),
            "error: expected a Smithy JSON AST of version 1.0 or 2.0, found the string \"3.0\"\n  in models/weather.json at smithy",
        ),
        (
            json!({ "smithy": 2 , "shapes": {} }),
            "error: expected a Smithy JSON AST of version 1.0 or 2.0, found 2\n  in models/weather.json at smithy",
        ),
        (
            json!({ "smithy": "2.0" }),
            "error: expected a model with `shapes`, found none\n  in models/weather.json",
        ),
        (
            json!({ "smithy": "2.0", "shapes": {} }),
            "error: expected a shape of type service, found none\n  in models/weather.json at shapes",
        ),
        (
            json!({ "smithy": "2.0", "shapes": [] }),
            "error: expected an object, found an array\n  in models/weather.json at shapes\nerror: expected a shape of type service, found none\n  in models/weather.json at shapes",
        ),
    ] {
        assert_eq!(problems(value, None), expected);
    }
}

#[test]
fn smithys_own_language() {
    let idl = "// A comment.\n\n$version: \"2.0\"\nnamespace com.example\n\nservice Weather {}\n";
    assert_eq!(
        JsonFile::parse("weather.smithy", idl)
            .unwrap_err()
            .to_string(),
        "error: expected a service model in JSON, found one in Smithy's own language\n  make a JSON AST of it: `smithy ast FILE > model.json`, or `smithy build`, which writes it to build/smithy/source/model/model.json\n  in weather.smithy"
    );
}

#[test]
fn which_service() {
    let two = json!({ "com.example#Climate": { "type": "service", "version": "1", "traits": { "aws.protocols#restJson1": {} } } });
    for (service, expected) in [
        (
            None,
            "error: expected one service, found 2: `com.example#Weather`, `com.example#Climate`; say which to read after the file's name, as in `weather.json#Weather`\n  in models/weather.json at shapes",
        ),
        (
            Some("Wether"),
            "error: expected the service `Wether`, found only `com.example#Weather`, `com.example#Climate`; did you mean `Weather`?\n  in models/weather.json at shapes",
        ),
        (Some("Climate"), "no problem"),
    ] {
        assert_eq!(problems(model(two.clone()), service), expected);
    }
}

#[test]
fn shapes_and_what_they_refer_to() {
    for (shapes, expected) in [
        (
            city(json!({ "target": "com.exmaple#City" })),
            "error: expected the id of a shape, found `com.exmaple#City`, which the model does not have; did you mean `com.example#City`?\n  in models/weather.json at shapes.com.example#City.members.name",
        ),
        (
            city(json!({ "target": "com.example#Cty" })),
            "error: expected the id of a shape, found `com.example#Cty`, which the model does not have; did you mean `com.example#City`?\n  in models/weather.json at shapes.com.example#City.members.name",
        ),
        (
            city(json!({ "target": 7 })),
            "error: expected a string, found 7\n  in models/weather.json at shapes.com.example#City.members.name.target",
        ),
        (
            city(json!({})),
            "error: expected a reference `{\"target\": …}`, found an object\n  in models/weather.json at shapes.com.example#City.members.name",
        ),
        (
            city(json!("text")),
            "error: expected an object, found the string \"text\"\n  in models/weather.json at shapes.com.example#City.members.name",
        ),
        (
            json!({ "com.example#City": { "type": "struct" } }),
            "error: expected a type of shape, found `struct`; did you mean `structure`?\n  in models/weather.json at shapes.com.example#City.type",
        ),
        (
            json!({ "com.example#City": { "members": {} } }),
            "error: expected a shape with `type`, found none\n  in models/weather.json at shapes.com.example#City",
        ),
        (
            json!({ "com.example#City": { "type": "structure", "fields": {} } }),
            "error: expected only keys of the format (type, traits, members), found `fields`\n  in models/weather.json at shapes.com.example#City.fields",
        ),
        (
            json!({ "com.example#Names": { "type": "list" } }),
            "error: expected `member`, found none\n  in models/weather.json at shapes.com.example#Names",
        ),
        (
            city(json!({ "target": "smithy.api#BigInteger" })),
            "error: expected numbers that fit 64 bits, found `smithy.api#BigInteger`, which is of type BigInteger\n  in models/weather.json at shapes",
        ),
        (
            city(json!({ "target": "com.example#GetCity" })),
            "error: expected a shape that holds a value, found one of type operation\n  in models/weather.json at shapes.com.example#GetCity",
        ),
        (
            json!({ "com.example#Weather": { "type": "service", "version": "1", "operations": [{ "target": "com.example#City" }], "traits": { "aws.protocols#restJson1": {} } } }),
            "error: expected an operation, as the service or a resource says, found another type of shape\n  in models/weather.json at shapes.com.example#City",
        ),
    ] {
        assert_eq!(problems(model(shapes), None), expected);
    }
}

#[test]
fn names_within_a_service() {
    let member = |target: &str| json!({ "target": target });
    let two = json!({
        "com.example#City": { "type": "structure", "members": { "a": member("a#Name"), "b": member("b#Name") } },
        "a#Name": { "type": "structure", "members": {} },
        "b#Name": { "type": "structure", "members": {} }
    });
    assert_eq!(
        problems(model(two), None),
        "error: expected shapes with names of their own, found `a#Name` and `b#Name`, which both have the name `Name`; `rename` of the service can give one of them another\n  in models/weather.json at shapes.com.example#Weather"
    );
    let rename = json!({ "com.example#Weather": {
        "type": "service", "version": "1", "operations": [{ "target": "com.example#GetCity" }],
        "rename": { "com.example#Ctiy": "Town" }, "traits": { "aws.protocols#restJson1": {} }
    } });
    assert_eq!(
        problems(model(rename), None),
        "error: expected the id of a shape of the service, found `com.example#Ctiy`; did you mean `com.example#City`?\n  in models/weather.json at shapes.com.example#Weather.rename.com.example#Ctiy"
    );
}

#[test]
fn traits() {
    for (traits, expected) in [
        (
            json!({ "smithy.api#requird": {} }),
            "error: expected a trait that the generator supports, found `smithy.api#requird`; did you mean `smithy.api#required`?\n  in models/weather.json at shapes.com.example#City.members.name.traits.smithy.api#requird",
        ),
        (
            json!({ "org.other#note": {} }),
            "error: expected a trait that the model defines (a shape with `smithy.api#trait`), found `org.other#note`\n  in models/weather.json at shapes.com.example#City.members.name.traits.org.other#note",
        ),
        (
            json!({ "smithy.api#required": 3 }),
            "error: expected a trait without a value, `{}`, found 3\n  in models/weather.json at shapes.com.example#City.members.name.traits.smithy.api#required",
        ),
        (
            json!({ "smithy.api#length": { "least": 1 } }),
            "error: expected only traits that the generator supports, found `least`\n  in models/weather.json at shapes.com.example#City.members.name.traits.smithy.api#length.least",
        ),
        (
            json!({ "smithy.api#length": { "min": "1" } }),
            "error: expected a number, found the string \"1\"\n  in models/weather.json at shapes.com.example#City.members.name.traits.smithy.api#length.min",
        ),
        (
            json!({ "smithy.api#httpQuery": {} }),
            "error: expected a string, found an object\n  in models/weather.json at shapes.com.example#City.members.name.traits.smithy.api#httpQuery",
        ),
        (
            json!({ "smithy.api#timestampFormat": "date-time" }),
            "error: expected `smithy.api#timestampFormat` only on shapes of type timestamp and on members that refer to one of type timestamp, found it on a member of a shape of type structure that refers to one of type string\n  in models/weather.json at shapes.com.example#City.members.name",
        ),
        (
            json!([]),
            "error: expected an object, found an array\n  in models/weather.json at shapes.com.example#City.members.name.traits",
        ),
    ] {
        let shapes = city(json!({ "target": "smithy.api#String", "traits": traits }));
        assert_eq!(problems(model(shapes), None), expected);
    }
    let traits = json!({ "smithy.api#timestampFormat": "iso8601" });
    let shapes = city(json!({ "target": "smithy.api#Timestamp", "traits": traits }));
    assert_eq!(
        problems(model(shapes), None),
        "error: expected date-time, epoch-seconds or http-date, found the string \"iso8601\"\n  in models/weather.json at shapes.com.example#City.members.name.traits.smithy.api#timestampFormat"
    );
}

#[test]
fn mixins_and_apply() {
    for (shapes, expected) in [
        (
            json!({ "com.example#A": mixin("smithy.api#String", &[]), "com.example#B": mixin("smithy.api#Integer", &[]), "com.example#City": { "type": "structure", "members": {}, "mixins": [{ "target": "com.example#A" }, { "target": "com.example#B" }] } }),
            "error: expected mixins that agree on the member `x`, found `smithy.api#String`, and `smithy.api#Integer` in `com.example#B`\n  in models/weather.json at shapes.com.example#City",
        ),
        (
            json!({ "com.example#A": mixin("smithy.api#String", &["B"]), "com.example#B": mixin("smithy.api#String", &["C"]), "com.example#C": mixin("smithy.api#String", &["A"]) }),
            "error: expected mixins without a cycle, found: com.example#A -> com.example#B -> com.example#C -> com.example#A\n  in models/weather.json at shapes.com.example#A\nerror: expected mixins that can be read, found `com.example#A`, which cannot\n  in models/weather.json at shapes.com.example#C\nerror: expected mixins that can be read, found `com.example#C`, which cannot: expected mixins that can be read, found `com.example#A`, which cannot\n  in models/weather.json at shapes.com.example#B",
        ),
        (
            json!({ "com.example#A": mixin("smithy.api#String", &["Z"]) }),
            "error: expected the id of a shape, found `com.example#Z`, which the model does not have\n  in models/weather.json at shapes.com.example#A.mixins[0]",
        ),
        (
            json!({ "com.example#A": mixin("smithy.api#String", &["City"]) }),
            "error: expected a shape with the trait `smithy.api#mixin`, found `com.example#City`, which does not have it\n  in models/weather.json at shapes.com.example#A.mixins[0]",
        ),
        (
            json!({ "com.example#Ctiy": { "type": "apply", "traits": {} } }),
            "error: expected traits for a shape of the model, found ones for `com.example#Ctiy`, which it does not have; did you mean `com.example#City`?\n  in models/weather.json at shapes.com.example#Ctiy",
        ),
        (
            json!({ "com.example#City$size": { "type": "apply", "traits": {} } }),
            "error: expected traits for a member, found ones for `size`, which the shape does not have\n  in models/weather.json at shapes.com.example#City$size",
        ),
    ] {
        assert_eq!(problems(model(shapes), None), expected);
    }
}

#[test]
fn resources_in_a_circle() {
    let resource = |below: &str| json!({ "type": "resource", "resources": [{ "target": format!("com.example#{below}") }] });
    let shapes = json!({
        "com.example#A": resource("B"),
        "com.example#B": resource("A"),
        "com.example#Weather": { "type": "service", "version": "1", "resources": [{ "target": "com.example#A" }], "traits": { "aws.protocols#restJson1": {} } }
    });
    assert_eq!(
        problems(model(shapes), None),
        "error: expected a resource with one place in the service, found it a second time in the tree of resources\n  in models/weather.json at shapes.com.example#A"
    );
}

#[test]
fn protocols() {
    let with = |traits: Value| json!({ "com.example#Weather": { "type": "service", "version": "1", "operations": [{ "target": "com.example#GetCity" }], "traits": traits } });
    assert_eq!(
        problems(
            model(with(json!({ "aws.auth#sigv4": { "name": "weather" } }))),
            None
        ),
        "error: expected a service with the trait of a protocol (aws.protocols#restJson1, aws.protocols#awsJson1_0, aws.protocols#awsJson1_1, aws.protocols#restXml, aws.protocols#awsQuery, aws.protocols#ec2Query, smithy.protocols#rpcv2Cbor, smithy.protocols#rpcv2Json), found none\n  in models/weather.json at shapes.com.example#Weather"
    );
    // One that the generator knows by name and does not speak: a problem of generating, the same for both formats.
    let file = JsonFile {
        path: "models/weather.json".to_owned(),
        value: model(with(
            json!({ "smithy.protocols#rpcv2Json": {}, "aws.auth#sigv4": { "name": "weather" } }),
        )),
    };
    let read = read_smithy(&file, None).unwrap();
    let problems = tinsmith_frontends::files::whole_crate(&read).unwrap_err();
    let found: Vec<_> = problems.0.iter().map(ToString::to_string).collect();
    assert!(
        found.contains(&"error: expected a protocol that the runtime supports (smithy-rpc-v2-cbor, json, rest-json, rest-xml, query, ec2), found `smithy-rpc-v2-json`\n  in models/weather.json at metadata.protocol".to_owned()),
        "{found:#?}"
    );
    let no_http = json!({ "com.example#GetCity": { "type": "operation", "input": { "target": "com.example#City" }, "output": { "target": "smithy.api#Unit" } } });
    assert_eq!(
        problems_of(no_http),
        "error: expected an operation with the trait `smithy.api#http`, found none\n  in models/weather.json at shapes.com.example#GetCity"
    );
}

fn problems_of(shapes: Value) -> String {
    problems(model(shapes), None)
}

/// What is wrong elsewhere is no reason to look less closely at what is selected: types are built by recursion.
#[test]
fn lists_without_a_bottom_beside_another_fault() {
    let mut shapes = json!({
        "com.example#Other": {
            "type": "operation", "input": { "target": "com.example#Circle" }, "output": { "target": "smithy.api#Unit" },
            "traits": { "smithy.api#http": { "method": "POST", "uri": "/other" } }
        },
        "com.example#Circle": { "type": "structure", "members": { "round": { "target": "com.example#Round" } } },
        "com.example#Round": { "type": "list", "member": { "target": "com.example#Round" } },
        "com.example#City": { "type": "structure", "members": { "deep": { "target": "com.example#Deep0" } } }
    });
    const LISTS: u32 = 20_000;
    for number in 0..LISTS {
        let target = match number + 1 {
            LISTS => "smithy.api#String".to_owned(),
            next => format!("com.example#Deep{next}"),
        };
        shapes[format!("com.example#Deep{number}")] =
            json!({ "type": "list", "member": { "target": target } });
    }
    let mut value = model(shapes);
    let operations = &mut value["shapes"]["com.example#Weather"]["operations"];
    operations
        .as_array_mut()
        .unwrap()
        .push(json!({ "target": "com.example#Other" }));
    let file = JsonFile {
        path: "models/weather.json".to_owned(),
        value,
    };
    let read = read_smithy(&file, None).unwrap();
    let selected = Selection::Named(vec!["GetCity".to_owned()]);
    let problems = tinsmith_frontends::files::crate_of(&read, selected).unwrap_err();
    let [problem] = problems.0.as_slice() else {
        panic!("{problems}");
    };
    assert_eq!(
        problem.message,
        "expected lists and maps nested at most 32 deep, found one that goes deeper"
    );
}
