//! Parameters of the endpoint rules from operations and members: the same JSON in both formats.

use crate::json::Node;
use crate::model::ParameterValue;
use indexmap::IndexMap;

/// `{"Name": {"value": …}}`: values that the operation fixes.
pub(super) fn fixed(node: &Node<'_, '_>) -> IndexMap<String, ParameterValue> {
    let mut found = IndexMap::new();
    for (name, node) in node.entries() {
        let value = only(&node, "value", |node| match node.value() {
            serde_json::Value::Bool(flag) => Some(ParameterValue::Flag(*flag)),
            serde_json::Value::String(text) => Some(ParameterValue::Text(text.clone())),
            serde_json::Value::Array(_) => Some(ParameterValue::List(node.strings())),
            _ => {
                node.expected("text, true, false or a list of texts");
                None
            }
        });
        if let Some(value) = value {
            found.insert(name.to_owned(), value);
        }
    }
    found
}

/// `{"Name": {"path": …}}`: values from the input.
pub(super) fn paths(node: &Node<'_, '_>) -> IndexMap<String, String> {
    let mut found = IndexMap::new();
    for (name, node) in node.entries() {
        let path = only(&node, "path", |node| node.text().map(str::to_owned));
        if let Some(path) = path {
            found.insert(name.to_owned(), path);
        }
    }
    found
}

/// `{"name": "Name"}`: the parameter that a member sets.
pub(super) fn of_member(node: &Node<'_, '_>) -> Option<String> {
    only(node, "name", |node| node.text().map(str::to_owned))
}

/// The value of the only key of an object.
fn only<T>(
    node: &Node<'_, '_>,
    target: &str,
    read: impl Fn(&Node<'_, '_>) -> Option<T>,
) -> Option<T> {
    let mut found = None;
    for (key, node) in node.entries() {
        if key == target {
            found = read(&node);
        } else {
            node.account(&[], &[target]);
        }
    }
    if node.value().is_object() && node.get(target).is_none() {
        node.problem(format!("expected `{target}`, found none"));
    }
    found
}
