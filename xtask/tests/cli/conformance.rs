//! `cargo xtask conformance`: suites of our own, through the real runtime, and what is said of the cases that fail.

use crate::support::{Ran, Workspace, says};
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// All runs build in one place.
static BUILD: Mutex<()> = Mutex::new(());

/// A request of one member and a token, and what it should look like.
const INPUT: &str = r#"[{
  "description": "PutThing",
  "metadata": { "protocol": "rest-json", "protocols": ["rest-json"], "apiVersion": "2020-01-01" },
  "shapes": {
    "PutThingInput": { "type": "structure", "members": {
      "name": { "shape": "Text", "location": "header", "locationName": "X-Name" },
      "size": { "shape": "Number" },
      "token": { "shape": "Text", "idempotencyToken": true }
    } },
    "Number": { "type": "double" },
    "Text": { "type": "string" }
  },
  "cases": [{
    "id": "Put",
    "given": { "name": "PutThing", "http": { "method": "PUT", "requestUri": "/thing?kind=a" }, "input": { "shape": "PutThingInput" } },
    "params": { "name": "one", "size": "NaN" },
    "serialized": {
      "method": "PUT", "uri": "/thing?kind=a", "host": "suite.example.com",
      "headers": { "x-name": "one" }, "requireHeaders": ["Content-Length"], "forbidHeaders": ["X-Size"],
      "body": "{\"size\": \"NaN\", \"token\": \"00000000-0000-4000-8000-000000000000\"}"
    }
  }]
}]"#;

/// An output, an error, and a protocol that is not spoken.
const OUTPUT: &str = r#"[{
  "description": "GetThing",
  "metadata": { "protocol": "json", "protocols": ["json"], "jsonVersion": "1.1", "targetPrefix": "Things", "apiVersion": "2020-01-01" },
  "shapes": {
    "Thing": { "type": "structure", "members": { "size": { "shape": "Number" }, "at": { "shape": "Moment" } } },
    "Gone": { "type": "structure", "members": { "message": { "shape": "Text" } }, "exception": true },
    "Number": { "type": "double" },
    "Moment": { "type": "timestamp" },
    "Text": { "type": "string" }
  },
  "cases": [{
    "id": "Get",
    "given": { "name": "GetThing", "http": { "method": "POST", "requestUri": "/" }, "output": { "shape": "Thing" } },
    "result": { "size": "NaN", "at": -1.5 },
    "response": { "status_code": 200, "headers": {}, "body": "{\"size\": \"NaN\", \"at\": -1.5}" }
  }, {
    "id": "GetGone",
    "given": { "name": "GetGoneThing", "http": { "method": "POST", "requestUri": "/" }, "errors": [{ "shape": "Gone" }] },
    "error": { "message": "long ago" }, "errorCode": "Gone", "errorMessage": "long ago",
    "response": { "status_code": 400, "headers": {}, "body": "{\"__type\": \"Gone\", \"message\": \"long ago\"}" }
  }]
}, {
  "description": "Unspoken",
  "metadata": { "protocol": "smoke-signals", "apiVersion": "2020-01-01" },
  "shapes": {},
  "cases": [{
    "id": "Puff", "given": { "name": "Puff", "http": { "method": "POST", "requestUri": "/" } },
    "result": {}, "response": { "status_code": 200, "headers": {} }
  }]
}]"#;

fn entry(file: &str, id: &str) -> String {
    format!("[[case]]\nfile = \"{file}\"\nid = \"{id}\"\nreason = \"a test of the list\"\n")
}

