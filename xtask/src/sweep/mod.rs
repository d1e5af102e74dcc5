//! `cargo xtask sweep`: generates every service of a botocore release, with all operations, in memory; or the services
//! and operations of a manifest.

mod choose;
mod compile;
mod generate;
mod manifest;
mod table;

use cargo_tinsmith::import::source::Source;
use cargo_tinsmith::report::{Report, count};
use std::path::{Path, PathBuf};
use std::time::Instant;

pub use compile::HowMany;

/// The options.
#[derive(Debug)]
pub struct Request {
    /// A botocore data folder, or a wheel that contains it.
    pub from: PathBuf,
    /// A list of services, each with its operations; without one, all operations of all services.
    pub manifest: Option<PathBuf>,
    /// The services, by their folders' names; empty, and none of the largest: all of them.
    pub only: Vec<String>,
    /// How many of the services with the largest models, besides the named ones.
    pub largest: Option<usize>,
    /// How many of the generated crates are built as well.
    pub compile: Option<HowMany>,
    /// How many services at a time.
    pub jobs: usize,
}

/// Generates everything, builds the requested crates, and returns the report.
///
/// # Errors
/// Models cannot be found; a service of a supported protocol, or of the manifest, was rejected; a crate does not build.
pub fn sweep(root: &Path, request: &Request) -> Result<String, Report> {
    let source = Source::open(&request.from)?;
    let manifest = request.manifest.as_deref();
    let manifest = manifest
        .map(|path| manifest::read(root, path))
        .transpose()?;
    let models = choose::chosen(
        source.models()?,
        manifest.as_ref(),
        &request.only,
        request.largest,
    )?;
    let start = Instant::now();
    let keep = request.compile.is_some();
    let results = generate::all(root, &models, request.jobs.max(1), keep);
    let mut said = table::table(&results, start.elapsed());
    let mut report = Report::default();
    let (refused, which): (Vec<_>, _) = match manifest {
        Some(_) => (
            results
                .iter()
                .filter(|swept| !swept.problems.is_empty())
                .collect(),
            "of the manifest",
        ),
        None => (
            results
                .iter()
                .filter(|swept| {
                    let is_named = request.only.contains(&swept.service);
                    swept.is_refused() || is_named && !swept.problems.is_empty()
                })
                .collect(),
            "named by --only, or of protocols that the runtime supports,",
        ),
    };
    if !refused.is_empty() {
        report.push(format!(
            "{} {which} cannot be generated; the problems are listed above",
            count(refused.len(), "service")
        ));
    }
    if let Some(how_many) = request.compile {
        match compile::compile(root, &results, how_many, request.jobs.max(1)) {
            Ok(built) => said.push_str(&built),
            Err(failed) => report.append(failed),
        }
    }
    match report.or(()) {
        Ok(()) => Ok(said),
        Err(report) => {
            use std::io::Write as _;
            // The table is printed to the same stream as in case of success.
            let _ = write!(anstream::stdout(), "{said}");
            Err(report)
        }
    }
}
