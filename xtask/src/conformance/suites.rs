//! botocore's protocol suites, through crates that are generated for them: each case's request is built with the
//! generated types and seen on the wire, each case's response is read into them.

mod build;
mod crates;
mod driver;
mod ignored;
mod judge;
mod read;
mod report;
mod tree;

pub(super) use judge::is_random_uuid;

use crate::report::{Report, count};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What to run.
#[derive(Debug)]
pub struct Request {
    /// The folder with `input` and `output`; that of the test data, where it is not given.
    pub suites: Option<PathBuf>,
    /// Only cases in whose file, suite or id this stands.
    pub filter: Option<String>,
    /// The list of cases that may fail; the project's own, where it is not given.
    pub ignored: Option<PathBuf>,
}

/// What came of a case.
#[derive(Debug)]
enum Outcome {
    Passed,
    /// The service's protocol is not spoken yet.
    NotSupported,
    /// What was expected and what was found, a line each.
    Failed(Vec<String>),
}

/// Runs the cases and says how they went.
///
/// # Errors
/// A case that fails; an entry of the list of ignored cases that passes or names no case; suites that cannot be read; a
/// test crate that cannot be built.
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
    // The table goes where it goes when all is well.
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
