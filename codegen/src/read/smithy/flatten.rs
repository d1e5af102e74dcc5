//! Flattens a model: applies `apply` statements and mixins to their shapes.
//!
//! Later steps need not know about either. Source: the Smithy 2.0 specification, "JSON AST" and "Mixins".

use super::ids::nearest_id;
use crate::json::{JsonFile, Node};
use crate::place::Reporter;
use crate::problem::Part;
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value, json};

const MIXIN: &str = "smithy.api#mixin";

/// The shapes of an AST as one file: `{"shapes": {…}}` without `apply` and `mixins`. `None` if it is not an AST.
pub(super) fn flatten(file: &JsonFile, reporter: &Reporter) -> Option<JsonFile> {
    let root = file.root(reporter);
    version(&root)?;
    for (key, node) in root.entries() {
        match key {
            "smithy" | "shapes" => {}
            _ => node.account(
                &[("metadata", "settings of Smithy's own tools")],
                &["smithy", "metadata", "shapes"],
            ),
        }
    }
    let Some(shapes) = root.get("shapes") else {
        root.problem("expected a model with `shapes`, found none");
        return None;
    };
    let entries: Vec<_> = shapes.entries().collect();
    let is_apply = |node: &Node<'_, '_>| type_of(node.value()) == Some("apply");
    let of_shapes = entries.iter().filter(|(_, node)| !is_apply(node));
    let defined: IndexMap<&str, &Node<'_, '_>> = of_shapes.map(|(id, node)| (*id, node)).collect();
    let mut applies: IndexMap<&str, Vec<Applied<'_>>> = IndexMap::new();
    for (id, node) in entries.iter().filter(|(_, node)| is_apply(node)) {
        let (shape, member) = match id.split_once('$') {
            Some((shape, member)) => (shape, Some(member)),
            None => (*id, None),
        };
        if !defined.contains_key(shape) {
            let near = nearest_id(shape, defined.keys().copied());
            node.place.within(Part::Shape(shape.to_owned()), || node.problem(format!("expected traits for a shape of the model, found ones for `{shape}`, which it does not have{near}"),
            ));
        }
        applies
            .entry(shape)
            .or_default()
            .push(Applied { member, node });
    }
    let mut flat: IndexMap<&str, Flat> = IndexMap::new();
    for id in ordered(&defined, reporter) {
        let Some(node) = defined.get(id) else {
            continue;
        };
        let applied = applies.get(id).into_iter().flatten();
        let part = Part::Shape(id.to_owned());
        let known = reporter.first_of(&part);
        let (shape, inherited) = reporter.within(part.clone(), || {
            flat_shape(node, &flat, applied, known.is_some())
        });
        let wrong = inherited.or_else(|| reporter.first_of(&part));
        flat.insert(id, (shape, wrong));
    }
    // Back in the order of the file, which is the order of messages.
    let shapes: Map<String, Value> = defined
        .keys()
        .filter_map(|id| Some(((*id).to_owned(), flat.swap_remove(*id)?.0)))
        .collect();
    Some(JsonFile {
        path: file.path.clone(),
        value: json!({ "shapes": shapes }),
    })
}

/// A shape without mixins, and what is wrong with it or with one of its mixins.
type Flat = (Value, Option<String>);

/// One shape with the contents of its mixins and the traits that are applied to it. A problem with a mixin is reported
/// for every shape that uses it, unless the shape itself has one (`is_known`).
fn flat_shape<'n>(
    node: &Node<'_, '_>,
    flat: &IndexMap<&str, Flat>,
    applied: impl Iterator<Item = &'n Applied<'n>>,
    is_known: bool,
) -> Flat {
    let mut shape = Value::Object(Map::new());
    let mut wrong = None;
    for mixin in mixins(node) {
        match flat.get(mixin) {
            Some((inherited, None)) => inherit(&mut shape, inherited, mixin, node),
            Some((_, Some(message))) => wrong = Some((mixin, format!(": {message}"))),
            // Unknown, or in a cycle.
            None => wrong = Some((mixin, String::new())),
        }
    }
    if let Some((mixin, message)) = wrong.as_ref().filter(|_| !is_known) {
        node.problem(format!(
            "expected mixins that can be read, found `{mixin}`, which cannot{message}"
        ));
    }
    introduce(&mut shape, node.value(), node);
    for applied in applied {
        apply(&mut shape, applied);
    }
    let cause = wrong.map(|(_, message)| message.trim_start_matches(": ").to_owned());
    (shape, cause.filter(|message| !message.is_empty()))
}

