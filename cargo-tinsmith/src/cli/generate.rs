//! `codegen` and `check`: their arguments.

use super::texts;
use crate::check;
use crate::codegen::{self, OneOff};
use crate::config::{Config, Documentation};
use crate::plan::Job;
use crate::report::Report;
use crate::write::Changes;
use clap::Args;
use std::path::{Path, PathBuf};

/// The arguments of `codegen`.
#[derive(Debug, Args)]
#[command(after_help = texts::CODEGEN)]
pub struct Codegen {
    /// Services in tinsmith.toml. Default: all.
    services: Vec<String>,
    /// Write nothing; fail if a file is stale, missing or an orphan, and list them all.
    #[arg(long)]
    check: bool,
    /// Keep the crate's version and changelog; the next run without this flag reports all changes since.
    #[arg(long)]
    no_bump: bool,
    /// Overwrite generated files that were edited.
    #[arg(long, conflicts_with = "check")]
    force: bool,
    #[command(flatten)]
    one_off: OneOffArgs,
}

/// The arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = texts::CHECK)]
pub struct Check {
    /// Services in tinsmith.toml. Default: all.
    services: Vec<String>,
}

#[derive(Debug, Args)]
struct OneOffArgs {
    /// A one-off crate: the model's folder, its service-2.json (or .json.gz), or a Smithy JSON AST; FILE.json#NAME selects one of several services of an AST.
    #[arg(long, value_name = "PATH", conflicts_with = "services", requires_all = ["operations", "package", "out"], help_heading = "One-off crates")]
    model: Option<PathBuf>,
    /// Its operations: all, or comma-separated names.
    #[arg(
        long,
        value_name = "all|A,B",
        requires = "model",
        help_heading = "One-off crates"
    )]
    operations: Option<String>,
    /// Its package name.
    #[arg(
        long,
        value_name = "NAME",
        requires = "model",
        help_heading = "One-off crates"
    )]
    package: Option<String>,
    /// Its folder.
    #[arg(
        long,
        value_name = "DIR",
        requires = "model",
        help_heading = "One-off crates"
    )]
    out: Option<PathBuf>,
    /// Whether the model's texts become documentation.
    #[arg(
        long,
        value_enum,
        default_value_t,
        requires = "model",
        help_heading = "One-off crates"
    )]
    documentation: Documentation,
}

impl Codegen {
    /// Whether the crate is not one of a project.
    pub(super) fn is_one_off(&self) -> bool {
        self.one_off.model.is_some()
    }

    /// Generates, or checks.
    pub(super) fn run(self, root: &Path) -> Result<String, Report> {
        let Self {
            services,
            check,
            no_bump,
            force,
            one_off,
        } = self;
        let (config, mut jobs) = match one_off.given() {
            Some(one_off) => (None, vec![one_off.job(&Config::read_or_default(root)?)?]),
            None => chosen(root, &services)?,
        };
        for job in &mut jobs {
            job.bump = !no_bump;
        }
        match (check, config) {
            (true, config) => checked(root, config.as_ref(), &jobs),
            (false, Some(config)) => codegen::write_all(&config, &jobs, force),
            (false, None) => codegen::write(root, &jobs, Changes::default(), force),
        }
    }
}

impl Check {
    /// Checks.
    pub(super) fn run(self, root: &Path) -> Result<String, Report> {
        let (config, jobs) = chosen(root, &self.services)?;
        checked(root, config.as_ref(), &jobs)
    }
}

impl OneOffArgs {
    /// clap ensures that the four are given together.
    fn given(self) -> Option<OneOff> {
        Some(OneOff {
            model: self.model?,
            operations: self.operations?,
            package: self.package?,
            out: self.out?,
            documentation: self.documentation,
        })
    }
}

/// The jobs of the named services; with the configuration if these are all.
fn chosen(root: &Path, services: &[String]) -> Result<(Option<Config>, Vec<Job>), Report> {
    let config = Config::read(root)?;
    let jobs = codegen::jobs(&config, services)?;
    Ok((Some(config).filter(|_| services.is_empty()), jobs))
}

fn checked(root: &Path, config: Option<&Config>, jobs: &[Job]) -> Result<String, Report> {
    match config {
        Some(config) => check::check_all(config, jobs)?,
        None => check::check_jobs(root, jobs)?,
    }
    Ok("up to date\n".to_owned())
}
