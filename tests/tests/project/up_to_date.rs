//! What is committed is what the models give, and what the book shows is what runs.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Its failure lists every stale, missing and orphan file with a short diff, and the command that fixes them.
#[test]
fn generated_crates_are_up_to_date() {
    cargo_tinsmith::command::set_name("cargo xtask");
    if let Err(report) = cargo_tinsmith::check(&root()) {
        panic!("{report}");
    }
}

#[test]
fn the_books_program_is_the_one_that_is_tested() {
    let chapter = std::fs::read_to_string(root().join("docs/src/calls.md")).unwrap();
    let tested =
        std::fs::read_to_string(root().join("tests/tests/imagebuilder/api_program.rs")).unwrap();
    let program = chapter.split("```rust,no_run").nth(1).unwrap();
    let program = program.split("```").next().unwrap();
    // Where the lines break is formatting; the endpoint is a parameter of the test.
    let tested = squeezed(&tested)
        .replace("(endpoint:&str)", "()")
        .replace(
            ".endpoint_url(endpoint)",
            ".endpoint_url(\"http://127.0.0.1:4566\")",
        )
        .replace("drop(client);", "")
        .replace(
            "{println!(\"aplatformnewerthanthiscrate:{other}\");}",
            "println!(\"aplatformnewerthanthiscrate:{other}\"),",
        );
    for function in squeezed(program).split("asyncfn").skip(1) {
        assert!(
            tested.contains(function),
            "tests/tests/imagebuilder/api_program.rs does not hold the book's program"
        );
    }
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .replace(",)", ")")
        .replace(",}", "}")
}
