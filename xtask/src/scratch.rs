//! Temporary packages that are generated to be compiled: below the build folder, with the workspace's lock file.

use cargo_tinsmith::report::Report;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The profile of a scratch workspace: without debug information, as dependencies in the main workspace, so that both
/// share the builds of dependencies with the same features.
pub(crate) const PROFILE: &str = "[profile.dev]\ndebug = false\n";

/// An empty folder for a scratch workspace.
///
/// # Errors
/// The error of the operating system.
pub(crate) fn folder(root: &Path, name: &str) -> Result<PathBuf, Report> {
    let folder = root.join("target").join("tinsmith").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| Report::io("cannot empty", &folder, &error))?;
    }
    fs::create_dir_all(&folder).map_err(|error| Report::io("cannot make", &folder, &error))?;
    // The same versions of all dependencies, so that nothing is looked up.
    let lock = root.join("Cargo.lock");
    fs::copy(&lock, folder.join("Cargo.lock"))
        .map_err(|error| Report::io("cannot copy", &lock, &error))?;
    Ok(folder)
}

/// A folder for a scratch workspace with exactly these files. Files that exist already are not touched, so that their
/// builds stay valid.
///
/// # Errors
/// The error of the operating system.
pub(crate) fn kept(
    root: &Path,
    name: &str,
    files: &BTreeMap<String, String>,
) -> Result<PathBuf, Report> {
    let folder = root.join("target").join("tinsmith").join(name);
    let lock = root.join("Cargo.lock");
    let lock_text = fs::read_to_string(&lock);
    let lock_text = lock_text.map_err(|error| Report::io("cannot read", &lock, &error))?;
    // Cargo adds the workspace's own packages to its copy of the lock.
    let origin = folder.join("Cargo.lock.origin");
    if fs::read_to_string(&origin).ok().as_ref() != Some(&lock_text) {
        write(&folder.join("Cargo.lock"), &lock_text)?;
        write(&origin, &lock_text)?;
    }
    let mut open = vec![folder.clone()];
    while let Some(inner) = open.pop() {
        let entries = fs::read_dir(&inner);
        let entries = entries.map_err(|error| Report::io("cannot read", &inner, &error))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            let relative = path.strip_prefix(&folder).unwrap_or(&path);
            let relative = relative.to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                open.push(path);
            } else if !files.contains_key(&relative) && !relative.starts_with("Cargo.lock") {
                let removed = fs::remove_file(&path);
                removed.map_err(|error| Report::io("cannot remove", &path, &error))?;
            }
        }
    }
    for (path, text) in files {
        let path = folder.join(path);
        if fs::read_to_string(&path).ok().as_ref() != Some(text) {
            write(&path, text)?;
        }
    }
    Ok(folder)
}

/// Writes a file, and the folders above it.
///
/// # Errors
/// The error of the operating system.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Report> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, text))
        .map_err(|error| Report::io("cannot write", path, &error))
}

/// Cargo in a scratch workspace, with the target folder of the main workspace.
pub(crate) fn cargo(root: &Path, folder: &Path, command: &str) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.arg(command).current_dir(folder);
    if std::env::var_os("CARGO_TARGET_DIR").is_none() {
        cargo.env("CARGO_TARGET_DIR", root.join("target"));
    }
    cargo
}
