//! What is no regular file, wherever a file is read: it is named, nothing waits for it, and nothing is changed.
#![cfg(unix)]

use crate::support::{Workspace, says};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

fn pipe(path: &Path) {
    let status = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(status.success());
}

/// Puts something into the place of a file, and says what it is.
type Put = fn(&Path) -> &'static str;

const SPECIAL: [Put; 5] = [
    |path| {
        pipe(path);
        "expected a regular file, found a named pipe"
    },
    |path| {
        drop(UnixListener::bind(path).unwrap());
        "expected a regular file, found a socket"
    },
    |path| {
        symlink("/dev/zero", path).unwrap();
        "expected a regular file, found a device"
    },
    |path| {
        std::fs::create_dir(path).unwrap();
        "expected a regular file, found a folder"
    },
    |path| {
        symlink(path, path).unwrap();
        "symbolic links"
    },
];

/// A workspace whose crate is generated.
fn generated(name: &str) -> Workspace {
    let workspace = Workspace::new(name);
    workspace.run(&["codegen"]).succeeded();
    workspace
}

#[test]
fn a_special_file_in_the_place_of_one_that_is_read_is_an_error() {
    let places = [
        "generated/tiny/src/lib.rs",
        "generated/tiny/tinsmith.lock",
        "generated/tiny/CHANGELOG.md",
        "models/tiny/2020-01-01/service-2.json",
        "models/tiny/2020-01-01/patch.json",
        "models/tiny/2020-01-01/paginators-1.json",
        "tinsmith.toml",
    ];
    for (number, put) in SPECIAL.into_iter().enumerate() {
        let workspace = generated(&format!("special-{number}"));
        for place in places {
            let path = workspace.root.join(place);
            let before = std::fs::read(&path).ok();
            if before.is_some() {
                std::fs::remove_file(&path).unwrap();
            }
            let found = put(&path);
            for command in ["codegen", "check"] {
                let arguments: &[&str] = match command {
                    "check" => &["codegen", "--check"],
                    _ => &["codegen"],
                };
                let said = workspace.run(arguments).failed();
                let name = path.file_name().unwrap().to_str().unwrap();
                assert!(
                    said.contains(found) && said.contains(name),
                    "{place}: {said}"
                );
            }
            match path.symlink_metadata().unwrap().is_dir() {
                true => std::fs::remove_dir(&path).unwrap(),
                false => std::fs::remove_file(&path).unwrap(),
            }
            if let Some(before) = before {
                std::fs::write(&path, before).unwrap();
            }
        }
        workspace.run(&["codegen", "--check"]).succeeded();
    }
}

#[test]
fn a_fifo_in_an_output_folder_is_an_error() {
    let workspace = generated("fifo");
    pipe(&workspace.root.join("generated/tiny/src/pipe"));
    let said = workspace.run(&["codegen"]).failed();
    says(&said, &["generated/tiny/src/pipe", "found a named pipe"]);
    let said = workspace.run(&["codegen", "--check"]).failed();
    says(&said, &["generated/tiny/src/pipe", "found a named pipe"]);
}

#[test]
fn a_model_that_is_no_file_is_an_error() {
    let workspace = Workspace::empty("fifo-model");
    workspace.write("tinsmith.toml", "");
    let path = workspace.root.join("model.json");
    for put in [SPECIAL[0], SPECIAL[1], SPECIAL[2], SPECIAL[4]] {
        let found = put(&path);
        let said = workspace
            .run(&[
                "codegen",
                "--model",
                "model.json",
                "--operations",
                "all",
                "--package",
                "a",
                "--out",
                "out",
            ])
            .failed();
        says(&said, &["model.json", found]);
        std::fs::remove_file(&path).unwrap();
    }
}

#[test]
fn an_enormous_file_is_an_error() {
    let workspace = generated("enormous");
    let path = workspace.root.join("generated/tiny/src/lib.rs");
    // Of holes alone: it takes no room.
    let file = std::fs::File::create(path).unwrap();
    file.set_len(1 << 40).unwrap();
    let said = workspace.run(&["codegen", "--check"]).failed();
    says(
        &said,
        &[
            "src/lib.rs",
            "expected a file of at most 128 MiB, found more",
        ],
    );
}
