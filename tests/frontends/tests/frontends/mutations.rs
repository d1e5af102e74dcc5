//! Whatever is taken out of an AST or put into it, the reader and the generator answer with a model, a crate or problems.

use serde_json::{Value, json};
use std::path::Path;
use tinsmith_codegen::{JsonFile, read_smithy};
use tinsmith_frontends::files;
use tinsmith_golden::pointers;

/// Never panics; what cannot be read says why.
fn survives(value: Value) -> bool {
    let file = JsonFile {
        path: "model.smithy.json".to_owned(),
        value,
    };
    match read_smithy(&file, None) {
        Ok(model) => {
            if let Err(problems) = files::whole_crate(&model) {
                assert!(!problems.0.is_empty());
            }
            model.unread.0.is_empty()
        }
        Err(problems) => {
            assert!(!problems.0.is_empty());
            false
        }
    }
}

#[test]
fn every_value_deleted_or_replaced() {
    let pairs = Path::new(env!("CARGO_MANIFEST_DIR")).join("pairs");
    let (mut read, mut refused) = (0, 0);
    for pair in ["bindings", "mixins-and-apply", "resources", "waiters"] {
        let model = files::json(&pairs.join(pair).join("model.smithy.json"))
            .unwrap()
            .unwrap()
            .value;
        for place in pointers(&model) {
            let (above, key) = place.rsplit_once('/').unwrap();
            let mut without = model.clone();
            match without.pointer_mut(above).unwrap() {
                Value::Object(members) => {
                    drop(members.shift_remove(&key.replace("~1", "/").replace("~0", "~")))
                }
                Value::Array(items) => drop(items.remove(key.parse().unwrap())),
                _ => unreachable!("{place}"),
            }
            let others = [
                json!(null),
                json!(-1),
                json!("x#y"),
                json!([]),
                json!({}),
                json!([{ "target": "com.example#GetCity" }]),
            ];
            let with = others.map(|other| {
                let mut with = model.clone();
                *with.pointer_mut(&place).unwrap() = other;
                with
            });
            for changed in with.into_iter().chain([without]) {
                *if survives(changed) {
                    &mut read
                } else {
                    &mut refused
                } += 1;
            }
        }
    }
    // Both must be common: a reader that refused all, or took all, would be tested by nothing here.
    assert!(
        read > 500 && refused > 1500,
        "{read} read, {refused} refused"
    );
}

/// Depth comes from the file: mixins and resources in long chains take no stack.
#[test]
fn long_chains() {
    let mut shapes = json!({
        "a#S": { "type": "service", "version": "1", "resources": [{ "target": "a#R0" }], "operations": [{ "target": "a#Get" }], "traits": { "aws.protocols#restJson1": {} } },
        "a#Get": { "type": "operation", "input": { "target": "a#M0" }, "output": { "target": "smithy.api#Unit" }, "traits": { "smithy.api#http": { "method": "POST", "uri": "/" } } }
    });
    let length = 2_000;
    for index in 0..length {
        let next = |kind: &str| json!([{ "target": format!("a#{kind}{}", index + 1) }]);
        shapes[format!("a#M{index}")] = json!({ "type": "structure", "members": {}, "mixins": next("M"), "traits": { "smithy.api#mixin": {} } });
        shapes[format!("a#R{index}")] = json!({ "type": "resource", "resources": next("R") });
    }
    shapes[format!("a#M{length}")] = json!({ "type": "structure", "members": { "x": { "target": "smithy.api#String" } }, "traits": { "smithy.api#mixin": {} } });
    shapes[format!("a#R{length}")] = json!({ "type": "resource" });
    let file = JsonFile {
        path: "chain.json".to_owned(),
        value: json!({ "smithy": "2.0", "shapes": shapes }),
    };
    let model = read_smithy(&file, None).unwrap();
    let input = &model.shapes["M0"].kind;
    assert!(
        matches!(input, tinsmith_codegen::model::Kind::Structure(it) if it.members.contains_key("x")),
        "{input:?}"
    );
}
