//! A temporary cargo workspace whose members rustc judges.
//!
//! A member is a generated crate; the programs that use it are its examples, for those are crates of their own, to which
//! `#[non_exhaustive]` applies. Everything is checked in one run of cargo, and what did not change since the last run is
//! not checked again. The lock file is the project's own, so nothing is fetched.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A generated crate and the programs that use it.
#[derive(Debug)]
pub struct Member {
    /// The package's name.
    pub package: String,
    /// The generated files by path.
    pub tree: BTreeMap<String, String>,
    /// The programs by name; they call the crate `subject`.
    pub programs: BTreeMap<String, String>,
}

/// What rustc said: for each package the errors in the crate itself, and for each of its programs the errors in that;
/// an empty text where it compiles.
#[derive(Debug, Default)]
pub struct Said {
    /// By package.
    pub crates: BTreeMap<String, String>,
    /// By package and program.
    pub programs: BTreeMap<(String, String), String>,
}

/// Lays `members` out in `folder`, which is theirs alone, and checks them all. Workspaces that share `target` share what
/// they depend on.
///
/// # Errors
/// The disk, or cargo before it came to the members.
pub fn judge(folder: &Path, target: &Path, members: &[Member]) -> Result<Said, String> {
    lay_out(folder, members)?;
    let output = cargo(folder, target)
        .args(["check", "--workspace", "--lib", "--examples", "--offline"])
        // No program loads a configuration, and what loads one takes long to build.
        .arg("--no-default-features")
        .args(["--keep-going", "--quiet", "--message-format=json"])
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let messages: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let mut said = Said::default();
    for message in &messages {
        hear(message, &mut said);
    }
    for member in members {
        let known = said.crates.contains_key(&member.package);
        let programs = member.programs.keys().filter(|program| {
            let key = (member.package.clone(), (*program).clone());
            !said.programs.contains_key(&key)
        });
        let unjudged: Vec<&String> = programs.collect();
        if !known || !unjudged.is_empty() {
            return Err(format!(
                "cargo said nothing of {} {unjudged:?}:\n{}",
                member.package,
                String::from_utf8_lossy(&output.stderr)
            ));
        }
    }
    Ok(said)
}

/// Builds a program of a crate, runs it and gives what it printed. It may use `tokio`, with its clock in hand.
///
/// # Errors
/// The disk, a program that does not compile, or one that fails.
pub fn run(
    folder: &Path,
    target: &Path,
    mut member: Member,
    program: &str,
) -> Result<String, String> {
    let manifest = member.tree.entry("Cargo.toml".to_owned()).or_default();
    manifest.push_str(
        "\n[dev-dependencies]\ntokio = { version = \"1\", features = [\"macros\", \"rt\", \"test-util\"] }\n",
    );
    lay_out(folder, &[member])?;
    let output = cargo(folder, target)
        .args(["run", "--offline", "--quiet", "--no-default-features"])
        .args(["--example", program])
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Cargo in `folder`. It keeps nothing for debuggers or for the next change of a crate, whose members come anew each time.
fn cargo(folder: &Path, target: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("RUSTFLAGS");
    cargo
}

/// One message of cargo's: an artifact that was made, or a complaint of rustc's.
fn hear(message: &Value, said: &mut Said) {
    let text = |pointer: &str| message.pointer(pointer).and_then(Value::as_str);
    let manifest = text("/manifest_path").map(Path::new);
    let package = manifest.and_then(|path| path.parent()?.file_name()?.to_str());
    let (Some(package), Some(kind), Some(name)) =
        (package, text("/target/kind/0"), text("/target/name"))
    else {
        return;
    };
    let errors = match text("/reason") {
        Some("compiler-artifact") => "",
        Some("compiler-message") if text("/message/level") == Some("error") => {
            text("/message/rendered").unwrap_or("an error")
        }
        _ => return,
    };
    let entry = match kind {
        "example" => said.programs.entry((package.to_owned(), name.to_owned())),
        "lib" => {
            return said
                .crates
                .entry(package.to_owned())
                .or_default()
                .push_str(errors);
        }
        _ => return,
    };
    entry.or_default().push_str(errors);
}

fn lay_out(folder: &Path, members: &[Member]) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = fs::canonicalize(&root).map_err(|error| format!("{}: {error}", root.display()))?;
    let mut files = BTreeMap::new();
    // Cargo knows a package by its path below the workspace: packages of the same name in two folders that share a target
    // would be taken for each other.
    let side = Path::new(folder.file_name().unwrap_or_default());
    let names: Vec<String> = members
        .iter()
        .map(|member| format!("{:?}", side.join(&member.package)))
        .collect();
    files.insert(
        PathBuf::from("Cargo.toml"),
        format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[workspace.package]\nedition = \"2024\"\nrust-version = \"{}\"\nlicense = \"Apache-2.0\"\npublish = false\n\n[workspace.dependencies]\ntinsmith-runtime = {{ path = {:?}, default-features = false, features = [\"client\"] }}\n\n[profile.dev]\ndebug = false\n",
            names.join(", "),
            env!("CARGO_PKG_RUST_VERSION"),
            root.join("runtime"),
        ),
    );
    let lock = root.join("Cargo.lock");
    let lock = fs::read_to_string(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    files.insert(PathBuf::from("Cargo.lock"), lock);
    for member in members {
        let home = side.join(&member.package);
        for (path, text) in &member.tree {
            files.insert(home.join(path), text.clone());
        }
        let name = member.package.replace('-', "_");
        for (program, text) in &member.programs {
            let path = home.join("examples").join(format!("{program}.rs"));
            files.insert(path, text.replace("subject", &name));
        }
    }
    write(folder, &files)
}

/// Writes what differs, so that cargo sees what is the same as the same, and removes what is no part of it.
fn write(folder: &Path, files: &BTreeMap<PathBuf, String>) -> Result<(), String> {
    let failed = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    for (path, text) in files {
        let path = folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|found| found == *text) {
            continue;
        }
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
        fs::write(&path, text).map_err(|error| failed(&path, error))?;
    }
    let mut open = vec![folder.to_owned()];
    while let Some(folder_here) = open.pop() {
        let entries = fs::read_dir(&folder_here).map_err(|error| failed(&folder_here, error))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            let known = path
                .strip_prefix(folder)
                .is_ok_and(|path| files.contains_key(path));
            if path.is_dir() {
                open.push(path);
            } else if !known {
                fs::remove_file(&path).map_err(|error| failed(&path, error))?;
            }
        }
    }
    Ok(())
}
