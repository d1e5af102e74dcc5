//! Reads the repository's last commit with the git command.

use crate::report::Report;
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// The commit that is compared.
pub(super) const COMMIT: &str = "HEAD";

/// The files below `folder` (relative to `root`, with `/`) in the last commit, also relative to `root`.
///
/// # Errors
/// There is no git, no repository or no commit.
pub(super) fn list(root: &Path, folder: &str) -> Result<Vec<String>, Report> {
    let bytes = git(
        root,
        &["ls-tree", "-r", "-z", "--name-only", COMMIT, "--", folder],
    )?;
    let text = String::from_utf8_lossy(&bytes);
    let names = text.split('\0').filter(|name| !name.is_empty());
    Ok(names.map(str::to_owned).collect())
}

/// The bytes of a file in the last commit.
///
/// # Errors
/// As [`list`], or a missing file.
pub(super) fn show(root: &Path, file: &str) -> Result<Vec<u8>, Report> {
    // `./` makes the path relative to the current folder, which need not be the repository's root.
    git(root, &["show", &format!("{COMMIT}:./{file}")])
}

fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Report> {
    let what_else =
        "the committed models are read with git; compare any two folders with --from and --to";
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments.iter().map(OsStr::new))
        .output()
        .map_err(|error| Report::new(format!("cannot run git: {error}\n  {what_else}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it printed nothing");
    Err(Report::new(format!(
        "expected the last commit of a git repository at {}, found none: git {}: {said}\n  {what_else}",
        root.display(),
        arguments.first().unwrap_or(&"")
    )))
}
