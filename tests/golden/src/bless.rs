//! Comparing what is generated with what is committed, and committing what is generated.

use crate::files::tree;
use similar::TextDiff;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The one command that makes what is committed what is generated.
pub const COMMAND: &str = "TINSMITH_BLESS=1 cargo test -p tinsmith-golden";

/// Lines of a difference that are shown; the rest is counted.
const SHOWN: usize = 30;

/// Whether the one command is being run.
#[must_use]
pub fn is_blessing() -> bool {
    std::env::var_os("TINSMITH_BLESS").is_some_and(|value| value == "1")
}

/// What differs between the files of a folder and those that should be there: stale, missing and orphaned ones, each
/// with the beginning of what differs. Empty where nothing does. While blessing, the folder is made to agree instead.
///
/// # Panics
/// The folder cannot be read or written.
#[must_use]
pub fn compare(shown: &str, folder: &Path, expected: &BTreeMap<String, String>) -> String {
    let found = tree(folder);
    if is_blessing() {
        write(folder, &found, expected);
        return String::new();
    }
    let mut report = String::new();
    for (path, text) in expected {
        match found.get(path) {
            None => line(&mut report, "missing", shown, path),
            Some(committed) if committed != text => {
                line(&mut report, "stale", shown, path);
                report.push_str(&difference(committed, text));
            }
            Some(_) => {}
        }
    }
    for path in found.keys().filter(|path| !expected.contains_key(*path)) {
        line(&mut report, "orphan", shown, path);
    }
    report
}

/// Fails the test with everything that differs and the command that fixes it.
///
/// # Panics
/// Something differs.
#[allow(clippy::panic, reason = "this is how a test fails")]
pub fn demand_nothing(report: &str) {
    if !report.is_empty() {
        panic!(
            "what is generated is not what is committed:\n\n{report}\nread the differences; where they are meant: {COMMAND}"
        );
    }
}

fn line(report: &mut String, what: &str, shown: &str, path: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(report, "{what}: {shown}/{path}");
}

fn difference(committed: &str, generated: &str) -> String {
    let diff = TextDiff::from_lines(committed, generated);
    let diff = diff
        .unified_diff()
        .context_radius(2)
        .header("committed", "generated")
        .to_string();
    let lines: Vec<&str> = diff.lines().collect();
    let mut text = String::new();
    for line in lines.iter().take(SHOWN) {
        let _ = writeln!(text, "    {line}");
    }
    if lines.len() > SHOWN {
        let _ = writeln!(text, "    … {} more lines", lines.len() - SHOWN);
    }
    text
}

#[allow(clippy::panic, reason = "this library serves tests")]
fn write(folder: &Path, found: &BTreeMap<String, String>, expected: &BTreeMap<String, String>) {
    let fail =
        |path: &Path, error: std::io::Error| panic!("cannot write {}: {error}", path.display());
    for (name, text) in expected
        .iter()
        .filter(|(name, text)| found.get(*name) != Some(*text))
    {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).unwrap_or_else(|error| fail(parent, error));
        }
        std::fs::write(&path, text).unwrap_or_else(|error| fail(&path, error));
    }
    for name in found.keys().filter(|name| !expected.contains_key(*name)) {
        let path = folder.join(name);
        std::fs::remove_file(&path).unwrap_or_else(|error| fail(&path, error));
    }
}
