//! Where the generated crates find the runtime and tinsmith-config: the dependencies in their `Cargo.toml`.

use super::FILE;
use crate::report::{Report, nearest};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The keys of a dependency in Cargo that say where it is.
const KEYS: &[&str] = &["path", "version", "git", "branch", "tag", "rev"];

/// `{ path = "runtime" }`: a dependency's table as in `Cargo.toml`, with its path relative to the root.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Dependency(BTreeMap<String, String>);

impl Dependency {
    /// A folder of the workspace.
    pub(super) fn in_folder(folder: &str) -> Self {
        Self(BTreeMap::from([("path".to_owned(), folder.to_owned())]))
    }

    /// The same source, but another folder: `folder` in the place of the last component of the path. `None` if the path
    /// does not end in a name.
    pub(super) fn beside(&self, folder: &str) -> Option<Self> {
        let mut table = self.0.clone();
        if let Some(path) = table.get_mut("path") {
            let name = path.trim_end_matches('/').rsplit('/').next();
            let name = name.filter(|name| !matches!(*name, "" | "." | ".."))?;
            let before = path.trim_end_matches('/').len() - name.len();
            path.truncate(before);
            path.push_str(folder);
        }
        Some(Self(table))
    }

    /// The dependency's value for a crate that is `up` (`../../`) below the root; `None` for a crate elsewhere, which
    /// uses the path from `root`.
    pub fn value(&self, root: &Path, up: Option<&str>) -> String {
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

    /// Reports keys that Cargo does not have, and a table without a source. `setting` is its name in the file, `package`
    /// what it is the place of.
    pub(super) fn check(&self, setting: &str, package: &str, report: &mut Report) {
        for key in self.0.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            report.push(format!(
                "unknown key `{key}`{}\n  in {FILE} at {setting}.{key}\n  known keys there: {}",
                nearest(key, KEYS.iter().copied()),
                KEYS.join(", ")
            ));
        }
        if ["path", "version", "git"]
            .iter()
            .all(|key| !self.0.contains_key(*key))
        {
            report.push(format!(
                "expected `path`, `version` or `git`, for the place of {package}, found none of them\n  in {FILE} at {setting}"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Dependency;

    #[test]
    fn only_a_name_at_the_end_of_a_path_is_replaced() {
        for (path, expected) in [
            ("runtime", Some("config")),
            ("../tinsmith/runtime", Some("../tinsmith/config")),
            ("/opt/tinsmith/runtime/", Some("/opt/tinsmith/config")),
            ("..", None),
            ("tinsmith/..", None),
            (".", None),
            ("/", None),
            ("", None),
        ] {
            let found = Dependency::in_folder(path).beside("config");
            assert_eq!(found, expected.map(Dependency::in_folder), "{path}");
        }
    }
}
