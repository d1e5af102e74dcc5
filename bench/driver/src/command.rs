//! Commands and files, with errors that say what was tried.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Runs a command to its end: what it printed, and how many seconds it took.
pub fn run(command: &mut Command) -> Result<(String, f64), String> {
    let start = Instant::now();
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cannot run {command:?}: {error}"))?;
    let seconds = start.elapsed().as_secs_f64();
    if output.status.success() {
        return Ok((
            String::from_utf8_lossy(&output.stdout).into_owned(),
            seconds,
        ));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = said.lines().collect();
    let end = lines.len().saturating_sub(12);
    let last = lines[end..].join("\n  ");
    Err(format!("{command:?} failed: {}\n  {last}", output.status))
}

/// Creates a folder and those around it.
pub fn create_folder(path: &Path) -> Result<(), String> {
    std::fs::create_dir_all(path)
        .map_err(|error| format!("cannot create {}: {error}", path.display()))
}

/// Removes a folder with all that is in it; fine if there is none.
pub fn remove_folder(path: &Path) -> Result<(), String> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("cannot remove {}: {error}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Writes a file.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}
