//! The version and the changelog of a generated crate: both follow from what changed for its users, and from nothing
//! else.

use crate::support::{CONFIG, Workspace, says};

const SERVICE: &str = "models/tiny/2020-01-01/service-2.json";
const CHANGELOG: &str = "generated/tiny/CHANGELOG.md";
const LOCK: &str = "generated/tiny/tinsmith.lock";

fn generated(test: &str) -> Workspace {
    let workspace = Workspace::new(test);
    workspace.run(&["codegen"]).succeeded();
    workspace
}

fn add_member(workspace: &Workspace, member: &str) {
    workspace.edit(
        SERVICE,
        "\"kilo\": {",
        &format!("\"{member}\": {{ \"shape\": \"Text\" }}, \"kilo\": {{"),
    );
}

#[track_caller]
fn is_at(workspace: &Workspace, version: &str) {
    says(
        &workspace.read("generated/tiny/Cargo.toml"),
        &[&format!("\nversion = \"{version}\"\n")],
    );
    workspace.run(&["codegen", "--check"]).succeeded();
    let before = workspace.tree("generated");
    says(&workspace.run(&["codegen"]).succeeded(), &[" unchanged)"]);
    assert_eq!(workspace.tree("generated"), before);
}

#[test]
fn begins_at_0_1_0_and_raises_by_the_cargo_book() {
    let workspace = generated("release_zero");
    is_at(&workspace, "0.1.0");
    says(
        &workspace.read(CHANGELOG),
        &["\n## 0.1.0\n\nFirst version.\n"],
    );

    add_member(&workspace, "yankee");
    says(
        &workspace.run(&["codegen"]).succeeded(),
        &["version 0.1.0 -> 0.1.1"],
    );
    is_at(&workspace, "0.1.1");

    workspace.edit(SERVICE, "\"zulu\": { \"shape\": \"Text\" }, ", "");
    says(
        &workspace.run(&["codegen"]).succeeded(),
        &["version 0.1.1 -> 0.2.0"],
    );
    is_at(&workspace, "0.2.0");

    let changelog = workspace.read(CHANGELOG);
    let places: Vec<Option<usize>> = [
        "# Changelog",
        "## 0.2.0",
        "### Breaking changes",
        "`Thing.zulu`",
        "## 0.1.1",
        "yankee",
        "## 0.1.0",
        "First version.",
    ]
    .iter()
    .map(|part| changelog.find(part))
    .collect();
    assert!(
        places.is_sorted() && places.iter().all(Option::is_some),
        "{places:?} in {changelog}"
    );
}

#[test]
fn a_crate_at_1_0_0_raises_the_first_two_numbers() {
    let workspace = generated("release_one");
    workspace.write("tinsmith.toml", &format!("{CONFIG}version = \"1.0.0\"\n"));
    workspace.run(&["codegen"]).succeeded();
    is_at(&workspace, "1.0.0");
    says(
        &workspace.read(CHANGELOG),
        &["## 1.0.0\n\nNothing but the version changed.\n\n## 0.1.0\n"],
    );
    add_member(&workspace, "yankee");
    workspace.run(&["codegen"]).succeeded();
    is_at(&workspace, "1.1.0");
    workspace.edit(SERVICE, "\"zulu\": { \"shape\": \"Text\" }, ", "");
    workspace.run(&["codegen"]).succeeded();
    is_at(&workspace, "2.0.0");
}

#[test]
fn names_the_release_that_the_model_is_from() {
    let workspace = generated("release_source");
    workspace.write(
        "models/tiny/2020-01-01/SOURCES.toml",
        "package = \"botocore\"\nversion = \"1.3.0\"\n",
    );
    add_member(&workspace, "yankee");
    workspace.run(&["codegen"]).succeeded();
    says(
        &workspace.read(CHANGELOG),
        &["## 0.1.1\n\nFrom the model in botocore 1.3.0.\n"],
    );
}

