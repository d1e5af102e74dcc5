//! `verify`: a project is compiled with the crates that would be generated now.

use crate::support::{Ran, Workspace};
use std::path::Path;

/// A workspace with a program that calls the tiny service. What is built is kept between runs of this test, since the runtime
/// and what it depends on take most of a minute.
fn project() -> Workspace {
    let workspace = Workspace::new("verify");
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let runtime = repository.join("runtime");
    let config = workspace.read("tinsmith.toml");
    let runtime = toml_edit::Value::from(runtime.display().to_string());
    workspace.write(
        "tinsmith.toml",
        &format!("runtime = {{ path = {runtime} }}\ncredentials = false\n{config}"),
    );
    workspace.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"generated/tiny\"]\n\
         [workspace.package]\nedition = \"2024\"\nrust-version = \"1.89\"\nlicense = \"Apache-2.0\"\npublish = false\n\
         [workspace.lints.rust]\nunsafe_code = \"forbid\"\n",
    );
    let lock = std::fs::read_to_string(repository.join("Cargo.lock")).unwrap();
    workspace.write("Cargo.lock", &lock);
    workspace.write(
        "app/Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\ntiny = { path = \"../generated/tiny\" }\n",
    );
    workspace.write(
        "app/src/main.rs",
        "fn main() {\n    let thing = tiny::types::Thing::default();\n    println!(\"{:?}\", thing.mike);\n}\n",
    );
    workspace.run(&["codegen"]).succeeded();
    workspace
}

fn verify(workspace: &Workspace) -> Ran {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verify-target");
    let target = target.display().to_string();
    workspace.run_with("CARGO_TARGET_DIR", &target, &["verify", "--", "--offline"])
}

#[test]
fn says_whether_the_code_compiles_and_which_change_is_the_reason() {
    let workspace = project();
    let before = workspace.tree("");
    assert_eq!(
        verify(&workspace).succeeded(),
        "nothing to verify: the crates are what would be generated now\n"
    );

    let model = "models/tiny/2020-01-01/service-2.json";
    workspace.edit(
        model,
        r#""kilo": { "shape": "Text" }"#,
        r#""kilo": { "shape": "Text" }, "lima": { "shape": "Text" }"#,
    );
    let said = verify(&workspace).succeeded();
    assert_eq!(
        said,
        "tiny 0.1.0 -> 0.1.1: minor, 1 change\nthe project compiles with the new crates as it is; cargo tinsmith codegen writes them\n"
    );

    workspace.edit(model, r#", "mike": { "shape": "Text" }"#, "");
    let said = verify(&workspace).failed();
    assert_eq!(
        said,
        "error: the project does not compile with the new crates: 1 error\n  app/src/main.rs:3: no field `mike` on type `Thing`\n    \
         because tiny: member removed Thing.mike, was mike: Option<String>; the field is removed\ntiny 0.1.0 -> 0.2.0: major, 2 changes\n"
    );

    // Nothing of the project was written.
    let mut after = workspace.tree("");
    after.insert(model.to_owned(), before[model].clone());
    assert_eq!(before, after);
    let beside = workspace.root.with_file_name(".verify.tinsmith-verify");
    assert!(!beside.exists());

    workspace.edit("app/src/main.rs", "thing.mike", "thing.november");
    let said = verify(&workspace).failed();
    assert!(
        said.contains("does not compile with its present crates"),
        "{said}"
    );
    assert!(
        said.contains("app/src/main.rs:3: no field `november`"),
        "{said}"
    );
}
