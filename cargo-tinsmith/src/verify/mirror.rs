//! A folder beside the project's with links to what is in it, in which crates are replaced.
//!
//! It is beside the project, so that relative paths to what is outside lead to the same places.

use crate::plan::Plan;
use crate::report::Report;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder; it is removed when this is dropped.
pub(super) struct Mirror {
    pub(super) root: PathBuf,
    /// Where cargo writes what it builds: in the project's own target, so that a second run need not build all of it.
    pub(super) target: PathBuf,
    project: PathBuf,
}

/// What is not linked: what cargo builds, which would be built for another path, and the lock file, which it may write.
const OMITTED: [&str; 2] = ["target", "Cargo.lock"];

impl Mirror {
    /// Links everything in `project`.
    ///
    /// # Errors
    /// The folder beside it cannot be written.
    pub(super) fn new(project: &Path) -> Result<Self, Report> {
        let project = fs::canonicalize(project)
            .map_err(|error| Report::io("cannot open", project, &error))?;
        let name = project.file_name().unwrap_or_default().to_string_lossy();
        let root = project.with_file_name(format!(".{name}.tinsmith-verify"));
        let mirror = Self {
            target: std::env::var_os("CARGO_TARGET_DIR")
                .map_or_else(|| project.join("target"), |target| project.join(target))
                .join("tinsmith-verify"),
            root,
            project,
        };
        // What a run left that was killed.
        remove(&mirror.root)?;
        fs::create_dir(&mirror.root).map_err(|error| {
            Report::io(
                "cannot make a folder beside the project",
                &mirror.root,
                &error,
            )
        })?;
        link_all(&mirror.project, &mirror.root, &OMITTED)?;
        let lock = mirror.project.join("Cargo.lock");
        if lock.is_file() {
            let copy = mirror.root.join("Cargo.lock");
            fs::copy(&lock, &copy).map_err(|error| Report::io("cannot write", &copy, &error))?;
        }
        Ok(mirror)
    }

    /// Puts a new crate in the place of the one in the folder `out` of the project.
    ///
    /// # Errors
    /// A file cannot be written, or the folder is not in the project's.
    pub(super) fn replace(&mut self, out: &Path, plan: &Plan) -> Result<(), Report> {
        let outside = |path: &Path| {
            Report::new(format!(
                "expected the crate of {} in the project's folder, found it in {}",
                plan.name,
                path.display()
            ))
        };
        let inside = out
            .strip_prefix(&self.project)
            .map_err(|_| outside(out))?
            .to_owned();
        self.own_folder(&inside)?;
        for file in &plan.files {
            let Ok(name) = file.path.strip_prefix(out) else {
                return Err(outside(&file.path));
            };
            let path = self.root.join(&inside).join(name);
            let folder = path.parent().unwrap_or(&self.root);
            fs::create_dir_all(folder)
                .and_then(|()| fs::write(&path, &file.text))
                .map_err(|error| Report::io("cannot write", &path, &error))?;
        }
        Ok(())
    }

    /// Makes a folder, and those around it, folders of the mirror's own; the last one is empty.
    fn own_folder(&self, inside: &Path) -> Result<(), Report> {
        let mut at = PathBuf::new();
        for part in inside.components() {
            at.push(part);
            let (path, original) = (self.root.join(&at), self.project.join(&at));
            let is_link = path
                .symlink_metadata()
                .is_ok_and(|metadata| metadata.is_symlink());
            if at == inside || is_link || !path.exists() {
                remove(&path)?;
                fs::create_dir(&path).map_err(|error| Report::io("cannot write", &path, &error))?;
                if at != inside && original.is_dir() {
                    link_all(&original, &path, &[])?;
                }
            }
        }
        Ok(())
    }
}

impl Drop for Mirror {
    fn drop(&mut self) {
        // What cannot be removed is removed by the next run.
        let _ = remove(&self.root);
    }
}

/// Removes a folder, or a link to one.
fn remove(path: &Path) -> Result<(), Report> {
    let Ok(metadata) = path.symlink_metadata() else {
        return Ok(());
    };
    let removed = match metadata.is_dir() {
        true => fs::remove_dir_all(path),
        false => fs::remove_file(path),
    };
    removed.map_err(|error| Report::io("cannot remove", path, &error))
}

fn link_all(from: &Path, to: &Path, omitted: &[&str]) -> Result<(), Report> {
    let failed = |path: &Path, error| Report::io("cannot read", path, &error);
    for entry in fs::read_dir(from).map_err(|error| failed(from, error))? {
        let entry = entry.map_err(|error| failed(from, error))?;
        let name = entry.file_name();
        if omitted.iter().any(|omitted| name == *omitted) {
            continue;
        }
        let link = to.join(&name);
        linked(&entry.path(), &link)
            .map_err(|error| Report::io("cannot link to the project", &link, &error))?;
    }
    Ok(())
}

#[cfg(unix)]
fn linked(from: &Path, to: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(from, to)
}

#[cfg(windows)]
fn linked(from: &Path, to: &Path) -> std::io::Result<()> {
    match from.is_dir() {
        true => std::os::windows::fs::symlink_dir(from, to),
        false => std::os::windows::fs::symlink_file(from, to),
    }
}