#[test]
fn what_no_selected_operation_reaches_changes_no_file() {
    let workspace = generated("release_unselected");
    let before = workspace.tree("generated");
    workspace.write(
        "models/tiny/2020-01-01/SOURCES.toml",
        "package = \"botocore\"\nversion = \"1.3.0\"\n",
    );
    workspace.edit(SERVICE, "{ \"name\": { \"shape\": \"Text\" } }", "{}");
    workspace.edit(SERVICE, "/GetThing\"", "/GetOneThing\"");
    workspace.run(&["codegen", "--check"]).succeeded();
    says(&workspace.run(&["codegen"]).succeeded(), &[" unchanged)"]);
    assert_eq!(workspace.tree("generated"), before);
}

#[test]
fn tinsmith_toml_changes_a_crate_too() {
    let workspace = generated("release_config");
    says(
        &workspace.run(&["add", "tiny", "GetThing"]).succeeded(),
        &["version 0.1.0 -> 0.1.1"],
    );
    is_at(&workspace, "0.1.1");
    says(&workspace.read(CHANGELOG), &["GetThing"]);
    let renamed = "[services.tiny.overrides.renames]\nThing = \"Item\"\n";
    workspace.write(
        "tinsmith.toml",
        &format!("{}{renamed}", workspace.read("tinsmith.toml")),
    );
    says(
        &workspace.run(&["codegen"]).succeeded(),
        &["version 0.1.1 -> 0.2.0"],
    );
    workspace.write("tinsmith.toml", &format!("{CONFIG}{renamed}"));
    says(
        &workspace.run(&["codegen"]).succeeded(),
        &["version 0.2.0 -> 0.3.0"],
    );
    is_at(&workspace, "0.3.0");
}

#[test]
fn without_a_bump_the_next_version_tells_all_of_it() {
    let workspace = generated("release_no_bump");
    let changelog = workspace.read(CHANGELOG);
    add_member(&workspace, "yankee");
    let said = workspace.run(&["codegen", "--no-bump"]).succeeded();
    assert!(!said.contains("->"), "{said}");
    assert_eq!(workspace.read(CHANGELOG), changelog);
    says(
        &workspace.read("generated/tiny/Cargo.toml"),
        &["version = \"0.1.0\""],
    );
    says(&workspace.read("generated/tiny/API.txt"), &["yankee"]);
    workspace
        .run(&["codegen", "--check", "--no-bump"])
        .succeeded();
    says(
        &workspace.run(&["codegen", "--check"]).failed(),
        &["-version = \"0.1.0\"", "+version = \"0.1.1\""],
    );

    add_member(&workspace, "xray");
    workspace.run(&["codegen"]).succeeded();
    is_at(&workspace, "0.1.1");
    says(&workspace.read(CHANGELOG), &["yankee", "xray"]);
}

#[test]
fn a_remark_in_the_changelog_stays() {
    let workspace = generated("release_remark");
    workspace.edit(CHANGELOG, "First version.", "First version, and a remark.");
    is_at(&workspace, "0.1.0");
    add_member(&workspace, "yankee");
    workspace.run(&["codegen"]).succeeded();
    says(
        &workspace.read(CHANGELOG),
        &["yankee", "\n\n## 0.1.0\n\nFirst version, and a remark.\n"],
    );
    workspace.remove(CHANGELOG);
    workspace.run(&["codegen"]).succeeded();
    says(
        &workspace.read(CHANGELOG),
        &["## 0.1.1\n\nWhat changed until then is not recorded.\n"],
    );
}

#[test]
fn a_crate_without_a_lock_keeps_its_version() {
    let workspace = generated("release_no_lock");
    add_member(&workspace, "yankee");
    workspace.run(&["codegen"]).succeeded();
    let before = workspace.tree("generated");
    workspace.remove(LOCK);
    says(
        &workspace.run(&["codegen", "--check"]).failed(),
        &["missing  generated/tiny/tinsmith.lock"],
    );
    workspace.run(&["codegen"]).succeeded();
    assert_eq!(workspace.tree("generated"), before);
}

