//! The text of one shared file, taken apart into sections. Pure; knows no setting's meaning.

use super::Section;
use std::collections::BTreeMap;

/// The two files differ in how a profile's section is headed: `[profile x]` or `[x]`.
#[derive(Clone, Copy)]
pub(super) enum FileKind {
    Config,
    Credentials,
}

/// The sections of one file by kind and name.
#[derive(Default)]
pub(super) struct Parsed {
    pub(super) profiles: BTreeMap<String, Section>,
    pub(super) sso_sessions: BTreeMap<String, Section>,
    pub(super) services: BTreeMap<String, Section>,
}

/// Where a file breaks the format. The line itself is not quoted: it may be a secret.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) line: usize,
    pub(super) message: &'static str,
}

enum Header {
    Profile(String),
    /// `[default]` in the configuration file: counts only where there is no `[profile default]`.
    BareDefault,
    SsoSession(String),
    Services(String),
    Unknown,
}

pub(super) fn parse(kind: FileKind, text: &str) -> Result<Parsed, Problem> {
    let mut parsed = Parsed::default();
    let mut bare_default: Option<Section> = None;
    let mut ignored = Section::default();
    let mut section: Option<&mut Section> = None;
    let mut property: Option<String> = None;

    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let problem = |message| Problem {
            line: index + 1,
            message,
        };
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
            continue;
        }
        let continues = line.starts_with([' ', '\t']) && property.is_some();
        if !continues && trimmed.starts_with('[') {
            let name = trimmed
                .split_once(']')
                .ok_or(problem("expected `]` at the end of a section's name"))?
                .0
                .trim_start_matches('[');
            section = Some(match read_header(kind, name.trim()) {
                Header::Profile(name) => parsed.profiles.entry(name).or_default(),
                Header::BareDefault => bare_default.get_or_insert_default(),
                Header::SsoSession(name) => parsed.sso_sessions.entry(name).or_default(),
                Header::Services(name) => parsed.services.entry(name).or_default(),
                Header::Unknown => &mut ignored,
            });
            property = None;
            continue;
        }
        let section = section.as_deref_mut().ok_or(problem(
            "expected a section such as `[default]` before the first setting",
        ))?;
        match &property {
            Some(property) if continues => {
                continue_property(section, property, trimmed).ok_or(problem(
                    "expected `name = value` in an indented line below a setting without a value",
                ))?
            }
            _ => {
                let (name, value) =
                    split(trimmed).ok_or(problem("expected `name = value` or `[section]`"))?;
                // The same name again replaces what it had, nested settings too.
                section.nested.remove(&name);
                section.values.insert(name.clone(), value);
                property = Some(name);
            }
        }
    }
    if let Some(section) = bare_default {
        parsed
            .profiles
            .entry("default".to_owned())
            .or_insert(section);
    }
    Ok(parsed)
}

fn read_header(kind: FileKind, text: &str) -> Header {
    let (word, name) = text.split_once([' ', '\t']).unwrap_or((text, ""));
    let name = name.trim().trim_matches(['"', '\'']).to_owned();
    match (kind, word) {
        (FileKind::Credentials, _) if name.is_empty() => Header::Profile(text.to_owned()),
        (FileKind::Credentials, _) => Header::Unknown,
        (FileKind::Config, "default") if name.is_empty() => Header::BareDefault,
        (FileKind::Config, _) if name.is_empty() => Header::Unknown,
        (FileKind::Config, "profile") => Header::Profile(name),
        (FileKind::Config, "sso-session") => Header::SsoSession(name),
        (FileKind::Config, "services") => Header::Services(name),
        (FileKind::Config, _) => Header::Unknown,
    }
}

/// `Name = value  # comment` as a lower-case name and the bare value.
fn split(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim().to_ascii_lowercase();
    let comment = value
        .char_indices()
        .zip(value.chars().skip(1))
        .find(|((_, before), sign)| before.is_whitespace() && matches!(sign, '#' | ';'))
        .map_or(value.len(), |((index, _), _)| index);
    let value = value.get(..comment).unwrap_or(value).trim().to_owned();
    (!name.is_empty()).then_some((name, value))
}

/// An indented line: a nested setting where the property has no value of its own, else one more line of its value.
fn continue_property(section: &mut Section, property: &str, line: &str) -> Option<()> {
    match section.values.get_mut(property) {
        Some(value) if !value.is_empty() => {
            value.push('\n');
            value.push_str(line);
        }
        _ => {
            let (name, value) = split(line)?;
            section
                .nested
                .entry(property.to_owned())
                .or_default()
                .insert(name, value);
        }
    }
    Some(())
}
