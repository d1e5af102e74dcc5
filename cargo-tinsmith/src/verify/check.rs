//! Runs `cargo check`, and reads its messages.

use super::mirror::Mirror;
use crate::report::Report;
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// The result of a check.
pub(super) enum Checked {
    Compiles,
    /// The errors, each once: several targets of a package can have the same.
    Fails(Vec<Message>),
}

/// An error of the compiler.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Message {
    /// `src/main.rs:12`, relative to the project.
    pub(super) place: String,
    /// Its first line.
    pub(super) text: String,
    /// The names in it, and in the notes below it.
    pub(super) names: BTreeSet<String>,
}

/// Checks every package of the project but the generated ones, with all targets.
///
/// # Errors
/// Cargo cannot be run, or fails for another reason than an error of the compiler.
pub(super) fn run(
    mirror: &Mirror,
    generated: &[&str],
    further: &[String],
) -> Result<Checked, Report> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(&mirror.root)
        .args([
            "check",
            "--workspace",
            "--all-targets",
            "--message-format=json",
            "--quiet",
        ])
        .env("CARGO_TARGET_DIR", &mirror.target);
    for package in generated {
        command.args(["--exclude", package]);
    }
    let output = command
        .args(further)
        .output()
        .map_err(|error| Report::new(format!("cannot run cargo: {error}")))?;
    if output.status.success() {
        return Ok(Checked::Compiles);
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let errors: BTreeSet<Message> = said.lines().filter_map(message).collect();
    if errors.is_empty() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Report::new(format!(
            "cargo check failed:\n{}",
            said.trim_end()
        )));
    }
    Ok(Checked::Fails(errors.into_iter().collect()))
}

/// An error in a line of cargo's output.
fn message(line: &str) -> Option<Message> {
    let line: Value = serde_json::from_str(line).ok()?;
    let message = line.get("message")?;
    if message.get("level")?.as_str()? != "error" {
        return None;
    }
    let text = message.get("message")?.as_str()?.to_owned();
    let spans = message.get("spans")?.as_array()?;
    let primary = spans
        .iter()
        .find(|span| span.get("is_primary").and_then(Value::as_bool) == Some(true));
    // The last message of each crate only counts the others.
    let primary = primary?;
    let file = primary.get("file_name")?.as_str()?;
    let line = primary.get("line_start")?.as_u64()?;
    let rendered = message
        .get("rendered")
        .and_then(Value::as_str)
        .unwrap_or(&text);
    Some(Message {
        place: format!("{}:{line}", file.replace('\\', "/")),
        names: names(rendered),
        text: text.clone(),
    })
}

/// The identifiers in a text.
pub(super) fn names(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    words
        .filter(|word| word.len() > 1)
        .map(str::to_owned)
        .collect()
}
