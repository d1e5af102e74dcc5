//! The shared configuration and credentials files (`~/.aws/config`, `~/.aws/credentials`): finding, reading and
//! merging them. What the settings mean is decided elsewhere. Format: the "shared config and credentials files"
//! page of the AWS SDKs and Tools Reference Guide.

mod parse;

use crate::config::ConfigError;
use crate::environment::Environment;
use parse::{FileKind, Parsed};
use std::collections::BTreeMap;
use std::fmt;

/// The settings of one section, by lower-case name; a setting without a value may hold settings of its own.
#[derive(Clone, Default)]
pub(crate) struct Section {
    values: BTreeMap<String, String>,
    nested: BTreeMap<String, BTreeMap<String, String>>,
}

impl Section {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// The settings that stand indented below settings without a value, by the name of those.
    pub(crate) fn all_nested(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, String>)> {
        self.nested
            .iter()
            .map(|(name, settings)| (name.as_str(), settings))
    }

    /// Takes over the settings of `other`, which win.
    fn merge(&mut self, other: Self) {
        self.values.extend(other.values);
        for (name, settings) in other.nested {
            self.nested.entry(name).or_default().extend(settings);
        }
    }
}

/// What a shared file was found to be, for messages.
struct FileSeen {
    path: String,
    state: String,
}

/// The shared files as they were found, with the profile that is in force.
pub(crate) struct Profiles {
    profiles: BTreeMap<String, Section>,
    sso_sessions: BTreeMap<String, Section>,
    services: BTreeMap<String, Section>,
    files: Vec<FileSeen>,
    name: String,
}

const FILES: [(FileKind, &str, &str); 2] = [
    (FileKind::Config, "AWS_CONFIG_FILE", "~/.aws/config"),
    (
        FileKind::Credentials,
        "AWS_SHARED_CREDENTIALS_FILE",
        "~/.aws/credentials",
    ),
];

impl Profiles {
    /// Reads both files. A file that is not there is empty; a profile that was asked for by name must exist.
    pub(crate) async fn load(
        environment: &Environment,
        name: Option<&str>,
    ) -> Result<Self, ConfigError> {
        let (name, asked_by) = match name {
            Some(name) => (name.to_owned(), Some("Config::builder().profile(…)")),
            None => ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]
                .into_iter()
                .find_map(|variable| Some((environment.variable(variable)?, Some(variable))))
                .unwrap_or(("default".to_owned(), None)),
        };
        let mut all = Self {
            profiles: BTreeMap::new(),
            sso_sessions: BTreeMap::new(),
            services: BTreeMap::new(),
            files: Vec::new(),
            name,
        };
        for (kind, variable, default) in FILES {
            let path =
                environment.expand(environment.variable(variable).as_deref().unwrap_or(default));
            let shown = path.display().to_string();
            let state = match environment.read(&path).await {
                Ok(text) => {
                    let parsed = parse::parse(kind, &text).map_err(|problem| {
                        ConfigError::new(format!(
                            "{shown} line {}: {}",
                            problem.line, problem.message
                        ))
                    })?;
                    all.add(parsed);
                    "read".to_owned()
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    "not there".to_owned()
                }
                Err(error) => format!("could not be read: {error}"),
            };
            all.files.push(FileSeen { path: shown, state });
        }
        if let Some(asked_by) = asked_by
            && !all.profiles.contains_key(&all.name)
        {
            return Err(ConfigError::new(format!(
                "profile `{}`, asked for by {asked_by}, does not exist; looked in {}; profiles found: {}",
                all.name,
                all.files(),
                if all.profiles.is_empty() {
                    "none".to_owned()
                } else {
                    all.profiles
                        .keys()
                        .map(|name| format!("`{name}`"))
                        .collect::<Vec<_>>()
                        .join(", ")
                },
            )));
        }
        Ok(all)
    }

    fn add(&mut self, parsed: Parsed) {
        for (into, from) in [
            (&mut self.profiles, parsed.profiles),
            (&mut self.sso_sessions, parsed.sso_sessions),
            (&mut self.services, parsed.services),
        ] {
            for (name, section) in from {
                into.entry(name).or_default().merge(section);
            }
        }
    }

    /// The name of the profile in force.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The profile in force; `None` where the default one is not there.
    pub(crate) fn current(&self) -> Option<&Section> {
        self.profile(&self.name)
    }

    pub(crate) fn profile(&self, name: &str) -> Option<&Section> {
        self.profiles.get(name)
    }

    pub(crate) fn sso_session(&self, name: &str) -> Option<&Section> {
        self.sso_sessions.get(name)
    }

    pub(crate) fn services(&self, name: &str) -> Option<&Section> {
        self.services.get(name)
    }

    /// A setting of the profile in force.
    pub(crate) fn setting(&self, name: &str) -> Option<&str> {
        self.current()?.get(name)
    }

    /// The files that were looked at and what was found: `/home/me/.aws/config (read) and … (not there)`.
    pub(crate) fn files(&self) -> impl fmt::Display {
        let seen = self
            .files
            .iter()
            .map(|file| format!("{} ({})", file.path, file.state));
        seen.collect::<Vec<_>>().join(" and ")
    }
}
