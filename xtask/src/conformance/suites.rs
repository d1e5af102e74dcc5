//! Runs botocore's protocol suites with crates that are generated for them: each case's request is built with the
//! generated types and compared as it is on the wire, each case's response is read into them.

mod build;
mod crates;
mod driver;
mod ignored;
mod judge;
mod read;
mod report;
mod tree;

pub(super) use judge::is_random_uuid;

use cargo_tinsmith::report::{Report, count};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The options.
#[derive(Debug)]
pub struct Request {
    /// The folder with `input` and `output`; the default is that of the test data.
    pub suites: Option<PathBuf>,
    /// Only cases whose file, suite or id contains this text.
    pub filter: Option<String>,
    /// The list of cases that may fail; the default is the project's own.
    pub ignored: Option<PathBuf>,
}

/// The result of a case.
#[derive(Debug)]
enum Outcome {
    Passed,
    /// Clients are not generated for the service's protocol.
    NotSupported,
    /// What was expected and what was found, one per line.
    Failed(Vec<String>),
}

/// Runs the cases and returns the report.
///
/// # Errors
/// A case fails; an entry of the list of ignored cases passes or names no case; suites cannot be read; a test crate
/// cannot be built.
pub fn suites(root: &Path, request: &Request) -> Result<String, Report> {
    let folder = match &request.suites {
        Some(folder) => folder.clone(),
        None => default_folder()?,
    };
    let all = read::files(root, &folder)?;
    let ignored = match &request.ignored {
        Some(path) => ignored::read(root, path, &all)?,
        None => ignored::read(root, &root.join(ignored::FILE), &all)?,
    };
    let files = read::matching(all, request.filter.as_deref());
    if files.is_empty() {
        let filter = request.filter.as_deref().unwrap_or_default();
        return Err(Report::new(format!(
            "expected cases whose file, suite or id contains `{filter}`, found none in {}",
            folder.display()
        )));
    }
    let plan = crates::plan(root, &files);
    let outcomes = driver::run(root, &plan)?;
    let table = report::report(&files, &outcomes, &ignored);
    if table.failed == 0 && table.idle == 0 {
        return Ok(table.text);
    }
    // The table is printed to the same stream as in case of success.
    let _ = write!(anstream::stdout(), "{}", table.text);
    let mut report = Report::default();
    if table.failed > 0 {
        report.push(format!(
            "{} of the suites failed; they are listed above",
            count(table.failed, "case")
        ));
    }
    if table.idle > 0 {
        report.push(format!(
            "{} of the list of ignored cases passed; remove those listed above from the list",
            count(table.idle, "case")
        ));
    }
    Err(report)
}

fn default_folder() -> Result<PathBuf, Report> {
    match std::env::var_os("TINSMITH_TEST_DATA") {
        Some(data) => Ok(Path::new(&data).join("protocols")),
        None => Err(Report::new(
            "expected the folder of the suites, found neither --suites DIR nor the variable TINSMITH_TEST_DATA, whose folder `protocols` it would be",
        )),
    }
}
