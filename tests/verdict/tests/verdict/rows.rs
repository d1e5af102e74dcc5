//! Pairs of small models, each of them a kind of change on which a verdict was wrong once: what the report says of it,
//! word by word, and rustc on the crates before and after.
//!
//! A `program.rs` beside a pair compiles against the crate before and not against the crate after. Where only the model
//! spells a name in another way, a program that uses the name compiles on both sides.

mod contract;

use crate::{scratch, target};
use cargo_tinsmith::config::Documentation;
use cargo_tinsmith::diff::{self, Format, Request};
use cargo_tinsmith::load;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tinsmith_codegen::{Model, Selection, traits};
use tinsmith_verdict::{Member, Said, generated, judge};

/// What rustc must say of a row's program.
#[derive(Clone, Copy, PartialEq)]
enum Program {
    /// It compiles before, and not after.
    Breaks,
    /// It compiles before and after.
    Compiles(&'static str),
    /// What changes is none of rustc's business.
    None,
}

/// All rows, and the program of each.
const ROWS: [(&str, Program); 20] = [
    (
        "bound-member-respelled",
        Program::Compiles(
            "pub fn kept(output: subject::operation::get_jar::GetJarOutput) -> Option<String> { output.label }",
        ),
    ),
    ("deprecation-message", Program::None),
    (
        "enum-value-respelled",
        Program::Compiles(
            "pub fn kept(kind: &subject::types::Kind) -> bool { matches!(kind, subject::types::Kind::OrangeJam) }",
        ),
    ),
    ("events-come-to-output", Program::Breaks),
    ("list-format-diff", Program::None),
    (
        "member-respelled",
        Program::Compiles(
            "pub fn kept(output: subject::operation::get_jar::GetJarOutput) -> Option<String> { output.best_before }",
        ),
    ),
    (
        "operation-respelled",
        Program::Compiles(
            "pub fn kept(client: &subject::Client) -> subject::operation::get_jar::GetJar { client.get_jar() }",
        ),
    ),
    ("output-goes", Program::None),
    ("retyped-and-moved", Program::None),
    ("rules-by-account", Program::None),
    ("rules-by-input", Program::None),
    (
        "shape-respelled",
        Program::Compiles(
            "pub fn kept(lid: subject::types::Lid) -> subject::types::Lid { lid.clone() }",
        ),
    ),
    ("stream-comes-to-input", Program::Breaks),
    ("stream-comes-to-output", Program::Breaks),
    (
        "stream-exception-comes",
        Program::Compiles(
            "pub fn kept(error: subject::ServiceError) -> bool { matches!(error, subject::ServiceError::EmptyException(_)) }",
        ),
    ),
    ("token-to-no-auth", Program::None),
    ("union-is-sent-too", Program::None),
    (
        "union-member-respelled",
        Program::Compiles(
            "pub fn kept(filling: &subject::types::Filling) -> bool { matches!(filling, subject::types::Filling::Jam(_)) }",
        ),
    ),
    ("waiter-documentation", Program::None),
    (
        "waiter-respelled",
        Program::Compiles(
            "pub fn kept(client: &subject::Client) { drop(client.get_jar().wait_until_jar_full()); }",
        ),
    ),
];

fn folder(row: &str, side: &str) -> PathBuf {
    let rows = Path::new(env!("CARGO_MANIFEST_DIR")).join("rows");
    rows.join(row).join(side)
}

fn model(row: &str, side: &str) -> Model {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    load::model(root, &folder(row, side), Documentation::Keep).unwrap()
}

/// The report on a row, without its headline and without the count of lines.
fn report(row: &str, from: &str, to: &str) -> (String, String) {
    let request = Request {
        paths: Some((folder(row, from), folder(row, to))),
        operations: None,
        service: None,
        format: Format::Text,
    };
    let text = plain(&diff::run(Path::new(env!("CARGO_MANIFEST_DIR")), &request).unwrap());
    let (headline, rest) = text.split_once('\n').unwrap();
    let bump = headline.rsplit_once("  ").unwrap().1.to_owned();
    let rest = match rest.trim_end().rsplit_once("\n\n") {
        Some((said, _)) => format!("{said}\n"),
        None => rest.to_owned(),
    };
    (bump, rest)
}

/// The text without its colours.
fn plain(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once('m').map_or("", |(_, rest)| rest)
    })
}

