//! Folders of this package, and the text files in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A path below this package.
#[must_use]
pub fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text of a file; `None` where there is none.
///
/// # Panics
/// The file is there and cannot be read, or is no UTF-8.
#[must_use]
#[allow(clippy::panic, reason = "this library serves tests")]
pub fn text(path: &Path) -> Option<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => panic!("cannot read {}: {error}", path.display()),
    }
}

/// All files below a folder, by their paths in it, with `/`. A folder that is not there has none.
///
/// # Panics
/// A file or folder cannot be read.
#[must_use]
pub fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for (name, is_folder) in entries(&folder) {
            let (path, inside) = (folder.join(&name), format!("{prefix}{name}"));
            if is_folder {
                open.push((path, inside + "/"));
            } else if let Some(text) = text(&path) {
                files.insert(inside, text);
            }
        }
    }
    files
}

/// What a folder holds, sorted: names, and whether each is a folder.
///
/// # Panics
/// The folder is there and cannot be read.
#[must_use]
#[allow(clippy::panic, reason = "this library serves tests")]
pub fn entries(folder: &Path) -> Vec<(String, bool)> {
    let read = match std::fs::read_dir(folder) {
        Ok(read) => read,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => panic!("cannot read {}: {error}", folder.display()),
    };
    let mut entries: Vec<_> = read
        .filter_map(Result::ok)
        .map(|entry| {
            (
                entry.file_name().to_string_lossy().into_owned(),
                entry.path().is_dir(),
            )
        })
        .collect();
    entries.sort();
    entries
}
