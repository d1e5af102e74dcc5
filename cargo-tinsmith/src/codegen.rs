//! `cargo tinsmith codegen`: generates crates and writes the files that changed.

use crate::command;
use crate::config::{self, Config, Documentation, Service};
use crate::lock;
use crate::package_name;
use crate::paths;
use crate::plan::{Job, Plan, left_behind, refuse_by_hand};
use crate::report::{Report, count};
use crate::write::Changes;
use std::path::{Path, PathBuf};
use tinsmith_codegen::{Options, Overrides, Package, Selection};

/// A crate from any model in any folder, without an entry in `tinsmith.toml`.
#[derive(Debug)]
pub struct OneOff {
    /// The model's folder or file.
    pub model: PathBuf,
    /// `all`, or comma-separated names.
    pub operations: String,
    /// The package's name.
    pub package: String,
    /// The crate's folder.
    pub out: PathBuf,
    /// Whether the model's own texts are kept.
    pub documentation: Documentation,
}

/// The jobs for the services `names`, or for all of them.
///
/// # Errors
/// A name that is not configured.
pub fn jobs(config: &Config, names: &[String]) -> Result<Vec<Job>, Report> {
    let mut report = Report::default();
    let mut jobs = Vec::new();
    for (name, service) in chosen(config, names, &mut report) {
        jobs.push(Job::configured(config, name, service));
    }
    report.or(jobs)
}

fn chosen<'c>(
    config: &'c Config,
    names: &'c [String],
    report: &mut Report,
) -> Vec<(&'c str, &'c Service)> {
    if names.is_empty() {
        return config
            .services
            .iter()
            .map(|(name, service)| (name.as_str(), service))
            .collect();
    }
    let mut chosen = Vec::new();
    for name in names {
        match config.service(name) {
            Ok(service) => chosen.push((name.as_str(), service)),
            Err(unknown) => report.append(unknown),
        }
    }
    chosen.sort_by_key(|(name, _)| *name);
    chosen.dedup_by_key(|(name, _)| *name);
    chosen
}

impl OneOff {
    /// The job for the crate: a separate package that uses the runtime of `config`.
    ///
    /// # Errors
    /// A package name that Cargo does not accept.
    pub fn job(&self, config: &Config) -> Result<Job, Report> {
        package_name::check(&self.package)
            .map_err(|why| Report::new(format!("--package: {why}")))?;
        let out = paths::resolved(&self.out)?;
        let up = paths::between(&out, &paths::resolved(&config.root)?);
        Ok(Job {
            name: self.package.clone(),
            model: std::path::absolute(&self.model)
                .map_err(|error| Report::io("cannot resolve", &self.model, &error))?,
            out,
            documentation: self.documentation,
            protocol: None,
            options: Options {
                package: self.package.clone(),
                version: "0.1.0".to_owned(),
                operations: match self.operations.as_str() {
                    "all" => Selection::All,
                    names => Selection::Named(
                        names
                            .split(',')
                            .map(|name| name.trim().to_owned())
                            .collect(),
                    ),
                },
                documentation: true,
                overrides: Overrides::default(),
                runtime: config.runtime.value(&config.root, up.as_deref()),
                config: config.loader_value(config.credentials, up.as_deref()),
                manifest: Package {
                    license: Some(
                        config
                            .license
                            .clone()
                            .unwrap_or_else(|| config::LICENSE.to_owned()),
                    ),
                    publish: config.publish.unwrap_or(false),
                    is_workspace: true,
                    ..Package::default()
                },
            },
            bump: true,
            command: format!(
                "{} codegen --model {} --operations {} --package {} --out {} --documentation {}",
                command::name(),
                self.model.display(),
                self.operations,
                self.package,
                self.out.display(),
                self.documentation.as_str()
            ),
        })
    }
}

/// Generates every job's crate, then writes all files that changed; `also` is written with them. With `force`, edits of
/// generated files are overwritten.
///
/// # Errors
/// Every problem with any of them. Nothing was written.
pub fn write(root: &Path, jobs: &[Job], also: Changes, force: bool) -> Result<String, Report> {
    let plans = plans(root, jobs)?;
    let mut all = also;
    let mut report = Report::default();
    for plan in &plans {
        match plan.changes(root, force) {
            Ok(changes) => {
                all.writes.extend(changes.writes);
                all.removals.extend(changes.removals);
                all.leftovers.extend(changes.leftovers);
            }
            Err(by_hand) => report.append(by_hand),
        }
    }
    report.or(())?;
    all.commit()?;
    Ok(summaries(&plans))
}

/// The same for the jobs of all configured services; also removes the files of services that are no longer configured.
///
/// # Errors
/// As [`write`](fn@write).
pub fn write_all(config: &Config, jobs: &[Job], force: bool) -> Result<String, Report> {
    let left = left_behind(config)?;
    let mut report = Report::default();
    refuse_by_hand(&config.root, &left, force, &mut report);
    report.or(())?;
    let also = Changes {
        removals: left.into_iter().map(|orphan| orphan.path).collect(),
        ..Changes::default()
    };
    let removed = also.removals.len();
    let mut said = write(&config.root, jobs, also, force)?;
    if removed > 0 {
        said.push_str(&format!(
            "removed {} of services that are not in tinsmith.toml\n",
            count(removed, "file")
        ));
    }
    Ok(said)
}

/// Every job's plan.
///
/// # Errors
/// Every problem with any of them.
pub fn plans(root: &Path, jobs: &[Job]) -> Result<Vec<Plan>, Report> {
    let mut report = Report::default();
    let mut plans = Vec::new();
    for job in jobs {
        match job.plan(root) {
            Ok(plan) => plans.push(plan),
            Err(problems) => report.append(problems),
        }
    }
    report.or(plans)
}

/// One line per crate, with the names aligned.
fn summaries(plans: &[Plan]) -> String {
    let width = plans.iter().map(|plan| plan.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for plan in plans {
        let unchanged = plan.files.iter().filter(|file| file.is_current()).count();
        let lines = plan
            .files
            .iter()
            // The files that a reviewer reads; the lock is for the next run.
            .filter(|file| !file.path.ends_with(lock::FILE))
            .map(|file| file.text.lines().count())
            .sum();
        let mut done = Vec::new();
        if unchanged < plan.files.len() {
            done.push(format!(
                "{} written",
                count(plan.files.len() - unchanged, "file")
            ));
        }
        if !plan.orphans.is_empty() {
            done.push(format!("{} removed", count(plan.orphans.len(), "file")));
        }
        if unchanged > 0 {
            done.push(format!("{} unchanged", count(unchanged, "file")));
        }
        let version = match plan.version {
            (Some(before), now) if before != now => format!(", version {before} -> {now}"),
            (_, now) => format!(", version {now}"),
        };
        out.push_str(&format!(
            "{:width$}  {}, {}, {}, {}, {} ms ({}){version}\n",
            plan.name,
            count(plan.operations, "operation"),
            count(plan.shapes, "shape"),
            count(plan.files.len(), "file"),
            count(lines, "line"),
            plan.elapsed.as_millis(),
            done.join(", ")
        ));
        out.push_str(&plan.idle);
        for warning in &plan.warnings {
            out.push_str(&format!("{warning}\n"));
        }
    }
    out
}
