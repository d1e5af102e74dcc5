//! Generated files that somebody edited are never overwritten or removed unasked.

use crate::support::{CONFIG, Workspace, says};

fn generated(test: &str) -> Workspace {
    let workspace = Workspace::new(test);
    workspace.run(&["codegen"]).succeeded();
    workspace
}

#[test]
fn names_every_edited_file_and_overwrites_them_with_force() {
    let workspace = generated("edited");
    let clean = workspace.tree("generated");
    workspace.edit(
        "generated/tiny/Cargo.toml",
        "[package]",
        "[package]\nauthors = []",
    );
    workspace.edit("generated/tiny/src/lib.rs", "\n", "\n\n");
    let edited = workspace.tree("generated");
    let said = workspace.run(&["codegen"]).failed();
    says(
        &said,
        &[
            "generated/tiny/Cargo.toml would be overwritten, but was edited since it was generated",
            "generated/tiny/src/lib.rs would be overwritten, but was edited since it was generated",
            "`cargo tinsmith codegen --force`; nothing was changed",
        ],
    );
    assert_eq!(said.matches("error:").count(), 2, "{said}");
    assert_eq!(workspace.tree("generated"), edited);
    says(
        &workspace.run(&["codegen", "--check"]).failed(),
        &["stale    generated/tiny/Cargo.toml"],
    );
    workspace.run(&["codegen", "--force"]).succeeded();
    assert_eq!(workspace.tree("generated"), clean);
}

#[test]
fn removes_no_edited_file_either() {
    let workspace = generated("edited_orphan");
    workspace.write("tinsmith.toml", &CONFIG.replace("ListThings", "GetThing"));
    workspace.edit("generated/tiny/src/operation/list_things.rs", "\n", "\n\n");
    let before = workspace.tree("generated");
    says(
        &workspace.run(&["codegen"]).failed(),
        &["src/operation/list_things.rs would be removed, but was edited since it was generated"],
    );
    says(
        &workspace.run(&["codegen", "--check"]).failed(),
        &["orphan   generated/tiny/src/operation/list_things.rs (edited since it was generated"],
    );
    assert_eq!(workspace.tree("generated"), before);
    workspace.run(&["codegen", "--force"]).succeeded();
    assert!(!workspace.has("generated/tiny/src/operation/list_things.rs"));
}

#[test]
fn refuses_to_remove_a_crate_with_edits() {
    let workspace = generated("edited_crate");
    workspace.edit("generated/tiny/src/lib.rs", "\n", "\n\n");
    workspace.write(
        "tinsmith.toml",
        &CONFIG.replace("services.tiny", "services.other"),
    );
    says(
        &workspace.run(&["codegen"]).failed(),
        &["generated/tiny/src/lib.rs would be removed, but was edited since it was generated"],
    );
    workspace.run(&["codegen", "--force"]).succeeded();
    assert!(!workspace.has("generated/tiny") && workspace.has("generated/other"));
}

#[test]
fn force_never_removes_what_the_generator_never_wrote() {
    let workspace = generated("by_hand_forced");
    workspace.write("generated/tiny/notes.md", "Mine.\n");
    says(
        &workspace.run(&["codegen", "--force"]).failed(),
        &["generated/tiny/notes.md would be removed, but carries no generated header"],
    );
    assert!(workspace.has("generated/tiny/notes.md"));
}

#[test]
fn an_edit_that_says_what_the_generator_says_is_none() {
    let workspace = generated("edit_agrees");
    let before = workspace.tree("generated");
    workspace.edit(
        "models/tiny/2020-01-01/service-2.json",
        "\"zulu\"",
        "\"yankee\"",
    );
    workspace.run(&["codegen"]).succeeded();
    let after = workspace.tree("generated");
    // As a merge of two branches might leave it: the files of one, the lock of the other.
    for (name, text) in &after {
        workspace.write(name, text);
    }
    workspace.write(
        "generated/tiny/tinsmith.lock",
        &before["generated/tiny/tinsmith.lock"],
    );
    workspace.write(
        "generated/tiny/CHANGELOG.md",
        &before["generated/tiny/CHANGELOG.md"],
    );
    workspace.run(&["codegen"]).succeeded();
    assert_eq!(workspace.tree("generated"), after);
}
