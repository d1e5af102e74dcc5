//! `cargo tinsmith update` and `status`: another release, whole or not at all, with a pip of the test's own.

use crate::support::{CONFIG, ENDPOINT_RULES, MODEL, PAGINATORS, Workspace, says};

const FOLDER: &str = "botocore/data/tiny/2020-01-01";

/// The tiny service as botocore 1.2.3 has it, imported, and a release 1.3.0 in which `from` reads `to`.
fn workspace(test: &str, from: &str, to: &str) -> Workspace {
    let workspace = Workspace::empty(test);
    workspace.write("tinsmith.toml", CONFIG);
    release(&workspace, "1.2.3", MODEL, PAGINATORS);
    assert!(MODEL.contains(from), "{from}");
    let changed = |text: &str| text.replace(from, to);
    release(&workspace, "1.3.0", &changed(MODEL), &changed(PAGINATORS));
    let import = ["import", "--from", "releases/botocore-1.2.3.whl"];
    workspace.run(&import).succeeded();
    workspace
}

fn release(workspace: &Workspace, version: &str, model: &str, paginators: &str) {
    let place = |name: &str| format!("{FOLDER}/{name}");
    workspace.write_wheel(
        &format!("releases/botocore-{version}.whl"),
        version,
        &[
            (&place("service-2.json"), model),
            (&place("paginators-1.json"), paginators),
            (&place("endpoint-rule-set-1.json"), ENDPOINT_RULES),
        ],
    );
}

/// A command that does as pip does: its last argument is where a download goes. What it was asked is in `asked`.
fn pip(workspace: &Workspace, then: &str) -> String {
    let root = workspace.root.display();
    workspace.write(
        "pip.sh",
        &format!("echo \"$@\" >> {root}/asked\nfor last; do :; done\n{then}\n"),
    );
    format!("sh {root}/pip.sh")
}

fn delivers(workspace: &Workspace, version: &str) -> String {
    let root = workspace.root.display();
    pip(
        workspace,
        &format!("cp {root}/releases/botocore-{version}.whl \"$last\""),
    )
}

const NEW_MEMBER: (&str, &str) = (
    "\"zulu\": { \"shape\": \"Text\" },",
    "\"zulu\": { \"shape\": \"Text\" }, \"yankee\": { \"shape\": \"Number\" },",
);

#[test]
fn takes_a_release_from_pip_and_says_what_it_changes() {
    let workspace = workspace("update_pip", NEW_MEMBER.0, NEW_MEMBER.1);
    workspace.run(&["codegen"]).succeeded();
    let crates = workspace.tree("generated");
    let pip = delivers(&workspace, "1.3.0");
    let said = workspace
        .run_with_pip(&pip, &["update", "--botocore", "1.3.0"])
        .succeeded_aloud()
        .0;
    says(
        &said,
        &[
            "tiny  botocore 1.2.3 -> botocore 1.3.0  minor",
            "Thing",
            "yankee",
            "next: cargo tinsmith codegen",
        ],
    );
    let asked = workspace.read("asked");
    says(
        &asked,
        &[
            "download",
            "--no-deps --only-binary=:all: botocore==1.3.0 --dest ",
        ],
    );
    says(
        &workspace.read("models/tiny/2020-01-01/SOURCES.toml"),
        &["version = \"1.3.0\""],
    );
    says(
        &workspace.read("models/tiny/2020-01-01/service-2.json"),
        &["\"yankee\": { \"shape\": \"Number\" }"],
    );
    assert_eq!(workspace.tree("generated"), crates);
    let folder = asked.split_whitespace().next_back().unwrap();
    assert!(!std::path::Path::new(folder).exists(), "{folder}");
}

#[test]
fn imports_the_newest_release_by_default() {
    let workspace = workspace("update_newest", "POST", "POST");
    let pip = delivers(&workspace, "1.3.0");
    let said = workspace
        .run_with_pip(&pip, &["update"])
        .succeeded_aloud()
        .0;
    says(
        &said,
        &["tiny  botocore 1.2.3 -> botocore 1.3.0  no change"],
    );
    says(&workspace.read("asked"), &[":all: botocore --dest "]);
}

