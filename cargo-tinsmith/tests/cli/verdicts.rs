//! Verdicts as `codegen` and programs see them: the version, the changelog and the report follow one and the same diff.

use crate::support::{Workspace, says};

const SERVICE: &str = "models/tiny/2020-01-01/service-2.json";
const WAITERS: &str = "models/tiny/2020-01-01/waiters-2.json";
const CHANGELOG: &str = "generated/tiny/CHANGELOG.md";

/// A change of the model that makes a version: `codegen --check` calls the crate stale, and `codegen` raises the version
/// and writes down why.
#[track_caller]
fn makes_a_version(workspace: &Workspace, version: &str, change: &str) {
    workspace.run(&["codegen", "--check"]).failed();
    workspace.run(&["codegen"]).succeeded();
    says(
        &workspace.read("generated/tiny/Cargo.toml"),
        &[&format!("\nversion = \"{version}\"\n")],
    );
    says(
        &workspace.read(CHANGELOG),
        &[&format!(
            "## {version}\n\n### Documentation\n\n- {change}\n"
        )],
    );
    workspace.run(&["codegen", "--check"]).succeeded();
}

#[test]
fn verdicts_deprecation_message_makes_a_version() {
    let workspace = Workspace::new("verdicts-deprecation-message");
    let said = |message: &str| {
        format!(
            "\"mike\": {{ \"shape\": \"Text\", \"deprecated\": true, \"deprecatedMessage\": \"{message}\" }}"
        )
    };
    workspace.edit(
        SERVICE,
        "\"mike\": { \"shape\": \"Text\" }",
        &said("Take zulu."),
    );
    workspace.run(&["codegen"]).succeeded();
    workspace.edit(SERVICE, &said("Take zulu."), &said("Take kilo."));
    makes_a_version(&workspace, "0.1.1", "`Thing`");
}

#[test]
fn verdicts_waiter_documentation_makes_a_version() {
    let workspace = Workspace::new("verdicts-waiter-documentation");
    let waiters = |description: &str| {
        format!(
            r#"{{ "version": 2, "waiters": {{ "ThingsThere": {{
                "operation": "ListThings", "delay": 5, "maxAttempts": 9, {description}
                "acceptors": [{{ "state": "success", "matcher": "status", "expected": 200 }}] }} }} }}"#
        )
    };
    workspace.write(WAITERS, &waiters(""));
    workspace.run(&["codegen"]).succeeded();
    workspace.write(WAITERS, &waiters(r#""description": "Waits for things.","#));
    makes_a_version(&workspace, "0.1.1", "`ThingsThere`");
    workspace.write(
        WAITERS,
        &waiters(r#""description": "Waits for all things.","#),
    );
    makes_a_version(&workspace, "0.1.2", "`ThingsThere`");
    workspace.write(WAITERS, &waiters(""));
    makes_a_version(&workspace, "0.1.3", "`ThingsThere`");
}

#[test]
fn verdicts_bound_member_respelled_makes_no_version() {
    let workspace = Workspace::new("verdicts-bound-member-respelled");
    let bound =
        |name: &str| format!("\"{name}\": {{ \"shape\": \"Text\", \"locationName\": \"mike\" }}");
    workspace.edit(SERVICE, "\"mike\": { \"shape\": \"Text\" }", &bound("mike"));
    workspace.run(&["codegen"]).succeeded();
    let before = workspace.tree("generated");
    workspace.edit(SERVICE, &bound("mike"), &bound("Mike"));
    workspace.run(&["codegen"]).succeeded();
    assert_eq!(workspace.tree("generated"), before);
}

/// The new model has two members of one name in Rust, so no crate can be generated from it.
fn refused(name: &str) -> Workspace {
    let workspace = Workspace::new(name);
    workspace.model("old");
    workspace.model("new");
    workspace.edit(
        "new/service-2.json",
        "\"mike\": { \"shape\": \"Text\" }",
        "\"mike\": { \"shape\": \"Text\" }, \"Mike\": { \"shape\": \"Text\" }",
    );
    workspace
}

#[test]
fn verdicts_a_refused_model_is_no_harmless_one_to_a_program() {
    let workspace = refused("verdicts-refused-json");
    for (from, to, side) in [
        ("old", "new", "after"),
        ("new", "old", "before"),
        ("new", "new", "before"),
    ] {
        let report = workspace.run(&["diff", "--from", from, "--to", to, "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&report.succeeded()).unwrap();
        assert_eq!(report["bump"], "major", "{report:#}");
        assert_eq!(report["refused"][0]["side"], side, "{report:#}");
        let problem = report["refused"][0]["problem"].as_str().unwrap();
        says(
            problem,
            &["found `mike` and `Mike`, which both become `mike`"],
        );
    }
    let harmless = workspace.run(&["diff", "--from", "old", "--to", "old", "--format", "json"]);
    assert_eq!(
        harmless.succeeded(),
        "{\n  \"bump\": \"none\",\n  \"changes\": []\n}\n"
    );
    says(
        &workspace.run(&["diff", "--help"]).succeeded(),
        &["\"refused\""],
    );
}

#[test]
fn verdicts_a_refused_model_is_none_to_people_either() {
    let workspace = refused("verdicts-refused-text");
    let paths = ["diff", "--from", "old", "--to", "new"];
    says(
        &workspace.run(&paths).succeeded(),
        &[
            "tiny  old -> new  refused\n",
            "generated files cannot be compared: one of the crates cannot be generated\n",
        ],
    );
    says(
        &workspace
            .run(&[&paths[..], &["--format", "markdown"]].concat())
            .succeeded(),
        &[
            "## tiny: cannot be generated\n",
            "found `mike` and `Mike`, which both become `mike`",
        ],
    );
}
