//! `tinsmith.toml` and the command line: what is wrong is said where it is wrong, with the nearest right word.

use crate::support::{CONFIG, Workspace, says};

fn complaint(test: &str, config: &str) -> String {
    let workspace = Workspace::new(test);
    workspace.write("tinsmith.toml", config);
    let said = workspace.run(&["codegen"]).failed();
    assert!(!workspace.has("generated"));
    said
}

#[test]
fn an_unknown_key_is_an_error_that_names_the_nearest() {
    let config = format!(
        "documentatoin = \"keep\"\n{CONFIG}operation = [\"A\"]\n[services.tiny.overrides.rename]\n"
    );
    says(
        &complaint("unknown_key", &config),
        &[
            "unknown key `documentatoin`; did you mean `documentation`?\n  in tinsmith.toml line 1, at documentatoin",
            "unknown key `operation`; did you mean `operations`?\n  in tinsmith.toml line 7, at services.tiny.operation",
            "unknown key `rename`; did you mean `renames`?\n  in tinsmith.toml line 8, at services.tiny.overrides.rename",
        ],
    );
}

#[test]
fn a_value_of_the_wrong_kind_is_shown_in_its_line() {
    let operations = CONFIG.replace("[\"ListThings\"]", "\"some\"");
    says(
        &complaint("wrong_kind", &operations),
        &[
            "line 5",
            "operations = \"some\"",
            "\"all\" or an array of operation names",
        ],
    );
    says(
        &complaint("wrong_word", &CONFIG.replace("strip", "shorten")),
        &["line 1", "`keep` or `strip`"],
    );
    says(
        &complaint("no_toml", "[services"),
        &["tinsmith.toml is not TOML", "line 1"],
    );
    says(
        &complaint("no_model", "[services.tiny]\noperations = \"all\"\n"),
        &["missing field `model`"],
    );
}

#[test]
fn an_override_that_matches_nothing_is_an_error() {
    let config = format!(
        "{CONFIG}[services.tiny.overrides.required]\n\"Thing.zuluu\" = true\n[services.tiny.overrides.renames]\nThink = \"Idea\"\n"
    );
    says(
        &complaint("override_nothing", &config),
        &["Thing.zuluu", "Think"],
    );
    let dotted = format!("{CONFIG}[services.tiny.overrides.required]\nThing.zulu = true\n");
    says(
        &complaint("override_dotted", &dotted),
        &["expected a key in quotes, `\"Thing.zulu\" = …`"],
    );
}

#[test]
fn two_services_never_share_a_folder_or_a_name() {
    let second = "[services.second]\nmodel = \"models/tiny/2020-01-01\"\noperations = \"all\"\n";
    let nested = format!("{CONFIG}{second}out = \"generated/tiny/second\"\n");
    says(
        &complaint("nested", &nested),
        &[
            "expected a folder of its own, found `generated/tiny/second`",
            "services.second.out",
        ],
    );
    let named = format!("{CONFIG}{second}package = \"tiny\"\n");
    says(
        &complaint("same_name", &named),
        &["expected a package name of its own, found `tiny`"],
    );
    let outside = format!("{CONFIG}out = \"../elsewhere\"\n");
    says(
        &complaint("outside", &outside),
        &["expected a folder below the root", "found `../elsewhere`"],
    );
    let package = format!("{CONFIG}package = \"Tiny Service\"\n");
    says(
        &complaint("package", &package),
        &["expected a package name", "found `Tiny Service`"],
    );
}

#[test]
fn a_workspace_without_the_file_is_an_error() {
    let workspace = Workspace::empty("no_config");
    says(
        &workspace.run(&["codegen"]).failed(),
        &["no tinsmith.toml in "],
    );
}

#[test]
fn help_teaches_by_example() {
    let workspace = Workspace::empty("help");
    for (arguments, example) in [
        (&["--help"][..], "cargo tinsmith check "),
        (&["codegen", "--help"], "cargo tinsmith codegen --check"),
        (&["check", "--help"], "cargo tinsmith check imagebuilder"),
        (
            &["models", "update", "--help"],
            "cargo tinsmith update --botocore",
        ),
        (
            &["codegen", "--help"],
            "cargo tinsmith codegen --model models/",
        ),
        (
            &["add", "--help"],
            "cargo tinsmith add imagebuilder GetImage",
        ),
        (
            &["import", "--help"],
            "cargo tinsmith import --from botocore --service s3",
        ),
    ] {
        let said = workspace.run(arguments).succeeded();
        says(&said, &["Usage: cargo tinsmith", "Examples:", example]);
        assert!(
            !said.contains("--root") && !said.contains('\u{1b}'),
            "{said}"
        );
    }
    // What only its own repository needs is not there.
    let said = workspace.run(&["--help"]).succeeded();
    for command in [
        "bench",
        "conformance",
        "e2e",
        "partitions",
        "sweep",
        "models",
    ] {
        assert!(!said.contains(&format!("\n  {command} ")), "{said}");
    }
    says(
        &workspace.run(&["codgen"]).failed(),
        &["unrecognized subcommand 'codgen'", "'codegen'"],
    );
    says(
        &workspace.run(&["codegen", "--model", "models"]).failed(),
        &["--operations", "--package", "--out"],
    );
}

