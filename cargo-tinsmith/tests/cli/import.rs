//! `cargo tinsmith import`: facts in our layout, from wherever botocore is, all or nothing.

use crate::support::{ENDPOINT_RULES, MODEL, PAGINATORS, Workspace, says};

/// Texts in every place where the format has one, and members and shapes that are merely called so.
const TEXTS: &str = r#"{
  "version": "2.0",
  "metadata": { "apiVersion": "2020-01-01", "serviceId": "Tiny Service" },
  "documentation": "text",
  "examples": { "Put": [] },
  "clientContextParams": { "documentation": { "documentation": "text", "type": "string" } },
  "operations": {
    "documentation": {
      "name": "documentation",
      "http": { "method": "GET", "requestUri": "/" },
      "input": { "shape": "documentation", "documentation": "text", "xmlNamespace": { "uri": "https://example.com" } },
      "output": { "shape": "documentation", "documentation": "text" },
      "errors": [{ "shape": "description", "documentation": "text" }, { "shape": "examples" }],
      "documentation": "text"
    }
  },
  "shapes": {
    "documentation": {
      "type": "structure",
      "documentation": "text",
      "required": ["description"],
      "members": {
        "documentation": { "shape": "description", "documentation": "text", "location": "uri" },
        "description": { "shape": "examples" },
        "examples": { "shape": "map", "documentation": "text" }
      }
    },
    "description": { "type": "string", "enum": ["documentation", "é\"\\"], "documentation": "text" },
    "examples": { "type": "list", "member": { "shape": "description", "documentation": "text" }, "min": 0, "max": 1.5 },
    "map": { "type": "map", "key": { "shape": "description", "documentation": "text" }, "value": { "shape": "map", "documentation": "text" } }
  }
}"#;

const FACTS: &str = r#"{
  "version": "2.0",
  "metadata": {
    "apiVersion": "2020-01-01",
    "serviceId": "Tiny Service"
  },
  "clientContextParams": {
    "documentation": { "type": "string" }
  },
  "operations": {
    "documentation": {
      "name": "documentation",
      "http": { "method": "GET", "requestUri": "/" },
      "input": { "shape": "documentation", "xmlNamespace": { "uri": "https://example.com" } },
      "output": { "shape": "documentation" },
      "errors": [
        { "shape": "description" },
        { "shape": "examples" }
      ]
    }
  },
  "shapes": {
    "documentation": {
      "type": "structure",
      "required": [
        "description"
      ],
      "members": {
        "documentation": { "shape": "description", "location": "uri" },
        "description": { "shape": "examples" },
        "examples": { "shape": "map" }
      }
    },
    "description": {
      "type": "string",
      "enum": [
        "documentation",
        "é\"\\"
      ]
    },
    "examples": {
      "type": "list",
      "member": { "shape": "description" },
      "min": 0,
      "max": 1.5
    },
    "map": {
      "type": "map",
      "key": { "shape": "description" },
      "value": { "shape": "map" }
    }
  }
}
"#;

const WAITERS: &str = r#"{ "version": 2, "waiters": { "description": { "description": "text", "operation": "GetThing", "delay": 5, "maxAttempts": 3, "acceptors": [{ "state": "success", "matcher": "status", "expected": 200 }] } } }"#;

const MODELS: &str = "models/tiny/2020-01-01";

/// A workspace whose service is not imported yet, and an unpacked wheel beside it.
fn wheel(test: &str) -> Workspace {
    let workspace = Workspace::empty(test);
    workspace.write("tinsmith.toml", crate::support::CONFIG);
    workspace.write(
        "wheel/botocore-1.2.3.dist-info/METADATA",
        "Metadata-Version: 2.1\nName: botocore\nVersion: 1.2.3\n",
    );
    workspace.write_gz(
        "wheel/botocore/data/tiny/2020-01-01/service-2.json.gz",
        TEXTS,
    );
    workspace.write(
        "wheel/botocore/data/tiny/2020-01-01/paginators-1.json",
        PAGINATORS,
    );
    workspace.write_gz(
        "wheel/botocore/data/tiny/2020-01-01/endpoint-rule-set-1.json.gz",
        ENDPOINT_RULES,
    );
    workspace.write(
        "wheel/botocore/data/tiny/2020-01-01/waiters-2.json",
        WAITERS,
    );
    workspace.write("wheel/botocore/data/tiny/2020-01-01/examples-1.json", "{}");
    workspace
}

