//! `--rules`: what the comparison knows, and the verdict of each rule.

use super::Format;
use crate::report::Report;
use serde_json::{Value, json};
use std::fmt::Write as _;
use tinsmith_codegen::diff::{RULES, Rule};

/// Every rule, as text or as JSON: `[{"kind", "when", "bump", "effect"}]`.
///
/// # Errors
/// Another format.
pub fn rules(format: Format) -> Result<String, Report> {
    match format {
        Format::Text => Ok(text()),
        Format::Json => Ok(json()),
        Format::Markdown | Format::Html => {
            Err(Report::new("the rules are listed as text or as JSON"))
        }
    }
}

fn text() -> String {
    let mut out = String::from(
        "kind                   bump   what changes -> what that means for programs\n",
    );
    for rule in RULES {
        let Rule {
            kind,
            when,
            bump,
            effect,
        } = rule;
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "{:21}  {:5}  {when} -> {effect}",
            kind.as_str(),
            bump.as_str()
        );
    }
    out
}

fn json() -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|Rule { kind, when, bump, effect }| {
            json!({ "kind": kind.as_str(), "when": when, "bump": bump.as_str(), "effect": effect })
        })
        .collect();
    format!("{:#}\n", Value::from(rules))
}
