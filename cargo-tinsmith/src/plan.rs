//! Compares a service's crate as it should be with what is on disk. Writing and checking use the same plan.

use crate::changelog;
use crate::command;
use crate::config::{Config, Documentation, Service};
use crate::load;
use crate::lock::{self, Lock};
use crate::ownership::Owner;
use crate::protocol;
use crate::release;
use crate::report::Report;
use crate::version::Version;
use crate::write::{self, Changes};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, Instant};
use tinsmith_codegen::{Options, Problem, generate};

/// One crate to generate.
#[derive(Debug)]
pub struct Job {
    /// The service, or the package of a crate without a service in `tinsmith.toml`.
    pub name: String,
    /// The model's folder or file.
    pub model: PathBuf,
    /// The crate's folder.
    pub out: PathBuf,
    /// Whether the model's own texts are kept.
    pub documentation: Documentation,
    /// The protocol from `tinsmith.toml`.
    pub protocol: Option<String>,
    /// The options of the generator.
    pub options: Options,
    /// Whether a change of the model results in a new version.
    pub bump: bool,
    /// The command that updates the crate.
    pub command: String,
}

/// A crate that was generated in memory, and the files on disk.
#[derive(Debug)]
pub struct Plan {
    /// The job's name.
    pub name: String,
    /// The command that updates the crate.
    pub command: String,
    /// The version before, if there was one, and the version now.
    pub version: (Option<Version>, Version),
    /// All files of the crate, sorted.
    pub files: Vec<Planned>,
    /// Files in the crate's folder that do not belong to it.
    pub orphans: Vec<Orphan>,
    /// Temporary files of runs that were killed.
    pub temporary: Vec<PathBuf>,
    /// The unused parts of our documentation, in words.
    pub idle: String,
    /// How many operations the crate has.
    pub operations: usize,
    /// How many shapes the crate has.
    pub shapes: usize,
    /// The parts that were omitted from the crate, one per line.
    pub warnings: Vec<String>,
    /// The time to read, generate and compare.
    pub elapsed: Duration,
}

/// One file of a generated crate.
#[derive(Debug)]
pub struct Planned {
    /// Its path.
    pub path: PathBuf,
    /// The expected content.
    pub text: String,
    /// The present content.
    pub found: Option<Vec<u8>>,
    /// The owner of the present content.
    pub owner: Owner,
}

impl Planned {
    /// Whether the file has the expected content.
    pub fn is_current(&self) -> bool {
        self.found.as_deref() == Some(self.text.as_bytes())
    }
}

/// A file that belongs to no crate.
#[derive(Debug)]
pub struct Orphan {
    /// Its path.
    pub path: PathBuf,
    /// Its owner.
    pub owner: Owner,
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
            protocol: service.protocol.clone(),
            options: Options {
                package: service.package.clone(),
                version: service.version.clone(),
                operations: service.operations.clone(),
                documentation: true,
                overrides: service.overrides.clone(),
                runtime: config.runtime.value(&config.root, Some(&up)),
                config: config.loader_value(service.credentials, Some(&up)),
                manifest: config.package(service),
            },
            bump: true,
            command: format!("{} codegen {name}", command::name()),
        }
    }

    /// Generates the crate in memory and compares it with the disk.
    ///
    /// # Errors
    /// Every problem with the model, the options or the disk.
    pub fn plan(&self, root: &Path) -> Result<Plan, Report> {
        let start = Instant::now();
        let lock = Lock::read(root, &self.out)?;
        let configured = self.protocol.as_deref();
        let preferred = protocol::preferred(configured, lock.as_ref());
        let model = load::model_as(root, &self.model, self.documentation, preferred)?;
        protocol::check(&self.name, configured, &model)?;
        let release = release::decide(root, self, &model, lock.as_ref())?;
        let generated = generate(
            &model,
            &Options {
                version: release.version.to_string(),
                ..self.options.clone()
            },
        )?;
        let digests =
            |(path, text): (&String, &String)| (path.clone(), lock::digest(text.as_bytes()));
        let next = Lock {
            version: release.version,
            facts: release.facts,
            files: generated.tree.iter().map(digests).collect(),
        };
        let mut texts = generated.tree;
        texts.insert(lock::FILE.to_owned(), next.print()?);
        texts.insert(changelog::FILE.to_owned(), release.changelog);
        let mut files = Vec::with_capacity(texts.len());
        for (name, text) in texts {
            let path = self.out.join(inside(&name)?);
            let found =
                write::existing(&path).map_err(|error| Report::io("cannot read", &path, &error))?;
            files.push(Planned {
                owner: Owner::of(lock.as_ref(), &name, found.as_deref().unwrap_or_default()),
                path,
                text,
                found,
            });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let listing = write::list(&self.out)?;
        let belongs = |path: &PathBuf| files.binary_search_by(|file| file.path.cmp(path)).is_ok();
        let orphans = listing.files.into_iter().filter(|path| !belongs(path));
        Ok(Plan {
            name: self.name.clone(),
            command: self.command.clone(),
            version: (release.before, release.version),
            orphans: orphans
                .map(|path| orphan(lock.as_ref(), &self.out, path))
                .collect::<Result<_, _>>()?,
            files,
            temporary: listing.temporary,
            idle: load::idle_documentation(root, &self.model)?,
            operations: generated.operations,
            shapes: generated.shapes,
            warnings: generated.warnings.iter().map(Problem::as_warning).collect(),
            elapsed: start.elapsed(),
        })
    }
}

