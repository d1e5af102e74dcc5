//! `cargo tinsmith init`: in an empty folder, in a package, in a workspace, with an xtask; and where it refuses.

use crate::support::{Workspace, says};

const PACKAGE: &str = "[package]\nname = \"mine\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

#[test]
fn an_empty_folder_becomes_a_package() {
    let workspace = Workspace::empty("init_empty");
    workspace.write(".gitignore", "target\n");
    let said = workspace.run_in("", &["init"]).succeeded();
    says(
        &said,
        &[
            "made a package: Cargo.toml, src/main.rs\n",
            "wrote tinsmith.toml\n",
            "next: cargo tinsmith add s3 GetObject PutObject\n",
        ],
    );
    says(
        &workspace.cargo("", &["metadata", "--no-deps"]),
        &["\"bin\""],
    );
    // What it wrote is valid, and what is commented out in it is the default.
    let text = workspace.read("tinsmith.toml");
    workspace.write(
        "tinsmith.toml",
        &text
            .replace("\n# runtime", "\nruntime")
            .replace("\n# license", "\nlicense"),
    );
    assert_eq!(
        workspace.run_in("src", &["check"]).succeeded(),
        "up to date\n"
    );
}

#[test]
fn a_package_and_a_workspace_get_the_file_at_their_root() {
    let workspace = Workspace::empty("init_package");
    workspace.write("Cargo.toml", PACKAGE);
    workspace.write("src/lib.rs", "");
    says(
        &workspace.run_in("src", &["init"]).succeeded(),
        &["/tinsmith.toml\n"],
    );
    assert_eq!(workspace.read("Cargo.toml"), PACKAGE);
    assert!(workspace.has("tinsmith.toml"));

    let workspace = Workspace::empty("init_workspace");
    workspace.write("Cargo.toml", "[workspace]\nmembers = [\"mine\"]\n");
    workspace.write("mine/Cargo.toml", PACKAGE);
    workspace.write("mine/src/lib.rs", "");
    workspace.run_in("mine", &["init"]).succeeded();
    assert!(workspace.has("tinsmith.toml") && !workspace.has("mine/tinsmith.toml"));
}

#[test]
fn refuses_what_is_no_place_for_a_project_and_says_what_to_do() {
    let workspace = Workspace::empty("init_refuses");
    workspace.write("notes.txt", "");
    says(
        &workspace.run_in("", &["init"]).failed(),
        &[
            "expected a package, a workspace or an empty folder, found notes.txt in ",
            "make a package first: cargo init",
        ],
    );
    workspace.write("Cargo.toml", PACKAGE);
    workspace.write("src/lib.rs", "");
    workspace.run_in("", &["init"]).succeeded();
    let before = workspace.tree("");
    for folder in ["", "src"] {
        says(
            &workspace.run_in(folder, &["init"]).failed(),
            &[
                "expected no tinsmith.toml, found ",
                "`cargo tinsmith add SERVICE OPERATION…` adds a service to it",
            ],
        );
    }
    assert_eq!(workspace.tree(""), before);
}

#[test]
fn an_xtask_calls_the_library() {
    let workspace = Workspace::empty("init_xtask");
    workspace.write("Cargo.toml", PACKAGE);
    workspace.write("src/lib.rs", "");
    workspace.write(".cargo/config.toml", "# ours\n[alias]\nt = \"test\"\n");
    let said = workspace.run_in("", &["init", "--xtask"]).succeeded();
    says(
        &said,
        &[
            "wrote xtask/Cargo.toml\n",
            "wrote xtask/src/main.rs\n",
            "wrote .cargo/config.toml\n",
            "next: cargo xtask add s3",
        ],
    );
    assert_eq!(
        workspace.read(".cargo/config.toml"),
        "# ours\n[alias]\nt = \"test\"\nxtask = \"run --package xtask --\"\n"
    );
    assert_eq!(
        workspace.read("Cargo.toml"),
        format!("{PACKAGE}\n[workspace]\nmembers = [\"xtask\"]\n")
    );
    let program = workspace.read("xtask/src/main.rs");
    says(&program, &["cargo_tinsmith::main(\"cargo xtask\")"]);
    assert!(program.lines().count() <= 10, "{program}");
    let metadata = workspace.cargo("", &["metadata", "--no-deps"]);
    says(
        &metadata,
        &["\"name\":\"xtask\"", "\"name\":\"cargo-tinsmith\""],
    );
}

#[test]
fn an_xtask_that_is_there_is_not_replaced() {
    for (path, text, expected) in [
        (
            "xtask/Cargo.toml",
            PACKAGE,
            "which would be the project's xtask, found one",
        ),
        (
            ".cargo/config.toml",
            "[alias]\nxtask = \"run -p other\"\n",
            "expected no alias `xtask`, or xtask = \"run --package xtask --\", found another\n  in .cargo/config.toml",
        ),
        (
            ".cargo/config.toml",
            "alias = 1\n",
            "expected a table at `alias`",
        ),
        (".cargo/config.toml", "[", "expected TOML, found"),
    ] {
        let workspace = Workspace::empty("init_xtask_there");
        workspace.write("Cargo.toml", PACKAGE);
        workspace.write("src/lib.rs", "");
        workspace.write(path, text);
        let before = workspace.tree("");
        says(
            &workspace.run_in("", &["init", "--xtask"]).failed(),
            &[expected],
        );
        assert_eq!(workspace.tree(""), before);
    }
}