/// As version 0.1.0 of Tinsmith wrote it, in its shortest form. A lock that cannot be read any more stops whoever
/// updates the generator, so that what is added to it has a default.
const OLD_LOCK: &str = r##"# Generated by `cargo xtask codegen`: what this version was generated from. Do not edit.
{
  "version": "0.4.2",
  "model": {
    "service": { "id": "tiny", "full_name": "Tiny Service", "api_version": "2020-01-01" },
    "operations": {
      "ListThings": {
        "method": "POST", "uri": "/ListThings", "input": "ListThingsRequest", "output": "ListThingsResponse",
        "pagination": { "input_tokens": ["token"], "output_tokens": ["token"], "limit": "most", "results": ["things"] }
      }
    },
    "shapes": {
      "ListThingsRequest": { "kind": { "structure": { "members": { "token": { "shape": "Text" }, "most": { "shape": "Number" } } } } },
      "ListThingsResponse": { "kind": { "structure": { "members": { "things": { "shape": "Things" }, "token": { "shape": "Text" } } } } },
      "Number": { "kind": "integer" },
      "Text": { "kind": "string", "constraints": { "max": 9 } },
      "Thing": { "kind": { "structure": { "members": { "zulu": { "shape": "Text" }, "mike": { "shape": "Text" }, "alpha": { "shape": "Text" } } } } },
      "Things": { "kind": { "list": { "member": { "shape": "Thing" } } } }
    },
    "endpoint_rules": {
      "parameters": { "Region": { "built_in": "AWS::Region" } },
      "rules": [
        { "conditions": [{ "call": { "function": "isSet", "arguments": ["Region", true, ["text", { "name": "Region" }]] }, "assign": "Given" }], "error": ["No."] },
        { "tree": [{ "endpoint": { "url": ["https://tiny.example.com"] } }] }
      ]
    },
    "waiters": {
      "ThingExists": {
        "operation": "ListThings", "delay": 5,
        "acceptors": [{ "state": "success", "matcher": { "status": 200 } }, { "state": "retry", "matcher": { "path": { "path": "a", "quantifier": "any", "expected": "b" } } }]
      }
    }
  },
  "files": {}
}
"##;

const WAITERS: &str = r#"{ "version": 2, "waiters": { "ThingExists": { "operation": "ListThings", "delay": 5, "acceptors": [{ "state": "success", "matcher": "status", "expected": 200 }] } } }"#;

#[test]
fn the_lock_of_an_older_generator_is_read() {
    let workspace = Workspace::new("release_old_lock");
    workspace.write(LOCK, OLD_LOCK);
    workspace.write("models/tiny/2020-01-01/waiters-2.json", WAITERS);
    says(
        &workspace.run(&["codegen"]).succeeded(),
        &["version 0.4.2 -> 0.4.3"],
    );
    is_at(&workspace, "0.4.3");
    let changelog = workspace.read(CHANGELOG);
    says(&changelog, &["kilo", "`Text`", "tiny", "ThingExists"]);
    assert!(!changelog.contains("Breaking"), "{changelog}");
}

#[test]
fn a_lock_that_cannot_be_read_is_no_guess() {
    let workspace = generated("release_bad_lock");
    let lock = workspace.read(LOCK);
    for (bad, what) in [
        (
            lock.replace("\"version\": \"0.1.0\"", "\"version\": \"one\""),
            "found `one`",
        ),
        (lock.replace("{\n", "<<<<<<< ours\n"), "line 1 column 1"),
        ("{}".to_owned(), "generated header"),
    ] {
        workspace.write(LOCK, &bad);
        let before = workspace.tree("");
        says(
            &workspace.run(&["codegen"]).failed(),
            &[
                "generated/tiny/tinsmith.lock is not as the generator writes it: ",
                what,
                "restore it",
            ],
        );
        assert_eq!(workspace.tree(""), before);
    }
}

#[test]
fn a_version_has_three_numbers() {
    let workspace = Workspace::new("release_bad_version");
    for bad in ["1.0", "1.0.0-rc.1", "01.0.0", "one"] {
        workspace.write("tinsmith.toml", &format!("{CONFIG}version = \"{bad}\"\n"));
        says(
            &workspace.run(&["codegen"]).failed(),
            &["expected a version of three numbers such as `0.1.0`", bad],
        );
    }
}
