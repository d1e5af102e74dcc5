//! Writes files to disk, all or none: each is written to a temporary file and then renamed, and everything is undone if
//! a later step fails.

use crate::disk;
use crate::report::Report;
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The suffix of temporary files. Runs that were killed may leave some; they are ignored, and the next run removes
/// them.
pub const TEMPORARY: &str = ".tinsmith-tmp";

/// The changes that a command makes on disk.
#[derive(Debug, Default)]
pub struct Changes {
    /// Files to write, with their texts.
    pub writes: Vec<(PathBuf, String)>,
    /// Files to remove.
    pub removals: Vec<PathBuf>,
    /// Temporary files of killed runs, which are removed if possible.
    pub leftovers: Vec<PathBuf>,
}

/// A step that was done: the file, and its former content.
type Done = (PathBuf, Option<Vec<u8>>);

impl Changes {
    /// Makes all changes, or none.
    ///
    /// # Errors
    /// The step that failed, with the error of the operating system. Everything is as before.
    pub fn commit(&self) -> Result<(), Report> {
        self.commit_and(|| Ok(()))
    }

    /// Makes all changes, then does what needs them on disk; or neither.
    ///
    /// # Errors
    /// As [`commit`](Self::commit), and those of `then`. Everything is as before, but for what `then` did.
    pub fn commit_and<T>(&self, then: impl FnOnce() -> Result<T, Report>) -> Result<T, Report> {
        let mut staged = Vec::new();
        let mut folders = Vec::new();
        let mut done = Vec::new();
        let result = self
            .stage(&mut staged, &mut folders)
            .and_then(|()| self.take_place(&staged, &mut done))
            .and_then(|()| then());
        match result {
            Ok(value) => {
                self.tidy();
                Ok(value)
            }
            Err(report) => Err(undo(report, done, &staged, &folders)),
        }
    }

    /// Writes every text to a temporary file in its folder.
    fn stage(&self, staged: &mut Vec<PathBuf>, folders: &mut Vec<PathBuf>) -> Result<(), Report> {
        for (path, text) in &self.writes {
            let folder = path.parent().unwrap_or(Path::new(""));
            make_folder(folder, folders)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let temporary = folder.join(format!(".{name}.{}{TEMPORARY}", std::process::id()));
            staged.push(temporary.clone());
            fs::write(&temporary, text)
                .map_err(|error| Report::io("cannot write", path, &error))?;
        }
        Ok(())
    }

    fn take_place(&self, staged: &[PathBuf], done: &mut Vec<Done>) -> Result<(), Report> {
        for ((path, _), temporary) in self.writes.iter().zip(staged) {
            let failed = |error| Report::io("cannot write", path, &error);
            let before = existing(path).map_err(failed)?;
            fs::rename(temporary, path).map_err(failed)?;
            done.push((path.clone(), before));
        }
        for path in &self.removals {
            let failed = |error| Report::io("cannot remove", path, &error);
            let before = existing(path).map_err(failed)?;
            fs::remove_file(path).map_err(failed)?;
            done.push((path.clone(), before));
        }
        Ok(())
    }

    /// Removes temporary files, and folders that the removals left empty.
    fn tidy(&self) {
        for path in &self.leftovers {
            // It does no harm, and can be removed the next time.
            let _ = fs::remove_file(path);
        }
        let folders: BTreeSet<&Path> = self
            .removals
            .iter()
            .filter_map(|path| path.parent())
            .collect();
        for folder in folders.iter().rev() {
            for folder in folder.ancestors() {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
    }
}

fn undo(mut report: Report, done: Vec<Done>, staged: &[PathBuf], folders: &[PathBuf]) -> Report {
    for (path, before) in done.iter().rev() {
        let undone = match before {
            Some(bytes) => fs::write(path, bytes),
            None => fs::remove_file(path),
        };
        if let Err(error) = undone {
            report.append(Report::io("cannot put back", path, &error));
        }
    }
    for temporary in staged {
        // The file of the failed step may not exist, and renamed ones do not.
        let _ = fs::remove_file(temporary);
    }
    for folder in folders.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
    report
}

/// Creates `folder` and its missing parents, and records what it created.
fn make_folder(folder: &Path, made: &mut Vec<PathBuf>) -> Result<(), Report> {
    let mut missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .collect();
    while let Some(folder) = missing.pop() {
        fs::create_dir(folder)
            .map_err(|error| Report::io("cannot make the folder", folder, &error))?;
        made.push(folder.to_owned());
    }
    Ok(())
}

/// A file's bytes, if there is one.
///
/// # Errors
/// The error of the operating system; something else than a file is in its place.
pub fn existing(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    match disk::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The files in a folder of the generator.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files, sorted.
    pub files: Vec<PathBuf>,
    /// Temporary files of killed runs.
    pub temporary: Vec<PathBuf>,
}

/// Lists `folder` and everything below it; a missing folder is empty. Hidden files, and Cargo's `target` and
/// `Cargo.lock`, belong to whoever builds the crate and are ignored.
///
/// # Errors
/// The error of the operating system.
pub fn list(folder: &Path) -> Result<Listing, Report> {
    let mut listing = Listing::default();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |error| Report::io("cannot list", &folder, &error);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                continue;
            }
            Err(error) => return Err(failed(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.ends_with(TEMPORARY) {
                listing.temporary.push(entry.path());
            } else if name.starts_with('.') || name == "target" || name == "Cargo.lock" {
                continue;
            } else if entry.file_type().map_err(failed)?.is_dir() {
                folders.push(entry.path());
            } else {
                listing.files.push(entry.path());
            }
        }
    }
    listing.files.sort();
    Ok(listing)
}

/// Temporary files of killed runs in `folder` itself.
pub fn leftovers(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_name().to_string_lossy().ends_with(TEMPORARY))
        .map(|entry| entry.path())
        .collect()
}
