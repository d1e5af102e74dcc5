//! `tinsmith.toml`: the services, their operations, the paths of their models and crates.

use crate::command;
use crate::disk;
use crate::report::{Report, nearest, shown};
use crate::workspace::Workspace;
use indexmap::IndexMap;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, de};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use tinsmith_codegen::{Dependency as DependencyValue, Overrides, Package, Selection};

mod dependency;
mod keys;
mod validate;

pub use dependency::Dependency;

/// The file's name, at the root of the workspace.
pub const FILE: &str = "tinsmith.toml";

/// The licence of a crate that nothing gives another one: that of the models, whose names and texts it consists of.
pub const LICENSE: &str = "Apache-2.0";

/// The content of `tinsmith.toml`.
#[derive(Debug)]
pub struct Config {
    /// The workspace's root; every path in the file is relative to it.
    pub root: PathBuf,
    /// Whether the texts of imported models are kept.
    pub documentation: Documentation,
    /// What is kept of imported models.
    pub models: Kept,
    /// Where the generated crates find the runtime; the default is the published version of this generator.
    pub runtime: Dependency,
    /// Where they find tinsmith-config, which loads configurations; the default is as for the runtime, with `config` as the
    /// last component of a path. `None` if that is no default and no crate needs one.
    pub loader: Option<Dependency>,
    /// Whether crates have the feature `credentials`, and with it `Client::from_env`; the default is true.
    pub credentials: bool,
    /// The services by name, sorted.
    pub services: BTreeMap<String, Service>,
    /// The licence of crates, unless the workspace has one or a service another.
    pub license: Option<String>,
    /// Whether crates may be published; `None`: as the workspace says, or else not.
    pub publish: Option<bool>,
    /// The workspace that the crates are in.
    pub workspace: Workspace,
}

/// What is kept of a model that is imported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kept {
    /// All operations.
    #[default]
    Whole,
    /// The operations that are selected, and what they reach.
    Closure,
}

/// Whether the documentation of a service model is kept. Our own documentation, in `service-2.sdk-extras.json`, is
/// always kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Documentation {
    /// All of it.
    #[default]
    Keep,
    /// Facts only.
    Strip,
}

impl Documentation {
    /// The value in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Strip => "strip",
        }
    }
}

/// One `[services.NAME]` table.
#[derive(Debug)]
pub struct Service {
    /// The model's folder, `models/<service>/<api version>`, or a file: a Smithy JSON AST.
    pub model: PathBuf,
    /// The operations to generate.
    pub operations: Selection,
    /// The generated package's name; the default is the service's name.
    pub package: String,
    /// The lowest version of the generated package, for its first or next version; the default is 0.1.0. Changes raise
    /// it from there.
    pub version: String,
    /// The generated package's folder, relative to the root; the default is `generated/<service>`.
    pub out: PathBuf,
    /// The protocol to use, by its name in botocore's models; the default is the one that the crate uses already, or
    /// else the best.
    pub protocol: Option<String>,
    /// Whether the crate has the feature `credentials`; the default is that of the file.
    pub credentials: bool,
    /// The crate's licence; the default is that of the file.
    pub license: Option<String>,
    /// Whether the crate may be published; the default is that of the file.
    pub publish: Option<bool>,
    /// Corrections of the model.
    pub overrides: Overrides,
}

#[derive(Deserialize)]
struct RawConfig {
    #[serde(default)]
    documentation: Documentation,
    #[serde(default)]
    models: Kept,
    license: Option<String>,
    publish: Option<bool>,
    runtime: Option<Dependency>,
    config: Option<Dependency>,
    credentials: Option<bool>,
    #[serde(default)]
    services: BTreeMap<String, RawService>,
}

#[derive(Deserialize)]
struct RawService {
    model: PathBuf,
    #[serde(deserialize_with = "selection")]
    operations: Selection,
    package: Option<String>,
    version: Option<String>,
    out: Option<PathBuf>,
    protocol: Option<String>,
    credentials: Option<bool>,
    license: Option<String>,
    publish: Option<bool>,
    #[serde(default)]
    overrides: RawOverrides,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RawOverrides {
    required: IndexMap<String, bool>,
    renames: IndexMap<String, String>,
    unions: Vec<String>,
}

impl Config {
    /// Reads `tinsmith.toml` at `root`.
    ///
    /// # Errors
    /// The file is missing, is not TOML, or contains an unknown key or an invalid value.
    pub fn read(root: &Path) -> Result<Self, Report> {
        Self::parse(root, &text(root)?)
    }

    /// The same for a text that is not on disk.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(root: &Path, text: &str) -> Result<Self, Report> {
        keys::check(text)?;
        let raw: RawConfig = toml::from_str(text).map_err(|error| {
            Report::new(format!(
                "{FILE} is not valid: {}",
                error.to_string().trim_end()
            ))
        })?;
        let credentials = raw.credentials.unwrap_or(true);
        let services: BTreeMap<String, Service> = raw
            .services
            .into_iter()
            .map(|(name, raw)| (name.clone(), service(name, raw, credentials)))
            .collect();
        let mut report = Report::default();
        let workspace = Workspace::of(root)?;
        let runtime = raw
            .runtime
            .unwrap_or_else(|| Dependency::version(env!("CARGO_PKG_VERSION")));
        runtime.check("runtime", "tinsmith-runtime", &mut report);
        let is_loaded = credentials || services.values().any(|service| service.credentials);
        let loader = loader(raw.config, &runtime, is_loaded, &mut report);
        if !services.is_empty() {
            runtime.check_workspace("runtime", "tinsmith-runtime", &workspace, &mut report);
        }
        if let Some(loader) = loader
            .as_ref()
            .filter(|_| is_loaded && !services.is_empty())
        {
            loader.check_workspace("runtime", "tinsmith-config", &workspace, &mut report);
        }
        for (name, service) in &services {
            validate::service(name, service, &services, &mut report);
        }
        report.or(Self {
            root: root.to_owned(),
            documentation: raw.documentation,
            runtime,
            loader,
            credentials,
            services,
            models: raw.models,
            license: raw.license,
            publish: raw.publish,
            workspace,
        })
    }