#[test]
fn keeps_the_facts_in_one_layout_and_leaves_the_texts() {
    let workspace = wheel("import_facts");
    let said = workspace.run(&["import", "--from", "wheel"]).succeeded();
    says(
        &said,
        &[
            "tiny 2020-01-01  1 operation, 4 shapes -> models/tiny/2020-01-01 (5 files written, 0 removed, 0 unchanged)",
        ],
    );
    assert_eq!(workspace.read(&format!("{MODELS}/service-2.json")), FACTS);
    let rest = workspace.tree("models");
    for (name, text) in &rest {
        assert!(
            !text.contains("\"text\"")
                && !text.contains("Where to.")
                && !text.contains("The one endpoint."),
            "{name}: {text}"
        );
    }
    says(
        &rest[&format!("{MODELS}/waiters-2.json")],
        &["    \"description\": {\n      \"operation\": \"GetThing\","],
    );
    assert_eq!(rest.len(), 5, "{:?}", rest.keys());
}

#[test]
fn says_where_each_file_is_from() {
    let workspace = wheel("import_sources");
    workspace.run(&["import", "--from", "wheel"]).succeeded();
    says(
        &workspace.read(&format!("{MODELS}/SOURCES.toml")),
        &[
            "package = \"botocore\"\nversion = \"1.2.3\"\ndocumentation = \"strip\"\n",
            // sha256sum of WAITERS: the file as the package has it.
            "\"waiters-2.json\" = \"58b336d3ae360dd516d0f9fa9918710b3fbd5f09e17e158e76c6fdc19baf7d64\"\n",
        ],
    );
    workspace.write(
        "wheel/botocore/__init__.py",
        "import os\n\n__version__ = '1.2.4'\n",
    );
    workspace.run(&["import", "--from", "wheel"]).succeeded();
    says(
        &workspace.read(&format!("{MODELS}/SOURCES.toml")),
        &["version = \"1.2.4\""],
    );
}

#[test]
fn keeps_the_texts_where_that_is_asked_for() {
    let workspace = wheel("import_keep");
    workspace.edit("tinsmith.toml", "strip", "keep");
    workspace
        .run(&["import", "--from", "wheel/botocore"])
        .succeeded();
    let service = workspace.read(&format!("{MODELS}/service-2.json"));
    says(
        &service,
        &[
            "        \"documentation\": { \"shape\": \"description\", \"documentation\": \"text\", \"location\": \"uri\" },\n",
        ],
    );
    assert_eq!(
        service.matches("\"text\"").count(),
        TEXTS.matches("\"text\"").count()
    );
}

#[test]
fn a_second_import_changes_nothing_and_our_own_files_are_never_touched() {
    let workspace = wheel("import_again");
    workspace.write(&format!("{MODELS}/patch.json"), "[]");
    workspace.write(&format!("{MODELS}/service-2.sdk-extras.json"), "{}");
    workspace.write(
        "wheel/botocore/data/tiny/2020-01-01/service-2.sdk-extras.json",
        "{ \"merge\": {} }",
    );
    let said = workspace
        .run(&["import", "--from", "wheel/botocore/data"])
        .succeeded();
    says(&said, &["botocore has a service-2.sdk-extras.json too"]);
    let first = workspace.tree("models");
    assert_eq!(
        (
            first[&format!("{MODELS}/patch.json")].as_str(),
            first[&format!("{MODELS}/service-2.sdk-extras.json")].as_str()
        ),
        ("[]", "{}")
    );
    says(
        &workspace.run(&["import", "--from", "wheel"]).succeeded(),
        &["(0 files written, 0 removed, 5 unchanged)"],
    );
    assert_eq!(workspace.tree("models"), first);
}

