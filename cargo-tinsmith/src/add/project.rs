//! A new crate in the Cargo project: a member of its workspace, and a dependency of the package that is worked on.

use crate::config::{Config, Service};
use crate::manifest::{add_dependency, add_member};
use crate::paths::between;
use crate::report::{Report, shown};
use crate::workspace::{self, MANIFEST};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml_edit::DocumentMut;

/// The manifests that change, and what changes in words.
pub(super) struct Project {
    pub(super) writes: Vec<(PathBuf, String)>,
    pub(super) said: String,
}

/// The changes for the crate of a service. A project without a manifest has none.
pub(super) fn changes(config: &Config, service: &Service, here: &Path) -> Result<Project, Report> {
    let out = config.root.join(&service.out);
    let mut edits = Edits::default();
    let mut said = String::new();
    let workspace = config.workspace.root.as_deref().unwrap_or(&config.root);
    let member = between(workspace, &out).filter(|path| !path.starts_with("../"));
    if let Some(member) = member
        && let Some(manifest) = edits.manifest(workspace)?
        && add_member(manifest, member.trim_end_matches('/'))?
    {
        said.push_str(&format!(
            "  a member of the workspace: {}\n",
            shown(&config.root, &workspace.join(MANIFEST))
        ));
        edits.changed(workspace);
    }
    let dependency = |path: &str| format!("{} = {{ path = \"{path}\" }}", service.package);
    let package = package(&config.root, here)?;
    let path = |folder: &Path| {
        let path = between(folder, &out).unwrap_or_default();
        path.trim_end_matches('/').to_owned()
    };
    match package {
        Some(folder) => {
            let path = path(&folder);
            if let Some(manifest) = edits.manifest(&folder)?
                && add_dependency(manifest, &service.package, &path)?
            {
                said.push_str(&format!(
                    "  a dependency: {} in {}\n",
                    dependency(&path),
                    shown(&config.root, &folder.join(MANIFEST))
                ));
                edits.changed(&folder);
            }
        }
        None => said.push_str(&format!(
            "  to use it, add the dependency to a package of yours (its path is from here): {}\n",
            dependency(&path(&config.root))
        )),
    }
    Ok(Project {
        writes: edits.writes(),
        said,
    })
}

/// The folder of the nearest package at or above `here`, inside of the project.
fn package(root: &Path, here: &Path) -> Result<Option<PathBuf>, Report> {
    let here = if here.starts_with(root) { here } else { root };
    for folder in here
        .ancestors()
        .take_while(|folder| folder.starts_with(root))
    {
        let manifest = workspace::read(folder)?;
        if manifest.is_some_and(|manifest| manifest.contains_key("package")) {
            return Ok(Some(folder.to_owned()));
        }
    }
    Ok(None)
}

/// Manifests by folder, each with whether it was changed.
#[derive(Default)]
struct Edits(BTreeMap<PathBuf, (DocumentMut, bool)>);

impl Edits {
    fn manifest(&mut self, folder: &Path) -> Result<Option<&mut DocumentMut>, Report> {
        if !self.0.contains_key(folder)
            && let Some(manifest) = workspace::read(folder)?
        {
            self.0.insert(folder.to_owned(), (manifest, false));
        }
        Ok(self.0.get_mut(folder).map(|(manifest, _)| manifest))
    }

    fn changed(&mut self, folder: &Path) {
        if let Some((_, changed)) = self.0.get_mut(folder) {
            *changed = true;
        }
    }

    fn writes(self) -> Vec<(PathBuf, String)> {
        let changed = self.0.into_iter().filter(|(_, (_, changed))| *changed);
        changed
            .map(|(folder, (manifest, _))| (folder.join(MANIFEST), manifest.to_string()))
            .collect()
    }
}
