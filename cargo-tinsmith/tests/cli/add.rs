//! `cargo tinsmith add`: further operations, into `tinsmith.toml` and into the crate at once.

use crate::support::{CONFIG, Workspace, says};

#[test]
fn lists_the_operations_that_are_not_added() {
    let workspace = Workspace::new("add_lists");
    let said = workspace.run(&["add", "tiny"]).succeeded();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "tiny: 1 of 2 operations not added yet");
    assert_eq!(lines[2], "  operation  pages  shapes");
    assert!(lines[3].starts_with("  GetThing   no      "), "{said}");
    assert!(!said.contains("ListThings"), "{said}");

    workspace.edit("tinsmith.toml", "ListThings", "GetThing");
    says(
        &workspace.run(&["add", "tiny"]).succeeded(),
        &["  ListThings  yes  "],
    );
    workspace.edit("tinsmith.toml", "[\"GetThing\"]", "\"all\"");
    assert_eq!(
        workspace.run(&["add", "tiny"]).succeeded(),
        "tiny: all 2 operations added\n"
    );
}

#[test]
fn writes_the_name_where_it_sorts_and_generates() {
    let workspace = Workspace::new("add_writes");
    says(
        &workspace.run(&["add", "tiny", "GetThing"]).succeeded(),
        &["tiny  2 operations"],
    );
    assert_eq!(
        workspace.read("tinsmith.toml"),
        CONFIG.replace("[\"ListThings\"]", "[\"GetThing\", \"ListThings\"]")
    );
    workspace.run(&["codegen", "--check"]).succeeded();

    let before = workspace.tree("");
    says(
        &workspace
            .run(&["add", "tiny", "GetThing", "GetThing"])
            .succeeded(),
        &[" unchanged)"],
    );
    assert_eq!(workspace.tree(""), before);
}

#[test]
fn keeps_comments_and_layout() {
    let workspace = Workspace::new("add_keeps");
    let before = "\
# Top.
[services.tiny]   # beside the table
operations = [
  # above the list
  \"ListThings\",   # what it is for
  # at the end
]
model   = \"models/tiny/2020-01-01\" # beside the model

# Bottom.
";
    let after = "\
# Top.
[services.tiny]   # beside the table
operations = [
  \"GetThing\",
  # above the list
  \"ListThings\", # what it is for
  # at the end
]
model   = \"models/tiny/2020-01-01\" # beside the model

# Bottom.
";
    workspace.write("tinsmith.toml", before);
    workspace.run(&["add", "tiny", "GetThing"]).succeeded();
    assert_eq!(workspace.read("tinsmith.toml"), after);
}

#[test]
fn lays_out_a_list_that_gets_too_wide() {
    let names: Vec<String> = (0..9)
        .map(|number| format!("DescribeThings{number}"))
        .collect();
    let before = "[services.a]\noperations = [\"Zulu\", \"Alpha\", \"Zulu\"]\n";
    let after = cargo_tinsmith::edit::with_operations(before, "a", &names).unwrap();
    let lines: String = names
        .iter()
        .map(|name| format!("  \"{name}\",\n"))
        .collect();
    assert_eq!(
        after,
        format!("[services.a]\noperations = [\n  \"Alpha\",\n{lines}  \"Zulu\",\n]\n")
    );
}

#[test]
fn names_the_nearest_operation_and_changes_nothing() {
    let workspace = Workspace::new("add_nearest");
    let before = workspace.tree("");
    let said = workspace
        .run(&["add", "tiny", "GetThing", "ListThink", "getThing"])
        .failed();
    says(
        &said,
        &[
            "`ListThink` is not an operation of `tiny`; did you mean `ListThings`?",
            "did you mean `GetThing`?",
        ],
    );
    assert_eq!(workspace.tree(""), before);
}

#[test]
fn leaves_tinsmith_toml_alone_if_the_crate_cannot_be_written() {
    let workspace = Workspace::new("add_fails");
    workspace.write("generated", "a file, where a folder should be");
    let before = workspace.tree("");
    workspace.run(&["add", "tiny", "GetThing"]).failed();
    assert_eq!(workspace.tree(""), before);
}

#[test]
fn a_model_that_is_there_needs_no_download() {
    let workspace = Workspace::new("add_there");
    says(
        &workspace.run(&["codegen", "ec2"]).failed(),
        &[
            "`ec2` is not a service in tinsmith.toml\n  configured: tiny\n  to add it: cargo tinsmith add ec2 OPERATION…",
        ],
    );
    workspace.model("models/ec2/2016-11-15");
    workspace.run(&["add", "ec2", "GetThing"]).succeeded();
    says(
        &workspace.read("tinsmith.toml"),
        &["[services.ec2]\nmodel = \"models/ec2/2016-11-15\"\noperations = [\"GetThing\"]\n"],
    );
    assert!(workspace.has("generated/ec2/Cargo.toml"));
}
