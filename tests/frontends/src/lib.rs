//! What two models differ in, field by field: for tests that hold the two readers against one another.

pub mod files;

use serde_json::{Map, Value};
use tinsmith_codegen::Model;

/// The places at which two models differ, one line each: the path, what the first says and what the second says.
pub fn differences(one: &Model, other: &Model) -> Vec<String> {
    let mut found = Vec::new();
    match (serde_json::to_value(one), serde_json::to_value(other)) {
        (Ok(one), Ok(other)) => compare("", &one, &other, &mut found),
        (Err(error), _) | (_, Err(error)) => {
            found.push(format!("a model that is no JSON: {error}"))
        }
    }
    found
}

/// Models nest as deep as their endpoint rules do, and the readers bound those.
fn compare(path: &str, one: &Value, other: &Value, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) => objects(path, a, b, found),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                compare(&format!("{path}[{index}]"), a, b, found);
            }
        }
        _ if one == other => {}
        _ => found.push(format!("{path}: {one} | {other}")),
    }
}

fn objects(
    path: &str,
    one: &Map<String, Value>,
    other: &Map<String, Value>,
    found: &mut Vec<String>,
) {
    let below = |key: &str| match path {
        "" => key.to_owned(),
        path => format!("{path}.{key}"),
    };
    for (key, a) in one {
        match other.get(key) {
            Some(b) => compare(&below(key), a, b, found),
            None => found.push(format!("{}: {a} | nothing", below(key))),
        }
    }
    for (key, b) in other.iter().filter(|(key, _)| !one.contains_key(*key)) {
        found.push(format!("{}: nothing | {b}", below(key)));
    }
    // The order of operations and shapes says nothing; that of members is the order of the generated fields.
    let same_keys = one.len() == other.len() && one.keys().all(|key| other.contains_key(key));
    if path.ends_with(".members") && same_keys && !one.keys().eq(other.keys()) {
        let order = |of: &Map<String, Value>| of.keys().cloned().collect::<Vec<_>>().join(", ");
        found.push(format!(
            "{path}: the order {} | {}",
            order(one),
            order(other)
        ));
    }
}
