//! The guide for moving says what `scan` says, and its program is the one that is compiled here.

use cargo_tinsmith::scan::{self, Becomes, Row};

const GUIDE: &str = include_str!("../../../docs/src/moving.md");
const AFTER: &str = include_str!("../src/moved.rs");

/// The programs in the guide.
fn programs() -> [&'static str; 2] {
    let mut parts = GUIDE.split("```rust,ignore\n").skip(1);
    let mut next = || parts.next().and_then(|part| part.split("```").next());
    [next(), next()].map(Option::unwrap_or_default)
}

#[test]
fn the_program_after_is_the_one_that_is_compiled_and_three_lines_differ() {
    let [before, after] = programs();
    assert_eq!(after, AFTER);
    assert_eq!(before.lines().count(), after.lines().count());
    let differing = before.lines().zip(after.lines());
    let differing: Vec<(&str, &str)> = differing
        .filter(|(before, after)| before != after)
        .map(|(before, after)| (before.trim(), after.trim()))
        .collect();
    assert_eq!(differing.len(), 3, "{differing:#?}");
    for (before, after) in differing {
        // A question mark comes or goes.
        assert_eq!(before.replace('?', ""), after.replace('?', ""));
    }
}

#[test]
fn scan_finds_in_the_program_before_what_the_guide_says() {
    let [before, _] = programs();
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("src")).unwrap();
    std::fs::write(folder.path().join("src/lib.rs"), before).unwrap();
    std::fs::write(
        folder.path().join("Cargo.toml"),
        "[package]\nname = \"reports\"\n[dependencies]\naws-sdk-s3 = \"1\"\naws-sdk-dynamodb = \"1\"\n",
    )
    .unwrap();
    let found = scan::scan(folder.path()).unwrap();
    let operations: Vec<String> = found
        .services
        .iter()
        .flat_map(|service| {
            let names = service.operations.iter();
            names.map(|operation| format!("{} {}", service.name, operation.name))
        })
        .collect();
    assert_eq!(
        operations,
        [
            "dynamodb PutItem",
            "s3 DeleteObjects",
            "s3 GetObject",
            "s3 PutObject"
        ]
    );
    assert_eq!(found.unresolved, []);
    let counted = |row| found.spellings.iter().find(|(known, _)| *known == row);
    assert_eq!(
        counted(Row::FallibleBuilder),
        Some(&(Row::FallibleBuilder, 2))
    );
    assert_eq!(counted(Row::Loading), Some(&(Row::Loading, 1)));
    assert_eq!(counted(Row::Accessor), Some(&(Row::Accessor, 2)));
}

#[test]
fn the_table_has_every_row() {
    let expected: Vec<String> = Row::ALL
        .into_iter()
        .map(|row| {
            let (spelling, becomes) = row.says();
            let becomes = match becomes {
                Becomes::Same => "stays".to_owned(),
                Becomes::SameWhere(condition) => format!("stays where {condition}"),
                Becomes::Other(now) => now.to_owned(),
                Becomes::Nothing(nearest) => {
                    format!("no counterpart of its own; instead: {nearest}")
                }
            };
            format!("| {spelling} | {becomes} |")
        })
        .collect();
    let (_, table) = GUIDE.split_once("|---|---|\n").unwrap();
    let table: Vec<&str> = table
        .lines()
        .take_while(|line| line.starts_with('|'))
        .collect();
    assert_eq!(table, expected);
}
