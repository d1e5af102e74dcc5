//! Smithy JSON ASTs at the command line: imported as facts, distinguished from botocore's models by their content, generated.

use crate::support::{Workspace, says};

/// The tiny service once more, as an AST with a text in every place where the format has one.
const AST: &str = r#"{
  "smithy": "2.0",
  "shapes": {
    "com.example#Tiny": {
      "type": "service", "version": "2020-01-01",
      "operations": [{ "target": "com.example#GetThing" }, { "target": "com.example#ListThings" }],
      "traits": {
        "aws.api#service": { "sdkId": "tiny", "endpointPrefix": "tiny" }, "aws.auth#sigv4": { "name": "tiny" },
        "aws.protocols#restJson1": {}, "smithy.api#title": "Tiny Service", "smithy.api#documentation": "text",
        "smithy.rules#endpointRuleSet": {
          "version": "1.0",
          "parameters": { "Region": { "builtIn": "AWS::Region", "required": false, "documentation": "text", "type": "string" } },
          "rules": [{ "conditions": [], "documentation": "text", "endpoint": { "url": "https://tiny.example.com", "properties": {}, "headers": {} }, "type": "endpoint" }]
        }
      }
    },
    "com.example#GetThing": {
      "type": "operation", "input": { "target": "com.example#GetThingRequest" }, "output": { "target": "com.example#GetThingResponse" },
      "traits": {
        "smithy.api#documentation": "text", "smithy.api#examples": [{ "title": "text" }],
        "smithy.api#externalDocumentation": { "text": "https://example.com" },
        "smithy.api#http": { "method": "POST", "uri": "/GetThing", "code": 200 },
        "smithy.waiters#waitable": { "documentation": { "documentation": "text", "minDelay": 5, "acceptors": [{ "state": "success", "matcher": { "success": true } }] } }
      }
    },
    "com.example#ListThings": {
      "type": "operation", "input": { "target": "com.example#ListThingsRequest" }, "output": { "target": "com.example#ListThingsResponse" },
      "traits": {
        "smithy.api#http": { "method": "POST", "uri": "/ListThings", "code": 200 },
        "smithy.api#paginated": { "inputToken": "token", "outputToken": "token", "pageSize": "most", "items": "things" }
      }
    },
    "com.example#GetThingRequest": { "type": "structure", "members": { "name": { "target": "com.example#Text" } } },
    "com.example#GetThingResponse": { "type": "structure", "members": { "thing": { "target": "com.example#Thing" } } },
    "com.example#ListThingsRequest": { "type": "structure", "members": { "token": { "target": "com.example#Text" }, "most": { "target": "com.example#Number" } } },
    "com.example#ListThingsResponse": { "type": "structure", "members": { "things": { "target": "com.example#Things" }, "token": { "target": "com.example#Text" } } },
    "com.example#Number": { "type": "integer" },
    "com.example#Text": { "type": "string", "traits": { "smithy.api#documentation": "text" } },
    "com.example#Thing": {
      "type": "structure",
      "members": {
        "zulu": { "target": "com.example#Text", "traits": { "smithy.api#documentation": "text", "smithy.api#required": {} } },
        "mike": { "target": "com.example#Text" }, "alpha": { "target": "com.example#Text" }, "kilo": { "target": "com.example#Text" }
      }
    },
    "com.example#Things": { "type": "list", "member": { "target": "com.example#Thing", "traits": { "smithy.api#documentation": "text" } } }
  }
}"#;

const MODEL: &str = "models/tiny/2020-01-01";

/// A workspace whose service is to come from an AST.
fn workspace(test: &str) -> Workspace {
    let workspace = Workspace::empty(test);
    workspace.write("tinsmith.toml", crate::support::CONFIG);
    workspace.write("tiny.json", AST);
    workspace
}

