//! `CHANGELOG.md` in every generated crate: one section per version, newest first, each written once from the changes
//! of that version. The sections below are kept, so that remarks that were added are never lost.

use crate::diff::markdown;
use crate::diff::summary::{Group, Line, Summary};
use crate::version::Version;
use std::fmt::Write;
use tinsmith_codegen::{Diff, HEADER, visible};

/// The file's name, in the crate's folder.
pub const FILE: &str = "CHANGELOG.md";

/// The file of a crate's first version, or of one whose earlier versions have no file.
pub fn first(version: Version, said: &str) -> String {
    format!(
        "<!-- {HEADER}: a new section above the others for each version. -->\n# Changelog\n\n## {version}\n\n{said}\n"
    )
}

/// `before` with `section` above the first section.
pub fn extended(before: &str, section: &str) -> String {
    let at = if before.starts_with("## ") {
        Some(0)
    } else {
        before.find("\n## ").map(|newline| newline + 1)
    };
    match at.and_then(|at| before.split_at_checked(at)) {
        Some((head, sections)) => format!("{head}{section}\n{sections}"),
        None => format!("{}\n\n{section}", before.trim_end()),
    }
}

/// The section of one version: `source` is the model's origin, if it is known.
pub fn section(version: Version, source: Option<&str>, diff: &Diff) -> String {
    let Summary {
        breaking,
        additions,
        wire,
        constraints,
        documentation,
    } = Summary::of(diff);
    let mut out = format!("## {version}\n");
    if let Some(source) = source {
        // Writing to a String cannot fail.
        let _ = write!(out, "\nFrom the model in {source}.\n");
    }
    if diff.changes.is_empty() {
        out.push_str("\nOnly the version changed.\n");
    }
    part("Breaking changes", &breaking, &mut out);
    for Group { title, note, lines } in &additions {
        part(&format!("New: {}", title.to_lowercase()), lines, &mut out);
        if let Some(note) = note {
            let _ = write!(out, "\n({note})\n");
        }
    }
    part("Endpoints, requests and waiters", &wire, &mut out);
    part("Constraints", &constraints, &mut out);
    if !documentation.is_empty() {
        let subjects: Vec<&str> = documentation
            .iter()
            .map(|line| line.subject.as_str())
            .collect();
        let subjects = subjects.join(", ");
        let _ = write!(out, "\n### Documentation\n\n- {}\n", visible(&subjects));
    }
    out
}

fn part(title: &str, lines: &[Line], out: &mut String) {
    if !lines.is_empty() {
        let _ = write!(out, "\n### {title}\n\n");
        markdown::lines(lines, out);
    }
}
