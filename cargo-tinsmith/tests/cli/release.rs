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
        &["## 1.0.0\n\nOnly the version changed.\n\n## 0.1.0\n"],
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

/// The format that is written now.
const FORMAT: &str = "\"format\": 2";

#[test]
fn a_lock_says_its_format() {
    let workspace = generated("release_lock_format");
    let lock = workspace.read(LOCK);
    let (header, json) = lock.split_once('\n').unwrap();
    says(header, &["Generated by Tinsmith"]);
    assert!(json.starts_with(&format!("{{\n  {FORMAT},\n")), "{json}");
}

#[test]
fn the_lock_of_an_older_format_becomes_one_of_this() {
    let workspace = generated("release_older_format");
    let lock = workspace.read(LOCK);
    for older in ["", "\"format\": 1,"] {
        workspace.write(LOCK, &lock.replace(&format!("{FORMAT},"), older));
        says(
            &workspace.run(&["codegen", "--check"]).failed(),
            &["stale", LOCK, "cargo tinsmith codegen"],
        );
        let said = workspace.run(&["codegen"]).succeeded();
        assert!(!said.contains("->"), "{said}");
        assert_eq!(workspace.read(LOCK), lock);
    }
}

#[test]
fn the_lock_of_a_later_format_is_left_to_a_later_generator() {
    let workspace = generated("release_later_format");
    let lock = workspace.read(LOCK);
    let header = lock.lines().next().unwrap();
    for later in [
        lock.replace(FORMAT, "\"format\": 3"),
        // What else it says is nothing that this generator knows.
        format!("{header}\n{{ \"format\": 3, \"crates\": [] }}\n"),
    ] {
        workspace.write(LOCK, &later);
        let before = workspace.tree("");
        for command in [
            &["codegen"][..],
            &["codegen", "--check"],
            &["codegen", "--force"],
        ] {
            says(
                &workspace.run(command).failed(),
                &[
                    "generated/tiny/tinsmith.lock was written by a later generator: ",
                    "expected format 2 or one before it, found format 3\n",
                    "use the Tinsmith that wrote it, or a later one",
                ],
            );
        }
        assert_eq!(workspace.tree(""), before);
    }
}

#[test]
fn a_lock_that_cannot_be_read_is_no_guess() {
    let workspace = generated("release_bad_lock");
    let lock = workspace.read(LOCK);
    let format = |found: &str| lock.replace(FORMAT, &format!("\"format\": {found}"));
    let half = lock.get(..lock.len() / 2).unwrap();
    for (bad, what) in [
        (
            lock.replace("\"version\": \"0.1.0\"", "\"version\": \"one\""),
            "expected a version such as `0.1.0`, found `one`",
        ),
        (
            lock.replace("\"version\": \"0.1.0\",", ""),
            "found missing field `version` at line ",
        ),
        (lock.replace("{\n", "<<<<<<< ours\n"), "at line 2 column 1"),
        (half.to_owned(), "found EOF while parsing"),
        ("{}".to_owned(), "in its first line, found \"{}\""),
        (String::new(), "in its first line, found \"\""),
        (
            format("\"two\""),
            "expected the number of its format, such as `2`, found `\"two\"`",
        ),
        (format("0"), "such as `2`, found `0`"),
        (format("-1"), "such as `2`, found `-1`"),
        (format("1.5"), "such as `2`, found `1.5`"),
        (
            lock.replace("\"kind\": \"string\"", "\"kind\": \"rope\""),
            "found unknown variant `rope`, expected one of ",
        ),
    ] {
        workspace.write(LOCK, &bad);
        let before = workspace.tree("");
        says(
            &workspace.run(&["codegen"]).failed(),
            &[
                "generated/tiny/tinsmith.lock is not as the generator writes it: ",
                what,
                "restore it (git has it), or delete it",
            ],
        );
        assert_eq!(workspace.tree(""), before);
    }
}

#[test]
fn a_lock_that_is_no_text_is_no_guess() {
    let workspace = generated("release_lock_bytes");
    let path = workspace.root.join(LOCK);
    std::fs::write(&path, [0x23, 0x20, 0xff, 0xfe]).unwrap();
    says(
        &workspace.run(&["codegen"]).failed(),
        &[
            "generated/tiny/tinsmith.lock is not",
            "expected UTF-8, found invalid utf-8 sequence of 1 bytes from index 2",
        ],
    );
}

/// A lock whose facts do not hold together, which no generator wrote.
#[test]
fn a_lock_whose_facts_refer_to_nothing_is_no_guess() {
    let workspace = generated("release_lock_facts");
    workspace.edit(LOCK, "\"shape\": \"Thing\"", "\"shape\": \"Nothing\"");
    let before = workspace.tree("");
    says(
        &workspace.run(&["codegen"]).failed(),
        &[
            "`Nothing`, which the model does not have",
            "in generated/tiny/tinsmith.lock at shapes.Things.member",
            "generated/tiny/tinsmith.lock is not as the generator writes it\n  restore it (git has it), or delete it",
        ],
    );
    assert_eq!(workspace.tree(""), before);
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
