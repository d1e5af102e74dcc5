//! Where the generated crates find the runtime: the dependency in their `Cargo.toml`.

use super::FILE;
use crate::report::{Report, nearest};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The keys of a dependency in Cargo that say where it is.
const KEYS: &[&str] = &["path", "version", "git", "branch", "tag", "rev"];

/// `runtime = { path = "runtime" }`: a dependency's table as in `Cargo.toml`, with its path relative to the root.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Runtime(BTreeMap<String, String>);

impl Default for Runtime {
    /// The workspace's own: `{ path = "runtime" }`.
    fn default() -> Self {
        Self(BTreeMap::from([("path".to_owned(), "runtime".to_owned())]))
    }
}

impl Runtime {
    /// The dependency's value for a crate that is `up` (`../../`) below the root; `None` for a crate elsewhere, which
    /// uses the path from `root`.
    pub fn dependency(&self, root: &Path, up: Option<&str>) -> String {
        let pairs = self.0.iter().map(|(key, value)| {
            let value = match up {
                _ if key != "path" || Path::new(value).is_absolute() => value.clone(),
                Some(up) => format!("{up}{value}"),
                None => root.join(value).display().to_string(),
            };
            format!("{key} = {}", toml_edit::Value::from(value))
        });
        format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
    }

    /// Reports keys that Cargo does not have, and a table without a source of the runtime.
    pub(super) fn check(&self, report: &mut Report) {
        for key in self.0.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            report.push(format!(
                "unknown key `{key}`{}\n  in {FILE} at runtime.{key}\n  known keys there: {}",
                nearest(key, KEYS.iter().copied()),
                KEYS.join(", ")
            ));
        }
        if ["path", "version", "git"]
            .iter()
            .all(|key| !self.0.contains_key(*key))
        {
            report.push(format!(
                "expected `path`, `version` or `git`, for the place of the runtime, found none of them\n  in {FILE} at runtime"
            ));
        }
    }
}
