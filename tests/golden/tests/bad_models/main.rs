//! Invalid models and their messages: where, what was expected, what was found, what to do. All problems are reported at
//! once, and nothing makes the generator panic.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a panic is how a test fails"
)]

mod bindings;
mod edit;
mod events;
mod files;
mod mutations;
mod names;
mod overrides;
mod pagination;
mod references;
mod rules;
mod traits;
mod types;
mod waiters;
mod xml;

use edit::Bad;
use std::fmt::Write as _;
use tinsmith_codegen::{Generated, Problem};

const TABLES: &[&[Bad]] = &[
    files::CASES,
    references::CASES,
    bindings::CASES,
    events::CASES,
    names::CASES,
    overrides::CASES,
    traits::CASES,
    types::CASES,
    pagination::CASES,
    waiters::CASES,
    rules::CASES,
    xml::CASES,
];

#[test]
fn every_bad_model_has_its_problems() {
    let mut report = String::new();
    for bad in TABLES.iter().copied().flatten() {
        let expected = bad.message.join("\n");
        let found = match bad.generate() {
            Ok(generated) if generated.warnings.is_empty() => {
                "nothing: a crate was generated".to_owned()
            }
            Ok(generated) => warnings(&generated),
            Err(problems) => problems.to_string(),
        };
        if found != expected {
            writeln!(
                report,
                "{}\n--- expected\n{expected}\n--- found\n{found}\n",
                bad.name
            )
            .expect("a string takes all");
        }
    }
    assert!(
        report.is_empty(),
        "other messages than expected:\n\n{report}"
    );
}

/// A waiter is a convenience: one that is not understood is left out by itself, and never its operation.
#[test]
fn no_bad_waiter_refuses_a_model() {
    for bad in waiters::CASES {
        let generated = bad.generate();
        let generated = generated.unwrap_or_else(|problems| panic!("{}: {problems}", bad.name));
        assert!(generated.tree.contains_key("src/operation/list_things.rs"));
        assert_eq!(generated.warnings.len(), 1, "{}", bad.name);
    }
}

#[test]
fn the_sound_model_is_sound() {
    let sound = Bad {
        name: "sound",
        edits: &[],
        message: &[],
    };
    let generated = sound.generate();
    let generated = generated.unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(generated.warnings, []);
}

/// What is wrong where no operation reaches it.
fn warnings(generated: &Generated) -> String {
    let warnings = generated.warnings.iter().map(Problem::as_warning);
    warnings.collect::<Vec<_>>().join("\n")
}