#[test]
fn what_botocore_adds_to_a_model_is_imported_where_the_project_has_nothing_of_its_own() {
    let workspace = wheel("import_extras");
    let extras = format!("{MODELS}/service-2.sdk-extras.json");
    let there = "wheel/botocore/data/tiny/2020-01-01/service-2.sdk-extras.json";
    workspace.write(
        there,
        r#"{ "version": 1.0, "merge": { "shapes": { "Thing": { "members": { "extra": { "shape": "Text", "documentation": "Theirs." } } } } } }"#,
    );
    let import = || workspace.run(&["import", "--from", "wheel"]).succeeded();
    assert!(!import().contains("sdk-extras"), "nothing is passed over");
    let text = workspace.read(&extras);
    assert!(
        text.contains("\"extra\"") && !text.contains("Theirs"),
        "{text}"
    );
    says(&import(), &[" unchanged)"]);
    workspace.remove(there);
    says(&import(), &["1 removed"]);
    assert!(!workspace.has(&extras));
}

#[test]
fn removes_what_botocore_has_no_longer() {
    let workspace = wheel("import_removes");
    workspace.run(&["import", "--from", "wheel"]).succeeded();
    workspace.remove("wheel/botocore/data/tiny/2020-01-01/waiters-2.json");
    says(
        &workspace.run(&["import", "--from", "wheel"]).succeeded(),
        &["1 removed"],
    );
    assert!(!workspace.has(&format!("{MODELS}/waiters-2.json")));
    assert!(
        !workspace
            .read(&format!("{MODELS}/SOURCES.toml"))
            .contains("waiters")
    );
}

#[test]
fn takes_the_configured_version_or_else_the_newest() {
    let workspace = wheel("import_versions");
    workspace.write("wheel/botocore/data/tiny/2021-01-01/service-2.json", MODEL);
    workspace.write("wheel/botocore/data/other/2019-01-01/service-2.json", MODEL);
    workspace.write("wheel/botocore/data/other/2019-12-01/service-2.json", MODEL);
    workspace.run(&["import", "--from", "wheel"]).succeeded();
    assert!(
        workspace.has(MODELS)
            && !workspace.has("models/tiny/2021-01-01")
            && !workspace.has("models/other")
    );
    let said = workspace
        .run(&["import", "--from", "wheel", "--service", "other"])
        .succeeded();
    says(
        &said,
        &[
            "models/other/2019-12-01",
            "not in tinsmith.toml yet",
            "to generate it: cargo tinsmith add other OPERATION…",
        ],
    );
    assert!(!workspace.has("models/other/2019-01-01"));

    workspace.edit("tinsmith.toml", "2020-01-01", "2022-01-01");
    let said = workspace.run(&["import", "--from", "wheel"]).failed();
    says(
        &said,
        &[
            "expected API version 2022-01-01 of `tiny`",
            "found 2020-01-01, 2021-01-01",
        ],
    );
}

#[test]
fn takes_a_wheel_as_it_is() {
    let workspace = Workspace::empty("import_wheel");
    workspace.write("tinsmith.toml", crate::support::CONFIG);
    let model = "botocore/data/tiny/2020-01-01";
    let files = [
        (format!("{model}/service-2.json"), TEXTS),
        (format!("{model}/waiters-2.json"), WAITERS),
        (format!("{model}/../../../../escaped.json"), "{}"),
        ("../escaped.json".to_owned(), "{}"),
    ];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), *text))
        .collect();
    workspace.write_wheel("in/botocore-1.2.3.whl", "1.2.3", &files);
    let before = workspace.tree("in");
    workspace
        .run(&["import", "--from", "in/botocore-1.2.3.whl"])
        .succeeded();
    assert_eq!(workspace.read(&format!("{MODELS}/service-2.json")), FACTS);
    says(
        &workspace.read(&format!("{MODELS}/SOURCES.toml")),
        &[
            "version = \"1.2.3\"",
            "58b336d3ae360dd516d0f9fa9918710b3fbd5f09e17e158e76c6fdc19baf7d64",
        ],
    );
    assert_eq!(workspace.tree("in"), before);
    assert!(!workspace.has("escaped.json") && !workspace.has("../escaped.json"));
}

