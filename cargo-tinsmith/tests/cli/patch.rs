//! `patch.json`: corrections to a model, each tied to the fault that it fixes.

use crate::support::{Workspace, says};

const PATCH: &str = "models/tiny/2020-01-01/patch.json";

#[test]
fn corrects_the_model_and_keeps_its_order() {
    let workspace = Workspace::new("patch_corrects");
    workspace.write(
        PATCH,
        r#"[
          { "op": "test", "path": "/shapes/Thing/members/mike/shape", "value": "Text" },
          { "op": "remove", "path": "/shapes/Thing/members/mike" },
          { "op": "move", "from": "/shapes/Thing/members/zulu", "path": "/shapes/Thing/members/yankee" },
          { "op": "add", "path": "/shapes/Thing/members/bravo", "value": { "shape": "Number" } }
        ]"#,
    );
    workspace.run(&["codegen"]).succeeded();
    let files = workspace.tree("generated");
    let thing = files
        .iter()
        .find(|(name, text)| name.ends_with(".rs") && text.contains("yankee"))
        .map(|(_, text)| text)
        .unwrap();
    let places: Vec<Option<usize>> = ["alpha", "kilo", "yankee", "bravo"]
        .map(|member| thing.find(member))
        .to_vec();
    assert!(
        places.is_sorted() && places.iter().all(Option::is_some),
        "{places:?} in {thing}"
    );
    assert!(
        !thing.contains("mike") && !thing.contains("zulu"),
        "{thing}"
    );
}

#[test]
fn reports_that_a_fault_was_fixed_upstream() {
    let workspace = Workspace::new("patch_test_fails");
    workspace.write(
        PATCH,
        r#"[
          { "op": "replace", "path": "/shapes/Number/type", "value": "long" },
          { "op": "test", "path": "/shapes/Number/type", "value": "integer" }
        ]"#,
    );
    let said = workspace.run(&["codegen"]).failed();
    says(
        &said,
        &[
            "expected \"integer\", found \"long\"",
            "in models/tiny/2020-01-01/patch.json operation 1: test /shapes/Number/type",
            "applied to models/tiny/2020-01-01/service-2.json",
        ],
    );
    assert!(!workspace.has("generated"));
}

#[test]
fn says_which_path_is_not_there() {
    let workspace = Workspace::new("patch_path");
    let said = |patch: &str| {
        workspace.write(PATCH, patch);
        workspace.run(&["codegen"]).failed()
    };
    says(
        &said(r#"[{ "op": "remove", "path": "/shapes/Thing/members/zuluu" }]"#),
        &[
            "expected a value at the path, found no such key; did you mean `zulu`?",
            "operation 0: remove /shapes/Thing/members/zuluu",
        ],
    );
    says(
        &said(r#"[{ "op": "move", "from": "/shapes/Nothing", "path": "/shapes/Something" }]"#),
        &["expected a value at `from` /shapes/Nothing, found no such key"],
    );
    says(
        &said(r#"[{ "op": "replace", "path": "/a/b/c", "value": 1 }]"#),
        &["found nothing at that path", "replace /a/b/c"],
    );
    says(
        &said(r#"[{ "op": "erase", "path": "/shapes" }]"#),
        &[
            "expected a JSON Patch operation",
            "operation 0: erase /shapes",
        ],
    );
    says(
        &said("{}"),
        &["expected an array of JSON Patch operations", "patch.json"],
    );
    says(&said("[\n  {,\n]"), &["patch.json", "line 2 column 4"]);
}