#[test]
fn a_model_plays_no_tricks_on_the_terminal() {
    let workspace = Workspace::new("control_characters");
    workspace.edit("tinsmith.toml", "ListThings", "List\\u001b[2JThings");
    let said = workspace.run(&["codegen"]).failed();
    says(&said, &["List\u{fffd}[2JThings"]);
}

#[test]
fn the_loader_is_beside_the_runtime_or_where_the_project_says() {
    let workspace = Workspace::new("config_key");
    for (settings, expected) in [
        (
            "",
            "{ version = \"0.1.0\", default-features = false, optional = true }",
        ),
        (
            "runtime = { path = \"../there/run\" }\n",
            "{ path = \"../../../there/config\", default-features = false, optional = true }",
        ),
        (
            "runtime = { version = \"0.1\" }\n",
            "{ version = \"0.1\", default-features = false, optional = true }",
        ),
        (
            "runtime = { git = \"https://example.com/x\", rev = \"1\" }\n",
            "{ git = \"https://example.com/x\", rev = \"1\", default-features = false, optional = true }",
        ),
        (
            "runtime = { path = \"..\" }\nconfig = { path = \"loader\" }\n",
            "{ path = \"../../loader\", default-features = false, optional = true }",
        ),
    ] {
        workspace.write("tinsmith.toml", &format!("{settings}{CONFIG}"));
        workspace.run(&["codegen"]).succeeded();
        says(
            &workspace.read("generated/tiny/Cargo.toml"),
            &[
                "default = [\"credentials\", \"hyper\", \"native-roots\"]\n",
                "credentials = [\"dep:tinsmith-config\"]\n",
                &format!("tinsmith-config = {expected}\n"),
            ],
        );
    }
    says(
        &complaint(
            "config_wrong",
            &format!("config = {{ pth = \"x\" }}\n{CONFIG}"),
        ),
        &[
            "unknown key `pth`; did you mean `path`?\n  in tinsmith.toml at config.pth",
            "expected `path`, `version`, `git` or `workspace`, for the place of tinsmith-config, found none of them\n  in tinsmith.toml at config",
        ],
    );
    says(
        &complaint(
            "config_unknown",
            &format!("runtime = {{ path = \"..\" }}\n{CONFIG}"),
        ),
        &[
            "expected the place of tinsmith-config",
            "in tinsmith.toml at config\n  write config = { path = \"…\" }, or credentials = false",
        ],
    );
}

#[test]
fn a_crate_has_credentials_unless_the_project_or_its_service_says_no() {
    let workspace = Workspace::new("credentials_key");
    // Without credentials, no place of the loader is needed.
    let nowhere = "runtime = { path = \"..\" }\ncredentials = false\n";
    for (settings, of_service, has) in [
        ("", "", true),
        ("credentials = true\n", "", true),
        ("", "credentials = false\n", false),
        ("credentials = false\n", "credentials = true\n", true),
        (nowhere, "", false),
    ] {
        let config = format!("{settings}{CONFIG}{of_service}");
        workspace.write("tinsmith.toml", &config);
        workspace.run(&["codegen"]).succeeded();
        for (file, part) in [
            ("Cargo.toml", "credentials"),
            ("Cargo.toml", "tinsmith-config"),
            ("src/client.rs", "from_env"),
            ("src/lib.rs", "tinsmith_config"),
        ] {
            let text = workspace.read(&format!("generated/tiny/{file}"));
            assert_eq!(text.contains(part), has, "{part} in {file} with {config}");
        }
    }
    says(
        &complaint(
            "credentials_wrong",
            &format!("credentials = \"no\"\n{CONFIG}"),
        ),
        &["line 1", "invalid type: string \"no\", expected a boolean"],
    );
    says(
        &complaint(
            "credentials_wrong_there",
            &format!("{CONFIG}credentials = 0\n"),
        ),
        &["line 6", "invalid type: integer `0`, expected a boolean"],
    );
}

#[test]
fn a_crate_of_its_own_has_credentials_as_the_project_says() {
    let workspace = Workspace::new("credentials_one_off");
    let one_off = [
        "codegen",
        "--model",
        "models/tiny/2020-01-01",
        "--operations",
        "all",
        "--package",
        "own",
        "--out",
        "own",
    ];
    for (settings, has) in [("", true), ("credentials = false\n", false)] {
        workspace.write("tinsmith.toml", &format!("{settings}{CONFIG}"));
        workspace.run(&one_off).succeeded();
        let manifest = workspace.read("own/Cargo.toml");
        let expected = "tinsmith-config = { version = \"0.1.0\", default-features = false, optional = true }\n";
        assert_eq!(manifest.contains(expected), has, "{manifest}");
    }
}