/// What rustc says of all rows, found out once.
fn said() -> &'static [Said; 2] {
    static SAID: OnceLock<[Said; 2]> = OnceLock::new();
    SAID.get_or_init(|| {
        let home = scratch("rows");
        ["before", "after"].map(|side| {
            let rows = ROWS.iter();
            let rows = rows.map(|(row, program)| member(row, side, *program));
            let members: Vec<Member> = rows.chain(contract::members(side)).collect();
            judge(&home.join(side), &target(), &members).unwrap()
        })
    })
}

/// Cargo tells apart what shares a target folder by its name.
fn package(row: &str, side: &str) -> String {
    format!("{row}-{side}")
}

fn member(row: &str, side: &str, program: Program) -> Member {
    let model = model(row, side);
    let text = match program {
        Program::Breaks => std::fs::read_to_string(folder(row, "program.rs")).unwrap(),
        Program::Compiles(text) => text.to_owned(),
        Program::None => String::new(),
    };
    let traits = traits(&model, &Selection::All).unwrap();
    let package = package(row, side);
    Member {
        tree: generated(&package, &model, Selection::All),
        package,
        programs: BTreeMap::from([
            (
                "program".to_owned(),
                format!("#![allow(dead_code)]\n{text}\nfn main() {{}}\n"),
            ),
            ("traits".to_owned(), asserted(&traits)),
        ]),
    }
}

/// A program that compiles where each type has exactly the traits that it is said to have.
fn asserted(traits: &tinsmith_codegen::TraitTable) -> String {
    let mut text = include_str!("rows/has.rs").to_owned();
    text.push_str("fn main() {}\n");
    for (path, has) in traits {
        for (name, has) in has {
            let module = match *name {
                "Debug" => "std::fmt::",
                "Hash" => "std::hash::",
                "UnwindSafe" | "RefUnwindSafe" => "std::panic::",
                _ => "",
            };
            text.push_str(&format!(
                "const _: () = assert!(has!(subject::{path}: {module}{name}) == {has});\n"
            ));
        }
    }
    text
}

fn judged(row: &str) {
    let [before, after] = said();
    let errors = |said: &Said, side| {
        let package = package(row, side);
        assert_eq!(said.crates[&package], "", "{package} itself");
        said.programs[&(package, "program".to_owned())].clone()
    };
    assert_eq!(errors(before, "before"), "", "{row} before");
    let errors = errors(after, "after");
    let (_, program) = ROWS.iter().find(|(known, _)| *known == row).unwrap();
    if *program == Program::Breaks {
        assert_ne!(errors, "", "{row} still compiles");
    } else {
        assert_eq!(errors, "", "{row} after");
    }
}

/// One row: its name, the bump and what the report says, and the same with the folders swapped.
macro_rules! row {
    ($test:ident, $row:literal, $bump:literal, $said:literal, swapped $back:literal, $said_back:literal) => {
        #[test]
        fn $test() {
            let (bump, text) = report($row, "before", "after");
            assert_eq!((bump.as_str(), text.as_str()), ($bump, $said));
            let (bump, text) = report($row, "after", "before");
            assert_eq!((bump.as_str(), text.as_str()), ($back, $said_back));
            judged($row);
        }
    };
}

include!("rows/said.rs");

/// Which traits a type loses is worked out by ourselves; rustc confirms each, of each type, before and after.
#[test]
fn verdicts_traits_are_what_rustc_finds() {
    for (said, side) in said().iter().zip(["before", "after"]) {
        for (row, _) in ROWS {
            let errors = &said.programs[&(package(row, side), "traits".to_owned())];
            assert_eq!(errors, "", "{row} {side}");
        }
    }
}

#[test]
fn every_row_has_a_test() {
    let rows = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("rows")).unwrap();
    for row in rows {
        let name = row.unwrap().file_name().into_string().unwrap();
        assert!(ROWS.iter().any(|(row, _)| *row == name), "{name}");
        let test = format!("verdicts_{}", name.replace('-', "_"));
        assert!(include_str!("rows/said.rs").contains(&test), "{test}");
    }
}
