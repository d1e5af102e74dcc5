//! What a generated crate may be called, in `tinsmith.toml` and with `--package`.

use crate::support::{Workspace, says};

const REFUSED: [(&str, &str); 14] = [
    ("std", "Rust's own crates"),
    ("core", "Rust's own crates"),
    ("alloc", "Rust's own crates"),
    ("test", "Rust's own crates"),
    ("proc_macro", "Rust's own crates"),
    ("proc-macro", "Rust's own crates"),
    ("self", "not a keyword of Rust"),
    ("super", "not a keyword of Rust"),
    ("crate", "not a keyword of Rust"),
    (
        "tinsmith-runtime",
        "a crate on which generated crates depend",
    ),
    (
        "tinsmith_runtime",
        "a crate on which generated crates depend",
    ),
    (
        "tinsmith-config",
        "a crate on which generated crates depend",
    ),
    ("nul", "a device of Windows"),
    ("Things", "lower-case letters"),
];

#[test]
fn a_package_name_that_cannot_be_a_crates_is_refused() {
    let workspace = Workspace::new("package-names");
    let line = workspace.read("tinsmith.toml");
    for (name, why) in REFUSED {
        workspace.write("tinsmith.toml", &format!("{line}package = \"{name}\"\n"));
        let said = workspace.run(&["codegen"]).failed();
        says(
            &said,
            &[why, &format!("found `{name}`"), "services.tiny.package"],
        );
        assert!(!workspace.has("generated"));
        workspace.write("tinsmith.toml", &line);
        let model = "models/tiny/2020-01-01";
        let said = workspace
            .run(&[
                "codegen",
                "--model",
                model,
                "--operations",
                "all",
                "--package",
                name,
                "--out",
                "out",
            ])
            .failed();
        says(&said, &["--package: ", why, &format!("found `{name}`")]);
        assert!(!workspace.has("out"));
    }
}
