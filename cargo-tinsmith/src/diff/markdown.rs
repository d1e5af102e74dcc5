//! The report for the text of a pull request: breaking changes first, the rest folded.

use super::summary::{FEW, Line, Summary};
use super::words::code;
use super::{Compared, FileChange, Files, greatest};
use crate::report::count;
use std::fmt::Write;
use tinsmith_codegen::{Bump, visible};

/// A longer table of files is folded.
const ROWS: usize = 15;

pub(super) fn render(all: &[Compared]) -> String {
    let mut out = String::new();
    if all.len() > 1 {
        let bump = greatest(all);
        let _ = writeln!(out, "# {}\n", headline(&count(all.len(), "service"), bump));
    }
    for (index, compared) in all.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        one(compared, &mut out);
    }
    out
}

fn headline(subject: &str, bump: Bump) -> String {
    match bump {
        Bump::None => format!("{subject}: nothing changes"),
        bump => format!("{subject}: a {bump} update"),
    }
}

fn one(compared: &Compared, out: &mut String) {
    let Compared {
        service,
        labels: (from, to),
        diff,
        files,
    } = compared;
    let summary = Summary::of(diff);
    // Writing to a String cannot fail.
    let headline = match files {
        Files::Changed(_) => headline(service, diff.bump),
        Files::Unknown(_) => format!("{service}: cannot be generated"),
    };
    let _ = writeln!(out, "## {headline}\n");
    match diff.bump {
        _ if matches!(files, Files::Unknown(_)) && diff.changes.is_empty() => {
            let _ = writeln!(out, "{from} → {to}.");
        }
        Bump::None => {
            let _ = writeln!(
                out,
                "{from} → {to}. The users of the crate see no difference."
            );
        }
        _ => {
            let _ = writeln!(out, "{from} → {to}: {}.", summary.counts());
        }
    }
    if !summary.breaking.is_empty() {
        let _ = writeln!(out, "\n### Breaking changes\n");
        lines(&summary.breaking, out);
    }
    if !summary.additions.is_empty() {
        let _ = writeln!(out, "\n### Additions");
        for group in &summary.additions {
            let note = group
                .note
                .map_or(String::new(), |note| format!(" ({note})"));
            if group.title == "Operations" && group.lines.len() > FEW {
                let names = group.lines.iter().map(|line| line.subject.as_str());
                let names = names.collect::<Vec<_>>().join(", ");
                let number = group.lines.len();
                let _ = writeln!(out, "\n**{number} operations**: {names}");
                folded("Details", &group.lines, out);
            } else {
                let _ = writeln!(out, "\n**{}**{note}\n", group.title);
                lines(&group.lines, out);
            }
        }
    }
    if !summary.wire.is_empty() {
        let _ = writeln!(out, "\n### Endpoints, requests and waiters\n");
        lines(&summary.wire, out);
    }
    folded(
        "Constraints, which the service checks and the crate documents",
        &summary.constraints,
        out,
    );
    folded("Documentation", &summary.documentation, out);
    table(files, out);
}

pub(crate) fn lines(lines: &[Line], out: &mut String) {
    for line in lines {
        let said = match line.said.as_str() {
            "" => String::new(),
            said if said.starts_with("is ") => format!(" {said}"),
            said => format!(": {said}"),
        };
        let note = match &line.note {
            Some(note) if said.is_empty() => format!(": {note}"),
            Some(note) => format!("; {note}"),
            None => String::new(),
        };
        // Quoted text of the model must neither begin a line nor hide anything.
        let line = format!("- {}{said}{note}", line.subject);
        let _ = writeln!(out, "{}", visible(&line));
    }
}

fn folded(title: &str, all: &[Line], out: &mut String) {
    if all.is_empty() {
        return;
    }
    let number = count(super::summary::total(all.iter()), "change");
    let _ = writeln!(out, "\n<details><summary>{title}: {number}</summary>\n");
    lines(all, out);
    let _ = writeln!(out, "\n</details>");
}

fn table(files: &Files, out: &mut String) {
    let changed = match files {
        Files::Changed(changed) if changed.is_empty() => return,
        Files::Changed(changed) => changed,
        Files::Unknown(report) => {
            let first = report.to_string();
            let first = first
                .lines()
                .next()
                .unwrap_or_default()
                .trim_start_matches("error: ");
            let _ = writeln!(
                out,
                "\nThe generated files cannot be compared, because one of the crates cannot be generated: {first}"
            );
            return;
        }
    };
    let (added, removed) = totals(changed);
    let title = format!(
        "{}: +{added} −{removed} lines",
        count(changed.len(), "generated file")
    );
    if changed.len() > ROWS {
        let _ = writeln!(out, "\n<details><summary>{title}</summary>\n");
    } else {
        let _ = writeln!(out, "\n### {title}\n");
    }
    let _ = writeln!(out, "| file | added | removed |\n|---|--:|--:|");
    for FileChange {
        path,
        there,
        added,
        removed,
        subjects: _,
        lines: _,
    } in changed
    {
        let what = match there {
            (false, _) => " (new)",
            (_, false) => " (gone)",
            _ => "",
        };
        let _ = writeln!(out, "| {}{what} | {added} | {removed} |", code(path));
    }
    if changed.len() > ROWS {
        let _ = writeln!(out, "\n</details>");
    }
}

/// Lines added and removed in all files.
pub(super) fn totals(files: &[FileChange]) -> (usize, usize) {
    let added = files.iter().map(|file| file.added).sum();
    let removed = files.iter().map(|file| file.removed).sum();
    (added, removed)
}
