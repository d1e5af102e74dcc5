//! `cargo tinsmith codegen`: what it writes, what it leaves alone, and that it does all or nothing.

use crate::support::{CONFIG, MODEL, Workspace, says};
use std::fs;

#[test]
fn writes_a_crate_and_then_only_what_changed() {
    let workspace = Workspace::new("writes_a_crate");
    let said = workspace.run(&["codegen"]).succeeded();
    says(
        &said,
        &[
            "tiny  1 operation, ",
            " files, ",
            " lines, ",
            " ms (",
            " written)",
        ],
    );
    let crate_files = workspace.tree("generated");
    says(
        &crate_files["generated/tiny/Cargo.toml"],
        &["name = \"tiny\"", "tinsmith-runtime = { version = "],
    );

    let operation = crate_files
        .keys()
        .find(|name| name.contains("src/operation/"))
        .unwrap();
    let written = |name: &str| {
        fs::metadata(workspace.root.join(name))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = written(operation);
    let said = workspace.run(&["codegen", "tiny"]).succeeded();
    says(&said, &[" unchanged)"]);
    assert!(!said.contains("written"), "{said}");
    assert_eq!(
        (workspace.tree("generated"), written(operation)),
        (crate_files.clone(), before)
    );

    workspace.edit("generated/tiny/Cargo.toml", "tiny", "tinny");
    says(
        &workspace.run(&["codegen", "--force"]).succeeded(),
        &["(1 file written, "],
    );
    assert_eq!(
        (workspace.tree("generated"), written(operation)),
        (crate_files, before)
    );
}

#[test]
fn removes_files_that_are_no_longer_part_of_the_crate() {
    let workspace = Workspace::new("removes_orphans");
    workspace.edit("tinsmith.toml", "[\"ListThings\"]", "\"all\"");
    says(&workspace.run(&["codegen"]).succeeded(), &["2 operations"]);
    let all = workspace.tree("generated");
    workspace.write("tinsmith.toml", CONFIG);
    says(
        &workspace.run(&["codegen"]).succeeded(),
        &["1 operation,", " removed"],
    );
    assert!(workspace.tree("generated").len() < all.len());
    workspace.run(&["codegen", "--check"]).succeeded();
}

#[test]
fn removes_the_crate_of_a_service_that_is_configured_no_longer() {
    let workspace = Workspace::new("removes_services");
    workspace.run(&["codegen"]).succeeded();
    workspace.write(
        "tinsmith.toml",
        &CONFIG.replace("services.tiny", "services.other"),
    );
    let said = workspace.run(&["codegen", "--check"]).failed();
    says(
        &said,
        &[
            "without a service in tinsmith.toml",
            "orphan   generated/tiny/Cargo.toml",
            "to fix it: cargo tinsmith codegen",
        ],
    );
    says(
        &workspace.run(&["codegen"]).succeeded(),
        &[
            "other  1 operation",
            "of services that are not in tinsmith.toml",
        ],
    );
    assert!(!workspace.has("generated/tiny"));
    workspace.run(&["codegen", "--check"]).succeeded();
}

#[test]
fn never_touches_what_was_written_by_hand() {
    let workspace = Workspace::new("by_hand");
    workspace.run(&["codegen"]).succeeded();
    workspace.write("generated/tiny/notes.md", "Mine.\n");
    workspace.write("generated/tiny/Cargo.toml", "[package]\nname = \"mine\"\n");
    let before = workspace.tree("generated");
    let said = workspace.run(&["codegen"]).failed();
    says(
        &said,
        &[
            "generated/tiny/notes.md would be removed, but carries no generated header",
            "generated/tiny/Cargo.toml would be overwritten, but was edited since it was generated",
        ],
    );
    assert_eq!(workspace.tree("generated"), before);
}

#[test]
fn leaves_what_building_the_crate_leaves_in_it() {
    let workspace = Workspace::new("build_leftovers");
    workspace.write("generated/tiny/Cargo.lock", "version = 4\n");
    workspace.write("generated/tiny/target/debug/tiny.d", "tiny\n");
    workspace.run(&["codegen"]).succeeded();
    workspace.run(&["codegen", "--check"]).succeeded();
    assert!(
        workspace.has("generated/tiny/Cargo.lock")
            && workspace.has("generated/tiny/target/debug/tiny.d")
    );
}

#[test]
fn writes_nothing_if_one_service_of_two_is_wrong() {
    let workspace = Workspace::new("all_or_nothing");
    workspace.write(
        "tinsmith.toml",
        &format!(
            "{CONFIG}\n{}",
            CONFIG
                .replace("tiny", "wrong")
                .replace("documentation = \"strip\"", "")
        ),
    );
    workspace.write(
        "models/wrong/2020-01-01/service-2.json",
        &MODEL.replace("\"version\": \"2.0\",", "\"version\": \"2.0\""),
    );
    let said = workspace.run(&["codegen"]).failed();
    says(
        &said,
        &["models/wrong/2020-01-01/service-2.json", "line 3 column 3"],
    );
    assert!(!workspace.has("generated"));
}

#[test]
fn says_where_a_model_is_missing_and_how_to_get_it() {
    let workspace = Workspace::new("missing_model");
    workspace.edit("tinsmith.toml", "2020-01-01", "2021-01-01");
    let said = workspace.run(&["codegen"]).failed();
    says(
        &said,
        &[
            "expected a model's folder at models/tiny/2021-01-01, found nothing",
            "cargo tinsmith import",
        ],
    );
}

#[test]
fn says_that_a_folder_cannot_be_written_and_leaves_nothing_behind() {
    let workspace = Workspace::new("unwritable");
    workspace.write("generated", "a file, where a folder should be");
    let before = workspace.tree("");
    says(
        &workspace.run(&["codegen"]).failed(),
        &["cannot make the folder", "generated/tiny"],
    );
    assert_eq!(workspace.tree(""), before);
}

#[test]
fn says_that_a_folder_is_where_a_file_belongs() {
    let workspace = Workspace::new("folder_in_the_way");
    workspace.run(&["codegen"]).succeeded();
    let last = workspace.tree("generated").into_keys().next_back().unwrap();
    workspace.edit("generated/tiny/Cargo.toml", "tiny", "tinny");
    workspace.remove(&last);
    workspace.write(&format!("{last}/.hidden"), "");
    let before = workspace.tree("generated");
    says(
        &workspace.run(&["codegen"]).failed(),
        &["cannot read", &last],
    );
    assert_eq!(workspace.tree("generated"), before);
}

#[test]
fn clears_away_what_a_killed_run_left() {
    let workspace = Workspace::new("killed");
    workspace.run(&["codegen"]).succeeded();
    workspace.write("generated/tiny/src/.lib.rs.4711.tinsmith-tmp", "half a fi");
    workspace.run(&["codegen", "--check"]).succeeded();
    workspace.run(&["codegen"]).succeeded();
    assert!(!workspace.has("generated/tiny/src/.lib.rs.4711.tinsmith-tmp"));
}

#[test]
fn reads_a_compressed_model_as_well() {
    let workspace = Workspace::new("compressed");
    workspace.run(&["codegen"]).succeeded();
    workspace.remove("models/tiny/2020-01-01/service-2.json");
    workspace.write_gz("models/tiny/2020-01-01/service-2.json.gz", MODEL);
    workspace.run(&["codegen", "--check"]).succeeded();
    workspace.write("models/tiny/2020-01-01/service-2.json.gz", "no gzip");
    says(
        &workspace.run(&["codegen"]).failed(),
        &["cannot read", "service-2.json.gz"],
    );
}

#[test]
fn makes_a_crate_of_its_own_from_any_model() {
    let workspace = Workspace::new("one_off");
    workspace.write(
        "tinsmith.toml",
        &format!("runtime = {{ path = \"runtime\" }}\n{CONFIG}"),
    );
    let inside = [
        "--model",
        "models/tiny/2020-01-01",
        "--operations",
        "GetThing,ListThings",
        "--package",
        "my-tiny",
        "--out",
        "else/where",
    ];
    says(
        &workspace
            .run(&[&["codegen"], &inside[..]].concat())
            .succeeded(),
        &["my-tiny  2 operations"],
    );
    let manifest = workspace.read("else/where/Cargo.toml");
    says(
        &manifest,
        &[
            "name = \"my-tiny\"",
            "{ path = \"../../runtime\", ",
            "\n[workspace]",
        ],
    );
    workspace
        .run(&[&["codegen", "--check"], &inside[..]].concat())
        .succeeded();
    workspace.edit("else/where/Cargo.toml", "my-tiny", "mine");
    let said = workspace
        .run(&[&["codegen", "--check"], &inside[..]].concat())
        .failed();
    says(
        &said,
        &[
            "stale    else/where/Cargo.toml",
            "to fix it: cargo tinsmith codegen --model models/tiny/2020-01-01 --operations GetThing,ListThings",
        ],
    );

    let elsewhere = Workspace::empty("one_off_elsewhere");
    let out = elsewhere.root.join("crate");
    let model = "models/tiny/2020-01-01/service-2.json";
    let arguments = [
        "codegen",
        "--model",
        model,
        "--operations",
        "all",
        "--package",
        "far",
        "--out",
        out.to_str().unwrap(),
    ];
    workspace.run(&arguments).succeeded();
    let home = workspace.root.file_name().unwrap().to_str().unwrap();
    let expected = format!("{{ path = \"../../{home}/runtime\", ");
    says(&elsewhere.read("crate/Cargo.toml"), &[&expected]);
    // The same place by another path.
    let name = elsewhere.root.file_name().unwrap().to_str().unwrap();
    let roundabout = format!("models/../../{name}/./crate");
    let mut arguments = arguments;
    arguments[8] = &roundabout;
    says(
        &workspace.run(&arguments).succeeded(),
        &["(13 files unchanged)"],
    );
}

#[test]
fn names_the_nearest_service() {
    let workspace = Workspace::new("nearest_service");
    let said = workspace.run(&["codegen", "tinny", "zzz"]).failed();
    says(
        &said,
        &[
            "`tinny` is not a service in tinsmith.toml; did you mean `tiny`?",
            "`zzz` is not a service in tinsmith.toml\n",
        ],
    );
    assert!(!workspace.has("generated"));
}