impl Plan {
    /// The changes to make on disk. With `force`, edits of generated files are overwritten.
    ///
    /// # Errors
    /// A file would be replaced that was edited, or that the generator did not write.
    pub fn changes(&self, root: &Path, force: bool) -> Result<Changes, Report> {
        let mut report = Report::default();
        let stale = || self.files.iter().filter(|file| !file.is_current());
        for file in stale().filter(|file| file.found.is_some()) {
            let owner = file.owner;
            owner.refuse(root, &file.path, "overwritten", force, &mut report);
        }
        refuse_by_hand(root, &self.orphans, force, &mut report);
        report.or(Changes {
            writes: stale()
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

/// The files in `generated/` that are in no configured service's folder: those of services that were removed from
/// `tinsmith.toml`.
///
/// # Errors
/// The error of the operating system.
pub fn left_behind(config: &Config) -> Result<Vec<Orphan>, Report> {
    let generated = config.root.join("generated");
    let listing = write::list(&generated)?;
    let outs: Vec<PathBuf> = config
        .services
        .values()
        .map(|service| config.root.join(&service.out))
        .collect();
    let homeless = listing
        .files
        .into_iter()
        .filter(|path| !outs.iter().any(|out| path.starts_with(out)));
    let mut locks = BTreeMap::new();
    let mut orphans = Vec::new();
    for path in homeless {
        let folder = path
            .ancestors()
            .find(|folder| folder.join(lock::FILE).is_file())
            .filter(|folder| folder.starts_with(&generated))
            .unwrap_or(&generated)
            .to_owned();
        if !locks.contains_key(&folder) {
            locks.insert(folder.clone(), Lock::read(&config.root, &folder)?);
        }
        let lock = locks.get(&folder).and_then(Option::as_ref);
        orphans.push(orphan(lock, &folder, path)?);
    }
    Ok(orphans)
}

/// Reports each orphan that must not be removed.
pub fn refuse_by_hand(root: &Path, orphans: &[Orphan], force: bool, report: &mut Report) {
    for Orphan { path, owner } in orphans {
        owner.refuse(root, path, "removed", force, report);
    }
}

fn orphan(lock: Option<&Lock>, folder: &Path, path: PathBuf) -> Result<Orphan, Report> {
    let bytes = write::existing(&path).map_err(|error| Report::io("cannot read", &path, &error))?;
    let name: Vec<_> = path
        .strip_prefix(folder)
        .unwrap_or(&path)
        .iter()
        .map(|part| part.to_string_lossy())
        .collect();
    let owner = Owner::of(lock, &name.join("/"), bytes.as_deref().unwrap_or_default());
    Ok(Orphan { path, owner })
}

/// A path from the generator, which is inside the crate. Anything else would be a bug in the generator.
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
