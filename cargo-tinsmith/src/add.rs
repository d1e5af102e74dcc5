//! `cargo tinsmith add`: adds operations of a service, or lists those that can be added.

use crate::codegen;
use crate::command;
use crate::config::{self, Config, Documentation, Service};
use crate::edit;
use crate::load;
use crate::plan::Job;
use crate::report::{Report, count, nearest};
use crate::write::{self, Changes};
use std::fmt::Write;
use tinsmith_codegen::{Selection, Surveyed, survey};

/// Adds `operations` to `tinsmith.toml` and generates the service's crate: both, or neither. Without operations: lists
/// those that have not been added yet.
///
/// # Errors
/// A service that is not configured, an operation that the model does not have, and every error of the generator.
pub fn add(config: &Config, name: &str, operations: &[String]) -> Result<String, Report> {
    let service = config.service(name)?;
    let surveyed = surveyed(config, service)?;
    if operations.is_empty() {
        return Ok(list(name, service, &surveyed));
    }
    let mut report = Report::default();
    for operation in operations {
        if !surveyed.iter().any(|known| known.operation == *operation) {
            report.push(format!(
                "`{operation}` is not an operation of `{name}`{}\n  `{} add {name}` lists them",
                nearest(
                    operation,
                    surveyed.iter().map(|known| known.operation.as_str())
                ),
                command::name()
            ));
        }
    }
    report.or(())?;
    if matches!(service.operations, Selection::All) {
        return Ok(format!(
            "{name} already has all its operations (operations = \"all\" in {}); nothing to add\n",
            config::FILE
        ));
    }
    let before = config::text(&config.root)?;
    let after = edit::with_operations(&before, name, operations)?;
    let edited = Config::parse(&config.root, &after)?;
    let job = Job::configured(&edited, name, edited.service(name)?);
    let mut also = Changes {
        leftovers: write::leftovers(&config.root),
        ..Changes::default()
    };
    if after != before {
        also.writes.push((config.root.join(config::FILE), after));
    }
    codegen::write(&config.root, &[job], also, false)
}

fn surveyed(config: &Config, service: &Service) -> Result<Vec<Surveyed>, Report> {
    let model = load::model(
        &config.root,
        &config.root.join(&service.model),
        Documentation::Strip,
    )?;
    Ok(survey(&model))
}

fn list(name: &str, service: &Service, surveyed: &[Surveyed]) -> String {
    let taken = |operation: &str| match &service.operations {
        Selection::All => true,
        Selection::Named(names) => names.iter().any(|name| name == operation),
    };
    let mut free: Vec<&Surveyed> = surveyed
        .iter()
        .filter(|known| !taken(&known.operation))
        .collect();
    free.sort_by(|a, b| a.operation.cmp(&b.operation));
    let total = count(surveyed.len(), "operation");
    if free.is_empty() {
        return format!("{name}: all {total} added\n");
    }
    let width = free
        .iter()
        .map(|known| known.operation.len())
        .max()
        .unwrap_or(0)
        .max("operation".len());
    let mut out = format!(
        "{name}: {} of {total} not added yet\n\n  {:width$}  pages  shapes\n",
        free.len(),
        "operation"
    );
    for Surveyed {
        operation,
        paginated,
        shapes,
    } in free
    {
        let pages = if *paginated { "yes" } else { "no" };
        // Writing to a String cannot fail.
        let _ = writeln!(out, "  {operation:width$}  {pages:5}  {shapes:6}");
    }
    let _ = writeln!(
        out,
        "\nto add some: {} add {name} OPERATION…",
        command::name()
    );
    out
}
