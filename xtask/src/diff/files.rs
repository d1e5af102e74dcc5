//! What an update does to the generated files: both crates are generated in memory, and their lines compared.

use crate::report::Report;
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tinsmith_codegen::{Options, Selection, Side, generate};

/// The generated files of both sides.
#[derive(Debug)]
pub enum Files {
    /// Those that differ, sorted by path.
    Changed(Vec<FileChange>),
    /// One side cannot be generated, and why.
    Unknown(Report),
}

/// A generated file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Its path in the crate.
    pub path: String,
    /// Whether each side has it.
    pub there: (bool, bool),
    /// Lines that only the new one has.
    pub added: usize,
    /// Lines that only the old one has.
    pub removed: usize,
}

impl Files {
    pub(super) fn of(before: Side<'_>, after: Side<'_>) -> Self {
        match (tree(before), tree(after)) {
            (Ok(before), Ok(after)) => Self::Changed(compare(&before, &after)),
            (Err(report), _) | (_, Err(report)) => Self::Unknown(report),
        }
    }
}

type Tree = BTreeMap<String, String>;

/// The crate of one side. It is the same version of the same package on both, so that only the model speaks.
fn tree(side: Side<'_>) -> Result<Tree, Report> {
    let known = |name: &&String| side.model.operations.contains_key(*name);
    let operations = match side.selection {
        Selection::All => Selection::All,
        Selection::Named(names) => Selection::Named(names.iter().filter(known).cloned().collect()),
    };
    let options = Options {
        package: "compared".to_owned(),
        version: "0.1.0".to_owned(),
        operations,
        documentation: true,
        overrides: side.overrides.clone(),
        runtime: "\"*\"".to_owned(),
        workspace: true,
    };
    Ok(generate(side.model, &options)?.tree)
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
