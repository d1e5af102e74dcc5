//! `cargo xtask partitions`: the runtime's table of partitions, from botocore's data.

use cargo_tinsmith::disk;
use cargo_tinsmith::import::source::{Layout, Source};
use cargo_tinsmith::report::Report;
use std::fs;
use std::path::{Path, PathBuf};
use tinsmith_codegen::JsonFile;

/// The table, from the workspace's root.
pub const TABLE: &str = "runtime/src/endpoint/partitions/table.rs";

/// What to do.
#[derive(Debug)]
pub struct Request {
    /// A `partitions.json`, or a botocore data folder or a wheel that contains it.
    pub from: PathBuf,
    /// Write nothing, and fail where the table is another.
    pub check: bool,
}

/// Writes the table, or compares it.
///
/// # Errors
/// No data, data that is not as expected, or, where it is compared, a table that is another.
pub fn run(root: &Path, request: &Request) -> Result<String, Report> {
    let text = read(&request.from)?;
    let made = tinsmith_codegen::partitions(&JsonFile::parse("partitions.json", &text)?)?;
    let path = root.join(TABLE);
    let found = disk::read_to_string(&path).ok();
    if found.as_ref() == Some(&made) {
        return Ok(format!("{TABLE} is up to date\n"));
    }
    if request.check {
        return Err(Report::new(format!(
            "{TABLE} is not what the data says; `cargo xtask partitions --from {}` writes it",
            request.from.display()
        )));
    }
    fs::write(&path, made).map_err(|error| Report::io("cannot write", &path, &error))?;
    Ok(format!("{TABLE} is written\n"))
}

fn read(from: &Path) -> Result<String, Report> {
    let failed = |path: &Path, error| Report::io("cannot read", path, &error);
    if from.extension().is_some_and(|end| end == "json") {
        return disk::read_to_string(from).map_err(|error| failed(from, error));
    }
    // An opened wheel is there as long as its source.
    let source = Source::open(from)?;
    let path = match &source.layout {
        Layout::Data(data) => data.join("partitions.json"),
        Layout::Single(model) => model.join("partitions.json"),
    };
    disk::read_to_string(&path).map_err(|error| failed(&path, error))
}
