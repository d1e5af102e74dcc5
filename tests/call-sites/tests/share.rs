//! How much of what programs write stands.

use cargo_tinsmith::scan::{self, Becomes};
use std::collections::BTreeMap;
use tinsmith_call_sites::{Row, Verdict, rows};

/// The share of uses, of those that generated code decides, that must stand unchanged: in percent.
const LEAST: u32 = 90;

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

/// `scan` says of a program what these rows say.
#[test]
fn the_rows_of_scan_are_these() {
    // These two are one place for it: it does not know which of the types are sent.
    let other = [
        "`HashMap` given",
        "accessor `.x()` of a type that is sent as well",
    ];
    let compiled: BTreeMap<&str, Verdict> = rows()
        .map(|row| (row.spelling, row.verdict))
        .filter(|(spelling, _)| !other.contains(spelling))
        .collect();
    let counted: BTreeMap<&str, Verdict> = scan::Row::ALL
        .into_iter()
        .map(|row| {
            let (spelling, becomes) = row.says();
            let verdict = match becomes {
                // Each side of the condition is a row.
                Becomes::Same | Becomes::SameWhere(_) => Verdict::Unchanged,
                Becomes::Other(now) => Verdict::Changed(now),
                Becomes::Nothing(nearest) => Verdict::Elsewhere(nearest),
            };
            (spelling, verdict)
        })
        .collect();
    assert_eq!(counted, compiled);
}
