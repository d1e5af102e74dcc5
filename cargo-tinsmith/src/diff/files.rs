//! The effect of an update on the generated files: both crates are generated in memory, and their lines compared.

use crate::report::Report;
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;
use tinsmith_codegen::Side;
use tinsmith_codegen::diff::{Tree, tree};

/// The generated files of both sides.
#[derive(Debug)]
pub enum Files {
    /// Those that differ, sorted by path.
    Changed(Vec<FileChange>),
    /// One or both of the crates cannot be generated; the reasons for each.
    Unknown(Refused),
}

/// Why crates cannot be generated.
#[derive(Debug)]
pub struct Refused {
    /// The problems with the model before.
    pub before: Option<Report>,
    /// The problems with the model after.
    pub after: Option<Report>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reports = self.after.iter().chain(&self.before);
        let reports: Vec<String> = reports.map(ToString::to_string).collect();
        f.write_str(&reports.join("\n"))
    }
}

/// A generated file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Its path in the crate.
    pub path: String,
    /// Whether each side has it.
    pub there: (bool, bool),
    /// Lines that only the new file has.
    pub added: usize,
    /// Lines that only the old file has.
    pub removed: usize,
}

impl Files {
    pub(super) fn of(before: Side<'_>, after: Side<'_>) -> Self {
        match (tree(before), tree(after)) {
            (Ok(before), Ok(after)) => Self::Changed(compare(&before, &after)),
            (before, after) => Self::Unknown(Refused {
                before: before.err().map(Report::from),
                after: after.err().map(Report::from),
            }),
        }
    }
}

fn compare(before: &Tree, after: &Tree) -> Vec<FileChange> {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differing = paths.into_iter().filter_map(|path| {
        let (was, is) = (before.get(path), after.get(path));
        if was == is {
            return None;
        }
        let lines = |text: Option<&String>| text.map_or(0, |text| text.lines().count());
        let (added, removed) = match (was, is) {
            (Some(was), Some(is)) => counted(was, is),
            _ => (lines(is), lines(was)),
        };
        Some(FileChange {
            path: path.clone(),
            there: (was.is_some(), is.is_some()),
            added,
            removed,
        })
    });
    differing.collect()
}

/// Lines added and lines removed.
fn counted(before: &str, after: &str) -> (usize, usize) {
    let diff = TextDiff::configure()
        .timeout(Duration::from_millis(500))
        .diff_lines(before, after);
    let count = |tag| {
        let changes = diff.iter_all_changes();
        changes.filter(|change| change.tag() == tag).count()
    };
    (count(ChangeTag::Insert), count(ChangeTag::Delete))
}
