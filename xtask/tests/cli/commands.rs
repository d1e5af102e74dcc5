//! `cargo xtask` has the commands of users and those of this repository, and messages name it as it is called.

use crate::support::{Workspace, says};

#[test]
fn has_the_commands_of_users_and_its_own() {
    let workspace = Workspace::empty("xtask_help");
    let said = workspace.run(&["--help"]).succeeded();
    says(&said, &["Usage: cargo xtask"]);
    for command in [
        "codegen",
        "check",
        "add",
        "diff",
        "update",
        "status",
        "import",
        "conformance",
        "e2e",
        "sweep",
        "partitions",
        "bench",
    ] {
        says(&said, &[&format!("\n  {command} ")]);
    }
    let said = workspace.run(&["codegen", "--help"]).succeeded();
    says(
        &said,
        &["Usage: cargo xtask codegen", "cargo xtask codegen --check"],
    );
    assert!(!said.contains("tinsmith codegen"), "{said}");
}

#[test]
fn messages_name_it() {
    let workspace = Workspace::new("xtask_named");
    says(
        &workspace.run(&["check"]).failed(),
        &["  to fix it: cargo xtask codegen tiny"],
    );
    says(
        &workspace.run(&["add", "tiny"]).succeeded(),
        &["to add some: cargo xtask add tiny OPERATION…"],
    );
}
