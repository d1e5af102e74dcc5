//! `models = "closure"`: of an imported model, only the selected operations and what they reach.

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use tinsmith_codegen::{Overrides, Selection};

/// What is kept of a service's model; `None` for all of it.
pub(super) struct Closure<'c> {
    operations: BTreeSet<&'c str>,
    /// The shapes that are kept: at first those that overrides name, which would be errors if they were gone.
    shapes: BTreeSet<String>,
}

impl<'c> Closure<'c> {
    pub(super) fn new(selection: &'c Selection, overrides: &'c Overrides) -> Option<Self> {
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
            operations: names.iter().map(String::as_str).collect(),
            shapes: named
                .filter_map(|name| name.split('.').next())
                .map(str::to_owned)
                .collect(),
        })
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
            entries.retain(|name, _| self.operations.contains(name.as_str()));
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
