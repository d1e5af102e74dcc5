//! s3s-fs, a server of S3 that stores files in a folder: built by Cargo below a target folder, once, where that is possible.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Its version.
pub(super) const VERSION: &str = "0.14.1";

/// The oldest compiler that it takes: Rust 1 with this minor version.
const OLDEST: u32 = 92;

/// The program, below `target`; why there is none otherwise.
pub(super) fn program(target: &Path) -> Result<PathBuf, String> {
    let root = target.join(format!("s3s-fs-{VERSION}"));
    let program = root
        .join("bin")
        .join(format!("s3s-fs{}", std::env::consts::EXE_SUFFIX));
    if program.is_file() {
        return Ok(program);
    }
    let said = Command::new("rustc").arg("--version").output();
    let said = said.map_err(|error| format!("cannot run rustc: {error}"))?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    match minor(&said) {
        Some(minor) if minor >= OLDEST => {}
        _ => return Err(format!("it needs Rust 1.{OLDEST}, found {}", said.trim())),
    }
    eprintln!("building s3s-fs {VERSION}, once; this takes minutes");
    let mut install = Command::new("cargo");
    install.args([
        "install",
        "--quiet",
        "--locked",
        "s3s-fs",
        "--version",
        VERSION,
    ]);
    install.args(["--features", "binary", "--root"]).arg(&root);
    install.env("CARGO_TARGET_DIR", root.join("build"));
    let status = install.status();
    let status = status.map_err(|error| format!("cannot run cargo: {error}"))?;
    // What was built in between is not needed again.
    let _ = std::fs::remove_dir_all(root.join("build"));
    match status.success() {
        true => Ok(program),
        false => Err(format!("cargo install ended with {status}; see above")),
    }
}

/// The minor version in `rustc 1.92.0 (…)`.
fn minor(said: &str) -> Option<u32> {
    let version = said.strip_prefix("rustc 1.")?;
    version.split('.').next()?.parse().ok()
}
