//! Where the generated crates find the runtime and tinsmith-config: any dependency that Cargo has, as in `Cargo.toml`.

use super::FILE;
use crate::report::{Report, nearest};
use crate::workspace::Workspace;
use serde::de::{Deserializer, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, de};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use tinsmith_codegen::Dependency as Value;
use toml::Value as Toml;

/// The keys of a dependency in Cargo that are texts: where it is, or what it is called there.
const TEXTS: [&str; 9] = [
    "path",
    "version",
    "git",
    "branch",
    "tag",
    "rev",
    "registry",
    "registry-index",
    "package",
];

/// Those of them that say where it is.
const SOURCES: [&str; 3] = ["path", "version", "git"];

/// Its other keys.
const OTHERS: [&str; 3] = ["workspace", "features", "default-features"];

/// `"0.1"` or `{ path = "runtime", features = ["sigv4a"] }`: a dependency as in `Cargo.toml`, with its path relative to the
/// root.
#[derive(Clone, Debug, PartialEq)]
pub struct Dependency(BTreeMap<String, Toml>);

impl<'de> Deserialize<'de> for Dependency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Dependency;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a version, or a table as in the dependencies of Cargo.toml")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Dependency, E> {
                Ok(Dependency::version(text))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Dependency, A::Error> {
                BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(Dependency)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl Dependency {
    /// A version that is published.
    pub(super) fn version(requirement: &str) -> Self {
        let version = Toml::String(requirement.to_owned());
        Self(BTreeMap::from([("version".to_owned(), version)]))
    }

    /// The same source, but another folder: `folder` in the place of the last component of the path. `None` if the path
    /// does not end in a name.
    pub(super) fn beside(&self, folder: &str) -> Option<Self> {
        let beside = self.value(Path::new(""), Some("")).beside(folder)?;
        let mut table = self.0.clone();
        table.remove("features");
        table.remove("package");
        for (key, value) in beside.place {
            table.insert(key, Toml::String(value));
        }
        Some(Self(table))
    }

    /// The dependency of a crate from which `root` is at `up` (`../../`); `None` for a crate on another drive, which uses
    /// the whole path.
    pub fn value(&self, root: &Path, up: Option<&str>) -> Value {
        let text = |key: &&str| Some(((*key).to_owned(), self.0.get(*key)?.as_str()?.to_owned()));
        let mut place: BTreeMap<String, String> = TEXTS.iter().filter_map(text).collect();
        if let Some(path) = place.get_mut("path")
            && !Path::new(path).is_absolute()
        {
            *path = match up {
                Some(up) => format!("{up}{path}"),
                None => root.join(&path).display().to_string(),
            };
        }
        let features = self.0.get("features").and_then(Toml::as_array);
        let features = features.into_iter().flatten().filter_map(Toml::as_str);
        Value {
            place,
            features: features.map(str::to_owned).collect(),
            default_features: self.0.get("default-features") != Some(&Toml::Boolean(false)),
        }
    }

    /// Whether the workspace says where it is.
    fn is_of_workspace(&self) -> bool {
        self.0.get("workspace") == Some(&Toml::Boolean(true))
    }

    /// Reports keys and values that Cargo does not have, and a table without a source. `setting` is its name in the file,
    /// `package` what it is the place of.
    pub(super) fn check(&self, setting: &str, package: &str, report: &mut Report) {
        let known: Vec<&str> = TEXTS.iter().chain(&OTHERS).copied().collect();
        for (key, value) in &self.0 {
            let place = format!("\n  in {FILE} at {setting}.{key}");
            if !known.contains(&key.as_str()) {
                report.push(format!(
                    "unknown key `{key}`{}{place}\n  known keys there: {}",
                    nearest(key, known.iter().copied()),
                    known.join(", ")
                ));
                continue;
            }
            let expected = match key.as_str() {
                "workspace" if *value != Toml::Boolean(true) => "`true`",
                "default-features" if !value.is_bool() => "`true` or `false`",
                "features" if !is_list_of_texts(value) => "an array of the names of features",
                key if TEXTS.contains(&key) && !value.is_str() => "a text",
                _ => continue,
            };
            report.push(format!(
                "expected {expected}, found {}{place}",
                described(value)
            ));
        }
        if self.is_of_workspace() {
            let others = self.0.keys().filter(|key| known.contains(&key.as_str()));
            for key in others.filter(|key| !matches!(key.as_str(), "workspace" | "features")) {
                report.push(format!(
                    "expected nothing but `features` beside `workspace = true`, found `{key}`\n  in {FILE} at {setting}.{key}\n  it belongs to {package} in [workspace.dependencies] of Cargo.toml"
                ));
            }
        } else if SOURCES.iter().all(|key| !self.0.contains_key(*key)) {
            report.push(format!(
                "expected `path`, `version`, `git` or `workspace`, for the place of {package}, found none of them\n  in {FILE} at {setting}"
            ));
        }
    }

    /// Reports that the workspace does not have `package` among its dependencies, if it says where that is.
    pub(super) fn check_workspace(
        &self,
        setting: &str,
        package: &str,
        workspace: &Workspace,
        report: &mut Report,
    ) {
        if self.is_of_workspace() && !workspace.dependencies.contains(package) {
            report.push(format!(
                "expected {package} in [workspace.dependencies] of Cargo.toml, since {FILE} says `workspace = true` at {setting}, found none\n  add this line there: {package} = \"{}\"",
                env!("CARGO_PKG_VERSION")
            ));
        }
    }
}

fn is_list_of_texts(value: &Toml) -> bool {
    value
        .as_array()
        .is_some_and(|items| items.iter().all(Toml::is_str))
}

fn described(value: &Toml) -> String {
    match value {
        Toml::String(text) => format!("`{text}`"),
        Toml::Boolean(flag) => format!("`{flag}`"),
        other => format!("a value of the type {}", other.type_str()),
    }
}
