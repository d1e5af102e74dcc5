//! `SOURCES.toml`, beside an imported model: the package and the version that it is from.

use crate::command;
use crate::config::Documentation;
use crate::load::smithy;
use crate::report::{Report, shown};
use crate::write;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

/// The file's name, in the model's folder.
pub const FILE: &str = "SOURCES.toml";

/// A package and its version.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Origin {
    /// The package: `botocore`.
    pub package: String,
    /// Its version.
    pub version: String,
}

impl Origin {
    /// The origin of the model at `path` (its folder, or a file in it); `None` if it is not recorded. Messages name the
    /// file relative to `root`.
    ///
    /// # Errors
    /// The file cannot be read or does not name package and version.
    pub fn read(root: &Path, path: &Path) -> Result<Option<Self>, Report> {
        let (path, _) = smithy::split(path);
        let folder = match path.parent() {
            Some(folder) if path.is_file() => folder,
            _ => &path,
        };
        let file = folder.join(FILE);
        let bytes =
            write::existing(&file).map_err(|error| Report::io("cannot read", &file, &error))?;
        let Some(bytes) = bytes else { return Ok(None) };
        toml::from_str(&String::from_utf8_lossy(&bytes))
            .map(Some)
            .map_err(|error| {
                Report::new(format!(
                    "expected `package` and `version` in {}: {}\n  `{} import` writes the file again",
                    shown(root, &file),
                    error.to_string().trim_end(),
                    command::name()
                ))
            })
    }

    /// The file's text; `digests` has one line for each file of the model.
    pub fn print(&self, documentation: Documentation, digests: &str) -> String {
        format!(
            "# Written by Tinsmith: the origin of the files in this folder.\n# sha256 is that of each file as the package has it, uncompressed.\npackage = {}\nversion = {}\ndocumentation = \"{}\"\n\n[sha256]\n{digests}",
            toml_edit::Value::from(self.package.as_str()),
            toml_edit::Value::from(self.version.as_str()),
            documentation.as_str()
        )
    }
}

/// The names of the files in the folder of a model that were imported; others are the project's.
///
/// # Errors
/// The file cannot be read.
pub fn imported(folder: &Path) -> Result<BTreeSet<String>, Report> {
    #[derive(Deserialize)]
    struct Digests {
        #[serde(default)]
        sha256: BTreeMap<String, String>,
    }
    let file = folder.join(FILE);
    let bytes = write::existing(&file).map_err(|error| Report::io("cannot read", &file, &error))?;
    let text = bytes.unwrap_or_default();
    // A file that is not valid is written again by the import.
    let digests = toml::from_str::<Digests>(&String::from_utf8_lossy(&text));
    Ok(digests.map_or_else(
        |_| BTreeSet::new(),
        |digests| digests.sha256.into_keys().collect(),
    ))
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.package, self.version)
    }
}
