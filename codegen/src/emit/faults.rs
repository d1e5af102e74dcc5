//! The last check of a crate before it is returned: content that no file may have, whatever the model contains. It is
//! an error in an emitter, and is reported instead of being written.

use crate::problem::Problems;
use crate::text::is_invisible;
use std::collections::BTreeMap;

/// The errors in the files of a crate.
pub(super) fn check(tree: &BTreeMap<String, String>) -> Problems {
    let mut problems = Problems::default();
    for (path, text) in tree {
        if let Some(c) = path.chars().find(|c| !is_of_paths(*c)) {
            let found = format!("U+{:04X} in its name", u32::from(c));
            problems.add(
                path,
                "",
                message("letters, digits and `_` in names of files", &found),
            );
        }
        let mut fence = false;
        for (number, line) in text.lines().enumerate() {
            let at = format!("line {}", number + 1);
            if let Some(c) = line.chars().find(|c| is_invisible(*c)) {
                let found = format!("U+{:04X}", u32::from(c));
                problems.add(path, &at, message("no invisible character", &found));
            }
            let code = line.trim_start();
            if code.starts_with("/*") && path.ends_with(".rs") {
                problems.add(
                    path,
                    &at,
                    message("comments of one line", "a block comment"),
                );
            }
            match code.strip_prefix("///").or(code.strip_prefix("//!")) {
                Some(doc) => match fence_of(doc) {
                    Some("") if fence => fence = false,
                    Some("text") if !fence => fence = true,
                    Some(label) if !fence => {
                        let found = format!("one labelled `{label}`");
                        problems.add(path, &at, message("fences labelled `text`", &found));
                    }
                    _ => {}
                },
                // The next comment is another text.
                None => fence = false,
            }
        }
    }
    problems
}

fn message(expected: &str, found: &str) -> String {
    format!(
        "expected {expected}, found {found}; this is an error in the generator, please report it with the model"
    )
}

fn is_of_paths(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '.')
}

/// The label of the fence that a line of documentation opens or closes.
fn fence_of(doc: &str) -> Option<&str> {
    let mark = |c: char| matches!(c, ' ' | '>' | '-' | '.') || c.is_ascii_digit();
    let inside = doc.trim_start_matches(mark);
    let label = inside.strip_prefix("```").or(inside.strip_prefix("~~~"))?;
    // A code span at the beginning of a line is not a fence.
    (!label.contains('`')).then(|| label.trim())
}
