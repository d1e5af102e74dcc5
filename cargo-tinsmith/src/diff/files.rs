//! The effect of an update on the generated files: both crates are generated in memory, and their lines compared.

use crate::report::Report;
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;
use tinsmith_codegen::diff::{Tree, tree};
use tinsmith_codegen::{Model, Side};

/// How many lines around a change a difference has.
const CONTEXT: usize = 3;

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
    /// What the file is generated from: a shape, as its first line says, or an operation with its input and output. Empty for
    /// a file of the whole service.
    pub subjects: Vec<String>,
    /// The difference, in the unified format without the lines that name the files.
    pub lines: String,
}

impl Files {
    pub(super) fn of(before: Side<'_>, after: Side<'_>) -> Self {
        match (tree(before), tree(after)) {
            (Ok(was), Ok(is)) => Self::Changed(compare(&was, &is, [before.model, after.model])),
            (before, after) => Self::Unknown(Refused {
                before: before.err().map(Report::from),
                after: after.err().map(Report::from),
            }),
        }
    }
}

fn compare(before: &Tree, after: &Tree, models: [&Model; 2]) -> Vec<FileChange> {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differing = paths.into_iter().filter_map(|path| {
        let (was, is) = (before.get(path), after.get(path));
        if was == is {
            return None;
        }
        let texts = [was, is].map(|text| text.map_or("", String::as_str));
        let (added, removed, lines) = compared(texts);
        Some(FileChange {
            path: path.clone(),
            there: (was.is_some(), is.is_some()),
            added,
            removed,
            subjects: is
                .or(was)
                .map(|text| subjects(text, models))
                .unwrap_or_default(),
            lines,
        })
    });
    differing.collect()
}

/// Lines added, lines removed, and the difference.
fn compared([before, after]: [&str; 2]) -> (usize, usize, String) {
    let diff = TextDiff::configure()
        .timeout(Duration::from_millis(500))
        .diff_lines(before, after);
    let count = |tag| {
        let changes = diff.iter_all_changes();
        changes.filter(|change| change.tag() == tag).count()
    };
    let lines = diff.unified_diff().context_radius(CONTEXT).to_string();
    (count(ChangeTag::Insert), count(ChangeTag::Delete), lines)
}

/// What the first line of a generated file names; for an operation, the shapes of its input and output as well, which are in
/// the same file.
fn subjects(text: &str, models: [&Model; 2]) -> Vec<String> {
    let first = text.lines().next().unwrap_or_default();
    let named = |what: &str| {
        let (_, rest) = first.split_once(what)?;
        Some(rest.split_once('`')?.0.to_owned())
    };
    if let Some(shape) = named(" from the shape `") {
        return vec![shape];
    }
    let Some(operation) = named(" from the operation `") else {
        return Vec::new();
    };
    let known = models
        .into_iter()
        .filter_map(|model| model.operations.get(&operation));
    let shapes = known.flat_map(|known| known.input.iter().chain(&known.output));
    let mut subjects: Vec<String> = shapes.cloned().collect();
    subjects.push(operation);
    subjects
}
