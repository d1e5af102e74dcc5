//! `cargo tinsmith import`: imports the facts of models, in our own layout, with their origin.

mod ast;
mod closure;
mod facts;
pub mod source;
pub mod strip;
mod wanted;

use crate::config::Config;
use crate::load::smithy;
use crate::report::Report;
use crate::write::Changes;
use source::{Layout, Source};
use std::path::PathBuf;
use wanted::Wanted;

pub use source::newest_version;
pub use wanted::is_ast;

/// The options.
#[derive(Debug)]
pub struct Request {
    /// A botocore data folder, a wheel, packed or not, the folder of a single model, or a Smithy JSON AST.
    pub from: PathBuf,
    /// One service; the default is all configured ones.
    pub service: Option<String>,
    /// The version of botocore or of the model, if the source does not state it.
    pub version: Option<String>,
}

/// An import that has not been written yet.
#[derive(Debug)]
pub struct Import {
    /// The version of botocore.
    pub version: String,
    /// The version that the source itself states.
    pub stated: Option<String>,
    /// Each service and its model's folder.
    pub models: Vec<(String, PathBuf)>,
    /// The changes on disk.
    pub changes: Changes,
    /// A line for each service.
    pub said: String,
}

/// Imports all of it or, if there is any problem, nothing. Returns one line per service.
///
/// # Errors
/// Every problem with the source, the models in it, or the disk.
pub fn run(config: &Config, request: &Request) -> Result<String, Report> {
    let import = plan(config, request)?;
    import.changes.commit()?;
    Ok(import.said)
}

/// Reads and compares without writing.
///
/// # Errors
/// As [`run`].
pub fn plan(config: &Config, request: &Request) -> Result<Import, Report> {
    let (path, _) = smithy::split(&request.from);
    if path.is_file() && path.extension().is_none_or(|end| end != "whl") {
        let (service, version) = (request.service.as_deref(), request.version.as_deref());
        return ast::plan(config, &request.from, service, version);
    }
    let source = Source::open(&request.from)?;
    plan_from(
        config,
        &source,
        request.service.as_deref(),
        request.version.as_deref(),
    )
}

/// Where a source has the model of a service, and where the project would have it.
///
/// # Errors
/// The source does not have it.
pub fn place(config: &Config, source: &Source, service: &str) -> Result<Place, Report> {
    let wanted = wanted(config, source, Some(service))?;
    let place = wanted.into_iter().next().map(|wanted| Place {
        source: wanted.source,
        target: wanted.target,
    });
    place.ok_or_else(|| Report::new(format!("expected a model of `{service}`, found none")))
}

/// The folder of a model in a source and that in the project.
#[derive(Debug)]
pub struct Place {
    /// In the source.
    pub source: PathBuf,
    /// In the project.
    pub target: PathBuf,
}

fn wanted(config: &Config, source: &Source, service: Option<&str>) -> Result<Vec<Wanted>, Report> {
    match &source.layout {
        Layout::Data(data) => wanted::from_data(config, source, data, service),
        Layout::Single(folder) => Ok(vec![wanted::single(config, folder, service)?]),
    }
}

/// The same from a source that is open.
///
/// # Errors
/// As [`run`].
pub fn plan_from(
    config: &Config,
    source: &Source,
    service: Option<&str>,
    version: Option<&str>,
) -> Result<Import, Report> {
    let Some(version) = version
        .map(str::to_owned)
        .or_else(|| source.version.clone())
    else {
        return Err(Report::new(format!(
            "expected {} to state its version of botocore (in botocore/__init__.py or a .dist-info folder), found nothing\n  pass --version",
            source.name.display()
        )));
    };
    let wanted = wanted(config, source, service)?;
    let mut import = Import {
        version,
        stated: source.version.clone(),
        models: Vec::new(),
        changes: Changes::default(),
        said: String::new(),
    };
    let mut report = Report::default();
    for wanted in wanted {
        match facts::import(config, &wanted, &import.version, &mut import.said) {
            Ok(changes) => {
                import.changes.writes.extend(changes.writes);
                import.changes.removals.extend(changes.removals);
                import.changes.leftovers.extend(changes.leftovers);
                import.models.push((wanted.service, wanted.target));
            }
            Err(problems) => report.append(problems),
        }
    }
    report.or(import)
}
