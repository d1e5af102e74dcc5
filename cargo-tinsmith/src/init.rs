//! `cargo tinsmith init`: makes a project of an empty folder, a package or a workspace: writes `tinsmith.toml` and, where
//! it is wanted, an xtask.

mod xtask;

use crate::command;
use crate::config::FILE;
use crate::report::{Report, shown};
use crate::workspace::{self, MANIFEST, Workspace};
use crate::write::{Changes, existing};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The options.
#[derive(Debug)]
pub struct Request {
    /// The folder from which the command is called.
    pub here: PathBuf,
    /// Whether an xtask of the project's own is written, which calls this library.
    pub xtask: bool,
}

/// The file that is written. What is commented out is the default.
const TEXT: &str = "\
# What is generated: `cargo tinsmith add SERVICE OPERATION…` adds a service or operations, `cargo tinsmith codegen` generates.
# All paths are relative to this file.

# Whether the texts of the models become documentation: \"keep\", or \"strip\" for facts alone.
documentation = \"keep\"

# What is kept of each model: \"whole\", or \"closure\" for the operations below and what they reach, which is much smaller.
models = \"closure\"

# The runtime of the crates, as any dependency in Cargo.toml: \"0.1\", { path = \"…\" }, { git = \"…\" }, { workspace = true }; with
# `features` and `default-features` as there. The default is the published version that goes with the generator.
# runtime = \"VERSION\"

# Whether crates can take settings and credentials from the environment: `Client::from_env`.
# credentials = true

# The licence of the crates, and whether they may be published. The default is what the workspace says.
# license = \"Apache-2.0\"
# publish = false
";

/// Writes the project's files.
///
/// # Errors
/// There is a `tinsmith.toml` already; the folder is neither empty nor part of a package; a file cannot be written.
pub fn init(request: &Request) -> Result<String, Report> {
    let here = &request.here;
    refuse_second(here)?;
    let mut said = String::new();
    let found = root(here)?;
    if request.xtask {
        xtask::refuse(found.as_deref().unwrap_or(here))?;
    }
    let root = match found {
        Some(root) => root,
        None => {
            said.push_str(&package(here)?);
            here.clone()
        }
    };
    let path = root.join(FILE);
    let mut changes = Changes::default();
    let text = TEXT
        .replace("cargo tinsmith", command::name())
        .replace("VERSION", env!("CARGO_PKG_VERSION"));
    changes.writes.push((path.clone(), text));
    said.push_str(&format!("wrote {}\n", shown(here, &path)));
    if request.xtask {
        xtask::changes(&root, here, &mut changes, &mut said)?;
    }
    changes.commit()?;
    let name = match request.xtask {
        true => "cargo xtask",
        false => command::name(),
    };
    said.push_str(&format!("next: {name} add s3 GetObject PutObject\n"));
    Ok(said)
}

/// Refuses a project inside of a project.
fn refuse_second(here: &Path) -> Result<(), Report> {
    let there = here
        .ancestors()
        .map(|folder| folder.join(FILE))
        .find(|path| path.symlink_metadata().is_ok());
    match there {
        None => Ok(()),
        Some(path) => Err(Report::new(format!(
            "expected no {FILE}, found {}\n  the project is there already: `{} add SERVICE OPERATION…` adds a service to it",
            path.display(),
            command::name()
        ))),
    }
}

/// The root of the project: that of the workspace, else the package's folder.
fn root(here: &Path) -> Result<Option<PathBuf>, Report> {
    if let Some(workspace) = Workspace::of(here)?.root {
        return Ok(Some(workspace));
    }
    let mut folders = here.ancestors();
    let package = folders.find(|folder| folder.join(MANIFEST).is_file());
    Ok(package.map(Path::to_owned))
}

/// Makes a package of an empty folder, as Cargo does it.
fn package(here: &Path) -> Result<String, Report> {
    let failed = |error| Report::io("cannot list", here, &error);
    for entry in fs::read_dir(here).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        if !name.to_string_lossy().starts_with('.') {
            return Err(Report::new(format!(
                "expected a package, a workspace or an empty folder, found {} in {}\n  make a package first: cargo init",
                name.to_string_lossy(),
                here.display()
            )));
        }
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["init", "--quiet"])
        .current_dir(here)
        .output()
        .map_err(|error| Report::new(format!("cannot run cargo: {error}")))?;
    if output.status.success() {
        return Ok(format!("made a package: {MANIFEST}, src/main.rs\n"));
    }
    Err(Report::new(format!(
        "cargo init cannot make a package in {}\n  it said: {}",
        here.display(),
        String::from_utf8_lossy(&output.stderr).trim()
    )))
}

/// The manifest at the root, for an edit.
fn manifest(root: &Path) -> Result<toml_edit::DocumentMut, Report> {
    workspace::read(root)?.ok_or_else(|| {
        Report::new(format!(
            "expected {MANIFEST} in {}, found none",
            root.display()
        ))
    })
}

/// Refuses to replace a file.
fn refuse_existing(path: &Path, what: &str) -> Result<(), Report> {
    let found = existing(path).map_err(|error| Report::io("cannot read", path, &error))?;
    match found {
        None => Ok(()),
        Some(_) => Err(Report::new(format!(
            "expected no {}, which would be {what}, found one\n  nothing was changed",
            path.display()
        ))),
    }
}