/// The command with the suites of `workspace`, and with the runtime of this one.
fn run(workspace: &Workspace, further: &[&str]) -> Ran {
    let _one_at_a_time = BUILD.lock().unwrap_or_else(PoisonError::into_inner);
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(&workspace.root)
        .arg("--root")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap())
        .args(["conformance", "--suites", ".", "--ignored", "ignored.toml"])
        .args(further)
        .output()
        .unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn cases_pass_fail_and_are_ignored_for_what_is_on_the_wire() {
    let workspace = Workspace::empty("conformance");
    workspace.write("input/rest-json.json", INPUT);
    workspace.write("output/json.json", OUTPUT);
    workspace.write("ignored.toml", "");
    let said = run(&workspace, &[]).succeeded();
    let row = |file: &str, columns: [u8; 4]| {
        let found = said.lines().find(|line| line.starts_with(file));
        let found = found.map(|line| line.split_whitespace().skip(1).collect::<Vec<_>>());
        assert_eq!(
            found,
            Some(
                columns
                    .map(|n| n.to_string())
                    .iter()
                    .map(String::as_str)
                    .collect()
            ),
            "{said}"
        );
    };
    row("input/rest-json", [1, 0, 0, 0]);
    row("output/json", [2, 0, 0, 1]);
    let total = "total: 4 cases of 2 files: 3 passed, 0 ignored, 0 failed, 1 not supported";
    assert_eq!(said.lines().last(), Some(total));

    // Everything that a case can require, without success; and a list with an entry that passes.
    workspace.edit(
        "input/rest-json.json",
        "\"body\": \"{",
        "\"body\": \"{\\\"other\\\": 1, ",
    );
    workspace.edit("input/rest-json.json", "\"Content-Length\"", "\"X-Length\"");
    workspace.edit("input/rest-json.json", "[\"X-Size\"]", "[\"X-Name\"]");
    workspace.edit(
        "input/rest-json.json",
        "?kind=a\", \"host",
        "?kind=b\", \"host",
    );
    workspace.edit("output/json.json", "\"at\": -1.5 }", "\"at\": -1.25 }");
    workspace.edit(
        "output/json.json",
        "\"errorMessage\": \"long",
        "\"errorMessage\": \"not long",
    );
    workspace.write("ignored.toml", &entry("output/json", "GetGone"));
    let ran = run(&workspace, &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    says(
        &ran.out,
        &[
            "output/json GetGone: a test of the list",
            "  expected uri /thing?kind=b\n  got      uri /thing?kind=a\n",
            "  expected no header X-Name\n  got      header X-Name: one\n",
            "  expected a header X-Length\n  got      no header X-Length\n",
            "  expected body {\"other\": 1, ",
            "\n  got      body {\"size\":\"NaN\",\"token\":\"",
            "seconds: -2, nanos: 750000000",
            "seconds: -2, nanos: 500000000",
            "total: 4 cases of 2 files: 0 passed, 1 ignored, 2 failed, 1 not supported",
        ],
    );
    says(&ran.err, &["2 cases of the suites failed"]);

    // What passes is not to be ignored, and a filter leaves out what it does not name.
    workspace.write("input/rest-json.json", INPUT);
    workspace.write("ignored.toml", &entry("input/rest-json", "Put"));
    let ran = run(&workspace, &["--filter", "input/"]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    says(&ran.err, &["1 case of the list of ignored cases passed"]);
    says(&ran.out, &["total: 1 case of 1 file: 1 passed"]);
}

#[test]
fn an_ignored_case_that_there_is_none_of_and_a_filter_that_nothing_fits_are_errors() {
    let workspace = Workspace::empty("conformance-lists");
    workspace.write("input/rest-json.json", INPUT);
    workspace.write("output/json.json", OUTPUT);
    workspace.write("ignored.toml", &entry("input/rest-json", "Get"));
    let said = run(&workspace, &[]).failed();
    says(
        &said,
        &["expected an existing case, found `Get` of `input/rest-json`"],
    );
    workspace.write("ignored.toml", "");
    let said = run(&workspace, &["--filter", "nothing-like-it"]).failed();
    says(&said, &["contains `nothing-like-it`, found none"]);
}

/// The suites in a folder of `wire`, each of a fault that there was: all of its cases pass.
fn passes(folder: &str, cases: usize) {
    let workspace = Workspace::empty(&format!("conformance-{folder}"));
    let suites = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/wire");
    for kind in ["input", "output"] {
        let text = std::fs::read_to_string(suites.join(folder).join(kind).join("rest-json.json"));
        workspace.write(&format!("{kind}/rest-json.json"), &text.unwrap());
    }
    workspace.write("ignored.toml", "");
    let said = run(&workspace, &[]).succeeded();
    let total = format!(
        "total: {cases} cases of 2 files: {cases} passed, 0 ignored, 0 failed, 0 not supported"
    );
    assert_eq!(said.lines().last(), Some(total.as_str()));
}

#[test]
fn wire_timestamp_end() {
    passes("timestamp-end", 14);
}

#[test]
fn wire_timestamp_exponent() {
    passes("timestamp-exponent", 10);
}

#[test]
fn wire_negative_number() {
    passes("negative-number", 4);
}

#[test]
fn wire_streamed_output() {
    passes("streamed-output", 4);
}

#[test]
fn a_case_that_does_not_compile_fails_with_what_rustc_says_and_the_others_run() {
    let workspace = Workspace::empty("conformance-compile");
    workspace.write("input/rest-json.json", INPUT);
    workspace.write("output/json.json", OUTPUT);
    workspace.write("ignored.toml", "");
    // A literal that its type has no room for is an error of rustc's.
    workspace.edit("output/json.json", "\"double\"", "\"integer\"");
    workspace.edit(
        "output/json.json",
        "\"size\": \"NaN\", \"at\": -1.5 }",
        "\"size\": 2147483648, \"at\": -1.5 }",
    );
    let ran = run(&workspace, &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    says(
        &ran.out,
        &[
            "output/json Get\n  does not compile:\n  error: literal out of range for `i32`",
            "total: 4 cases of 2 files: 2 passed, 0 ignored, 1 failed, 1 not supported",
        ],
    );
    says(&ran.err, &["1 case of the suites failed"]);
}