#[test]
fn imports_all_or_nothing() {
    let workspace = wheel("import_all");
    let other = crate::support::CONFIG
        .replace("tiny", "zebra")
        .replace("documentation = \"strip\"\n", "");
    workspace.write(
        "tinsmith.toml",
        &format!("{}{other}", crate::support::CONFIG),
    );
    workspace.write(
        "wheel/botocore/data/zebra/2020-01-01/service-2.json",
        "{\n  \"metadata\": {},\n}",
    );
    let said = workspace.run(&["import", "--from", "wheel"]).failed();
    says(&said, &["service-2.json", "line 3 column 1"]);
    assert!(!workspace.has("models"));
    workspace.write("wheel/botocore/data/zebra/2020-01-01/service-2.json", "[]");
    says(
        &workspace.run(&["import", "--from", "wheel"]).failed(),
        &["expected a service model with an object at `metadata`"],
    );
    assert!(!workspace.has("models"));
}

#[test]
fn takes_a_single_model() {
    let workspace = Workspace::empty("import_single");
    workspace.write("tinsmith.toml", "");
    workspace.write("one/service-2.json", TEXTS);
    let said = workspace.run(&["import", "--from", "one"]).failed();
    says(
        &said,
        &["expected one to state its version of botocore", "--version"],
    );
    workspace
        .run(&["import", "--from", "one", "--version", "1.0.0"])
        .succeeded();
    assert!(workspace.has("models/tiny-service/2020-01-01/service-2.json"));
    workspace
        .run(&[
            "models",
            "import",
            "--from",
            "one",
            "--version",
            "1.0.0",
            "--service",
            "mine",
        ])
        .succeeded();
    assert!(workspace.has("models/mine/2020-01-01/service-2.json"));
}

#[test]
fn a_name_from_outside_never_leaves_the_folder() {
    let workspace = Workspace::empty("import_names");
    workspace.write("tinsmith.toml", "");
    workspace.write(
        "one/service-2.json",
        &MODEL.replace(
            "\"apiVersion\": \"2020-01-01\"",
            "\"apiVersion\": \"../../..\"",
        ),
    );
    let said = workspace
        .run(&["import", "--from", "one", "--version", "1"])
        .failed();
    says(
        &said,
        &["metadata.apiVersion: expected letters", "found `../../..`"],
    );
    workspace.write("one/service-2.json", MODEL);
    let said = workspace
        .run(&[
            "models",
            "import",
            "--from",
            "one",
            "--version",
            "1",
            "--service",
            "../up",
        ])
        .failed();
    says(&said, &["found `../up`"]);
    assert!(!workspace.has("models"));
}

#[test]
fn says_what_it_looked_for() {
    let workspace = wheel("import_looked");
    workspace.write("empty/readme.txt", "");
    says(
        &workspace.run(&["import", "--from", "empty"]).failed(),
        &[
            "expected models in empty, found none",
            "<service>/<api version>/service-2.json[.gz]",
        ],
    );
    says(
        &workspace.run(&["import", "--from", "nowhere"]).failed(),
        &["cannot open nowhere"],
    );
    workspace.write("botocore-1.2.3.whl", "PK");
    says(
        &workspace
            .run(&["import", "--from", "botocore-1.2.3.whl"])
            .failed(),
        &[
            "expected a wheel, which is a zip archive",
            "botocore-1.2.3.whl",
        ],
    );
    says(
        &workspace
            .run(&["import", "--from", "wheel", "--service", "tinny"])
            .failed(),
        &["expected a model of `tinny`", "did you mean `tiny`?"],
    );
}
