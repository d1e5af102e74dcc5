//! Builds the test crate and attributes compile errors to cases: rustc reports the file of each error, and each case
//! has its own file.

use super::crates::package;
use super::driver::Asked;
use crate::conformance::program::Program;
use crate::scratch;
use cargo_tinsmith::report::Report;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

/// The test crate's name.
pub(super) const PACKAGE: &str = "suite-answers";

/// The module of the case with this number, in the test crate.
pub(super) fn module_of(number: usize) -> String {
    format!("case_{number}")
}

/// Builds the test crate. `None`: all of it was built. Otherwise the numbers of the cases that do not compile, or whose
/// crate does not, each with the first error.
///
/// # Errors
/// Cargo cannot be run, or something else does not compile.
pub(super) fn blamed(
    root: &Path,
    folder: &Path,
    asked: &[Asked],
) -> Result<Option<BTreeMap<usize, String>>, Report> {
    let output = scratch::cargo(root, folder, "build")
        .args(["--quiet", "--keep-going", "--message-format=json"])
        .args(["--package", PACKAGE])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| Report::io("cannot run cargo in", folder, &error))?;
    if output.status.success() {
        return Ok(None);
    }
    let mut blamed = BTreeMap::new();
    let mut others = String::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Some(error) = Error::read(line) else {
            continue;
        };
        let at_fault = asked.iter().filter(|case| error.is_of(case));
        let before = blamed.len();
        for case in at_fault {
            blamed
                .entry(case.number)
                .or_insert_with(|| error.text.trim_end().to_owned());
        }
        if blamed.len() == before {
            others.push_str(&error.text);
        }
    }
    if blamed.is_empty() {
        return Err(Report::new(format!(
            "the test crate cannot be built ({}); it is in {}\n{}{others}",
            output.status,
            folder.display(),
            String::from_utf8_lossy(&output.stderr),
        )));
    }
    Ok(Some(blamed))
}

/// An error from rustc.
struct Error {
    /// The name of the crate with the error.
    target: String,
    /// The files that it refers to.
    files: Vec<String>,
    /// Its text for a terminal.
    text: String,
}

impl Error {
    /// Reads a line of cargo's messages, most of which are not errors.
    fn read(line: &str) -> Option<Self> {
        let line: Value = serde_json::from_str(line).ok()?;
        let message = line.get("message")?;
        if message.get("level")?.as_str()? != "error" {
            return None;
        }
        let spans = message.get("spans").and_then(Value::as_array);
        let spans = spans.into_iter().flatten();
        // The place of the error; other spans are notes.
        let primary = spans.filter(|span| span.get("is_primary") == Some(&Value::Bool(true)));
        let files = primary.filter_map(|span| span.get("file_name")?.as_str());
        Some(Self {
            target: line.pointer("/target/name")?.as_str()?.to_owned(),
            files: files.map(str::to_owned).collect(),
            text: message.get("rendered")?.as_str()?.to_owned(),
        })
    }

    fn is_of(&self, case: &Asked) -> bool {
        let file = Program::file_of(&module_of(case.number));
        self.files.contains(&file) || self.target == package(case.krate).replace('-', "_")
    }
}
