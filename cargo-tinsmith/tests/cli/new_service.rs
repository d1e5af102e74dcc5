//! `cargo tinsmith add` of a service that the project does not have: its model, its section, its crate, a member of the
//! workspace and a dependency, at once or not at all.

use crate::support::{ENDPOINT_RULES, MODEL, PAGINATORS, Workspace, says};

const MODELS: &str = "models/tiny/2020-01-01";

/// A package with a project that has no service, and releases of botocore with the tiny service.
fn project(test: &str, settings: &str) -> Workspace {
    let workspace = Workspace::empty(test);
    workspace.write(
        "Cargo.toml",
        "[package]\nname = \"mine\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    );
    workspace.write("src/lib.rs", "");
    workspace.write("tinsmith.toml", settings);
    for version in ["1.2.3", "1.3.0"] {
        let place = |name: &str| format!("botocore/data/tiny/2020-01-01/{name}");
        workspace.write_wheel(
            &format!("releases/botocore-{version}.whl"),
            version,
            &[
                (&place("service-2.json"), MODEL),
                (&place("paginators-1.json"), PAGINATORS),
                (&place("endpoint-rule-set-1.json"), ENDPOINT_RULES),
            ],
        );
    }
    workspace
}

const FROM: [&str; 2] = ["--from", "releases/botocore-1.2.3.whl"];

fn add<'a>(words: &[&'a str]) -> Vec<&'a str> {
    ["add", "tiny"]
        .iter()
        .chain(words)
        .chain(&FROM)
        .copied()
        .collect()
}

#[test]
fn the_whole_way_from_nothing() {
    let workspace = project("new_service", "");
    let said = workspace
        .run_in(
            "src",
            &[
                "add",
                "tiny",
                "GetThing",
                "ListThings",
                "--from",
                "../releases/botocore-1.2.3.whl",
            ],
        )
        .succeeded();
    says(
        &said,
        &[
            "tiny 2020-01-01  2 operations",
            "tiny: added to tinsmith.toml\n",
            "  a member of the workspace: Cargo.toml\n",
            "  a dependency: tiny = { path = \"generated/tiny\" } in Cargo.toml\n",
            "tiny  2 operations, ",
        ],
    );
    assert_eq!(
        workspace.read("tinsmith.toml"),
        "[services.tiny]\nmodel = \"models/tiny/2020-01-01\"\noperations = [\"GetThing\", \"ListThings\"]\n"
    );
    says(
        &workspace.read("Cargo.toml"),
        &[
            "[dependencies]\ntiny = { path = \"generated/tiny\" }\n",
            "[workspace]\nmembers = [\"generated/tiny\"]\n",
        ],
    );
    says(
        &workspace.read(&format!("{MODELS}/SOURCES.toml")),
        &["version = \"1.2.3\""],
    );
    // The crate stands alone: it says itself what no workspace says.
    says(
        &workspace.read("generated/tiny/Cargo.toml"),
        &[
            "edition = \"2024\"\n",
            &format!("rust-version = \"{}\"\n", env!("CARGO_PKG_RUST_VERSION")),
            "license = \"Apache-2.0\"\n",
            "publish = false\n",
            &format!(
                "tinsmith-runtime = {{ version = \"{}\"",
                env!("CARGO_PKG_VERSION")
            ),
        ],
    );
    says(
        &workspace.cargo("", &["metadata", "--no-deps"]),
        &["\"name\":\"mine\"", "\"name\":\"tiny\""],
    );
    workspace.run(&["check"]).succeeded();
    // Nothing is added twice.
    let before = workspace.tree("");
    workspace.run(&add(&["GetThing"])).succeeded();
    assert_eq!(workspace.tree(""), before);
}

#[test]
fn lists_what_a_new_service_has_and_writes_nothing() {
    let workspace = project("new_service_list", "");
    let before = workspace.tree("");
    says(
        &workspace.run(&add(&[])).succeeded(),
        &[
            "tiny: 2 of 2 operations not added yet",
            "  GetThing",
            "  ListThings",
        ],
    );
    assert_eq!(workspace.tree(""), before);
}

#[test]
fn patterns_and_exceptions() {
    let workspace = project("new_service_patterns", "");
    workspace.run(&add(&["*Thing*", "!Get*"])).succeeded();
    says(
        &workspace.read("tinsmith.toml"),
        &["operations = [\"ListThings\"]"],
    );
    says(
        &workspace.run(&add(&["Make*"])).failed(),
        &["expected operations of `tiny` that match `Make*`, found none"],
    );
}

