//! Items that only one operation reaches, so that they are added or removed with it: reported in its note, not as
//! separate changes.

use super::render::list;
use super::view::{View, named};
use crate::select::Direction;
use indexmap::IndexSet;

/// The number of names that a note lists before it only counts.
const MOST: usize = 6;

/// "new types `A` and `B`; new exception `C`; `D` can now be sent", as far as each part applies to `operation`, which
/// only `here` has.
pub(super) fn added(operation: &str, here: &View<'_>, there: &View<'_>) -> Vec<String> {
    notes(
        operation,
        here,
        there,
        ["new", "can now be sent", "can now be received"],
    )
}

/// The same for an operation that was removed.
pub(super) fn removed(operation: &str, here: &View<'_>, there: &View<'_>) -> Vec<String> {
    notes(
        operation,
        here,
        there,
        [
            "removed with it:",
            "can no longer be sent",
            "can no longer be received",
        ],
    )
}

fn notes(operation: &str, here: &View<'_>, there: &View<'_>, words: [&str; 3]) -> Vec<String> {
    let [new, sent, received] = words;
    let own = here.of_operation(operation);
    // By their names in Rust: the two models may have different spellings.
    let of_there = |shapes: &IndexSet<&str>| -> IndexSet<&str> {
        shapes.iter().filter_map(|name| there.ident(name)).collect()
    };
    let there_reads = of_there(&there.closure.read);
    let there_writes = of_there(&there.closure.written);
    let there_errors = of_there(&there.closure.errors);
    let in_there: IndexSet<&str> = named(there.model, &there.closure)
        .filter_map(|name| there.ident(name))
        .collect();
    let known = |known: &IndexSet<&str>, name: &str| {
        here.ident(name).is_some_and(|ident| known.contains(ident))
    };
    let in_kept: IndexSet<&str> = named(here.model, &here.kept).collect();
    let names = |is_named: &dyn Fn(&str) -> bool| -> Vec<String> {
        let mut names: Vec<String> = named(here.model, &own)
            .filter(|name| is_named(name))
            .map(str::to_owned)
            .collect();
        names.sort();
        names
    };
    let exceptions = names(&|name| {
        own.errors.contains(name) && !known(&there_errors, name) && !here.kept.errors.contains(name)
    });
    let types = names(&|name| {
        !own.errors.contains(name) && !known(&in_there, name) && !in_kept.contains(name)
    });
    let gained = |direction: Direction, of_there: &IndexSet<&str>| {
        names(&|name| {
            known(&in_there, name)
                && has_direction(here, name)
                && own.going(direction).contains(name)
                && !known(of_there, name)
                && !here.kept.going(direction).contains(name)
        })
    };
    let mut notes = Vec::new();
    for (noun, names) in [("type", &types), ("exception", &exceptions)] {
        if !names.is_empty() {
            let plural = if names.len() == 1 { "" } else { "s" };
            notes.push(format!("{new} {noun}{plural} {}", list(names, MOST)));
        }
    }
    for (names, what) in [
        (gained(Direction::Sent, &there_writes), sent),
        (gained(Direction::Received, &there_reads), received),
    ] {
        if !names.is_empty() {
            notes.push(format!("{} {what}", list(&names, MOST)));
        }
    }
    notes
}

/// Whether a shape's code depends on the direction: an enumeration's does not.
fn has_direction(view: &View<'_>, name: &str) -> bool {
    let shape = view.shape(name);
    shape.is_some_and(|shape| super::view::members(shape).is_some())
}
