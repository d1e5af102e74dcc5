//! `cargo tinsmith scan` on small programs of our own, each with what is to be found in it as comments beside the calls.
//!
//! `//~ s3 GetObject call` at the end of a line: the operation is used there, in this way; `types` in place of a use if it is
//! not called anywhere; `test` after it if only tests use it. `//? get_item`: may be a call, which must be reported as such.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod command;
mod expected;
mod projects;
mod rows;

use expected::Expected;
use std::path::{Path, PathBuf};

const MANIFEST: &str = r#"
[package]
name = "program"
version = "0.1.0"
edition = "2024"

[dependencies]
aws-config = "1"
"#;

/// A project with one file, which depends on the clients that the file names.
fn project(folder: &Path, source: &str) {
    let mut manifest = MANIFEST.to_owned();
    let mut names: Vec<&str> = source.split("aws_sdk_").skip(1).collect();
    names = names
        .iter()
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next())
        .collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        manifest.push_str(&format!("aws-sdk-{name} = \"1\"\n"));
    }
    write(folder, "Cargo.toml", &manifest);
    write(folder, "src/main.rs", source);
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn programs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scan/programs");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(paths.len() > 4);
    paths
}

#[test]
fn each_program_has_what_its_comments_say() {
    let mut wrong = Vec::new();
    for path in programs() {
        let source = std::fs::read_to_string(&path).unwrap();
        let folder = tempfile::tempdir().unwrap();
        project(folder.path(), &source);
        let scan = cargo_tinsmith::scan::scan(folder.path()).unwrap();
        let expected = Expected::of(&[("src/main.rs", &source)]);
        assert!(!expected.is_empty());
        wrong.extend(
            expected
                .compare(&scan)
                .into_iter()
                .map(|line| format!("{}: {line}", path.display())),
        );
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
