//! Facts of the Cargo workspace that a generated crate is in: what it can inherit.

use crate::disk;
use crate::report::{Report, shown};
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use tinsmith_codegen::manifest::{EDITION, INHERITABLE, RUST_VERSION};
use toml_edit::{DocumentMut, Item};

/// The name of a manifest.
pub const MANIFEST: &str = "Cargo.toml";

/// What a workspace says that concerns generated crates. Empty if there is no workspace.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// The workspace's folder.
    pub root: Option<PathBuf>,
    /// The keys of `[workspace.package]` that a generated crate inherits.
    pub inherited: BTreeSet<&'static str>,
    /// The names in `[workspace.dependencies]`.
    pub dependencies: BTreeSet<String>,
}

impl Workspace {
    /// The workspace of the project in `folder`, as Cargo finds it: the nearest manifest with `[workspace]`.
    ///
    /// # Errors
    /// A manifest on the way cannot be read.
    pub fn of(folder: &Path) -> Result<Self, Report> {
        for above in folder.ancestors() {
            let Some(manifest) = read(above)? else {
                continue;
            };
            let Some(workspace) = manifest.get("workspace") else {
                continue;
            };
            if excludes(workspace, above, folder) {
                continue;
            }
            let names = |key: &str| {
                let table = workspace.get(key).and_then(Item::as_table_like);
                table.into_iter().flat_map(|table| table.iter())
            };
            let package: Vec<(&str, &Item)> = names("package").collect();
            let inherited = INHERITABLE.into_iter().filter(|key| {
                let value = package.iter().find(|(name, _)| name == key);
                value.is_some_and(|(_, value)| fits(key, value))
            });
            return Ok(Self {
                root: Some(above.to_owned()),
                inherited: inherited.collect(),
                dependencies: names("dependencies")
                    .map(|(name, _)| name.to_owned())
                    .collect(),
            });
        }
        Ok(Self::default())
    }
}

/// The manifest in a folder, if there is one.
///
/// # Errors
/// It cannot be read, or is not TOML.
pub fn read(folder: &Path) -> Result<Option<DocumentMut>, Report> {
    let path = folder.join(MANIFEST);
    let text = match disk::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(Report::io("cannot read", &path, &error)),
    };
    text.parse()
        .map(Some)
        .map_err(|error: toml_edit::TomlError| {
            Report::new(format!(
                "{} is not TOML: {}",
                shown(Path::new(""), &path),
                error.to_string().trim_end()
            ))
        })
}

/// Whether a workspace excludes a folder inside of it.
fn excludes(workspace: &Item, root: &Path, folder: &Path) -> bool {
    let excluded = workspace.get("exclude").and_then(Item::as_array);
    let mut excluded = excluded.into_iter().flatten();
    excluded.any(|path| {
        path.as_str()
            .is_some_and(|path| folder.starts_with(root.join(path)))
    })
}

/// Whether generated code can have a value of the workspace: an edition that it is written for, and a compiler that is new
/// enough for it.
fn fits(key: &str, value: &Item) -> bool {
    match key {
        "edition" => value.as_str() == Some(EDITION),
        "rust-version" => value
            .as_str()
            .is_some_and(|version| numbers(version) >= numbers(RUST_VERSION)),
        _ => true,
    }
}

/// The numbers of a version, three of them.
fn numbers(version: &str) -> [u64; 3] {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}
