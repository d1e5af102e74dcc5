//! `diff`: between two folders, and between what is committed and what is on disk.

use crate::support::{MODEL, Workspace, says};
use std::process::Command;

/// The tiny service before and after an update.
pub(crate) fn two(name: &str) -> Workspace {
    let workspace = Workspace::new(name);
    workspace.model("old");
    workspace.model("new");
    update(&workspace, "new");
    workspace
}

/// A member and a value come, another member goes.
fn update(workspace: &Workspace, folder: &str) {
    let file = format!("{folder}/service-2.json");
    workspace.edit(
        &file,
        r#""zulu": { "shape": "Text" }, "mike": { "shape": "Text" }"#,
        r#""zulu": { "shape": "Text" }, "lima": { "shape": "Number" }"#,
    );
    workspace.edit(
        &file,
        r#""token": { "shape": "Text" }, "most": { "shape": "Number" }"#,
        r#""token": { "shape": "Text" }, "most": { "shape": "Number" }, "like": { "shape": "Text" }"#,
    );
}

fn git(workspace: &Workspace, arguments: &[&str]) {
    let done = Command::new("git")
        .arg("-C")
        .arg(&workspace.root)
        .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
        .args(["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
}

pub(crate) fn commit(workspace: &Workspace) {
    git(workspace, &["init", "--quiet"]);
    git(workspace, &["add", "."]);
    git(
        workspace,
        &["commit", "--quiet", "--no-verify", "--message", "all"],
    );
}

const PATHS: [&str; 5] = ["diff", "--from", "old", "--to", "new"];

#[test]
fn text_is_for_a_terminal_and_has_no_colour_without_one() {
    assert_eq!(
        two("diff-text").run(&PATHS).succeeded(),
        "\
tiny  old -> new  major
1 breaking change, 2 additions

breaking
  Thing.mike  the field is removed

members (2)
  ListThingsRequest  like: Option<String>
  Thing              lima: Option<i32>

3 generated files, +7 -3 lines
"
    );
}

#[test]
fn markdown_puts_breaking_changes_first_and_counts_lines() {
    let report = two("diff-markdown").run(&[&PATHS[..], &["--format", "markdown"]].concat());
    assert_eq!(
        report.succeeded(),
        "\
## tiny: a major update

old → new: 1 breaking change, 2 additions.

### Breaking changes

- `Thing.mike`: the field is removed

### Additions

**Members**

- `ListThingsRequest`: `like: Option<String>`
- `Thing`: `lima: Option<i32>`

### 3 generated files: +7 −3 lines

| file | added | removed |
|---|--:|--:|
| `API.txt` | 2 | 1 |
| `src/operation/list_things.rs` | 3 | 0 |
| `src/types/thing.rs` | 2 | 2 |
"
    );
}

#[test]
fn json_is_for_programs() {
    let report = two("diff-json")
        .run(&[&PATHS[..], &["--format", "json"]].concat())
        .succeeded();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(
        report,
        serde_json::json!({
            "bump": "major",
            "changes": [
                {
                    "kind": "member-removed", "path": "Thing.mike", "before": "mike: Option<String>", "after": null,
                    "bump": "major", "note": "the field is removed"
                },
                {
                    "kind": "member-added", "path": "ListThingsRequest.like", "before": null, "after": "like: Option<String>",
                    "bump": "minor", "note": "a new field and its setter; nothing is sent for it unless it is set"
                },
                {
                    "kind": "member-added", "path": "Thing.lima", "before": null, "after": "lima: Option<i32>",
                    "bump": "minor", "note": "a new field of a structure, which programs can only destructure with `..`"
                }
            ]
        })
    );
}

#[test]
fn only_the_selected_operations_count() {
    let workspace = two("diff-operations");
    let report = workspace
        .run(&[
            "diff",
            "--from",
            "old",
            "--to",
            "new",
            "--operations",
            "GetThing",
        ])
        .succeeded();
    says(&report, &["1 breaking change, 1 addition\n", "Thing.mike"]);
    let misspelt = workspace
        .run(&[
            "diff",
            "--from",
            "old",
            "--to",
            "new",
            "--operations",
            "GetThings",
        ])
        .failed();
    assert_eq!(
        misspelt,
        "error: expected the name of an operation of tiny, found `GetThings`, which neither model has; the nearest are `GetThing`, `ListThings`\n  in new/service-2.json at operations\n"
    );
}

#[test]
fn without_paths_the_commit_is_compared_with_the_disk() {
    let workspace = Workspace::new("diff-git");
    commit(&workspace);
    assert_eq!(
        workspace.run(&["diff"]).succeeded(),
        "tiny  HEAD -> working tree  no change\n"
    );
    update(&workspace, "models/tiny/2020-01-01");
    says(
        &workspace.run(&["diff"]).succeeded(),
        &[
            "tiny  HEAD -> working tree  major\n",
            "1 breaking change, 2 additions\n",
        ],
    );
}

#[test]
fn an_operation_that_is_selected_since_the_commit_is_new_to_the_users() {
    let workspace = Workspace::new("diff-git-selection");
    commit(&workspace);
    workspace.edit(
        "tinsmith.toml",
        "[\"ListThings\"]",
        "[\"GetThing\", \"ListThings\"]",
    );
    says(
        &workspace.run(&["diff"]).succeeded(),
        &[
            "minor\n",
            "GetThing  POST /GetThing; selected now; the model had it before",
        ],
    );
}

#[test]
fn several_services_are_reported_in_turn() {
    let workspace = Workspace::new("diff-services");
    workspace.write(
        "models/other/2020-01-01/service-2.json",
        &MODEL.replace("\"tiny\"", "\"other\""),
    );
    workspace.write(
        "models/other/2020-01-01/endpoint-rule-set-1.json",
        &workspace.read("models/tiny/2020-01-01/endpoint-rule-set-1.json"),
    );
    commit(&workspace);
    let config = workspace.read("tinsmith.toml");
    let other =
        "\n[services.other]\nmodel = \"models/other/2020-01-01\"\noperations = [\"GetThing\"]\n";
    workspace.write("tinsmith.toml", &(config + other));
    let json = workspace.run(&["diff", "--format", "json"]).succeeded();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["bump"], "minor");
    assert_eq!(
        json["services"]["tiny"],
        serde_json::json!({ "bump": "none", "changes": [] })
    );
    assert_eq!(json["services"]["other"]["changes"][0]["path"], "GetThing");
    says(
        &workspace.run(&["diff", "--format", "markdown"]).succeeded(),
        &[
            "# 2 services: a minor update\n",
            "## tiny: nothing changes\n",
            "## other: a minor update\n",
        ],
    );
    let one = workspace
        .run(&["diff", "--format", "json", "--service", "tiny"])
        .succeeded();
    assert_eq!(one, "{\n  \"bump\": \"none\",\n  \"changes\": []\n}\n");
}

#[test]
fn where_there_is_no_git_it_says_what_to_do() {
    let workspace = Workspace::new("diff-no-git");
    let run = |variable: &str, value: &str| {
        let output = Command::new(crate::BINARY)
            .env(variable, value)
            .arg("--root")
            .arg(&workspace.root)
            .arg("diff")
            .output()
            .unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    says(
        &run("PATH", "/nowhere"),
        &[
            "error: cannot run git: ",
            "compare any two folders with --from and --to",
        ],
    );
    let nowhere = workspace.root.join("nowhere");
    says(
        &run("GIT_DIR", nowhere.to_str().unwrap()),
        &[
            "error: expected the last commit of a git repository at ",
            ", found none: git ls-tree: fatal: ",
            "compare any two folders with --from and --to",
        ],
    );
}

#[test]
fn a_model_that_is_not_there_is_named_with_the_other_one() {
    let workspace = Workspace::new("diff-missing");
    let said = workspace
        .run(&["diff", "--from", "here", "--to", "there"])
        .failed();
    says(
        &said,
        &[
            "expected a model's folder at here, found nothing",
            "expected a model's folder at there, found nothing",
        ],
    );
}

#[test]
fn a_model_cannot_play_tricks_on_a_terminal_or_a_page() {
    let workspace = two("diff-tricks");
    let escape = r#"{ "type": "string", "enum": ["\u001b[31mred", "`</details>`\n# hello"] }"#;
    let text = r#""Text": { "type": "string" }"#;
    workspace.edit("new/service-2.json", text, &format!(r#""Text": {escape}"#));
    let report = workspace.run(&PATHS).succeeded();
    assert!(
        report.chars().all(|c| c == '\n' || !c.is_control()),
        "{report}"
    );
    let report = workspace
        .run(&[&PATHS[..], &["--format", "markdown"]].concat())
        .succeeded();
    assert!(!report.contains("\n# hello"), "{report}");
}
