//! Texts for a report: those of a model on one line, between backticks, and shortened; kinds of changes in words.

use similar::{ChangeTag, TextDiff};
use std::time::Duration;
use tinsmith_codegen::ChangeKind;

/// Two texts, without long parts that are equal in both.
pub(super) fn shortened(before: &str, after: &str) -> (String, String) {
    /// The length of a common part that is kept on each side of a difference.
    const CONTEXT: usize = 12;
    let diff = TextDiff::configure()
        .timeout(Duration::from_millis(200))
        .diff_chars(before, after);
    let mut runs: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match runs.last_mut() {
            Some((tag, run)) if *tag == change.tag() => run.push_str(change.value()),
            _ => runs.push((change.tag(), change.value().to_owned())),
        }
    }
    let last = runs.len().saturating_sub(1);
    let (mut was, mut is) = (String::new(), String::new());
    for (index, (tag, run)) in runs.into_iter().enumerate() {
        match tag {
            ChangeTag::Delete => was.push_str(&run),
            ChangeTag::Insert => is.push_str(&run),
            ChangeTag::Equal => {
                let length = run.chars().count();
                let head = if index == 0 { 0 } else { CONTEXT };
                let tail = if index == last { 0 } else { CONTEXT };
                let run = if length > 2 * (head + tail) + 3 {
                    let head: String = run.chars().take(head).collect();
                    let tail: String = run.chars().skip(length - tail).collect();
                    format!("{head}…{tail}")
                } else {
                    run
                };
                was.push_str(&run);
                is.push_str(&run);
            }
        }
    }
    (was, is)
}

/// A name, a type or a value between backticks, more of them than it contains; on one line.
pub(crate) fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A kind of change: `member added`.
pub(crate) fn kind(kind: ChangeKind) -> String {
    kind.as_str().replace('-', " ")
}