/// An AST begins with its version. Anything else is another kind of file.
fn version(root: &Node<'_, '_>) -> Option<()> {
    const EXPECTED: &str = "a Smithy JSON AST of version 1.0 or 2.0";
    let Some(version) = root.get("smithy") else {
        let found = match root.value() {
            Value::Object(_) => "JSON without `smithy`, the key that says the version".to_owned(),
            other => crate::json::found(other),
        };
        root.problem(format!("expected {EXPECTED}, found {found}"));
        return None;
    };
    match version.value().as_str() {
        Some("1" | "1.0" | "2" | "2.0") => Some(()),
        _ => {
            version.expected(EXPECTED);
            None
        }
    }
}

fn type_of(shape: &Value) -> Option<&str> {
    shape.get("type").and_then(Value::as_str)
}

/// The ids in a shape's `mixins`; malformed ones are reported by [`ordered`].
fn mixins<'v>(node: &Node<'_, 'v>) -> impl Iterator<Item = &'v str> {
    let mixins = node.value().get("mixins").and_then(Value::as_array);
    mixins.into_iter().flatten().filter_map(target)
}

fn target(reference: &Value) -> Option<&str> {
    reference.get("target").and_then(Value::as_str)
}

/// All ids, mixins before the shapes that use them. The search uses a list instead of recursion, since models are not
/// trusted.
fn ordered<'v>(
    defined: &IndexMap<&'v str, &Node<'_, 'v>>,
    reporter: &Reporter,
) -> IndexSet<&'v str> {
    let mut done: IndexSet<&str> = IndexSet::new();
    for start in defined.keys() {
        let of = |id: &str| Part::Shape(id.to_owned());
        let begun = reporter.within(of(start), || used(start, defined, &done));
        let mut path: Vec<(&str, Vec<&str>)> = vec![(start, begun)];
        while let Some((id, open)) = path.last_mut() {
            let id = *id;
            let Some(next) = open.pop() else {
                done.insert(id);
                path.pop();
                continue;
            };
            if let Some(begin) = path
                .iter()
                .position(|(on_the_path, _)| *on_the_path == next)
            {
                let cycle: Vec<&str> = path.iter().skip(begin).map(|(id, _)| *id).collect();
                let message = format!(
                    "expected mixins without a cycle, found: {} -> {next}",
                    cycle.join(" -> ")
                );
                if let Some(node) = defined.get(next) {
                    reporter.within(of(next), || node.problem(message));
                }
            } else if !done.contains(next) {
                let open = reporter.within(of(next), || used(next, defined, &done));
                path.push((next, open));
            }
        }
    }
    done
}

/// The mixins of a shape that come before it, last one first.
fn used<'v>(
    id: &str,
    defined: &IndexMap<&'v str, &Node<'_, 'v>>,
    done: &IndexSet<&str>,
) -> Vec<&'v str> {
    let mut open = Vec::new();
    let Some(list) = defined
        .get(id)
        .filter(|_| !done.contains(id))
        .and_then(|node| node.get("mixins"))
    else {
        return open;
    };
    for item in list.items() {
        let Some(mixin) = target(item.value()) else {
            item.expected("a reference `{\"target\": …}`");
            continue;
        };
        let is_mixin = |node: &Node<'_, '_>| {
            let traits = node.value().get("traits");
            traits.is_some_and(|traits| traits.get(MIXIN).is_some())
        };
        match defined.get_key_value(mixin) {
            Some((mixin, node)) if is_mixin(node) => open.push(*mixin),
            Some(_) => item.problem(format!(
                "expected a shape with the trait `{MIXIN}`, found `{mixin}`, which does not have it"
            )),
            None => {
                let near = nearest_id(mixin, defined.keys().copied());
                item.problem(format!("expected the id of a shape, found `{mixin}`, which the model does not have{near}"),
                );
            }
        }
    }
    open.reverse();
    open
}

