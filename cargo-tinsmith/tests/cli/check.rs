//! `cargo tinsmith check`: everything that is out of date, at once, and the command that fixes it.

use crate::support::{Workspace, says};

#[test]
fn lists_all_that_is_stale_missing_or_an_orphan_and_writes_nothing() {
    let workspace = Workspace::new("check_lists_all");
    workspace.run(&["codegen"]).succeeded();
    assert_eq!(
        workspace.run(&["codegen", "--check"]).succeeded(),
        "up to date\n"
    );
    for arguments in [&["check"][..], &["check", "tiny"]] {
        assert_eq!(workspace.run(arguments).succeeded(), "up to date\n");
    }
    cargo_tinsmith::check(&workspace.root).unwrap();

    let files = workspace.tree("generated");
    let operation = files
        .keys()
        .find(|name| name.contains("src/operation/"))
        .unwrap();
    let header = files[operation].lines().next().unwrap();
    workspace.edit(
        "generated/tiny/Cargo.toml",
        "name = \"tiny\"",
        "name = \"tinny\"",
    );
    workspace.remove(operation);
    workspace.write("generated/tiny/src/gone.rs", &format!("{header}\n"));
    workspace.write("generated/tiny/src/mine.rs", "fn mine() {}\n");
    let before = workspace.tree("");

    let said = workspace.run(&["codegen", "--check"]).failed();
    says(
        &said,
        &[
            "the generated crate tiny is out of date: 1 file stale, 1 missing, 2 orphan",
            "  stale    generated/tiny/Cargo.toml\n    @@",
            "\n    -name = \"tinny\"\n    +name = \"tiny\"\n",
            &format!("  missing  {operation} ("),
            "  orphan   generated/tiny/src/gone.rs (edited since",
            "  orphan   generated/tiny/src/mine.rs (written by hand?",
            "  to fix it: cargo tinsmith codegen tiny",
        ],
    );
    assert_eq!(workspace.run(&["check"]).failed(), said);
    assert_eq!(
        cargo_tinsmith::check(&workspace.root)
            .unwrap_err()
            .to_string(),
        said.trim_end()
    );
    assert_eq!(workspace.tree(""), before);
}

#[test]
fn cuts_a_long_diff() {
    let workspace = Workspace::new("check_cuts");
    workspace.run(&["codegen"]).succeeded();
    let manifest = workspace.read("generated/tiny/Cargo.toml");
    let lines: String = (0..100)
        .map(|number| format!("# line {number}\n"))
        .collect();
    workspace.write("generated/tiny/Cargo.toml", &format!("{manifest}{lines}"));
    let said = workspace.run(&["codegen", "--check"]).failed();
    says(&said, &["-# line 0\n", " more lines of this diff"]);
    assert!(said.lines().count() < 30, "{said}");
}

#[test]
fn says_what_is_wrong_where_nothing_can_be_generated() {
    let workspace = Workspace::new("check_wrong");
    workspace.write("models/tiny/2020-01-01/service-2.json", "{");
    says(
        &workspace.run(&["codegen", "--check"]).failed(),
        &["models/tiny/2020-01-01/service-2.json", "line 1 column 1"],
    );
}
