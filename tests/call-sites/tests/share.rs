//! How much of what programs write stands.

use tinsmith_call_sites::{Row, Verdict, rows};

/// The share of uses, of those that generated code decides, that must stand unchanged: in percent.
const LEAST: u32 = 85;

fn uses<'a>(rows: impl Iterator<Item = &'a Row>) -> u32 {
    rows.map(|row| row.uses).sum()
}

fn is_unchanged(row: &&Row) -> bool {
    row.verdict == Verdict::Unchanged
}

fn is_decided(row: &&Row) -> bool {
    !matches!(row.verdict, Verdict::Elsewhere(_))
}

#[test]
fn most_spellings_of_programs_compile_unchanged() {
    for row in rows() {
        println!("{:>5}  {}: {:?}", row.uses, row.spelling, row.verdict);
    }
    let unchanged = uses(rows().filter(is_unchanged));
    let decided = uses(rows().filter(is_decided));
    let all = uses(rows());
    println!(
        "{unchanged} of {decided} uses that generated code decides, of {all} in all, stand unchanged"
    );
    assert!(
        unchanged * 100 >= decided * LEAST,
        "expected {LEAST} % of {decided} uses to stand, found {unchanged}"
    );
}

#[test]
fn a_spelling_is_counted_once() {
    let mut spellings: Vec<_> = rows().map(|row| row.spelling).collect();
    let count = spellings.len();
    spellings.sort_unstable();
    spellings.dedup();
    assert_eq!(spellings.len(), count);
}
