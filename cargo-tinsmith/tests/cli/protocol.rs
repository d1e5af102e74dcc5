//! The protocol that a crate speaks, where its service speaks several: the best by our order, the one that `tinsmith.toml`
//! asks for, or the one that the crate uses already.

use crate::diff::commit;
use crate::support::{CONFIG, Workspace, says};

const MODEL: &str = "models/tiny/2020-01-01/service-2.json";
const CLIENT: &str = "generated/tiny/src/client.rs";
const MANIFEST: &str = "generated/tiny/Cargo.toml";

const ONLY_REST_JSON: &str = r#""protocol": "rest-json", "protocols": ["rest-json"]"#;
const ONLY_JSON: &str =
    r#""targetPrefix": "Tiny", "jsonVersion": "1.0", "protocol": "json", "protocols": ["json"]"#;
const JSON_AND_CBOR: &str = r#""targetPrefix": "Tiny", "jsonVersion": "1.0", "protocol": "json", "protocols": ["json", "smithy-rpc-v2-cbor"]"#;
const ONLY_CBOR: &str = r#""targetPrefix": "Tiny", "protocol": "smithy-rpc-v2-cbor", "protocols": ["smithy-rpc-v2-cbor"]"#;

/// The tiny service, which speaks these.
fn speaking(name: &str, protocols: &str) -> Workspace {
    let workspace = Workspace::new(name);
    workspace.edit(MODEL, ONLY_REST_JSON, protocols);
    workspace
}

/// What the generated crate speaks.
fn spoken(workspace: &Workspace) -> &'static str {
    let has_feature = workspace.read(MANIFEST).contains("\"cbor\"");
    let client = workspace.read(CLIENT);
    match (client.contains("RpcV2Cbor"), client.contains("AwsJson")) {
        (true, false) if has_feature => "cbor",
        (false, true) if !has_feature => "json",
        _ => panic!("{client}"),
    }
}

fn generate(workspace: &Workspace) -> String {
    workspace.run(&["codegen"]).succeeded()
}

#[test]
fn of_several_it_is_the_best_by_our_order_wherever_the_model_has_it() {
    let workspace = speaking("protocol_best", JSON_AND_CBOR);
    generate(&workspace);
    assert_eq!(spoken(&workspace), "cbor");
}

#[test]
fn the_configuration_has_the_last_word() {
    let workspace = speaking("protocol_asked_for", JSON_AND_CBOR);
    workspace.write("tinsmith.toml", &format!("{CONFIG}protocol = \"json\"\n"));
    generate(&workspace);
    assert_eq!(spoken(&workspace), "json");

    // Another word, and the crate is another version; without it, the crate stays what it is.
    workspace.edit("tinsmith.toml", "\"json\"", "\"smithy-rpc-v2-cbor\"");
    generate(&workspace);
    assert_eq!(spoken(&workspace), "cbor");
    says(&workspace.read(MANIFEST), &["version = \"0.1.1\""]);
    says(
        &workspace.read("generated/tiny/CHANGELOG.md"),
        &["json 1.0, target Tiny", "smithy-rpc-v2-cbor, service Tiny"],
    );
    workspace.write("tinsmith.toml", CONFIG);
    generate(&workspace);
    assert_eq!(spoken(&workspace), "cbor");
}

#[test]
fn a_model_that_gains_a_protocol_changes_nothing_and_diff_reports_it() {
    let workspace = speaking("protocol_gained", ONLY_JSON);
    generate(&workspace);
    let before = workspace.tree("generated");
    commit(&workspace);
    workspace.edit(MODEL, ONLY_JSON, JSON_AND_CBOR);

    workspace.run(&["codegen", "--check"]).succeeded();
    generate(&workspace);
    assert_eq!(workspace.tree("generated"), before);
    assert_eq!(spoken(&workspace), "json");

    assert_eq!(
        workspace.run(&["diff"]).succeeded(),
        "\
tiny  HEAD -> working tree  no change
1 change on the wire

on the wire
  tiny  protocols json → protocols smithy-rpc-v2-cbor, json; the crate uses json; with protocol =
        \"smithy-rpc-v2-cbor\" in tinsmith.toml it would use that

no generated file changes
"
    );
    let json = workspace.run(&["diff", "--format", "json"]).succeeded();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["bump"], "none");
    assert_eq!(
        json["changes"][0]["after"],
        "protocols smithy-rpc-v2-cbor, json"
    );

    // Asked for, it is spoken.
    workspace.write(
        "tinsmith.toml",
        &format!("{CONFIG}protocol = \"smithy-rpc-v2-cbor\"\n"),
    );
    says(
        &workspace.run(&["diff"]).succeeded(),
        &[
            "patch",
            "protocol json 1.0, target Tiny → protocol smithy-rpc-v2-cbor, service Tiny",
        ],
    );
    generate(&workspace);
    assert_eq!(spoken(&workspace), "cbor");
}

#[test]
fn two_models_are_compared_in_the_protocol_of_the_first() {
    let workspace = Workspace::new("protocol_of_paths");
    for (folder, protocols) in [("old", ONLY_JSON), ("new", JSON_AND_CBOR)] {
        workspace.model(folder);
        workspace.edit(
            &format!("{folder}/service-2.json"),
            ONLY_REST_JSON,
            protocols,
        );
    }
    says(
        &workspace
            .run(&["diff", "--from", "old", "--to", "new"])
            .succeeded(),
        &[
            "no change",
            "protocols json → protocols smithy-rpc-v2-cbor, json",
            "no generated file changes",
        ],
    );
}

#[test]
fn a_model_that_loses_the_protocol_of_a_crate_changes_it() {
    let workspace = speaking("protocol_lost", ONLY_JSON);
    generate(&workspace);
    commit(&workspace);
    workspace.edit(MODEL, ONLY_JSON, ONLY_CBOR);
    says(
        &workspace.run(&["diff"]).succeeded(),
        &[
            "patch",
            "protocol json 1.0, target Tiny → protocol smithy-rpc-v2-cbor, service Tiny",
        ],
    );
    generate(&workspace);
    assert_eq!(spoken(&workspace), "cbor");
    says(&workspace.read(MANIFEST), &["version = \"0.1.1\""]);
}

#[test]
fn what_cannot_be_spoken_is_an_error_that_says_what_can() {
    for (protocols, wanted, expected) in [
        (
            JSON_AND_CBOR,
            "jsn",
            "expected the name of a protocol (smithy-rpc-v2-cbor, json, rest-json, rest-xml, query, ec2), found `jsn`; did you mean `json`?\n  in tinsmith.toml at services.tiny.protocol",
        ),
        (
            JSON_AND_CBOR,
            "rest-json",
            "expected one that the service supports and that clients are generated for (smithy-rpc-v2-cbor, json), found `rest-json`",
        ),
        (
            ONLY_JSON,
            "smithy-rpc-v2-cbor",
            "expected one that the service supports and that clients are generated for (json), found `smithy-rpc-v2-cbor`\n  in tinsmith.toml at services.tiny.protocol",
        ),
    ] {
        let workspace = speaking("protocol_wrong", protocols);
        workspace.write(
            "tinsmith.toml",
            &format!("{CONFIG}protocol = \"{wanted}\"\n"),
        );
        says(&workspace.run(&["codegen"]).failed(), &[expected]);
        assert!(!workspace.has("generated"));
    }
}