#[test]
fn takes_a_wheel_or_a_folder_without_pip() {
    let workspace = workspace("update_from", NEW_MEMBER.0, NEW_MEMBER.1);
    let from = ["update", "--from", "releases/botocore-1.3.0.whl"];
    says(
        &workspace.run(&from).succeeded(),
        &["1.2.3 -> botocore 1.3.0"],
    );
    workspace.model("unpacked/botocore/data/tiny/2020-01-01");
    let from = [
        "models",
        "update",
        "--from",
        "unpacked",
        "--botocore",
        "1.3.1",
    ];
    says(
        &workspace.run(&from).succeeded(),
        &["1.3.0 -> botocore 1.3.1  major", "yankee"],
    );
    let from = [
        "models",
        "update",
        "--botocore",
        "1.2.3",
        "--from",
        "releases/botocore-1.3.0.whl",
    ];
    says(
        &workspace.run(&from).failed(),
        &["expected botocore 1.2.3, found botocore 1.3.0\n  in releases/botocore-1.3.0.whl"],
    );
}

#[test]
fn says_why_pip_gave_nothing_and_how_to_do_without() {
    let workspace = workspace("update_pip_fails", "POST", "POST");
    let before = workspace.tree("models");
    let fails = |complaint: &str| {
        let pip = pip(
            &workspace,
            &format!("cat >&2 <<'END'\n{complaint}\nEND\nexit 1"),
        );
        let said = workspace
            .run_with_pip(&pip, &["update", "--botocore", "1.3.0"])
            .failed();
        says(&said, &["\n  tried: sh ", " download ", "--from"]);
        assert_eq!(workspace.tree("models"), before);
        said
    };
    says(
        &fails("/usr/bin/python3: No module named pip"),
        &["found Python, but no pip in it"],
    );
    says(
        &fails(
            "WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No matching distribution found (from versions: none)",
        ),
        &["cannot reach the package index for botocore==1.3.0; is there a network?"],
    );
    says(
        &fails(
            "ERROR: Could not find a version that satisfies the requirement botocore==1.3.0 (from versions: 1.0.0, 1.1.0, 1.2.2, 1.2.3)\nERROR: No matching distribution found for botocore==1.3.0",
        ),
        &[
            "there is no release botocore==1.3.0; the newest that pip found are 1.1.0, 1.2.2 and 1.2.3",
            "\n  pip said: ERROR: No matching distribution found for botocore==1.3.0",
        ],
    );
    says(
        &fails("ERROR: No space left on device"),
        &["pip could not get botocore==1.3.0\n  pip said: ERROR: No space left on device"],
    );
    let said = workspace
        .run_with_pip("no-such-python -m pip", &["update"])
        .failed();
    says(
        &said,
        &[
            "cannot run no-such-python, which has pip: ",
            "\n  tried: no-such-python -m pip download ",
            "TINSMITH_PIP",
            "--from",
        ],
    );
    let said = workspace
        .run(&[
            "models",
            "update",
            "--botocore",
            "1.3.0 --index-url=https://example.com",
        ])
        .failed();
    says(&said, &["--botocore: expected a version such as `1.44.5`"]);
    let said = workspace.run_with_pip("true", &["update"]).failed();
    says(
        &said,
        &["expected a wheel of botocore from pip, found none"],
    );
}

#[test]
fn touches_nothing_where_an_operation_is_gone_and_says_since_when() {
    let workspace = workspace("update_gone", "\"ListThings\": {", "\"ListThingsNow\": {");
    let before = workspace.tree("");
    let update = ["update", "--from", "releases/botocore-1.3.0.whl"];
    says(
        &workspace.run(&update).failed(),
        &[
            "botocore 1.3.0 no longer has the operation `ListThings` of `tiny`, which tinsmith.toml names",
            "botocore 1.2.3, which is pinned, has it, so it went after that, in 1.3.0 at the latest",
            "nothing was changed",
        ],
    );
    assert_eq!(workspace.tree(""), before);
    workspace.write("tinsmith.toml", &CONFIG.replace("ListThings", "ListThing"));
    says(
        &workspace.run(&update).failed(),
        &["`ListThing` is not an operation of `tiny`, neither before nor in botocore 1.3.0; "],
    );
    // Imported all the same, it is the generator that says it.
    workspace.write("tinsmith.toml", CONFIG);
    workspace.run(&["codegen"]).succeeded();
    workspace
        .run(&["import", "--from", "releases/botocore-1.3.0.whl"])
        .succeeded();
    says(
        &workspace.run(&["codegen"]).failed(),
        &[
            "the model of `tiny` no longer has the operation `ListThings`: tiny 0.1.0 was generated with it, botocore 1.3.0 does not have it",
        ],
    );
}

