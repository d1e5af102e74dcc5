//! The contract between generated code and the runtime: `CONTRACT.txt` is what the number of it stands for, and neither
//! changes without the other.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::surface::surface;

const FILE: &str = "CONTRACT.txt";

/// Writes the file, where the number was raised.
const COMMAND: &str = "TINSMITH_BLESS=1 cargo test -p tinsmith-runtime --test layers";

fn runtime() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The source of all crates that are generated and committed.
fn generated() -> Vec<PathBuf> {
    let root = runtime().join("..");
    let mut folders = Vec::new();
    for (all, source) in [
        ("generated", "src"),
        ("config/clients", "src"),
        ("tests/golden/cases", "crate/src"),
    ] {
        for one in std::fs::read_dir(root.join(all)).expect(all) {
            let source = one.expect(all).path().join(source);
            folders.extend(source.is_dir().then_some(source));
        }
    }
    folders.sort();
    folders
}

/// The numbers behind `before` in a text.
fn numbers_after(before: &str, text: &str) -> Vec<u32> {
    let digits = |after: &str| after.chars().take_while(char::is_ascii_digit).collect();
    let parts = text.split(before).skip(1);
    let numbers = parts.map(|after: &str| -> String { digits(after) });
    numbers.filter_map(|number| number.parse().ok()).collect()
}

/// The number now: the last that the macro takes.
fn number() -> u32 {
    let file = runtime().join("src/codegen/contract.rs");
    let text = std::fs::read_to_string(&file).expect("the macro's file");
    let taken = numbers_after("\n    (", &text);
    assert!(
        taken.is_sorted() && !taken.is_empty(),
        "expected the numbers that are taken in their order, found {taken:?} in {}",
        file.display()
    );
    let last = taken[taken.len() - 1];
    assert_eq!(
        numbers_after("has contract ", &text),
        [last],
        "expected the last number that is taken in the message, in {}",
        file.display()
    );
    last
}

fn record(number: u32) -> String {
    let mut text = format!(
        "contract {number}\n\nWhat generated code uses of this crate. Where it changes, the number does: CONTRIBUTING.md, \"Change what\ngenerated code uses of the runtime\", says how.\n\n"
    );
    for line in surface(&runtime().join("src"), &generated()) {
        writeln!(text, "{line}").expect("a string takes everything");
    }
    text
}

/// The lines that one text has and the other has not.
fn difference(recorded: &str, now: &str) -> String {
    let only = |sign: char, here: &str, there: &str| -> String {
        let lines = here
            .lines()
            .filter(|line| !there.lines().any(|other| other == *line));
        lines.map(|line| format!("{sign} {line}\n")).collect()
    };
    only('-', recorded, now) + &only('+', now, recorded)
}

/// What is wrong with the record; `None` where it is the record to write, or the one that is there.
fn fault(recorded: &str, number: u32, now: &str) -> Option<String> {
    let before = *numbers_after("contract ", recorded).first().unwrap_or(&0);
    if number < before {
        return Some(format!(
            "expected contract {before} or a later one, found {number}"
        ));
    }
    (number == before && recorded != now).then(|| {
        format!(
            "what generated code uses of the runtime changed, and contract {number} stands for what it was; raise the number as \
             CONTRIBUTING.md says (\"Change what generated code uses of the runtime\"):\n{}",
            difference(recorded, now)
        )
    })
}

#[test]
fn what_generated_code_uses_changes_with_the_number_of_the_contract() {
    let file = runtime().join(FILE);
    let recorded = std::fs::read_to_string(&file).unwrap_or_default();
    let number = number();
    let now = record(number);
    if let Some(fault) = fault(&recorded, number, &now) {
        panic!("{fault}");
    }
    if std::env::var_os("TINSMITH_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&file, now).expect("the record is written");
    } else {
        assert!(
            recorded == now,
            "contract {number} is not recorded yet: {COMMAND}\n{}",
            difference(&recorded, &now)
        );
    }
}

#[test]
fn generated_code_says_the_number() {
    let number = number();
    for folder in generated() {
        let library = std::fs::read_to_string(folder.join("lib.rs")).expect("lib.rs");
        assert_eq!(
            numbers_after("generated_for_contract!(", &library),
            [number],
            "in {}: CONTRACT in codegen/src/emit/library.rs says what is written there",
            folder.display()
        );
    }
}

#[test]
fn a_record_changes_with_its_number_only() {
    let record = |number: u32, line: &str| format!("contract {number}\n\n{line}\n");
    let (one, other) = (record(3, "fn wire()"), record(3, "fn wire(u8)"));
    assert_eq!(fault(&one, 3, &one), None);
    assert_eq!(fault(&one, 4, &record(4, "fn wire(u8)")), None);
    assert_eq!(fault(&one, 4, &record(4, "fn wire()")), None);
    let said = fault(&one, 3, &other).expect("a fault");
    assert!(said.contains("- fn wire()\n+ fn wire(u8)\n"), "{said}");
    assert!(fault(&one, 2, &record(2, "fn wire()")).is_some());
}
