//! A section of a shared file as the settings look it up.

use super::heading::FileKind;
use super::parse::{RawSection, Setting, Value};
use crate::sign::Secret;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The settings of one section of one file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Section {
    settings: BTreeMap<String, Setting>,
    path: Arc<str>,
}

impl Section {
    pub(super) fn new(path: &Arc<str>, raw: RawSection) -> Self {
        Self {
            settings: raw.settings,
            path: path.clone(),
        }
    }

    /// The value of a setting; one that is set to nothing is not set. The error says where it stands, not what it is.
    pub(crate) fn get(&self, name: &str) -> Result<Option<&str>, String> {
        let Some(setting) = self.settings.get(name) else {
            return Ok(None);
        };
        let found = match &setting.value {
            Value::Line(value) => return Ok(Some(&**value).filter(|value| !value.is_empty())),
            Value::Lines => "one that goes on in the next line",
            Value::Nested(_) => "indented settings",
        };
        let (line, path) = (setting.line, &self.path);
        Err(format!(
            "`{name}` in line {line} of {path}: expected a value of one line, found {found}"
        ))
    }

    /// Whether the setting stands here, if only set to nothing.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.settings.contains_key(name)
    }

    /// The settings that stand here, by name.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.settings.keys().map(String::as_str)
    }

    /// The settings that stand indented below settings without a value, by the name of those.
    pub(crate) fn all_nested(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, Secret>)> {
        self.settings
            .iter()
            .filter_map(|(name, setting)| match &setting.value {
                Value::Nested(nested) => Some((name.as_str(), nested)),
                Value::Line(_) | Value::Lines => None,
            })
    }
}

/// What both files say of one profile; the credentials file counts first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    pub(super) config: Section,
    pub(super) credentials: Section,
}

impl Profile {
    /// See [`Section::get`].
    pub(crate) fn get(&self, name: &str) -> Result<Option<&str>, String> {
        if self.credentials.has(name) {
            self.credentials.get(name)
        } else {
            self.config.get(name)
        }
    }

    /// Whether the setting stands in either file, if only set to nothing.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.credentials.has(name) || self.config.has(name)
    }

    /// What one of the files says of it.
    pub(crate) fn section(&self, file: FileKind) -> &Section {
        match file {
            FileKind::Config => &self.config,
            FileKind::Credentials => &self.credentials,
        }
    }
}

/// What a shared file was found to be, for messages.
pub(super) struct FileSeen {
    pub(super) path: Arc<str>,
    pub(super) state: String,
    /// Headings that stand for nothing that we know.
    pub(super) skipped: Vec<(usize, String)>,
}

impl fmt::Display for FileSeen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}", self.path, self.state)?;
        for (index, (line, heading)) in self.skipped.iter().enumerate() {
            f.write_str(if index == 0 { "; skipped " } else { ", " })?;
            write!(f, "[{heading}] in line {line}")?;
        }
        f.write_str(")")
    }
}
