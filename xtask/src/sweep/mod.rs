//! `cargo xtask sweep`: every service of a botocore release, with all operations, generated in memory.

mod compile;
mod generate;
mod table;

use crate::import::source::Source;
use crate::report::{Report, count, nearest};
use std::path::PathBuf;
use std::time::Instant;

pub use compile::HowMany;

/// What to sweep.
#[derive(Debug)]
pub struct Request {
    /// A botocore data folder, or a wheel around it.
    pub from: PathBuf,
    /// The services, by their folders' names; empty: all of them.
    pub only: Vec<String>,
    /// How many of the generated crates are built as well.
    pub compile: Option<HowMany>,
    /// How many services at a time.
    pub jobs: usize,
}

/// Generates everything, builds what is asked, and says how it went.
///
/// # Errors
/// Models that cannot be found; a service of a protocol that the runtime speaks that was refused; a crate that does not
/// build.
pub fn sweep(root: &std::path::Path, request: &Request) -> Result<String, Report> {
    let source = Source::open(&request.from)?;
    let models = chosen(source.models()?, &request.only)?;
    let start = Instant::now();
    let keep = request.compile.is_some();
    let results = generate::all(root, &models, request.jobs.max(1), keep);
    let mut said = table::table(&results, start.elapsed());
    let refused = results.iter().filter(|result| result.is_refused()).count();
    let mut report = Report::default();
    if refused > 0 {
        report.push(format!(
            "{} of protocols that the runtime speaks cannot be generated; the problems are listed above",
            count(refused, "service")
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
            // The table goes where it goes when all is well.
            let _ = write!(anstream::stdout(), "{said}");
            Err(report)
        }
    }
}

/// The models of the services that are asked for; of all, where none is.
fn chosen(
    models: Vec<(String, PathBuf)>,
    only: &[String],
) -> Result<Vec<(String, PathBuf)>, Report> {
    let mut report = Report::default();
    for name in only {
        if !models.iter().any(|(service, _)| service == name) {
            let near = nearest(name, models.iter().map(|(service, _)| service.as_str()));
            report.push(format!(
                "expected the name of a service of this release, found `{name}`{near}"
            ));
        }
    }
    let is_chosen = |service: &String| only.is_empty() || only.contains(service);
    let models = models.into_iter();
    report.or(models.filter(|(service, _)| is_chosen(service)).collect())
}
