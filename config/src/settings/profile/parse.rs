//! Parses the text of one shared file into sections, without input or output; headings and settings have no meaning
//! here.
//!
//! The format is that of the "shared config and credentials files" page of the AWS SDKs and Tools Reference Guide;
//! where that is silent, the rules are botocore's, since users edit these files for it. So a line continues the setting
//! before it only if it is indented more than that setting, and neither a section nor a setting may be repeated.

use std::collections::BTreeMap;
use tinsmith_runtime::loading::Secret;

/// One section of a file.
#[derive(Debug)]
pub(super) struct RawSection {
    /// The text between the brackets, with its spaces and quotes.
    pub(super) heading: String,
    pub(super) line: usize,
    /// By name in lower case.
    pub(super) settings: BTreeMap<String, Setting>,
}

/// A setting and its line.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) line: usize,
    pub(super) value: Value,
}

/// The value of a setting.
#[derive(Clone)]
pub(super) enum Value {
    /// Text, which may be empty.
    Line(Secret),
    /// A text that continues in indented lines, which is not a setting that is read here.
    Lines,
    /// Settings that are indented below a setting without a value, by name; their names are case-sensitive.
    Nested(BTreeMap<String, Secret>),
}

/// A value may be a secret.
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Line(_) => "Line(** redacted **)",
            Self::Lines => "Lines",
            Self::Nested(_) => "Nested(** redacted **)",
        })
    }
}

/// The error for a malformed file. The line itself is not quoted: it may be a secret.
#[derive(Debug, PartialEq)]
pub(super) struct Problem {
    pub(super) line: usize,
    pub(super) message: String,
}

impl Problem {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            message: message.into(),
        }
    }
}

/// The setting that the next lines may continue.
struct Open {
    name: String,
    indent: usize,
}

pub(super) fn parse(text: &str) -> Result<Vec<RawSection>, Problem> {
    let mut sections: Vec<RawSection> = Vec::new();
    let mut headings: BTreeMap<&str, usize> = BTreeMap::new();
    let mut open: Option<Open> = None;
    for (index, line) in lines(text).enumerate() {
        let number = index + 1;
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
            continue;
        }
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        if let (Some(open), Some(section)) = (&open, sections.last_mut())
            && indent > open.indent
        {
            if let Some(setting) = section.settings.get_mut(&open.name) {
                go_on(setting, trimmed).map_err(|message| Problem::new(number, message))?;
            }
            continue;
        }
        if trimmed.starts_with('[') {
            let heading = heading(trimmed).ok_or_else(|| {
                Problem::new(number, "expected `]` at the end of a section's name")
            })?;
            if let Some(first) = headings.insert(heading, number) {
                let message = format!(
                    "expected each section once, found one that began in line {first} as well"
                );
                return Err(Problem::new(number, message));
            }
            sections.push(RawSection {
                heading: heading.to_owned(),
                line: number,
                settings: BTreeMap::new(),
            });
            open = None;
            continue;
        }
        let section = sections.last_mut().ok_or_else(|| {
            Problem::new(
                number,
                "expected a section such as `[default]` before the first setting",
            )
        })?;
        let (name, value) = split(trimmed, &['=', ':'])
            .ok_or_else(|| Problem::new(number, "expected `name = value` or `[section]`"))?;
        let name = name.to_lowercase();
        if let Some(first) = section.settings.get(&name) {
            let message = format!(
                "expected each setting of a section once, found one in line {} as well",
                first.line
            );
            return Err(Problem::new(number, message));
        }
        let value = Value::Line(value.into());
        section.settings.insert(
            name.clone(),
            Setting {
                line: number,
                value,
            },
        );
        open = Some(Open { name, indent });
    }
    Ok(sections)
}

/// The lines of a text, with any kind of line end. A byte order mark does not belong to the first line.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.split('\n').flat_map(|line| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split('\r')
    })
}

/// The text between the brackets of `[heading]  # comment`; the name in it may contain brackets.
fn heading(line: &str) -> Option<&str> {
    let line = without_comment(line, |before| before.trim_end().ends_with(']'));
    let (heading, _) = line.strip_prefix('[')?.rsplit_once(']')?;
    (!heading.is_empty()).then_some(heading)
}

/// Splits `Name = value  # comment` into the name and the value.
fn split<'a>(line: &'a str, delimiters: &[char]) -> Option<(&'a str, String)> {
    let (name, value) = line.split_once(delimiters)?;
    let name = name.trim();
    let value = without_comment(value, |_| true).trim().to_owned();
    (!name.is_empty()).then_some((name, value))
}

/// The text before the `#` or `;` of a comment: one after white space, if `may_end` is true for the text before it.
fn without_comment(text: &str, may_end: impl Fn(&str) -> bool) -> &str {
    let mut after_space = false;
    for (index, sign) in text.char_indices() {
        let before = text.get(..index).unwrap_or_default();
        if after_space && matches!(sign, '#' | ';') && may_end(before) {
            return before;
        }
        after_space = sign.is_whitespace();
    }
    text
}

/// Adds an indented line: a nested setting if there is no value yet, else a further line of the value.
fn go_on(setting: &mut Setting, line: &str) -> Result<(), &'static str> {
    let nested = match &mut setting.value {
        Value::Line(value) if value.is_empty() => {
            setting.value = Value::Nested(BTreeMap::new());
            return go_on(setting, line);
        }
        Value::Line(_) | Value::Lines => {
            setting.value = Value::Lines;
            return Ok(());
        }
        Value::Nested(nested) => nested,
    };
    let (name, value) = split(line, &['='])
        .ok_or("expected `name = value` in an indented line below a setting without a value")?;
    nested.insert(name.to_owned(), value.into());
    Ok(())
}
