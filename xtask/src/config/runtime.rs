//! Where the generated crates find the runtime: what their `Cargo.toml` says of it.

use super::FILE;
use crate::report::{Report, nearest};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What Cargo takes for the place of a dependency.
const KEYS: &[&str] = &["path", "version", "git", "branch", "tag", "rev"];

/// `runtime = { path = "runtime" }`: a dependency's table as in `Cargo.toml`, its path seen from the root.
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
    /// The dependency's value for a crate that lies `up` (`../../`) above the root; `None` for a crate elsewhere, which
    /// takes the path from `root`.
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

    /// Complains about keys that Cargo does not take, and where none says where the runtime is.
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
                "expected `path`, `version` or `git`, which say where the runtime is, found none of them\n  in {FILE} at runtime"
            ));
        }
    }
}
