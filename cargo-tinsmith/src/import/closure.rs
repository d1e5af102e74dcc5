//! `models = "closure"`: of an imported model, only the selected operations and what they reach.

use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use tinsmith_codegen::{Overrides, Selection};

/// What is kept of a service's model; `None` for all of it.
pub(super) struct Closure {
    operations: BTreeSet<String>,
    /// The shapes that are kept: at first those that overrides name, which would be errors if they were gone.
    shapes: BTreeSet<String>,
}

impl Closure {
    pub(super) fn new(selection: &Selection, overrides: &Overrides) -> Option<Self> {
        let Selection::Named(names) = selection else {
            return None;
        };
        let Overrides {
            required,
            renames,
            unions,
        } = overrides;
        let named = required.keys().chain(renames.keys()).chain(unions);
        Some(Self {
            operations: names.iter().cloned().collect(),
            shapes: named
                .filter_map(|name| name.split('.').next())
                .map(str::to_owned)
                .collect(),
        })
    }

    /// Adds an operation for each parameter of the endpoint rules that no selected one gives: that an operation gives it,
    /// and not the client's settings, is only said there.
    pub(super) fn keep_givers(&mut self, service: &Value, rules: &Value) {
        let operations = service.get("operations").and_then(Value::as_object);
        let given: BTreeMap<&String, BTreeSet<&str>> = operations
            .into_iter()
            .flatten()
            .map(|(name, operation)| (name, parameters(service, operation)))
            .collect();
        let parameters = rules.get("parameters").and_then(Value::as_object);
        for (parameter, of) in parameters.into_iter().flatten() {
            let gives = |name: &String| {
                let given = given.get(name);
                given.is_some_and(|given| given.contains(parameter.as_str()))
            };
            if of.get("builtIn").is_none() && !self.operations.iter().any(gives) {
                let giver = given.keys().find(|name| gives(name));
                self.operations.extend(giver.map(|name| (*name).clone()));
            }
        }
    }

    /// Adds the shapes that the operations reach, by what any of the models says: that of the service, and what is merged
    /// into it.
    pub(super) fn reach(&mut self, models: &[&Value]) {
        let parts = |part: &str, name: &str| {
            let values = models.iter().map(|model| model.get(part)?.get(name));
            values.flatten().collect::<Vec<_>>()
        };
        let mut open = Vec::new();
        for operation in &self.operations {
            parts("operations", operation)
                .into_iter()
                .for_each(|operation| references(operation, &mut open));
        }
        open.extend(self.shapes.iter().cloned());
        self.shapes.clear();
        while let Some(name) = open.pop() {
            if self.shapes.contains(&name) {
                continue;
            }
            parts("shapes", &name)
                .into_iter()
                .for_each(|shape| references(shape, &mut open));
            self.shapes.insert(name);
        }
    }

    /// Reduces `service-2.json`, or what is merged into it.
    fn service(&self, model: &mut Map<String, Value>) {
        self.by_operation(object(model, "operations"));
        if let Some(shapes) = object(model, "shapes") {
            shapes.retain(|name, _| self.shapes.contains(name));
        }
    }

    /// Reduces an object whose keys are operations.
    fn by_operation(&self, entries: Option<&mut Map<String, Value>>) {
        if let Some(entries) = entries {
            entries.retain(|name, _| self.operations.contains(name));
        }
    }

    /// Reduces the file of this name; those that are not about operations stay whole.
    pub(super) fn reduce(&self, name: &str, file: &mut Value) {
        let Some(root) = file.as_object_mut() else {
            return;
        };
        match name {
            "service-2.json" => self.service(root),
            "service-2.sdk-extras.json" => {
                if let Some(merged) = object(root, "merge") {
                    self.service(merged);
                }
            }
            "paginators-1.json" => self.by_operation(object(root, "pagination")),
            "paginators-1.sdk-extras.json" => self
                .by_operation(object(root, "merge").and_then(|merge| object(merge, "pagination"))),
            "waiters-2.json" => {
                if let Some(waiters) = object(root, "waiters") {
                    waiters.retain(|_, waiter| {
                        let operation = waiter.get("operation").and_then(Value::as_str);
                        operation.is_some_and(|name| self.operations.contains(name))
                    });
                }
            }
            _ => {}
        }
    }
}

fn object<'v>(parent: &'v mut Map<String, Value>, key: &str) -> Option<&'v mut Map<String, Value>> {
    parent.get_mut(key).and_then(Value::as_object_mut)
}

/// The parameters of the endpoint rules that an operation gives.
fn parameters<'v>(service: &'v Value, operation: &'v Value) -> BTreeSet<&'v str> {
    let keys = ["staticContextParams", "operationContextParams"].map(|key| operation.get(key));
    let keys = keys.into_iter().flatten().filter_map(Value::as_object);
    let mut found: BTreeSet<&str> = keys
        .flat_map(|table| table.keys().map(String::as_str))
        .collect();
    let input = operation.pointer("/input/shape").and_then(Value::as_str);
    let members = input.and_then(|name| service.get("shapes")?.get(name)?.get("members"));
    let members = members.and_then(Value::as_object).into_iter().flatten();
    let bound = members.filter_map(|(_, member)| member.pointer("/contextParam/name")?.as_str());
    found.extend(bound);
    found
}

/// The names of the shapes to which a value refers: the texts at the keys `shape`. A member of that name is an object.
/// The parser limits nesting, which bounds this recursion.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(name) if key == "shape" => found.push(name.clone()),
                    other => references(other, found),
                }
            }
        }
        _ => {}
    }
}