#[test]
fn all_or_nothing() {
    let workspace = project("new_service_fails", "");
    let fails = |arguments: &[&str], expected: &[&str]| {
        let before = workspace.tree("");
        says(&workspace.run(arguments).failed(), expected);
        assert_eq!(workspace.tree(""), before);
    };
    fails(
        &add(&["GetThink"]),
        &["`GetThink` is not an operation of `tiny`; did you mean `GetThing`?"],
    );
    fails(
        &["add", "tinny", "GetThing", "--from", FROM[1]],
        &[
            "expected a model of `tinny` in releases/botocore-1.2.3.whl, found none; did you mean `tiny`?",
        ],
    );
    // The crate cannot be written, after the model was.
    workspace.write("generated", "a file, where a folder should be");
    fails(&add(&["GetThing"]), &["generated"]);
    workspace.remove("generated");
    workspace.write("Cargo.toml", "[workspace]\nmembers = 1\n");
    fails(
        &add(&["GetThing"]),
        &["expected an array at `workspace.members`, found something else\n  in Cargo.toml"],
    );
}

#[test]
fn the_package_that_is_worked_on_gets_the_dependency() {
    let workspace = project("new_service_member", "");
    let package = workspace.read("Cargo.toml");
    workspace.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"apps/*\", \"generated/*\"]\n",
    );
    workspace.write("apps/mine/Cargo.toml", &package);
    workspace.write("apps/mine/src/lib.rs", "");
    let root = workspace.read("Cargo.toml");
    let wheel = workspace.root.join(FROM[1]).display().to_string();
    workspace
        .run_in(
            "apps/mine/src",
            &["add", "tiny", "GetThing", "--from", &wheel],
        )
        .succeeded();
    assert_eq!(workspace.read("Cargo.toml"), root);
    says(
        &workspace.read("apps/mine/Cargo.toml"),
        &["tiny = { path = \"../../generated/tiny\" }"],
    );
    workspace.cargo("", &["metadata", "--no-deps"]);

    // A workspace without a package at its root: it is said what to write.
    let workspace = project("new_service_virtual", "");
    workspace.write("Cargo.toml", "[workspace]\n");
    says(
        &workspace.run(&add(&["GetThing"])).succeeded(),
        &[
            "to use it, add the dependency to a package of yours (its path is from here): tiny = { path = \"generated/tiny\" }\n",
        ],
    );
    says(
        &workspace.read("Cargo.toml"),
        &["members = [\"generated/tiny\"]"],
    );
}

