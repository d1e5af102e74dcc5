//! Errors as messages: all of them, each with what was expected, what was found, where, and what to do.

use anstyle::{AnsiColor, Style};
use std::fmt::{self, Write};
use std::path::Path;
use tinsmith_codegen::{Problems, is_invisible};

/// Why a command did nothing. Never empty in an error.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Report(Vec<String>);

impl Report {
    /// One problem. The first line is the message; the lines that follow are indented.
    pub fn new(problem: impl Into<String>) -> Self {
        Self(vec![problem.into()])
    }

    /// An error of the operating system: `what` is "cannot write", "cannot read" and so on.
    pub fn io(what: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::new(format!("{what} {}: {error}", path.display()))
    }

    /// Adds one problem.
    pub fn push(&mut self, problem: impl Into<String>) {
        self.0.push(problem.into());
    }

    /// Adds the problems of another report.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The same, with a line below each problem.
    #[must_use]
    pub fn noted(self, line: &str) -> Self {
        let noted = self
            .0
            .into_iter()
            .map(|problem| format!("{problem}\n  {line}"));
        Self(noted.collect())
    }

    /// The problems, one by one.
    pub fn problems(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// `value` if there are no problems, else the report.
    ///
    /// # Errors
    /// The report itself, if it has a problem.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let newline = if index > 0 { "\n" } else { "" };
            write!(f, "{newline}error: {problem}")?;
        }
        Ok(())
    }
}

/// The same text, so that a failing test prints something readable.
impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for Report {}

impl From<Problems> for Report {
    fn from(problems: Problems) -> Self {
        if problems.0.is_empty() {
            return Self::new(
                "the generator failed without a reason; this is an error in the generator, please report it",
            );
        }
        let said = problems.0.iter().map(ToString::to_string);
        let bare = |text: String| text.strip_prefix("error: ").unwrap_or(&text).to_owned();
        Self(said.map(bare).collect())
    }
}

/// The names among `known` that are nearest to `name`, as the end of a sentence; empty if none is near.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let wanted = name.to_lowercase();
    let mut near: Vec<(f64, &str)> = known
        .into_iter()
        .map(|candidate| {
            (
                strsim::jaro_winkler(&wanted, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(likeness, _)| *likeness > 0.82)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let near: Vec<String> = near
        .iter()
        .take(3)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    match near.as_slice() {
        [] => String::new(),
        [one] => format!("; did you mean {one}?"),
        several => format!("; the nearest are {}", several.join(", ")),
    }
}

/// `path` for messages: relative to `root` if it is below it.
pub fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string()
}

/// A number and its noun: `1 operation`, `1,432 lines`.
pub fn count(number: usize, noun: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A report with its colours: the word `error`, and the lines of a diff. The stream drops them if it is not a terminal.
/// Control characters and invisible ones, with which a model could control a terminal, are replaced.
pub fn painted(text: &str) -> String {
    let red = Style::new().fg_color(Some(AnsiColor::Red.into()));
    let green = Style::new().fg_color(Some(AnsiColor::Green.into()));
    let harmless = |c: char| !is_invisible(c);
    let text: String = text
        .chars()
        .map(|c| if harmless(c) { c } else { '\u{fffd}' })
        .collect();
    let mut out = String::new();
    for line in text.lines() {
        let (style, styled, rest) = match line.strip_prefix("error:") {
            Some(rest) => (red.bold(), "error:", rest),
            None if line.starts_with("    -") => (red, line, ""),
            None if line.starts_with("    +") => (green, line, ""),
            None => (Style::new(), "", line),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{style}{styled}{style:#}{rest}");
    }
    out
}
