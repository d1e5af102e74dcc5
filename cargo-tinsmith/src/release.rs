//! The version of a crate, and the new section of its changelog: the model in `tinsmith.lock`, from which it was last
//! generated, is compared with the present model.

use crate::changelog;
use crate::lock::{Facts, Lock};
use crate::origin::Origin;
use crate::plan::Job;
use crate::report::Report;
use crate::version::Version;
use crate::write;
use std::path::Path;
use tinsmith_codegen::{Model, Selection, Side, closure, diff_sides};

/// The result of a run for a crate's version.
#[derive(Debug)]
pub struct Release {
    /// The version in the lock; `None` if there is no lock.
    pub before: Option<Version>,
    /// The version to generate.
    pub version: Version,
    /// What that version is generated from.
    pub facts: Facts,
    /// The whole changelog.
    pub changelog: String,
}

/// `lock` is that of the crate's folder. A job that does not bump keeps version, changelog and the facts with which the
/// next version is compared, so that a later bump reports everything.
///
/// # Errors
/// A selected operation is missing, a lock or changelog cannot be read, or models cannot be compared.
pub fn decide(
    root: &Path,
    job: &Job,
    model: &Model,
    lock: Option<&Lock>,
) -> Result<Release, Report> {
    let origin = Origin::read(root, &job.model)?;
    if let Some(lock) = lock {
        refuse_gone(job, model, lock, origin.as_ref())?;
    }
    let least = least(job)?;
    let facts = Facts::new(
        &closure(model, &job.options.operations)?,
        &job.options.overrides,
    )?;
    let found = existing_text(&job.out.join(changelog::FILE))?;
    let Some(lock) = lock else {
        let version = generated_version(&job.out)?.unwrap_or(least).max(least);
        return Ok(Release {
            before: None,
            version,
            facts,
            changelog: found.unwrap_or_else(|| changelog::first(version, "First version.")),
        });
    };
    let written = found.unwrap_or_else(|| {
        changelog::first(lock.version, "What changed until then is not recorded.")
    });
    let same = Release {
        before: Some(lock.version),
        version: lock.version,
        facts: lock.facts.clone(),
        changelog: written.clone(),
    };
    if !job.bump {
        return Ok(same);
    }
    let diff = diff_sides(
        side(&lock.facts, &names(&lock.facts)),
        side(&facts, &names(&facts)),
    )
    .map_err(|problems| lock.problems(problems))?;
    let version = lock.version.after(diff.bump).max(least);
    if version == lock.version {
        return Ok(same);
    }
    let source = origin.map(|origin| origin.to_string());
    let section = changelog::section(version, source.as_deref(), &diff);
    Ok(Release {
        before: Some(lock.version),
        version,
        facts,
        changelog: changelog::extended(&written, &section),
    })
}

fn names(facts: &Facts) -> Selection {
    Selection::Named(facts.model.operations.keys().cloned().collect())
}

fn side<'f>(facts: &'f Facts, selection: &'f Selection) -> Side<'f> {
    let Facts { model, overrides } = facts;
    Side {
        model,
        selection,
        overrides,
    }
}

/// The lowest version according to `tinsmith.toml`.
fn least(job: &Job) -> Result<Version, Report> {
    Version::parse(&job.options.version).ok_or_else(|| {
        Report::new(format!(
            "expected a version of three numbers such as `0.1.0` for {}, found `{}`",
            job.name, job.options.version
        ))
    })
}

/// The version in a generated `Cargo.toml`, for a crate that has no lock yet.
fn generated_version(folder: &Path) -> Result<Option<Version>, Report> {
    let text = existing_text(&folder.join("Cargo.toml"))?.unwrap_or_default();
    if !crate::ownership::is_generated(text.as_bytes()) {
        return Ok(None);
    }
    let manifest: toml::Table = toml::from_str(&text).unwrap_or_default();
    let version = manifest
        .get("package")
        .and_then(|package| package.get("version"))
        .and_then(toml::Value::as_str);
    Ok(version.and_then(Version::parse))
}

fn existing_text(path: &Path) -> Result<Option<String>, Report> {
    let bytes = write::existing(path).map_err(|error| Report::io("cannot read", path, &error))?;
    Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Reports a selected operation that the crate has and the model no longer has. One that neither has is reported by the
/// generator.
fn refuse_gone(
    job: &Job,
    model: &Model,
    lock: &Lock,
    origin: Option<&Origin>,
) -> Result<(), Report> {
    let Selection::Named(names) = &job.options.operations else {
        return Ok(());
    };
    let mut report = Report::default();
    for name in names {
        if lock.facts.model.operations.contains_key(name) && !model.operations.contains_key(name) {
            let now = match origin {
                Some(origin) => format!("{origin} does not have it"),
                None => "the present model does not have it".to_owned(),
            };
            report.push(format!(
                "the model of `{}` no longer has the operation `{name}`: {} {} was generated with it, {now}\n  in {}\n  remove it from the operations in {}, which removes it from the crate; or go back to the models that had it",
                job.name,
                job.options.package,
                lock.version,
                model.file,
                crate::config::FILE
            ));
        }
    }
    report.or(())
}