#[test]
fn an_import_keeps_the_facts_and_says_where_they_are_from() {
    let workspace = workspace("smithy_import");
    let said = workspace
        .run(&[
            "models",
            "import",
            "--from",
            "tiny.json",
            "--version",
            "2026-01-31",
        ])
        .succeeded();
    says(
        &said,
        &[
            "tiny 2020-01-01  2 operations, 8 shapes -> models/tiny/2020-01-01 (2 files written, 0 removed, 0 unchanged)",
        ],
    );
    let facts = workspace.read(&format!("{MODEL}/model.smithy.json"));
    assert!(!facts.contains("\"text\""), "{facts}");
    says(
        &facts,
        &[
            "    \"com.example#Text\": { \"type\": \"string\" },\n",
            "        \"zulu\": { \"target\": \"com.example#Text\", \"traits\": { \"smithy.api#required\": {} } },\n",
            "      \"member\": { \"target\": \"com.example#Thing\" }\n",
            "\"smithy.waiters#waitable\": {\n          \"documentation\": {\n            \"minDelay\": 5,",
        ],
    );
    says(
        &workspace.read(&format!("{MODEL}/SOURCES.toml")),
        &[
            "package = \"smithy\"\nversion = \"2026-01-31\"\ndocumentation = \"strip\"\n",
            "\"model.smithy.json\" = \"",
        ],
    );
    workspace.run(&["codegen"]).succeeded();
    workspace.run(&["codegen", "--check"]).succeeded();
    let again = workspace
        .run(&[
            "models",
            "import",
            "--from",
            "tiny.json",
            "--version",
            "2026-01-31",
        ])
        .succeeded();
    says(&again, &["(0 files written, 0 removed, 2 unchanged)"]);
}

#[test]
fn the_format_of_a_model_is_found_by_its_content() {
    let workspace = workspace("smithy_content");
    workspace.model("botocore");
    workspace.edit("tiny.json", r#", "smithy.api#required": {}"#, "");
    workspace.write("model/model.smithy.json", &workspace.read("tiny.json"));
    let mut trees = Vec::new();
    for (out, model) in [
        ("a", "tiny.json"),
        ("b", "model"),
        ("c", "tiny.json#Tiny"),
        ("d", "model#com.example#Tiny"),
        ("e", "botocore"),
    ] {
        workspace
            .run(&[
                "codegen",
                "--model",
                model,
                "--operations",
                "ListThings",
                "--package",
                "tiny",
                "--out",
                out,
                "--documentation",
                "strip",
            ])
            .succeeded();
        let tree = workspace.tree(out).into_iter();
        trees.push(
            tree.map(|(name, text)| (name.replacen(out, "", 1), text))
                .collect::<Vec<_>>(),
        );
    }
    for tree in &trees {
        assert_eq!(tree, &trees[0]);
    }
}

#[test]
fn an_update_of_botocore_leaves_it_alone() {
    let workspace = workspace("smithy_update");
    workspace
        .run(&["import", "--from", "tiny.json", "--version", "1"])
        .succeeded();
    let before = workspace.tree("models");
    workspace.model("data/tiny/2020-01-01");
    let refused = workspace
        .run(&["import", "--from", "data", "--version", "1.2.3"])
        .failed();
    says(&refused, &["tinsmith.toml names no service from botocore"]);
    let refused = workspace
        .run(&[
            "models",
            "import",
            "--from",
            "data",
            "--version",
            "1.2.3",
            "--service",
            "tiny",
        ])
        .failed();
    says(
        &refused,
        &[
            "expected a folder for a model in botocore's format, found a Smithy AST: models/tiny/2020-01-01",
        ],
    );
    assert_eq!(workspace.tree("models"), before);
}

#[test]
fn what_cannot_be_imported() {
    let workspace = workspace("smithy_refused");
    let import = |arguments: &[&str]| {
        let arguments: Vec<&str> = ["import", "--from"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        workspace.run(&arguments).failed()
    };
    says(
        &import(&["tiny.json"]),
        &[
            "expected the version of the model tiny.json",
            "pass --version",
        ],
    );
    says(
        &import(&["tiny.json#Tinny", "--version", "1"]),
        &["expected the service `Tinny`, found only `com.example#Tiny`; did you mean `Tiny`?"],
    );
    workspace.write("tiny.smithy", "$version: \"2\"\nnamespace com.example\n");
    says(
        &import(&["tiny.smithy", "--version", "1"]),
        &[
            "found one in Smithy's own language",
            "smithy ast FILE > model.json",
            "in tiny.smithy",
        ],
    );
    workspace.model(MODEL);
    says(
        &import(&["tiny.json", "--version", "1"]),
        &[
            "expected a folder for a Smithy AST, found a model in botocore's format: models/tiny/2020-01-01/service-2.json",
        ],
    );
    assert!(!workspace.has(&format!("{MODEL}/model.smithy.json")));
    workspace.write(&format!("{MODEL}/model.smithy.json"), AST);
    says(
        &workspace.run(&["codegen"]).failed(),
        &[
            "expected one model in models/tiny/2020-01-01, found two: service-2.json and model.smithy.json",
        ],
    );
}
