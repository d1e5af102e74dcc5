//! Paths without `..` and links, and the path from one folder to another.

use crate::report::Report;
use std::path::{Component, Path, PathBuf};

/// The absolute path of something that need not exist: links and `..` are resolved as the operating system does it, so
/// that two paths of one place are equal.
///
/// # Errors
/// The current folder is not known.
pub(crate) fn resolved(path: &Path) -> Result<PathBuf, Report> {
    let whole =
        std::path::absolute(path).map_err(|error| Report::io("cannot resolve", path, &error))?;
    let mut resolved = PathBuf::new();
    for component in whole.components() {
        match component {
            Component::CurDir => {}
            // What is before it has no links any more.
            Component::ParentDir => {
                resolved.pop();
            }
            component => {
                resolved.push(component);
                if let Ok(real) = resolved.canonicalize() {
                    resolved = real;
                }
            }
        }
    }
    Ok(resolved)
}

/// The path from `folder` to `target`, with `/` and a `/` at its end unless it is empty; both are resolved. `None` if there
/// is none, because they are on different drives.
pub(crate) fn between(folder: &Path, target: &Path) -> Option<String> {
    let mut from = folder.components().peekable();
    let mut to = target.components().peekable();
    let mut shared = false;
    while from.peek().is_some() && from.peek() == to.peek() {
        shared = true;
        from.next();
        to.next();
    }
    if !shared {
        return None;
    }
    let mut path = "../".repeat(from.count());
    for part in to {
        path.push_str(&part.as_os_str().to_string_lossy());
        path.push('/');
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::{between, resolved};
    use std::path::Path;

    #[test]
    fn a_path_has_no_parents_and_no_links() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("a")).unwrap();
        for (path, expected) in [
            ("a/../b", "b"),
            ("a/./b/../../c", "c"),
            ("none/../../x", "../x"),
            ("a", "a"),
        ] {
            let found = resolved(&root.join(path)).unwrap();
            let expected = match expected.strip_prefix("../") {
                Some(beside) => root.parent().unwrap().join(beside),
                None => root.join(expected),
            };
            assert_eq!(found, expected, "{path}");
        }
        #[cfg(unix)]
        {
            std::fs::create_dir(root.join("a/deep")).unwrap();
            std::os::unix::fs::symlink(root.join("a/deep"), root.join("link")).unwrap();
            assert_eq!(resolved(&root.join("link/../x")).unwrap(), root.join("a/x"));
            assert_eq!(
                resolved(&root.join("link/new")).unwrap(),
                root.join("a/deep/new")
            );
        }
    }

    #[test]
    fn from_one_folder_to_another() {
        for (folder, target, expected) in [
            ("/w/main/generated/a", "/w/main", "../../"),
            ("/w/main", "/w/main", ""),
            ("/w/images", "/w/main", "../main/"),
            ("/w", "/w/main/deep", "main/deep/"),
            ("/x/y", "/w/main", "../../w/main/"),
        ] {
            let found = between(Path::new(folder), Path::new(target));
            assert_eq!(found.as_deref(), Some(expected), "{folder} {target}");
        }
    }
}
