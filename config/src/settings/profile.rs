//! The shared configuration and credentials files (`~/.aws/config`, `~/.aws/credentials`): finding, reading and merging
//! them. What the settings mean is decided elsewhere. Format: the "shared config and credentials files" page of the AWS
//! SDKs and Tools Reference Guide.

mod heading;
mod parse;
mod section;
#[cfg(test)]
mod tests;

pub(crate) use heading::FileKind;
pub(crate) use section::{Profile, Section};

use crate::environment::Environment;
use heading::Heading;
use parse::RawSection;
use section::FileSeen;
use std::collections::BTreeMap;
use std::fmt;
use std::io::ErrorKind;
use std::sync::Arc;
use tinsmith_runtime::ConfigError;
use tinsmith_runtime::loading::Secret;

/// The shared files as they were found, with the selected profile.
pub(crate) struct Profiles {
    profiles: BTreeMap<String, Profile>,
    sso_sessions: BTreeMap<String, Section>,
    services: BTreeMap<String, Section>,
    files: Vec<FileSeen>,
    /// A file that exists and could not be read, so that its content is unknown.
    unreadable: bool,
    name: String,
    /// The variable or the setter that selected it.
    selected_by: Option<&'static str>,
}

const FILES: [(FileKind, &str, &str); 2] = [
    (FileKind::Config, "AWS_CONFIG_FILE", "~/.aws/config"),
    (
        FileKind::Credentials,
        "AWS_SHARED_CREDENTIALS_FILE",
        "~/.aws/credentials",
    ),
];

/// The variables with the name of the profile, in the order of the AWS CLI.
const NAME: [&str; 2] = ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"];

impl Profiles {
    /// Reads both files. A file that does not exist counts as empty; a profile that was named must exist.
    pub(crate) async fn load(
        environment: &Environment,
        name: Option<&str>,
    ) -> Result<Self, ConfigError> {
        let (name, asked_by) = match name {
            Some(name) => (name.to_owned(), Some("profile(…) of the loader")),
            None => NAME
                .into_iter()
                .find_map(|variable| Some((environment.variable(variable)?, Some(variable))))
                .unwrap_or(("default".to_owned(), None)),
        };
        let mut all = Self {
            profiles: BTreeMap::new(),
            sso_sessions: BTreeMap::new(),
            services: BTreeMap::new(),
            files: Vec::new(),
            unreadable: false,
            name,
            selected_by: asked_by,
        };
        for (kind, variable, default) in FILES {
            let path = environment.variable(variable);
            all.read(environment, kind, path.as_deref().unwrap_or(default))
                .await?;
        }
        match asked_by {
            Some(asked_by) if all.current().is_none() => Err(all.not_there(asked_by)),
            _ => Ok(all),
        }
    }

    async fn read(
        &mut self,
        environment: &Environment,
        kind: FileKind,
        path: &str,
    ) -> Result<(), ConfigError> {
        let path = environment.expand(path);
        let shown: Arc<str> = path.display().to_string().into();
        let (state, skipped) = match environment.read(&path).await {
            Ok(text) => {
                let text = Secret::from(text);
                let sections = parse::parse(&text).map_err(|problem| {
                    let parse::Problem { line, message } = problem;
                    ConfigError::new(format!("{shown} line {line}: {message}"))
                })?;
                ("read".to_owned(), self.add(kind, &shown, sections))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                ("not there".to_owned(), Vec::new())
            }
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                return Err(ConfigError::new(format!(
                    "{shown}: expected text in UTF-8, found something else"
                )));
            }
            Err(error) => {
                self.unreadable |= environment.is_file(&path).await;
                (format!("could not be read: {error}"), Vec::new())
            }
        };
        self.files.push(FileSeen {
            path: shown,
            state,
            skipped,
        });
        Ok(())
    }

    /// Adds the sections of a file; returns the headings that are not recognised.
    fn add(
        &mut self,
        kind: FileKind,
        path: &Arc<str>,
        sections: Vec<RawSection>,
    ) -> Vec<(usize, String)> {
        let mut skipped = Vec::new();
        let mut bare_default = None;
        for raw in sections {
            let heading = Heading::read(kind, &raw.heading);
            if heading == Heading::Unknown {
                skipped.push((raw.line, raw.heading));
                continue;
            }
            let section = Section::new(path, raw);
            // If two headings are spellings of one name, the later one counts, as in botocore.
            match heading {
                Heading::Profile(name) => self.set(kind, name, section),
                Heading::BareDefault => bare_default = Some(section),
                Heading::SsoSession(name) => _ = self.sso_sessions.insert(name, section),
                Heading::Services(name) => _ = self.services.insert(name, section),
                Heading::Unknown => {}
            }
        }
        if let Some(section) = bare_default
            && !self.profiles.contains_key("default")
        {
            self.set(kind, "default".to_owned(), section);
        }
        skipped
    }

    fn set(&mut self, kind: FileKind, name: String, section: Section) {
        let profile = self.profiles.entry(name).or_default();
        match kind {
            FileKind::Config => profile.config = section,
            FileKind::Credentials => profile.credentials = section,
        }
    }

    fn not_there(&self, asked_by: &str) -> ConfigError {
        let names = self.profiles.keys().map(|name| format!("`{name}`"));
        let names = names.collect::<Vec<_>>().join(", ");
        ConfigError::new(format!(
            "profile `{}`, selected by {asked_by}, does not exist; looked in {}; profiles found: {}",
            self.name,
            self.files(),
            if names.is_empty() { "none" } else { &names },
        ))
    }

    /// The name of the selected profile.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What selected it: a variable, the program, or nothing.
    pub(crate) fn selected_by(&self) -> &'static str {
        self.selected_by.unwrap_or("default")
    }

    /// The selected profile; `None` if it is the default one and does not exist.
    pub(crate) fn current(&self) -> Option<&Profile> {
        self.profile(&self.name)
    }

    pub(crate) fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.get(name)
    }

    pub(crate) fn sso_session(&self, name: &str) -> Option<&Section> {
        self.sso_sessions.get(name)
    }

    pub(crate) fn services(&self, name: &str) -> Option<&Section> {
        self.services.get(name)
    }

    /// A setting of the selected profile; see [`Section::get`].
    pub(crate) fn setting(&self, name: &str) -> Result<Option<&str>, String> {
        match self.current() {
            Some(profile) => profile.get(name),
            None => Ok(None),
        }
    }

    /// Why it is unknown whether the selected profile exists, if it is: a file that could not be read, or a heading
    /// that would name it without its spaces.
    pub(crate) fn in_doubt(&self) -> Option<String> {
        if self.unreadable {
            return Some(format!("the content of {} is not known", self.files()));
        }
        let skipped = self.files.iter().flat_map(|file| &file.skipped);
        let headings = self.profiles.keys().chain(skipped.map(|(_, text)| text));
        let mut near = headings.filter(|text| **text != self.name && text.trim() == self.name);
        let heading = near.next().filter(|_| self.current().is_none())?;
        Some(format!(
            "[{heading}] does not name it: expected no spaces beside the brackets, in {}",
            self.files()
        ))
    }

    /// The files and their states: `/home/me/.aws/config (read) and … (not there)`.
    pub(crate) fn files(&self) -> impl fmt::Display {
        let files = self.files.iter().map(ToString::to_string);
        files.collect::<Vec<_>>().join(" and ")
    }
}
