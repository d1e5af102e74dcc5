//! The modules of the program: code that calls each operation, and code that shows the values of each crate.

use crate::conformance::program::Crate;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use tinsmith_codegen::model::{Kind, Member, Operation, Structure};

const HEAD: &str = "// Not every operation needs all of these.\n#![allow(unused, deprecated, unreachable_patterns)]\n\nuse super::shown::{Object, Show, events, failed, line, shown};\nuse crate::{Answer, collected};\nuse tinsmith_runtime::{Blob, Config};\n\n";

/// The module of an operation: `answer(config, input)` sends the input with that number and shows the output; for a
/// paginated operation, `pages(config, input)` follows the pages and shows the tokens.
///
/// # Errors
/// The input cannot have the value.
pub(super) fn operation(
    krate: &Crate,
    name: &str,
    operation: &Operation,
    inputs: &[Value],
) -> Result<String, String> {
    let values = krate.values();
    let mut call = format!("    let call = {};\n", values.call(name)?);
    if !inputs.is_empty() {
        call.push_str("    let call = match input {\n");
        for (number, input) in inputs.iter().enumerate() {
            let setters = values.setters(operation.input.as_deref(), input)?;
            let _ = writeln!(call, "        {number} => call{setters},");
        }
        call.push_str("        _ => call,\n    };\n");
    }
    let mut lines = String::new();
    for (shape, kind, structure) in structure(krate, operation.output.as_deref()) {
        for (member_name, member) in &structure.members {
            let field = values.member_name(kind, shape, member_name)?;
            lines.push_str(&match stream(krate, member) {
                None => format!("            line(&mut lines, {member_name:?}, &output.{field});\n"),
                Some(Stream::Bytes) => format!(
                    "            match collected(output.{field}).await {{\n                Ok(bytes) => line(&mut lines, {member_name:?}, &Blob::from(bytes)),\n                Err(_) => lines.push_str(\"{member_name}: an error\\n\"),\n            }}\n"
                ),
                Some(Stream::Events) => format!(
                    "            let mut events = output.{field};\n            while let Some(event) = events.next().await {{\n                match event {{\n                    Ok(event) => line(&mut lines, {member_name:?}, &event),\n                    Err(error) => failed(&mut lines, &error),\n                }}\n            }}\n"
                ),
            });
        }
    }
    let mut module = format!(
        "{HEAD}pub(super) async fn answer(config: Config, input: usize) -> Answer {{\n{call}    let mut lines = String::new();\n    match call.send().await {{\n        Ok(output) => {{\n{lines}        }}\n        Err(error) => failed(&mut lines, &error),\n    }}\n    shown(lines)\n}}\n"
    );
    if operation.pagination.is_some() {
        let _ = write!(
            module,
            "\npub(super) async fn pages(config: Config, input: usize) -> Answer {{\n{call}    let mut lines = String::new();\n    let mut pages = call.into_paginator().send();\n    while let Some(page) = pages.next().await {{\n        match page {{\n            Ok(_) => lines.push_str(\"a page\\n\"),\n            // Every further poll would give it again.\n            Err(error) => {{\n                failed(&mut lines, &error);\n                break;\n            }}\n        }}\n        line(&mut lines, \"token\", &pages.resume_token().map(|token| token.to_string()));\n    }}\n    shown(lines)\n}}\n"
        );
    }
    Ok(module)
}

/// The module that shows the values of a crate that are received.
///
/// # Errors
/// A shape without a name, which would be an error in the generator.
pub(super) fn shown(krate: &Crate) -> Result<String, String> {
    let values = krate.values();
    let mut module = HEAD.to_owned();
    let mut exceptions = BTreeSet::new();
    let mut open = Vec::new();
    for operation in krate.model.operations.values() {
        exceptions.extend(operation.errors.iter().map(String::as_str));
        for (_, _, structure) in structure(krate, operation.output.as_deref()) {
            open.extend(structure.members.values().map(|member| &*member.target));
        }
    }
    open.extend(exceptions.iter().copied());
    let mut seen = BTreeSet::new();
    while let Some(shape) = open.pop() {
        let Some(kind) = krate.model.shapes.get(shape).map(|shape| &shape.kind) else {
            continue;
        };
        if !seen.insert(shape) {
            continue;
        }
        let body = match kind {
            Kind::Structure(structure) => {
                let mut body = "        let mut object = Object::new(out);\n".to_owned();
                for (name, member) in &structure.members {
                    let field = values.member_name(kind, shape, name)?;
                    let _ = writeln!(body, "        object.member({name:?}, &self.{field});");
                    open.push(&member.target);
                }
                body + "        object.end();\n"
            }
            Kind::Union(union) => {
                let ty = values.ty(shape)?;
                let mut arms = String::new();
                for (name, member) in &union.members {
                    open.push(&member.target);
                    // Exceptions end a stream and are not events.
                    if union.event_stream && is_exception(krate, member) {
                        exceptions.insert(&member.target);
                        continue;
                    }
                    let variant = values.member_name(kind, shape, name)?;
                    let _ = writeln!(
                        arms,
                        "            {ty}::{variant}(value) => object.member({name:?}, value),"
                    );
                }
                let unknown = match union.event_stream {
                    true => "unknown_event",
                    false => "unknown_member",
                };
                format!(
                    "        let mut object = Object::new(out);\n        match self {{\n{arms}            {ty}::Unknown(value) => object.{unknown}(value),\n            _ => {{}}\n        }}\n        object.end();\n"
                )
            }
            Kind::Enum(_) => "        self.as_str().show(out);\n".to_owned(),
            Kind::List { member, .. } => {
                open.push(&member.target);
                continue;
            }
            Kind::Map { key, value, .. } => {
                open.extend([&*key.target, &*value.target]);
                continue;
            }
            _ => continue,
        };
        implement(&mut module, &values.ty(shape)?, &body);
    }
    let ty = values.exceptions();
    let mut arms = String::new();
    for shape in exceptions {
        let variant = values.type_name(shape)?;
        let _ = writeln!(
            arms,
            "            {ty}::{variant}(value) => object.member({shape:?}, value),"
        );
    }
    implement(
        &mut module,
        &ty,
        &format!(
            "        let mut object = Object::new(out);\n        match self {{\n{arms}            _ => {{}}\n        }}\n        object.end();\n"
        ),
    );
    Ok(module)
}

fn implement(module: &mut String, ty: &str, body: &str) {
    let _ = write!(
        module,
        "impl Show for {ty} {{\n    fn show(&self, out: &mut String) {{\n{body}    }}\n}}\n\n"
    );
}

/// A payload that is returned as a stream.
enum Stream {
    Bytes,
    Events,
}

fn stream(krate: &Crate, member: &Member) -> Option<Stream> {
    match &krate.model.shapes.get(&member.target)?.kind {
        Kind::Blob { streaming, .. } if *streaming || member.streaming => Some(Stream::Bytes),
        Kind::Union(union) if union.event_stream => Some(Stream::Events),
        _ => None,
    }
}

fn is_exception(krate: &Crate, member: &Member) -> bool {
    let mut shape = structure(krate, Some(&member.target));
    shape.any(|(_, _, structure)| structure.error.is_some())
}

fn structure<'c>(
    krate: &'c Crate,
    shape: Option<&'c str>,
) -> impl Iterator<Item = (&'c str, &'c Kind, &'c Structure)> {
    shape.into_iter().filter_map(|name| {
        let kind = &krate.model.shapes.get(name)?.kind;
        match kind {
            Kind::Structure(structure) => Some((name, kind, structure)),
            _ => None,
        }
    })
}
