//! CONTRIBUTING.md: every path in it exists, and its table names a file for each subject that a newcomer looks for.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn contributing() -> String {
    fs::read_to_string(root().join("CONTRIBUTING.md")).expect("the text of CONTRIBUTING.md")
}

/// Folders that the described commands create.
const CREATED: [&str; 2] = ["tests/e2e/target", "tests/fuzz/corpus"];

/// The texts in code spans that are paths from the project's root: they begin with one of its folders.
fn paths(text: &str) -> Vec<&str> {
    let spans = text.split('`').skip(1).step_by(2);
    let is_path = |span: &&str| match span.split_once('/') {
        Some((folder, _)) => {
            !folder.is_empty() && root().join(folder).is_dir() && !CREATED.contains(span)
        }
        None => false,
    };
    spans.filter(is_path).collect()
}

/// Whether a path exists below a folder; `<name>` is any name.
fn exists(folder: &Path, path: &str) -> bool {
    let (part, rest) = path.split_once('/').unwrap_or((path, ""));
    let Some((before, after)) = part.split_once("<name>") else {
        let next = folder.join(part);
        return next.exists() && (rest.is_empty() || exists(&next, rest));
    };
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry")).any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_named = name.starts_with(before) && name.ends_with(after);
        is_named && (rest.is_empty() || exists(&entry.path(), rest))
    })
}

#[test]
fn every_path_exists() {
    let text = contributing();
    // Code blocks have their own fences.
    let prose: String = text.split("```").step_by(2).collect();
    let paths = paths(&prose);
    assert!(paths.len() > 40, "{paths:#?}");
    for path in paths {
        assert!(exists(&root(), path), "`{path}` does not exist");
    }
    assert!(!exists(&root(), "runtime/src/protocol/none.rs"));
    assert!(!exists(&root(), "runtime/src/<name>/none.rs"));
}

#[test]
fn the_table_names_a_file_for_each_subject() {
    let text = contributing();
    let (_, table) = text.split_once("| looking for | file |").expect("a table");
    let (table, _) = table.split_once("\n\n").expect("the end of the table");
    for subject in [
        "a protocol",
        "a codec",
        "a binding",
        "an error",
        "a paginator",
        "a setting",
        "how to add a protocol",
    ] {
        let row = table.lines().find(|line| {
            let cell = line.strip_prefix("| ").unwrap_or_default();
            let after = cell.strip_prefix(subject).unwrap_or("-");
            after.starts_with([' ', ':'])
        });
        let row = row.unwrap_or_else(|| panic!("no row for {subject}"));
        let heading = row.split('"').nth(1);
        let has_heading =
            heading.is_some_and(|heading| text.contains(&format!("\n**{heading}.**")));
        assert!(!paths(row).is_empty() || has_heading, "{row}");
    }
}
