//! `cargo tinsmith import`: imports the facts of models, in our own layout, with their origin.

mod ast;
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
    let Some(version) = request.version.clone().or_else(|| source.version.clone()) else {
        return Err(Report::new(format!(
            "expected {} to state its version of botocore (in botocore/__init__.py or a .dist-info folder), found nothing\n  pass --version",
            request.from.display()
        )));
    };
    let wanted = match &source.layout {
        Layout::Data(data) => wanted::from_data(config, &source, data, request.service.as_deref())?,
        Layout::Single(folder) => vec![wanted::single(config, folder, request.service.as_deref())?],
    };
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
