//! Pages that a client has to take although it has not seen their like.

use std::fmt::Write as _;

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::catalogue::Catalogue;

/// Letters of two, three and four bytes, quotes, a backslash, and control characters.
const ODD: &str = "Größe \u{2028} 🚀 \"quoted\" back\\slash \u{0}\u{1f}\n\t/";
/// Numbers in an unknown member; JSON knows no limits, floats of 64 bits do.
const HUGE: &str = "[1e400,-1e400,1e-400,123456789012345678901234567890.5]";
const DEPTH: usize = 10_000;

/// New values in the place of each enum's.
pub(super) fn unknown_enum_values(mut page: Value) -> Bytes {
    for image in images(&mut page) {
        for (path, value) in [
            ("/type", "WASM"),
            ("/platform", "Plan9"),
            ("/buildType", "WISH"),
            ("/imageSource", "FOUND"),
            ("/state/status", "HIBERNATING"),
            ("/state/failureContext/imageStatus", "WAKING"),
            (
                "/state/failureContext/distributionFailure/regionFailures/0/status",
                "LOST",
            ),
            (
                "/state/failureContext/distributionFailure/regionFailures/0/imageConfigurationStep",
                "POLISH",
            ),
        ] {
            if let Some(member) = image.pointer_mut(path) {
                *member = json!(value);
            }
        }
    }
    page.to_string().into()
}

/// Two members more in each object, before and after the others.
pub(super) fn unknown_members(page: Value) -> Bytes {
    fn with_more(value: Value) -> Value {
        let new = json!({ "a": [1, { "b": [null, true, {}] }], "arn": "not this one" });
        match value {
            Value::Object(members) => {
                let members = members
                    .into_iter()
                    // A map's keys are free: a new one there is data, not an unknown member.
                    .map(|(name, value)| match name.as_str() {
                        "tags" => (name, value),
                        _ => (name, with_more(value)),
                    });
                let first = [("aaNew".to_owned(), new.clone())];
                let last = [("zzNew".to_owned(), new)];
                Value::Object(first.into_iter().chain(members).chain(last).collect())
            }
            Value::Array(items) => items.into_iter().map(with_more).collect(),
            scalar => scalar,
        }
    }
    with_more(page).to_string().into()
}

/// Null for each member but `arn`, and null items between the images.
pub(super) fn null_members(mut page: Value) -> Bytes {
    for image in images(&mut page) {
        if let Some(members) = image.as_object_mut() {
            for (name, member) in members.iter_mut() {
                match name.as_str() {
                    "arn" => {}
                    "tags" => *member = json!({ "kept": "yes", "dropped": null }),
                    "outputResources" => *member = json!({ "amis": [null], "containers": null }),
                    _ => *member = Value::Null,
                }
            }
        }
    }
    if let Some(Value::Array(list)) = page.get_mut("imageSummaryList") {
        *list = std::mem::take(list)
            .into_iter()
            .flat_map(|image| [Value::Null, image])
            .collect();
    }
    page.to_string().into()
}

/// Names and tags of odd characters, as they are.
pub(super) fn unicode_strings(page: Value) -> Bytes {
    odd_strings(page).to_string().into()
}

/// The same, each character as `\uXXXX`.
pub(super) fn escaped_strings(page: Value) -> Bytes {
    let mut text = String::new();
    write_escaped(&odd_strings(page), &mut text);
    text.into()
}

/// Numbers that fit no float, in a member of each image that the model does not know.
pub(super) fn huge_numbers(page: Value) -> Bytes {
    with_member(page, HUGE)
}

/// Arrays in arrays, in a member of each image that the model does not know.
pub(super) fn deep_nesting(page: Value) -> Bytes {
    with_member(page, &("[".repeat(DEPTH) + &"]".repeat(DEPTH)))
}

/// One page of 5,000 images, each with 10 KB in the description of an AMI.
pub(super) fn huge_page() -> Bytes {
    let description = "0123456789abcdef".repeat(640);
    let mut page = json!({ "imageSummaryList": Catalogue::of(5_000).images() });
    for image in images(&mut page) {
        if let Some(members) = image.as_object_mut() {
            let resources = json!({ "amis": [{ "description": description.as_str() }] });
            members.insert("outputResources".to_owned(), resources);
        }
    }
    page.to_string().into()
}

fn images(page: &mut Value) -> impl Iterator<Item = &mut Value> {
    page.get_mut("imageSummaryList")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
}

fn odd_strings(mut page: Value) -> Value {
    for image in images(&mut page) {
        if let Some(members) = image.as_object_mut() {
            members.insert("name".to_owned(), json!(ODD));
            let tags = Map::from_iter([(ODD.to_owned(), json!(ODD))]);
            members.insert("tags".to_owned(), Value::Object(tags));
        }
    }
    page
}

/// serde_json's values hold no such text, so it takes the place of a marker in the page's own text.
fn with_member(mut page: Value, json_text: &str) -> Bytes {
    const MARKER: &str = "\u{1}here\u{1}";
    for image in images(&mut page) {
        if let Some(members) = image.as_object_mut() {
            members.insert("newMember".to_owned(), json!(MARKER));
        }
    }
    let marker = json!(MARKER).to_string();
    page.to_string().replace(&marker, json_text).into()
}

fn write_escaped(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            text.push('{');
            for (at, (name, value)) in members.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { " ,\r\n\t" });
                escape(name, text);
                text.push_str(" : ");
                write_escaped(value, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { "," });
                write_escaped(item, text);
            }
            text.push(']');
        }
        Value::String(string) => escape(string, text),
        scalar => {
            let _ = write!(text, "{scalar}");
        }
    }
}

fn escape(string: &str, text: &mut String) {
    text.push('"');
    for unit in string.encode_utf16() {
        let _ = write!(text, "\\u{unit:04x}");
    }
    text.push('"');
}
