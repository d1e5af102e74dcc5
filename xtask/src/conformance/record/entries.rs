//! The calls of the record: for each operation its inputs, its responses and its pages.

use super::answer::{Response, Service};
use super::synth::{self, Members, Role, Synth};
use crate::conformance::program::Crate;
use serde_json::{Map, Value, json};
use tinsmith_codegen::model::{Kind, Operation};

/// The title of the input for listing pages: it has no token yet.
const REQUIRED: &str = "a request with required members";

/// One call and the place of its entry in the record.
pub(super) struct Entry {
    /// Its case's index.
    pub(super) case: usize,
    pub(super) title: String,
    /// The module that it calls, and the function in it.
    pub(super) module: String,
    pub(super) function: &'static str,
    /// The number of its input.
    pub(super) input: usize,
    pub(super) kind: EntryKind,
}

/// What is recorded of a call.
pub(super) enum EntryKind {
    /// The request for the input.
    Sent { input: Value, sends_events: bool },
    /// The result of reading the response.
    Read(Response),
    /// The tokens of its pages.
    Pages(Vec<Response>),
}

/// All calls, in the order of the record.
pub(super) fn entries(crates: &[(String, Crate)]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (case, (_, krate)) in crates.iter().enumerate() {
        for (index, (name, operation)) in krate.model.operations.iter().enumerate() {
            let calls = of_operation(krate, name, operation, index == 0);
            entries.extend(calls.into_iter().map(|(title, input, kind)| Entry {
                case,
                title: format!("{name}: {title}"),
                module: module(case, index),
                function: match kind {
                    EntryKind::Pages(_) => "pages",
                    _ => "answer",
                },
                input,
                kind,
            }));
        }
    }
    entries
}

/// The module of an operation in the program.
pub(super) fn module(case: usize, operation: usize) -> String {
    format!("case_{case}_operation_{operation}")
}

/// The calls of an operation: the title of each, and the number of its input.
fn of_operation(
    krate: &Crate,
    name: &str,
    operation: &Operation,
    is_first: bool,
) -> Vec<(String, usize, EntryKind)> {
    let mut calls = Vec::new();
    let sends_events = sends_events(krate, operation);
    let mut first_page = 0;
    for (number, (title, input)) in inputs(krate, operation).into_iter().enumerate() {
        if title == REQUIRED {
            first_page = number;
        }
        let kind = EntryKind::Sent {
            input,
            sends_events,
        };
        calls.push((title, number, kind));
    }
    let service = Service {
        model: &krate.model,
        operation: name,
    };
    let output = |value: &Value| service.output(operation.output.as_deref(), value);
    let outputs = outputs(krate, operation);
    for (title, value) in &outputs {
        calls.push((title.clone(), 0, EntryKind::Read(output(value))));
    }
    for shape in &operation.errors {
        let value = synth(krate, Role::Error, Members::All, 0).message(shape);
        let response = service.error(shape, &value);
        calls.push((
            format!("the exception {shape}"),
            0,
            EntryKind::Read(response),
        ));
    }
    if is_first {
        let response = service.error("LaterException", &json!({"message": "From later on"}));
        let title = "an exception that is not modelled".to_owned();
        calls.push((title, 0, EntryKind::Read(response)));
    }
    if let (Some(_), Some((_, full))) = (&operation.pagination, outputs.first()) {
        let pages = vec![output(full), output(&json!({}))];
        calls.push(("pages".to_owned(), first_page, EntryKind::Pages(pages)));
    }
    calls
}

fn synth(krate: &Crate, role: Role, members: Members, variant: usize) -> Synth<'_> {
    Synth {
        model: &krate.model,
        role,
        members,
        variant,
    }
}

fn sends_events(krate: &Crate, operation: &Operation) -> bool {
    let shapes = &krate.model.shapes;
    let input = operation.input.as_ref().and_then(|input| shapes.get(input));
    match input.map(|input| &input.kind) {
        Some(Kind::Structure(input)) => input.members.values().any(|member| {
            let kind = shapes.get(&member.target).map(|shape| &shape.kind);
            matches!(kind, Some(Kind::Union(union)) if union.event_stream)
        }),
        _ => false,
    }
}

/// Values with all members, one for each variant of the unions in them, with the title of each.
fn full(krate: &Crate, role: Role, shape: &str, what: &str) -> Vec<(String, Value)> {
    let variants = 0..synth::variants(&krate.model, shape);
    let value = |variant| synth(krate, role, Members::All, variant).message(shape);
    let title = |variant| match variant {
        0 => format!("a {what} with all members"),
        variant => format!("a {what} with variant {} of unions", variant + 1),
    };
    variants
        .map(|variant| (title(variant), value(variant)))
        .collect()
}

/// The inputs of an operation, with the title of each; the first has all members.
pub(super) fn inputs(krate: &Crate, operation: &Operation) -> Vec<(String, Value)> {
    let Some(shape) = &operation.input else {
        return vec![("a request without members".to_owned(), json!({}))];
    };
    let mut inputs = full(krate, Role::Input, shape, "request");
    let required = synth(krate, Role::Input, Members::Required, 0).message(shape);
    let nothing = ("a request with no members".to_owned(), json!({}));
    for (title, value) in [(REQUIRED.to_owned(), required), nothing] {
        if inputs.iter().all(|(_, other)| *other != value) {
            inputs.push((title, value));
        }
    }
    inputs
}

/// The outputs of an operation, with the title of each; the first has all members.
fn outputs(krate: &Crate, operation: &Operation) -> Vec<(String, Value)> {
    let nothing = ("a response with no members".to_owned(), json!({}));
    let Some(shape) = &operation.output else {
        return vec![nothing];
    };
    let mut outputs = full(krate, Role::Output, shape, "response");
    if let Some((_, Value::Object(members))) = outputs.first_mut() {
        // Members of later versions of the service are ignored.
        members.insert("laterMember".to_owned(), json!({"deep": [{"a": "}"}]}));
    }
    outputs.push(nothing);
    if let Some(Kind::Structure(structure)) = krate.model.shapes.get(shape).map(|shape| &shape.kind)
    {
        let nulls = structure.members.keys();
        let nulls: Map<_, _> = nulls.map(|name| (name.clone(), Value::Null)).collect();
        if !nulls.is_empty() {
            outputs.push(("a response with nulls".to_owned(), Value::Object(nulls)));
        }
    }
    outputs
}
