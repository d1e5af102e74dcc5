//! `cargo tinsmith verify`: whether the project's code still compiles with the crates that would be generated now, in words.
//!
//! Nothing of the project is written. A folder beside it has links to all that it consists of, and the new crates in place
//! of the present ones; `cargo check` runs there before and after.

mod check;
mod explain;
mod mirror;

use crate::codegen;
use crate::command;
use crate::config::Config;
use crate::lock::{self, Lock};
use crate::plan::Plan;
use crate::report::{Report, count};
use check::Checked;
use mirror::Mirror;
use std::fmt::Write as _;
use tinsmith_codegen::{Diff, Selection, Side, diff_sides};

/// How many errors are shown.
const MOST: usize = 20;

/// The options.
#[derive(Debug)]
pub struct Request {
    /// Services in `tinsmith.toml`; empty: all.
    pub services: Vec<String>,
    /// Further arguments of `cargo check`, such as features.
    pub cargo: Vec<String>,
}

/// Compares, and returns the result in words.
///
/// # Errors
/// A crate cannot be generated; cargo cannot be run; the code does not compile with the present crates, or with the new
/// ones.
pub fn run(config: &Config, request: &Request) -> Result<String, Report> {
    let jobs = codegen::jobs(config, &request.services)?;
    let plans = codegen::plans(&config.root, &jobs)?;
    let updates: Vec<Update<'_>> = plans
        .iter()
        .zip(&jobs)
        .filter(|(plan, _)| plan.files.iter().any(|file| !file.is_current()))
        .map(|(plan, job)| Update::of(config, plan, &job.out))
        .collect::<Result<_, _>>()?;
    if updates.is_empty() {
        return Ok("nothing to verify: the crates are what would be generated now\n".to_owned());
    }
    let packages: Vec<&str> = jobs
        .iter()
        .map(|job| job.options.package.as_str())
        .collect();
    let compiles = |mirror: &Mirror| check::run(mirror, &packages, &request.cargo);
    let mut mirror = Mirror::new(&config.root)?;
    match compiles(&mirror)? {
        Checked::Compiles => {}
        Checked::Fails(errors) => {
            return Err(Report::new(format!(
                "the project does not compile with its present crates, so nothing can be said about the new ones:\n{}",
                listed(&errors, &[])
            )));
        }
    }
    for update in &updates {
        mirror.replace(update.out, update.plan)?;
    }
    let mut out = String::new();
    for update in &updates {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}", update.said());
    }
    match compiles(&mirror)? {
        Checked::Compiles => {
            let _ = writeln!(
                out,
                "the project compiles with the new crates as it is; {} codegen writes them",
                command::name()
            );
            Ok(out)
        }
        Checked::Fails(errors) => Err(Report::new(format!(
            "the project does not compile with the new crates: {}\n{}\n{out}",
            count(errors.len(), "error"),
            listed(&errors, &updates)
        ))),
    }
}

/// A crate that would be another.
struct Update<'u> {
    plan: &'u Plan,
    out: &'u std::path::Path,
    /// What changes for its users; `None` for a crate that is new.
    diff: Option<Diff>,
}

impl<'u> Update<'u> {
    fn of(config: &Config, plan: &'u Plan, out: &'u std::path::Path) -> Result<Self, Report> {
        let before = Lock::read(&config.root, out)?;
        let path = out.join(lock::FILE);
        let after = plan.files.iter().find(|file| file.path == path);
        let after = after
            .map(|file| Lock::of(file.text.as_bytes(), path.display().to_string()))
            .transpose()?;
        let diff = match before.zip(after) {
            Some((before, after)) => Some(compared(&before, &after)?),
            None => None,
        };
        Ok(Self { plan, out, diff })
    }

    fn said(&self) -> String {
        let name = &self.plan.name;
        match (&self.diff, self.plan.version) {
            (Some(diff), (Some(before), after)) => format!(
                "{name} {before} -> {after}: {}, {}",
                diff.bump,
                count(diff.changes.len(), "change")
            ),
            (_, (_, after)) => format!("{name} {after}: new"),
        }
    }
}

fn compared(before: &Lock, after: &Lock) -> Result<Diff, Report> {
    let selection =
        |lock: &Lock| Selection::Named(lock.facts.model.operations.keys().cloned().collect());
    let (was, is) = (selection(before), selection(after));
    Ok(diff_sides(
        Side {
            model: &before.facts.model,
            selection: &was,
            overrides: &before.facts.overrides,
        },
        Side {
            model: &after.facts.model,
            selection: &is,
            overrides: &after.facts.overrides,
        },
    )?)
}

/// The errors, each with the changes of the models that it names.
fn listed(errors: &[check::Message], updates: &[Update<'_>]) -> String {
    let mut out = String::new();
    for error in errors.iter().take(MOST) {
        let _ = writeln!(out, "  {}: {}", error.place, error.text);
        for update in updates {
            for because in update
                .diff
                .iter()
                .flat_map(|diff| explain::changes(error, diff))
            {
                let _ = writeln!(out, "    because {}: {because}", update.plan.name);
            }
        }
    }
    if errors.len() > MOST {
        let _ = writeln!(out, "  … and {} more", errors.len() - MOST);
    }
    out.trim_end().to_owned()
}
