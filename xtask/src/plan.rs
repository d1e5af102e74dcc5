//! What a service's crate should be, held against what is on disk. Writing it and checking it start from the same plan.

use crate::config::{Config, Documentation, Service};
use crate::load;
use crate::report::Report;
use crate::write::{self, Changes};
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, Instant};
use tinsmith_codegen::{Options, generate};

/// One crate to generate.
#[derive(Debug)]
pub struct Job {
    /// The service, or the package of a crate that no service in `tinsmith.toml` stands for.
    pub name: String,
    /// The model's folder or file.
    pub model: PathBuf,
    /// The crate's folder.
    pub out: PathBuf,
    /// Whether the model's own texts are kept.
    pub documentation: Documentation,
    /// What the generator is told.
    pub options: Options,
    /// The command that brings the crate up to date.
    pub command: String,
}

/// A crate that was generated in memory, beside what is on disk.
#[derive(Debug)]
pub struct Plan {
    /// The job's name.
    pub name: String,
    /// The command that brings the crate up to date.
    pub command: String,
    /// All files of the crate, sorted.
    pub files: Vec<Planned>,
    /// Files in the crate's folder that do not belong to it.
    pub orphans: Vec<Orphan>,
    /// What killed runs left behind.
    pub temporary: Vec<PathBuf>,
    /// How many operations the crate has.
    pub operations: usize,
    /// How many shapes the crate has.
    pub shapes: usize,
    /// How long it took to read, generate and compare.
    pub elapsed: Duration,
}

/// One file of a generated crate.
#[derive(Debug)]
pub struct Planned {
    /// Where it belongs.
    pub path: PathBuf,
    /// What it should hold.
    pub text: String,
    /// What is there.
    pub found: Option<Vec<u8>>,
}

impl Planned {
    /// Whether the file is as it should be.
    pub fn is_current(&self) -> bool {
        self.found.as_deref() == Some(self.text.as_bytes())
    }
}

/// A file that no crate has.
#[derive(Debug)]
pub struct Orphan {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it carries the generated header, so that it can be removed without asking.
    pub generated: bool,
}

impl Job {
    /// The job for a configured service.
    pub fn configured(config: &Config, name: &str, service: &Service) -> Self {
        let up = "../".repeat(service.out.components().count());
        Self {
            name: name.to_owned(),
            model: config.root.join(&service.model),
            out: config.root.join(&service.out),
            documentation: config.documentation,
            options: Options {
                package: service.package.clone(),
                version: service.version.clone(),
                operations: service.operations.clone(),
                documentation: true,
                overrides: service.overrides.clone(),
                runtime: format!("{{ path = \"{up}runtime\" }}"),
                workspace: true,
            },
            command: format!("cargo xtask codegen {name}"),
        }
    }

    /// Generates the crate in memory and compares it with the disk.
    ///
    /// # Errors
    /// Everything that is wrong with the model, the options or the disk.
    pub fn plan(&self, root: &Path) -> Result<Plan, Report> {
        let start = Instant::now();
        let model = load::model(root, &self.model, self.documentation)?;
        let generated = generate(&model, &self.options)?;
        let mut files = Vec::with_capacity(generated.tree.len());
        for (path, text) in generated.tree {
            let path = self.out.join(inside(&path)?);
            let found =
                write::existing(&path).map_err(|error| Report::io("cannot read", &path, &error))?;
            files.push(Planned { path, text, found });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let listing = write::list(&self.out)?;
        let belongs = |path: &PathBuf| files.binary_search_by(|file| file.path.cmp(path)).is_ok();
        let orphans = listing.files.into_iter().filter(|path| !belongs(path));
        Ok(Plan {
            name: self.name.clone(),
            command: self.command.clone(),
            orphans: orphans.map(orphan).collect::<Result<_, _>>()?,
            files,
            temporary: listing.temporary,
            operations: generated.operations,
            shapes: generated.shapes,
            elapsed: start.elapsed(),
        })
    }
}

impl Plan {
    /// What has to change on disk.
    ///
    /// # Errors
    /// A file in the way that does not carry the generated header: somebody wrote it by hand.
    pub fn changes(&self, root: &Path) -> Result<Changes, Report> {
        let mut report = Report::default();
        for file in self.files.iter().filter(|file| !file.is_current()) {
            if file
                .found
                .as_deref()
                .is_some_and(|bytes| !is_generated(bytes))
            {
                report.push(by_hand(root, &file.path, "overwritten"));
            }
        }
        refuse_by_hand(root, &self.orphans, &mut report);
        let stale = self.files.iter().filter(|file| !file.is_current());
        report.or(Changes {
            writes: stale
                .map(|file| (file.path.clone(), file.text.clone()))
                .collect(),
            removals: self
                .orphans
                .iter()
                .map(|orphan| orphan.path.clone())
                .collect(),
            leftovers: self.temporary.clone(),
        })
    }
}

/// The files in `generated/` that are in no configured service's folder: what a service that was taken out of
/// `tinsmith.toml` leaves behind.
///
/// # Errors
/// What the disk refused.
pub fn left_behind(config: &Config) -> Result<Vec<Orphan>, Report> {
    let listing = write::list(&config.root.join("generated"))?;
    let outs: Vec<PathBuf> = config
        .services
        .values()
        .map(|service| config.root.join(&service.out))
        .collect();
    let homeless = listing
        .files
        .into_iter()
        .filter(|path| !outs.iter().any(|out| path.starts_with(out)));
    homeless.map(orphan).collect()
}

/// Complains about each orphan that cannot be removed without asking.
pub fn refuse_by_hand(root: &Path, orphans: &[Orphan], report: &mut Report) {
    for orphan in orphans.iter().filter(|orphan| !orphan.generated) {
        report.push(by_hand(root, &orphan.path, "removed"));
    }
}

fn by_hand(root: &Path, path: &Path, what: &str) -> String {
    format!(
        "{} would be {what}, but carries no generated header, so it looks written by hand\n  move it elsewhere or delete it, then run this again; nothing was changed",
        crate::report::shown(root, path)
    )
}

fn orphan(path: PathBuf) -> Result<Orphan, Report> {
    let bytes = write::existing(&path).map_err(|error| Report::io("cannot read", &path, &error))?;
    let generated = bytes.as_deref().is_some_and(is_generated);
    Ok(Orphan { path, generated })
}

/// Whether a file carries the generated header in its first line.
pub fn is_generated(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    String::from_utf8_lossy(line).contains(tinsmith_codegen::HEADER)
}

/// A path of the generator's, which stays inside the crate. Anything else would be a bug of the generator's.
fn inside(path: &str) -> Result<&Path, Report> {
    let path = Path::new(path);
    if path
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        Ok(path)
    } else {
        Err(Report::new(format!(
            "the generator named a file outside the crate: {}; please report it",
            path.display()
        )))
    }
}
