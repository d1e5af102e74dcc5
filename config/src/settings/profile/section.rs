//! A section of a shared file, for looking up settings.

use super::heading::FileKind;
use super::parse::{RawSection, Setting, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use tinsmith_runtime::loading::Secret;

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

    /// The value of a setting; an empty one counts as not set. The error says where it is, not what it is.
    pub(crate) fn get(&self, name: &str) -> Result<Option<&str>, String> {
        let Some(setting) = self.settings.get(name) else {
            return Ok(None);
        };
        let found = match &setting.value {
            Value::Line(value) => return Ok(Some(&**value).filter(|value| !value.is_empty())),
            Value::Lines => "one that continues in the next line",
            Value::Nested(_) => "indented settings",
        };
        let (line, path) = (setting.line, &self.path);
        Err(format!(
            "`{name}` in line {line} of {path}: expected a value of one line, found {found}"
        ))
    }

    /// Whether the setting is in this section, even if it is empty.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.settings.contains_key(name)
    }

    /// The names of the settings in this section.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.settings.keys().map(String::as_str)
    }

    /// The settings that are indented below settings without a value, by the names of those.
    pub(crate) fn all_nested(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, Secret>)> {
        self.settings
            .iter()
            .filter_map(|(name, setting)| match &setting.value {
                Value::Nested(nested) => Some((name.as_str(), nested)),
                Value::Line(_) | Value::Lines => None,
            })
    }
}

/// The settings of one profile in both files; the credentials file is used first.
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

    /// Whether the setting is in either file, even if it is empty.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.credentials.has(name) || self.config.has(name)
    }

    /// The settings of the profile in one of the files.
    pub(crate) fn section(&self, file: FileKind) -> &Section {
        match file {
            FileKind::Config => &self.config,
            FileKind::Credentials => &self.credentials,
        }
    }
}

/// The state of a shared file, for messages.
pub(super) struct FileSeen {
    pub(super) path: Arc<str>,
    pub(super) state: String,
    /// Headings that are not recognised.
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
