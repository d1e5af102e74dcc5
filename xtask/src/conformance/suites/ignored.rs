//! The cases that may fail, each with the reason.

use super::read::File;
use cargo_tinsmith::disk;
use cargo_tinsmith::report::{Report, shown};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The path of the project's list, relative to the root.
pub(super) const FILE: &str = "tests/conformance-ignored.toml";

/// Reasons by file and id.
pub(super) type Ignored = BTreeMap<(String, String), String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    case: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    id: String,
    reason: String,
}

/// Reads the list; `files` are all suites.
///
/// # Errors
/// The list cannot be read; an entry has no reason, or names no case.
pub(super) fn read(root: &Path, path: &Path, files: &[File]) -> Result<Ignored, Report> {
    let text =
        disk::read_to_string(path).map_err(|error| Report::io("cannot read", path, &error))?;
    let place = shown(root, path);
    let list: List = toml::from_str(&text).map_err(|error| {
        Report::new(format!(
            "expected a list of `[[case]]` with `file`, `id` and `reason`, found something else in {place}: {}",
            error.message()
        ))
    })?;
    let (mut ignored, mut report) = (Ignored::new(), Report::default());
    for Entry { file, id, reason } in list.case {
        let named = |known: &&File| known.name == file;
        let mut cases = files.iter().filter(named).flat_map(|file| {
            let suites = file.suites.iter();
            suites.flat_map(|suite| &suite.cases)
        });
        if !cases.any(|case| case.id == id) {
            report.push(format!(
                "expected an existing case, found `{id}` of `{file}`\n  in {place}"
            ));
        }
        if reason.trim().is_empty() {
            report.push(format!(
                "expected a reason for ignoring `{id}` of `{file}`, found none\n  in {place}"
            ));
        }
        ignored.insert((file, id), reason);
    }
    report.or(ignored)
}
