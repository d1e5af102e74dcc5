//! Which changes of a model an error of the compiler is about: those whose names it has.

use super::check::{Message, names};
use crate::diff::words;
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use std::collections::BTreeSet;
use tinsmith_codegen::{Bump, Change, Diff};

/// How many changes one error can be explained by; more explain nothing.
const MOST: usize = 3;

/// The changes that break programs and that the error names, in words.
pub(super) fn changes(error: &Message, diff: &Diff) -> Vec<String> {
    let breaking = diff
        .changes
        .iter()
        .filter(|change| change.bump == Bump::Major);
    let mut found: Vec<(usize, &Change)> = breaking
        .map(|change| (weight(error, change), change))
        .filter(|(weight, _)| *weight > 0)
        .collect();
    found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let best = found.first().map_or(0, |(weight, _)| *weight);
    let found = found.into_iter().filter(|(weight, _)| *weight == best);
    found.take(MOST).map(|(_, change)| said(change)).collect()
}

/// How many of the names of a change the error has: its last one, which is what changed, must be among them.
fn weight(error: &Message, change: &Change) -> usize {
    let mut parts = change.path.rsplit('.');
    let last = parts.next().unwrap_or_default();
    let has = |name: &str| {
        spellings(name)
            .iter()
            .any(|spelling| error.names.contains(spelling))
    };
    if !has(last) {
        return 0;
    }
    let around = parts.filter(|part| has(part)).count();
    let texts = [&change.before, &change.after].into_iter().flatten();
    let named: BTreeSet<String> = texts.flat_map(|text| names(text)).collect();
    1 + 4 * around + named.intersection(&error.names).count()
}

/// A name of the model as it can be in Rust.
fn spellings(name: &str) -> BTreeSet<String> {
    [
        name.to_owned(),
        name.to_snake_case(),
        name.to_upper_camel_case(),
    ]
    .into()
}

fn said(change: &Change) -> String {
    let Change {
        kind,
        path,
        before,
        after,
        bump: _,
        note,
    } = change;
    let mut text = format!("{} {path}", words::kind(*kind));
    match (before, after) {
        (Some(before), Some(after)) => text.push_str(&format!(", {before} -> {after}")),
        (Some(before), None) => text.push_str(&format!(", was {before}")),
        (None, Some(after)) => text.push_str(&format!(", {after}")),
        (None, None) => {}
    }
    if let Some(note) = note {
        text.push_str(&format!("; {note}"));
    }
    text
}