    /// `tinsmith.toml` at `root`, or what an empty one says: for commands that need no project.
    ///
    /// # Errors
    /// As [`Config::read`], but for a file that is missing.
    pub fn read_or_default(root: &Path) -> Result<Self, Report> {
        match root.join(FILE).symlink_metadata() {
            Ok(_) => Self::read(root),
            Err(_) => Self::parse(root, ""),
        }
    }

    /// What `[package]` of a service's crate says.
    pub fn package(&self, service: &Service) -> Package {
        let mut inherited = self.workspace.inherited.clone();
        let license = service.license.as_ref().or(self.license.as_ref());
        if license.is_some() {
            inherited.retain(|key| !key.starts_with("license"));
        }
        let publish = service.publish.or(self.publish);
        if publish.is_some() {
            inherited.remove("publish");
        }
        let has_license = inherited.iter().any(|key| key.starts_with("license"));
        Package {
            license: match license {
                Some(license) => Some(license.clone()),
                None => Some(LICENSE.to_owned()).filter(|_| !has_license),
            },
            inherited,
            publish: publish.unwrap_or(false),
            is_workspace: false,
        }
    }

    /// The dependency on tinsmith-config of a crate, if it has the feature `credentials`; `up` as for [`Dependency::value`].
    pub fn loader_value(&self, credentials: bool, up: Option<&str>) -> Option<DependencyValue> {
        let loader = self.loader.as_ref().filter(|_| credentials)?;
        Some(loader.value(&self.root, up))
    }

    /// The configured service `name`.
    ///
    /// # Errors
    /// There is no such service; the message lists the configured ones, and the command that adds one.
    pub fn service(&self, name: &str) -> Result<&Service, Report> {
        self.services.get(name).ok_or_else(|| {
            let near = nearest(name, self.services.keys().map(String::as_str));
            let configured: Vec<&str> = self.services.keys().map(String::as_str).collect();
            Report::new(format!(
                "`{name}` is not a service in {FILE}{near}\n  configured: {}\n  to add it: {} add {name} OPERATION…",
                if configured.is_empty() { "none".to_owned() } else { configured.join(", ") },
                command::name()
            ))
        })
    }
}

/// The text of `tinsmith.toml`.
///
/// # Errors
/// The file cannot be read.
pub fn text(root: &Path) -> Result<String, Report> {
    let path = root.join(FILE);
    disk::read_to_string(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Report::new(format!(
            "no {FILE} in {}\n  it belongs at the root of the project and names the services to generate; `{} init` writes one",
            root.display(),
            command::name()
        )),
        _ => Report::io("cannot read", &path, &error),
    })
}

/// Where tinsmith-config is: as the file says, or else beside the runtime. Reports that it is neither, if it `is_needed`.
fn loader(
    given: Option<Dependency>,
    runtime: &Dependency,
    is_needed: bool,
    report: &mut Report,
) -> Option<Dependency> {
    if let Some(given) = given {
        given.check("config", "tinsmith-config", report);
        return Some(given);
    }
    let beside = runtime.beside("config");
    if beside.is_none() && is_needed {
        report.push(format!(
            "expected the place of tinsmith-config, since the path of the runtime does not end in the name of a folder that \
             `config` could replace, found none\n  in {FILE} at config\n  write config = {{ path = \"…\" }}, or credentials = \
             false for crates without `Client::from_env`"
        ));
    }
    beside
}

fn service(name: String, raw: RawService, credentials: bool) -> Service {
    Service {
        model: raw.model,
        operations: raw.operations,
        version: raw.version.unwrap_or_else(|| "0.1.0".to_owned()),
        out: raw
            .out
            .unwrap_or_else(|| Path::new("generated").join(&name)),
        package: raw.package.unwrap_or(name),
        protocol: raw.protocol,
        credentials: raw.credentials.unwrap_or(credentials),
        license: raw.license,
        publish: raw.publish,
        overrides: Overrides {
            required: raw.overrides.required,
            renames: raw.overrides.renames,
            unions: raw.overrides.unions,
        },
    }
}

/// `"all"` or an array of names.
fn selection<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Selection, D::Error> {
    struct Names;
    impl<'de> Visitor<'de> for Names {
        type Value = Selection;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("\"all\" or an array of operation names")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Selection, E> {
            match text {
                "all" => Ok(Selection::All),
                _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
            }
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Selection, A::Error> {
            let mut all = Vec::new();
            while let Some(name) = names.next_element()? {
                all.push(name);
            }
            Ok(Selection::Named(all))
        }
    }
    deserializer.deserialize_any(Names)
}

/// The workspace's root: the nearest folder at or above `from` with a `tinsmith.toml`.
///
/// # Errors
/// There is no such folder.
pub fn find_root(from: &Path) -> Result<PathBuf, Report> {
    from.ancestors()
        .find(|folder| folder.join(FILE).symlink_metadata().is_ok())
        .map(Path::to_owned)
        .ok_or_else(|| {
            Report::new(format!(
                "no {FILE} in {} or above it\n  run this inside of a project that has one, or write one with `{} init`",
                shown(Path::new(""), from),
                command::name()
            ))
        })
}
