//! The report for a terminal: aligned, coloured on terminals, less than a screen for a usual update.

use super::markdown::totals;
use super::summary::{FEW, Line, Summary, total};
use super::{Compared, Files};
use crate::report::count;
use anstyle::{AnsiColor, Style};
use std::fmt::Write;
use tinsmith_codegen::Bump;

/// The largest width of a line.
const WIDTH: usize = 100;

/// The largest number of lines of one part; the other formats have the rest.
const MOST: usize = 20;

pub(super) fn render(all: &[Compared]) -> String {
    let mut out = String::new();
    for (index, compared) in all.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        one(compared, &mut out);
    }
    out
}

fn one(compared: &Compared, out: &mut String) {
    let Compared {
        service,
        labels: (from, to),
        diff,
        files,
    } = compared;
    let summary = Summary::of(diff);
    let bold = Style::new().bold();
    let refused = matches!(files, Files::Unknown(_));
    let style = match compared.bump() {
        Bump::Major => colour(AnsiColor::Red),
        Bump::Minor => colour(AnsiColor::Green),
        _ => Style::new(),
    }
    .bold();
    let bump = match diff.bump {
        _ if refused => "refused",
        Bump::None => "no change",
        bump => bump.as_str(),
    };
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "{bold}{}{bold:#}  {} -> {}  {style}{bump}{style:#}",
        plain(service),
        plain(from),
        plain(to)
    );
    if diff.changes.is_empty() && !refused {
        return;
    }
    if !diff.changes.is_empty() {
        let _ = writeln!(out, "{}", summary.counts());
    }
    part(
        "breaking",
        colour(AnsiColor::Red),
        &summary.breaking,
        None,
        out,
    );
    for group in &summary.additions {
        let title = group.title.to_lowercase();
        if title == "operations" && group.lines.len() > FEW {
            names(&title, &group.lines, out);
        } else {
            part(
                &title,
                colour(AnsiColor::Green),
                &group.lines,
                group.note,
                out,
            );
        }
    }
    part(
        "on the wire",
        colour(AnsiColor::Yellow),
        &summary.wire,
        None,
        out,
    );
    names("constraints", &summary.constraints, out);
    names("documentation", &summary.documentation, out);
    let files = match files {
        Files::Changed(changed) if changed.is_empty() => "no generated file changes".to_owned(),
        Files::Changed(changed) => {
            let (added, removed) = totals(changed);
            format!(
                "{}, +{added} -{removed} lines",
                count(changed.len(), "generated file")
            )
        }
        Files::Unknown(_) => {
            "generated files cannot be compared: one of the crates cannot be generated".to_owned()
        }
    };
    let _ = writeln!(out, "\n{files}");
}

fn colour(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(colour.into()))
}

fn heading(title: &str, style: Style, number: usize, note: Option<&str>, out: &mut String) {
    let number = if number > 1 {
        format!(" ({number})")
    } else {
        String::new()
    };
    let note = note.map_or(String::new(), |note| format!(": {}", plain(note)));
    let style = style.bold();
    let _ = writeln!(out, "\n{style}{title}{style:#}{number}{note}");
}

/// One line each: the subjects aligned, the text wrapped beside them.
fn part(title: &str, style: Style, lines: &[Line], note: Option<&str>, out: &mut String) {
    if lines.is_empty() {
        return;
    }
    heading(title, style, total(lines.iter()), note, out);
    let subjects = lines
        .iter()
        .map(|line| plain(&line.subject).chars().count());
    let column = subjects
        .filter(|width| *width <= WIDTH / 2)
        .max()
        .unwrap_or(0);
    for line in lines.iter().take(MOST) {
        let subject = plain(&line.subject);
        let said = match (&line.said, &line.note) {
            (said, Some(note)) if said.is_empty() => plain(note),
            (said, Some(note)) => format!("{}; {}", plain(said), plain(note)),
            (said, None) => plain(said),
        };
        let indent = " ".repeat(column + 4);
        let mut wrapped = wrap(&said, WIDTH.saturating_sub(column + 4)).into_iter();
        if subject.chars().count() > column {
            for line in wrap(&subject, WIDTH - 2) {
                let _ = writeln!(out, "  {line}");
            }
        } else {
            let first = wrapped.next().unwrap_or_default();
            let _ = writeln!(
                out,
                "{}",
                format!("  {subject:column$}  {first}").trim_end()
            );
        }
        for rest in wrapped.filter(|rest| !rest.is_empty()) {
            let _ = writeln!(out, "{indent}{rest}");
        }
    }
    if lines.len() > MOST {
        let _ = writeln!(
            out,
            "  … and {} more; --format markdown has them all",
            lines.len() - MOST
        );
    }
}

/// Only the subjects, as one wrapped list.
fn names(title: &str, lines: &[Line], out: &mut String) {
    if lines.is_empty() {
        return;
    }
    heading(title, Style::new(), total(lines.iter()), None, out);
    let names: Vec<String> = lines.iter().map(|line| plain(&line.subject)).collect();
    let wrapped = wrap(&names.join(", "), WIDTH - 2);
    for line in wrapped.iter().take(MOST) {
        let _ = writeln!(out, "  {line}");
    }
    if wrapped.len() > MOST {
        let _ = writeln!(out, "  … and more; --format markdown has them all");
    }
}

/// Without backticks, and without characters that control a terminal.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| *c != '`')
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// Words on lines of at most `width` characters; a longer word is on a line alone.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