/// Adds the contents of a mixin: its members and lists, and its traits except those that are local to it.
fn inherit(shape: &mut Value, mixin: &Value, mixin_id: &str, node: &Node<'_, '_>) {
    let mut handed = mixin.clone();
    if let Some(traits) = handed.get_mut("traits").and_then(Value::as_object_mut) {
        let trait_of_mixin = traits.shift_remove(MIXIN).unwrap_or_default();
        let local = trait_of_mixin.get("localTraits").and_then(Value::as_array);
        for name in local.into_iter().flatten().filter_map(Value::as_str) {
            traits.shift_remove(name);
        }
    }
    if let Some(kind) = type_of(node.value())
        && type_of(mixin).is_some_and(|other| other != kind)
    {
        node.problem(format!(
            "expected mixins of type {kind}, found `{mixin_id}`, which is of another: {}",
            type_of(mixin).unwrap_or_default()
        ));
        return;
    }
    merge(shape, &handed, node, &format!("`{mixin_id}`"));
}

/// Adds the shape's own contents to those that it inherited.
fn introduce(shape: &mut Value, own: &Value, node: &Node<'_, '_>) {
    let mut own = own.clone();
    if let Some(own) = own.as_object_mut() {
        own.shift_remove("mixins");
    }
    if own.is_object() {
        merge(shape, &own, node, "the shape itself");
    } else {
        // Reported where it is read, with its place.
        *shape = own;
    }
}

/// Members and traits by name, lists concatenated, everything else replaced.
fn merge(into: &mut Value, from: &Value, node: &Node<'_, '_>, whose: &str) {
    let (Some(into), Some(from)) = (into.as_object_mut(), from.as_object()) else {
        return;
    };
    for (key, value) in from {
        let Some(present) = into.get_mut(key) else {
            into.insert(key.clone(), value.clone());
            continue;
        };
        match (key.as_str(), present, value) {
            ("members", Value::Object(present), Value::Object(members)) => {
                for (name, member) in members {
                    match present.get_mut(name) {
                        Some(present) => agree(present, member, name, node, whose),
                        None => drop(present.insert(name.clone(), member.clone())),
                    }
                }
            }
            ("member" | "key" | "value", present, member) => {
                agree(present, member, key, node, whose);
            }
            (_, Value::Object(present), Value::Object(value)) => {
                present.extend(
                    value
                        .iter()
                        .map(|(key, value)| (key.clone(), value.clone())),
                );
            }
            (_, Value::Array(present), Value::Array(items)) => {
                let new = items.iter().filter(|item| !present.contains(item));
                let new: Vec<Value> = new.cloned().collect();
                present.extend(new);
            }
            (_, present, value) => *present = value.clone(),
        }
    }
}

/// A member that exists already: its target must be the same, and later traits count.
fn agree(present: &mut Value, member: &Value, name: &str, node: &Node<'_, '_>, whose: &str) {
    if let (Some(one), Some(other)) = (target(present), target(member))
        && one != other
    {
        node.problem(format!("expected mixins that agree on the member `{name}`, found `{one}`, and `{other}` in {whose}"),
        );
    }
    if let Some(traits) = member.get("traits") {
        add_traits(present, traits);
    }
}

fn add_traits(of: &mut Value, traits: &Value) {
    let Some(of) = of.as_object_mut() else { return };
    match (of.get_mut("traits"), traits) {
        (Some(Value::Object(present)), Value::Object(traits)) => {
            present.extend(
                traits
                    .iter()
                    .map(|(key, value)| (key.clone(), value.clone())),
            );
        }
        (Some(_), _) => {}
        (None, traits) => drop(of.insert("traits".to_owned(), traits.clone())),
    }
}

/// An `apply` statement: traits for a shape or for one of its members.
struct Applied<'n> {
    member: Option<&'n str>,
    node: &'n Node<'n, 'n>,
}

fn apply(shape: &mut Value, applied: &Applied<'_>) {
    let Some(traits) = applied.node.get("traits") else {
        applied.node.expected("an `apply` with `traits`");
        return;
    };
    let Some(member) = applied.member else {
        add_traits(shape, traits.value());
        return;
    };
    let members = shape.get_mut("members").and_then(Value::as_object_mut);
    let found = match members {
        Some(members) => members.get_mut(member),
        None => shape.get_mut(member).filter(|value| value.is_object()),
    };
    match found {
        Some(found) => add_traits(found, traits.value()),
        None => applied.node.problem(format!(
            "expected traits for a member, found ones for `{member}`, which the shape does not have"
        )),
    }
}