#[test]
fn a_download_is_announced_and_uv_is_used_where_python_has_no_pip() {
    let workspace = project("new_service_uv", "");
    let root = workspace.root.display();
    workspace.write(
        "bin/uvx",
        &format!("#!/bin/sh\n[ \"$1\" = pip ] || exit 1\nfor last; do :; done\n/bin/cp {root}/releases/botocore-1.3.0.whl \"$last\"\n"),
    );
    workspace.write(
        "bin/python3",
        "#!/bin/sh\necho 'No module named pip' >&2\nexit 1\n",
    );
    #[cfg(unix)]
    for program in ["uvx", "python3"] {
        use std::os::unix::fs::PermissionsExt as _;
        let path = workspace.root.join("bin").join(program);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let run = |path: &str| {
        let output = std::process::Command::new(crate::BINARY)
            .current_dir(&workspace.root)
            .env_remove("TINSMITH_PIP")
            .env("PATH", workspace.root.join(path))
            .args(["add", "tiny", "GetThing"])
            .output()
            .unwrap();
        crate::support::Ran::of(output)
    };
    let said = run("nothing");
    assert_eq!(said.code, Some(1));
    says(
        &said.err,
        &[
            "cannot run python3, which has pip",
            "cannot run uvx, which has pip",
            "name it (or the folder that it was unpacked to) with --from",
        ],
    );
    if cfg!(unix) {
        let (_, aloud) = run("bin").succeeded_aloud();
        says(
            &aloud,
            &["downloading botocore with pip: the models of all services"],
        );
        says(
            &workspace.read(&format!("{MODELS}/SOURCES.toml")),
            &["version = \"1.3.0\""],
        );
    }
}

#[test]
fn only_the_closure_is_kept_where_the_project_says_so() {
    let workspace = project("new_service_closure", "models = \"closure\"\n");
    workspace.run(&add(&["GetThing"])).succeeded();
    let model = workspace.read(&format!("{MODELS}/service-2.json"));
    says(
        &model,
        &["\"GetThing\"", "\"Thing\"", "\"GetThingRequest\""],
    );
    for gone in ["ListThings", "\"Things\""] {
        assert!(!model.contains(gone), "{gone}");
    }
    let paginators = workspace.read(&format!("{MODELS}/paginators-1.json"));
    assert!(!paginators.contains("ListThings"), "{paginators}");
    workspace.run(&["check"]).succeeded();
    // What is not there comes from the release that is pinned.
    says(
        &workspace.run(&add(&[])).succeeded(),
        &["tiny: 1 of 2 operations not added yet"],
    );
    workspace.run(&add(&["List*"])).succeeded();
    says(
        &workspace.read(&format!("{MODELS}/service-2.json")),
        &["\"GetThing\"", "\"ListThings\"", "\"Things\""],
    );
    workspace.run(&["check"]).succeeded();
    // An update keeps what is selected.
    let whole = workspace.read(&format!("{MODELS}/service-2.json"));
    workspace.edit(
        "tinsmith.toml",
        "[\"GetThing\", \"ListThings\"]",
        "[\"ListThings\"]",
    );
    workspace
        .run(&["update", "--from", "releases/botocore-1.3.0.whl"])
        .succeeded();
    let model = workspace.read(&format!("{MODELS}/service-2.json"));
    assert!(
        model.len() < whole.len() && !model.contains("GetThing"),
        "{model}"
    );
}

/// A parameter of the endpoint rules that only another operation gives would have no source without that operation.
#[test]
fn the_closure_keeps_what_gives_the_parameters_of_endpoint_rules() {
    let workspace = project("new_service_givers", "models = \"closure\"\n");
    let model = MODEL.replacen(
        "\"name\": { \"shape\": \"Text\" }",
        "\"name\": { \"shape\": \"Text\", \"contextParam\": { \"name\": \"Place\" } }",
        1,
    );
    assert_ne!(model, MODEL);
    let rules = ENDPOINT_RULES.replace(
        "\"parameters\": {",
        "\"parameters\": { \"Place\": { \"required\": false, \"documentation\": \"Where.\", \"type\": \"string\" },",
    );
    let place = |name: &str| format!("botocore/data/tiny/2020-01-01/{name}");
    let files = [
        (place("service-2.json"), model.as_str()),
        (place("paginators-1.json"), PAGINATORS),
        (place("endpoint-rule-set-1.json"), rules.as_str()),
    ];
    let files = files.each_ref().map(|(name, text)| (name.as_str(), *text));
    workspace.write_wheel(FROM[1], "1.2.3", &files);
    workspace.run(&add(&["ListThings"])).succeeded();
    says(
        &workspace.read(&format!("{MODELS}/service-2.json")),
        &["\"GetThing\"", "\"ListThings\""],
    );
    says(
        &workspace.read("tinsmith.toml"),
        &["operations = [\"ListThings\"]"],
    );
}

#[test]
fn import_and_one_off_crates_need_no_project() {
    let workspace = project("no_project", "");
    workspace.remove("tinsmith.toml");
    workspace
        .run_in("", &["import", "--from", FROM[1], "--service", "tiny"])
        .succeeded();
    workspace
        .run_in(
            "src",
            &[
                "codegen",
                "--model",
                "../models/tiny/2020-01-01",
                "--operations",
                "all",
                "--package",
                "own",
                "--out",
                "../../no_project_own",
            ],
        )
        .succeeded();
    let out = workspace.root.join("../no_project_own");
    let manifest = std::fs::read_to_string(out.join("Cargo.toml")).unwrap();
    std::fs::remove_dir_all(&out).unwrap();
    says(
        &manifest,
        &[
            "[workspace]\n",
            "license = \"Apache-2.0\"\n",
            "{ version = ",
        ],
    );
    says(
        &workspace.run_in("src", &["codegen"]).failed(),
        &[
            "no tinsmith.toml in ",
            "write one with `cargo tinsmith init`",
        ],
    );
}
