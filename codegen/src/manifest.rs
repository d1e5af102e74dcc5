//! What a generated crate's `Cargo.toml` says besides its content: where the crates of ours are, and what it inherits from
//! a workspace.

use std::collections::{BTreeMap, BTreeSet};

/// The edition of generated code.
pub const EDITION: &str = "2024";

/// The oldest compiler that generated code and the runtime are for.
pub const RUST_VERSION: &str = env!("CARGO_PKG_RUST_VERSION");

/// A dependency of generated crates on a crate of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependency {
    /// Where it is: texts of Cargo's table, such as `path` with `../../runtime`. Empty: as in `[workspace.dependencies]`.
    pub place: BTreeMap<String, String>,
    /// Its features, besides those that the crate needs.
    pub features: Vec<String>,
    /// Whether the crate's default features include those that stand for the dependency's own. Of a dependency in
    /// `[workspace.dependencies]` that is said there.
    pub default_features: bool,
}

impl Dependency {
    /// A dependency in a folder, relative to the generated crate.
    #[must_use]
    pub fn in_folder(path: &str) -> Self {
        Self::at("path", path)
    }

    /// A version that is published.
    #[must_use]
    pub fn version(requirement: &str) -> Self {
        Self::at("version", requirement)
    }

    /// As the workspace says.
    #[must_use]
    pub fn of_workspace() -> Self {
        Self {
            default_features: true,
            ..Self::default()
        }
    }

    fn at(key: &str, value: &str) -> Self {
        Self {
            place: BTreeMap::from([(key.to_owned(), value.to_owned())]),
            ..Self::of_workspace()
        }
    }

    /// Whether the workspace says where it is.
    #[must_use]
    pub fn is_of_workspace(&self) -> bool {
        self.place.is_empty()
    }

    /// Another crate from the same source: for a path, `folder` in place of its last component. `None` if the path does
    /// not end in a name.
    #[must_use]
    pub fn beside(&self, folder: &str) -> Option<Self> {
        let mut place = self.place.clone();
        place.remove("package");
        if let Some(path) = place.get_mut("path") {
            let name = path.trim_end_matches('/').rsplit('/').next();
            let name = name.filter(|name| !matches!(*name, "" | "." | ".."))?;
            let before = path.trim_end_matches('/').len() - name.len();
            path.truncate(before);
            path.push_str(folder);
        }
        Some(Self {
            place,
            features: Vec::new(),
            default_features: self.default_features,
        })
    }
}

/// What `[package]` says besides name, version and description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// The keys that are inherited from `[workspace.package]`, of [`INHERITABLE`]; any other key the crate states itself.
    pub inherited: BTreeSet<&'static str>,
    /// The crate's own licence, as an SPDX expression.
    pub license: Option<String>,
    /// Whether the crate may be published.
    pub publish: bool,
    /// Whether the crate is a workspace of its own, wherever it is.
    pub is_workspace: bool,
}

/// The keys that a generated crate can inherit, in the order in which they are written.
pub const INHERITABLE: [&str; 6] = [
    "edition",
    "rust-version",
    "license",
    "license-file",
    "repository",
    "publish",
];

impl Package {
    /// A package that inherits these keys.
    #[must_use]
    pub fn inheriting(keys: &[&'static str]) -> Self {
        Self {
            inherited: keys.iter().copied().collect(),
            ..Self::default()
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
