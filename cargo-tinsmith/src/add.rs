//! `cargo tinsmith add`: adds a service or further operations of one, or lists the operations that can be added.

mod models;
mod project;

use crate::codegen;
use crate::command;
use crate::config::{self, Config, Service};
use crate::edit;
use crate::patterns;
use crate::plan::Job;
use crate::report::{Report, count};
use crate::write::{self, Changes};
use std::fmt::Write;
use std::path::PathBuf;
use tinsmith_codegen::{Selection, Surveyed, survey};

/// The options.
#[derive(Debug)]
pub struct Request {
    /// The service: its section in `tinsmith.toml`, and its name in botocore.
    pub service: String,
    /// Operations, patterns of them, and exceptions; none: those that can be added are listed.
    pub operations: Vec<String>,
    /// Where models are taken from if the project has none of the service, instead of a download.
    pub from: Option<PathBuf>,
    /// The version of the source: the release of botocore to download, or that of a source that does not state it.
    pub version: Option<String>,
    /// The folder whose package gets the dependency: the one from which the command is called.
    pub here: PathBuf,
}

/// Adds operations to `tinsmith.toml` and generates the service's crate. For a new service also: imports its model, writes
/// its section, and makes the crate a member of the workspace and a dependency. All of it, or nothing.
///
/// # Errors
/// There is no model of the service, it does not have an operation, and every error of the generator.
pub fn add(config: &Config, request: &Request) -> Result<String, Report> {
    let name = request.service.as_str();
    let service = config.services.get(name);
    let found = models::find(config, request)?;
    let surveyed = survey(found.model());
    if request.operations.is_empty() {
        return Ok(list(name, service, &surveyed));
    }
    let known: Vec<&str> = surveyed
        .iter()
        .map(|known| known.operation.as_str())
        .collect();
    let operations = patterns::selected(&request.operations, &known, name)?;
    if service.is_some_and(|service| matches!(service.operations, Selection::All)) {
        return Ok(format!(
            "{name} already has all its operations (operations = \"all\" in {}); nothing to add\n",
            config::FILE
        ));
    }
    let before = config::text(&config.root)?;
    let with_service = match service {
        Some(_) => before.clone(),
        None => edit::with_service(&before, name, &found.target(config)),
    };
    let after = edit::with_operations(&with_service, name, &operations)?;
    let edited = Config::parse(&config.root, &after)?;
    let mut also = Changes {
        leftovers: write::leftovers(&config.root),
        ..Changes::default()
    };
    if after != before {
        also.writes.push((config.root.join(config::FILE), after));
    }
    let mut said = String::new();
    if service.is_none() {
        let _ = writeln!(said, "{name}: added to {}", config::FILE);
        let project = project::changes(&edited, edited.service(name)?, &request.here)?;
        also.writes.extend(project.writes);
        said.push_str(&project.said);
    }
    let jobs = [Job::configured(&edited, name, edited.service(name)?)];
    let generated = match found.import(&edited, name)? {
        Some(import) => {
            said.insert_str(0, &import.said);
            let changes = &import.changes;
            changes.commit_and(|| codegen::write(&config.root, &jobs, also, false))?
        }
        None => codegen::write(&config.root, &jobs, also, false)?,
    };
    Ok(said + &generated)
}

/// The operations that are not added yet.
fn list(name: &str, service: Option<&Service>, surveyed: &[Surveyed]) -> String {
    let taken = |operation: &str| match service.map(|service| &service.operations) {
        None => false,
        Some(Selection::All) => true,
        Some(Selection::Named(names)) => names.iter().any(|name| name == operation),
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
