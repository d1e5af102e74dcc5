//! Removes the texts of a model and keeps the facts.
//!
//! Texts are recognised by their place in the format, not by their key: shapes and members can also have the names
//! `documentation` and `description`.

use serde_json::{Map, Value};

/// `service-2.sdk-extras.json`: the same of what it adds.
pub fn extras(file: &mut Value) {
    if let Some(merged) = file.get_mut("merge") {
        service(merged);
    }
}

/// `service-2.json`: documentation of the service, its operations, their references, its shapes and members; and the
/// examples.
pub fn service(file: &mut Value) {
    drop_text(file, "documentation");
    if let Some(root) = file.as_object_mut() {
        root.shift_remove("examples");
    }
    for_each(file, "clientContextParams", |parameter| {
        drop_text(parameter, "documentation")
    });
    for_each(file, "operations", |operation| {
        drop_text(operation, "documentation");
        for reference in ["input", "output"].into_iter() {
            if let Some(reference) = operation.get_mut(reference) {
                drop_text(reference, "documentation");
            }
        }
        for error in items(operation, "errors") {
            drop_text(error, "documentation");
        }
    });
    for_each(file, "shapes", |shape| {
        drop_text(shape, "documentation");
        for reference in ["member", "key", "value"].into_iter() {
            if let Some(reference) = shape.get_mut(reference) {
                drop_text(reference, "documentation");
            }
        }
        for_each(shape, "members", |member| {
            drop_text(member, "documentation")
        });
    });
}

/// `waiters-2.json`: each waiter's description.
pub fn waiters(file: &mut Value) {
    for_each(file, "waiters", |waiter| drop_text(waiter, "description"));
}

/// `endpoint-rule-set-1.json`: documentation of parameters and rules. Error messages are behaviour and are kept.
pub fn endpoint_rules(file: &mut Value) {
    for_each(file, "parameters", |parameter| {
        drop_text(parameter, "documentation")
    });
    rules(file);
}

/// The parser limits nesting to 128 levels, which bounds this recursion.
fn rules(value: &mut Value) {
    for rule in items(value, "rules") {
        drop_text(rule, "documentation");
        rules(rule);
    }
}

/// A Smithy JSON AST: documentation, links and examples of shapes and members, and the texts in other traits.
pub fn smithy(file: &mut Value) {
    for_each(file, "shapes", |shape| {
        traits(shape);
        for reference in ["member", "key", "value"] {
            if let Some(reference) = shape.get_mut(reference) {
                traits(reference);
            }
        }
        for_each(shape, "members", traits);
    });
}

/// The traits that are texts.
const TEXTS: &[&str] = &[
    "aws.iam#actionPermissionDescription",
    "smithy.api#documentation",
    "smithy.api#examples",
    "smithy.api#externalDocumentation",
];

/// The traits with texts under `documentation`, which is not a name of a shape or member there.
const WITH_TEXTS: &[&str] = &[
    "aws.iam#defineConditionKeys",
    "aws.iam#iamAction",
    "smithy.api#enum",
    "smithy.rules#clientContextParams",
    "smithy.rules#endpointRuleSet",
    "smithy.rules#endpointTests",
    "smithy.waiters#waitable",
];

fn traits(value: &mut Value) {
    let Some(traits) = value.get_mut("traits").and_then(Value::as_object_mut) else {
        return;
    };
    for text in TEXTS {
        traits.shift_remove(*text);
    }
    for name in WITH_TEXTS {
        if let Some(value) = traits.get_mut(*name) {
            texts_within(value);
        }
    }
    if traits.is_empty() {
        drop_empty_traits(value);
    }
}

fn drop_empty_traits(value: &mut Value) {
    if let Some(object) = value.as_object_mut() {
        object.shift_remove("traits");
    }
}

/// The parser limits nesting to 128 levels, which bounds this recursion.
fn texts_within(value: &mut Value) {
    drop_text(value, "documentation");
    drop_text(value, "externalDocumentation");
    match value {
        Value::Array(items) => items.iter_mut().for_each(texts_within),
        Value::Object(members) => members.values_mut().for_each(texts_within),
        _ => {}
    }
}

fn for_each(value: &mut Value, key: &str, act: impl Fn(&mut Value)) {
    let members = value.get_mut(key).and_then(Value::as_object_mut);
    members.into_iter().flat_map(Map::values_mut).for_each(act);
}

fn items<'v>(value: &'v mut Value, key: &str) -> impl Iterator<Item = &'v mut Value> {
    let items = value.get_mut(key).and_then(Value::as_array_mut);
    items.into_iter().flatten()
}

fn drop_text(value: &mut Value, key: &str) {
    if let Some(object) = value.as_object_mut()
        && object.get(key).is_some_and(Value::is_string)
    {
        object.shift_remove(key);
    }
}