#[test]
fn touches_nothing_where_a_model_is_missing_or_nothing_can_be_made_of_it() {
    let workspace = workspace(
        "update_wrong",
        "\"Number\": { \"type\": \"integer\" }",
        "\"Number\": { \"type\": \"integer\", \"newTrait\": true }",
    );
    workspace.write_wheel(
        "releases/without.whl",
        "1.4.0",
        &[("botocore/data/tinny/2020-01-01/service-2.json", MODEL)],
    );
    let before = workspace.tree("");
    let fails = |wheel: &str| {
        let said = workspace.run(&["update", "--from", wheel]).failed();
        assert_eq!(workspace.tree(""), before);
        said
    };
    says(
        &fails("releases/without.whl"),
        &["expected a model of `tiny` in releases/without.whl, found none; did you mean `tinny`?"],
    );
    says(
        &fails("tinsmith.toml"),
        &["expected a folder or a wheel (.whl) of botocore, found tinsmith.toml"],
    );
    says(
        &fails("releases/botocore-1.3.0.whl"),
        &[
            "newTrait",
            "in models/tiny/2020-01-01/service-2.json at shapes.Number",
            "as botocore 1.3.0 has it; nothing was changed",
        ],
    );
}

#[test]
fn names_documentation_of_ours_that_has_no_place_any_more() {
    let workspace = workspace("update_idle", "\"mike\": { \"shape\": \"Text\" }, ", "");
    workspace.write(
        "models/tiny/2020-01-01/service-2.sdk-extras.json",
        r#"{ "merge": { "shapes": { "Thing": { "documentation": "Ours.", "members": {
            "mike": { "documentation": "Ours." }, "alpha": { "documentation": "Ours." } } } } } }"#,
    );
    assert!(!workspace.run(&["codegen"]).succeeded().contains("left out"));
    let update = ["update", "--from", "releases/botocore-1.3.0.whl"];
    let said = workspace.run(&update).succeeded();
    let left_out = "ignored, because the model does not have it: our service-2.sdk-extras.json documents shapes.Thing.members.mike\n";
    says(&said, &["Thing.mike", left_out]);
    says(&workspace.run(&["codegen"]).succeeded(), &[left_out]);
    workspace.run(&["codegen", "--check"]).succeeded();
}

#[test]
fn status_says_what_is_pinned_and_what_is_newest() {
    let workspace = workspace("status", "POST", "POST");
    workspace.write(
        "tinsmith.toml",
        &format!("{CONFIG}\n[services.other]\nmodel = \"models/other/1\"\noperations = \"all\"\n"),
    );
    let status = |pip: &str| workspace.run_with_pip(pip, &["status"]).succeeded();
    let knows = pip(
        &workspace,
        "echo 'botocore (1.3.0)'\necho 'Available versions: 1.3.0, 1.2.3'",
    );
    assert_eq!(
        status(&knows),
        "other   not imported    models/other/1\ntiny    botocore 1.2.3  models/tiny/2020-01-01\nnewest  botocore 1.3.0; to import it: cargo tinsmith update\n"
    );
    says(
        &workspace.read("asked"),
        &["index versions ", " botocore\n"],
    );
    let current = pip(&workspace, "echo 'botocore (1.2.3)'");
    says(&status(&current), &["newest  botocore 1.2.3\n"]);
    let offline = pip(&workspace, "echo 'Max retries exceeded' >&2; exit 1");
    says(
        &status(&offline),
        &[
            "tiny    botocore 1.2.3",
            "newest  not known: cannot reach the package index for the releases of botocore; is there a network?",
        ],
    );
    says(
        &status("no-such-python -m pip"),
        &["newest  not known: cannot run no-such-python"],
    );
}
