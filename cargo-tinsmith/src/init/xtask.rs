//! `init --xtask`: a package of the project's own that calls this library, so that a team needs nothing installed.

use super::{manifest, refuse_existing};
use crate::manifest::add_member;
use crate::report::{Report, shown};
use crate::workspace::MANIFEST;
use crate::write::{Changes, existing};
use std::path::Path;
use toml_edit::{DocumentMut, Item, Table, value};

/// The program.
const MAIN: &str = "\
//! `cargo xtask`: the commands of `cargo tinsmith`, without anything installed.

use std::process::ExitCode;

fn main() -> ExitCode {
    cargo_tinsmith::main(\"cargo xtask\")
}
";

/// The alias in Cargo's configuration. Without `--quiet`, the first run says what it builds.
const ALIAS: &str = "run --package xtask --";

/// Cargo's configuration, in the root.
const CONFIGURATION: &str = ".cargo/config.toml";

/// Refuses a project that has an xtask, before anything is written.
pub(super) fn refuse(root: &Path) -> Result<(), Report> {
    refuse_existing(&root.join("xtask").join(MANIFEST), "the project's xtask")?;
    configuration(root).map(drop)
}

/// Adds what is written to `changes`, and a line for each file to `said`.
pub(super) fn changes(
    root: &Path,
    here: &Path,
    changes: &mut Changes,
    said: &mut String,
) -> Result<(), Report> {
    let mut write = |path: &str, text: String| {
        let path = root.join(path);
        said.push_str(&format!("wrote {}\n", shown(here, &path)));
        changes.writes.push((path, text));
    };
    write("xtask/Cargo.toml", package());
    write("xtask/src/main.rs", MAIN.to_owned());
    let mut manifest = manifest(root)?;
    if add_member(&mut manifest, "xtask")? {
        write(MANIFEST, manifest.to_string());
    }
    if let Some(text) = configuration(root)? {
        write(CONFIGURATION, text);
    }
    Ok(())
}

fn package() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "[package]\nname = \"xtask\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\ncargo-tinsmith = \"{version}\"\n"
    )
}

/// Cargo's configuration with the alias; `None` if it has it.
fn configuration(root: &Path) -> Result<Option<String>, Report> {
    let path = root.join(CONFIGURATION);
    let bytes = existing(&path).map_err(|error| Report::io("cannot read", &path, &error))?;
    let text = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
    let wrong = |what: String| Report::new(format!("{what}\n  in {CONFIGURATION}"));
    let mut document: DocumentMut = text
        .parse()
        .map_err(|error: toml_edit::TomlError| wrong(format!("expected TOML, found {error}")))?;
    let aliases = document
        .entry("alias")
        .or_insert_with(|| Item::Table(Table::new()))
        .as_table_like_mut()
        .ok_or_else(|| wrong("expected a table at `alias`, found something else".to_owned()))?;
    match aliases.get("xtask").map(Item::as_str) {
        Some(Some(ALIAS)) => return Ok(None),
        Some(_) => {
            return Err(wrong(format!(
                "expected no alias `xtask`, or xtask = \"{ALIAS}\", found another"
            )));
        }
        None => {}
    }
    aliases.insert("xtask", value(ALIAS));
    Ok(Some(document.to_string()))
}
