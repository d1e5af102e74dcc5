//! Types: those that came or went, and what changed in those that stayed.

use super::changes::{Changes, change};
use super::member::{self, Role};
use super::view::{Pair, View, members, named};
use super::{Bump, Change, ChangeKind};
use crate::docs::code;
use crate::rust::{Enumeration, Item, Structure, Union, Variant};
use crate::select::Closure;
use indexmap::{IndexMap, IndexSet};

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    let (before, after) = (&pair.before, &pair.after);
    let (old, new) = (before.types(), after.types());
    let kept_before: IndexSet<&str> = named(before.model, &before.kept).collect();
    let kept_after: IndexSet<&str> = named(after.model, &after.kept).collect();
    for (name, item) in &new {
        match old.get(name) {
            Some(previous) => stayed(pair, previous, item, changes),
            // What only a new operation or a new exception brings is told with it.
            None if !kept_after.contains(name) || after.closure.errors.contains(*name) => {}
            None => changes.add(
                change(ChangeKind::ShapeAdded, *name, Bump::Minor)
                    .after(described(item))
                    .note(reached(after, name)),
            ),
        }
    }
    for (name, item) in &old {
        if new.contains_key(name)
            || !kept_before.contains(name)
            || before.closure.errors.contains(*name)
        {
            continue;
        }
        changes.add(
            change(ChangeKind::ShapeRemoved, *name, Bump::Major)
                .before(described(item))
                .note("the type is gone: no selected operation leads to it any more"),
        );
    }
}

fn described(item: &Item) -> String {
    match item {
        Item::Structure(structure) => {
            format!("struct with {}", counted(structure.fields.len(), "member"))
        }
        Item::Enumeration(enumeration) => {
            format!("enum with {}", counted(enumeration.variants.len(), "value"))
        }
        Item::Union(union) => format!("union with {}", counted(union.variants.len(), "member")),
    }
}

fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// How the kept operations lead to a shape: the first way there is.
fn reached(view: &View<'_>, target: &str) -> String {
    let leads = |name: &str| {
        let shape = view.shape(name)?;
        let member = members(shape)?
            .iter()
            .find(|(_, member)| innermost(view, &member.target).any(|reached| reached == target))?;
        Some(format!("reached through `{name}.{}`", member.0))
    };
    let roots = view.kept.operations.values().flat_map(|operation| {
        let input = operation.input.iter();
        input.chain(&operation.output).chain(&operation.errors)
    });
    let all = roots
        .map(String::as_str)
        .chain(named(view.model, &view.kept));
    let all: Vec<&str> = all.filter(|name| *name != target).collect();
    all.into_iter()
        .find_map(leads)
        .unwrap_or_else(|| "reached from a selected operation".to_owned())
}

/// A shape, and what it holds where it is a list or a map. Checked models have no list without an end.
fn innermost<'v>(view: &View<'v>, target: &'v str) -> impl Iterator<Item = &'v str> {
    let mut found = vec![target];
    let mut at = 0;
    while let Some(name) = found.get(at).copied() {
        let shape = view.shape(name).filter(|shape| members(shape).is_none());
        let inner = shape
            .into_iter()
            .flat_map(|shape| crate::check::members(&shape.kind));
        found.extend(inner.map(|(_, member)| member.target.as_str()));
        at += 1;
    }
    found.into_iter()
}

fn stayed(pair: &Pair<'_>, before: &Item, after: &Item, changes: &mut Changes) {
    let ((was, _, _), (is, _, name)) = (before.names(), after.names());
    if was != is {
        changes.add(
            change(ChangeKind::ShapeRemoved, name, Bump::Major)
                .before(was)
                .after(is)
                .note("it has another name in Rust"),
        );
    }
    match (before, after) {
        (Item::Structure(before), Item::Structure(after)) => {
            structure(pair, before, after, changes)
        }
        (Item::Enumeration(before), Item::Enumeration(after)) => {
            enumeration(before, after, changes)
        }
        (Item::Union(before), Item::Union(after)) => union(pair, before, after, changes),
        _ => changes.add(
            change(ChangeKind::MemberTypeChanged, name, Bump::Major)
                .before(described(before))
                .after(described(after))
                .note("the type keeps its name and is another kind of type"),
        ),
    }
}

fn structure(pair: &Pair<'_>, before: &Structure, after: &Structure, changes: &mut Changes) {
    let Structure {
        wire: name,
        ident: _,
        module: _,
        doc: _,
        fields,
        read,
        written,
        exception: _,
        event: _,
        deprecated,
    } = after;
    directions(
        pair,
        name,
        (before.read, before.written),
        (*read, *written),
        changes,
    );
    let role = if before.written && *written {
        Role::Sent
    } else {
        Role::Output
    };
    member::compare(name, &before.fields, fields, role, changes);
    member::deprecated(&before.deprecated, deprecated, name, "a use of it", changes);
}

fn union(pair: &Pair<'_>, before: &Union, after: &Union, changes: &mut Changes) {
    let Union {
        wire: name,
        ident: _,
        module: _,
        doc: _,
        variants,
        events: _,
        read,
        written,
        deprecated,
        // They follow from the variants.
        questions: _,
        conversions: _,
    } = after;
    directions(
        pair,
        name,
        (before.read, before.written),
        (*read, *written),
        changes,
    );
    member::compare(name, &before.variants, variants, Role::Union, changes);
    member::deprecated(&before.deprecated, deprecated, name, "a use of it", changes);
}

/// A type that starts or stops being sent or received: setters and implementations come and go with it.
fn directions(
    pair: &Pair<'_>,
    name: &str,
    before: (bool, bool),
    after: (bool, bool),
    changes: &mut Changes,
) {
    let shown = |(read, written)| match (read, written) {
        (true, true) => "sent and received",
        (true, false) => "received only",
        (false, true) => "sent only",
        (false, false) => "neither sent nor received",
    };
    let through_kept =
        |view: &View<'_>, role: for<'c> fn(&'c Closure<'_>) -> &'c IndexSet<&'c str>| {
            role(&view.kept).contains(name)
        };
    let mut lost: Vec<&str> = Vec::new();
    let mut gained: Vec<&str> = Vec::new();
    // What only an operation that came or went is the cause of is told with it.
    if before.1 && !after.1 && through_kept(&pair.before, |of| &of.written) {
        lost.push("its setters are gone, and it can be sent no more");
    }
    if before.0 && !after.0 && through_kept(&pair.before, |of| &of.read) {
        lost.push("it can be read no more");
    }
    if !before.1 && after.1 && through_kept(&pair.after, |of| &of.written) {
        gained.push("it has setters now, and can be sent");
    }
    if !before.0 && after.0 && through_kept(&pair.after, |of| &of.read) {
        gained.push("it can be read now");
    }
    let told = |kind, bump, notes: Vec<&str>| -> Option<Change> {
        (!notes.is_empty()).then(|| {
            change(kind, name, bump)
                .before(shown(before))
                .after(shown(after))
                .note(notes.join("; "))
        })
    };
    let all = [
        told(ChangeKind::ShapeRemoved, Bump::Major, lost),
        told(ChangeKind::ShapeAdded, Bump::Minor, gained),
    ];
    all.into_iter()
        .flatten()
        .for_each(|change| changes.add(change));
}

fn enumeration(before: &Enumeration, after: &Enumeration, changes: &mut Changes) {
    let Enumeration {
        wire: name,
        ident,
        module: _,
        doc: _,
        variants,
        deprecated,
    } = after;
    let (old, new) = (by_value(&before.variants), by_value(variants));
    for (value, variant) in &new {
        let path = format!("{name}.{value}");
        match old.get(value) {
            None => changes.add(
                change(ChangeKind::EnumValueAdded, path, Bump::Minor)
                    .after(format!("{ident}::{variant}"))
                    .note(format!(
                        "code that matches {} now sees `{ident}::{variant}`",
                        unknown(value)
                    )),
            ),
            Some(was) if was != variant => changes.add(
                change(ChangeKind::EnumValueRemoved, path, Bump::Major)
                    .before(format!("{}::{was}", before.ident))
                    .after(format!("{ident}::{variant}"))
                    .note("it has another name in Rust"),
            ),
            Some(_) => {}
        }
    }
    for (value, variant) in old.iter().filter(|(value, _)| !new.contains_key(*value)) {
        changes.add(
            change(
                ChangeKind::EnumValueRemoved,
                format!("{name}.{value}"),
                Bump::Major,
            )
            .before(format!("{ident}::{variant}"))
            .note(format!(
                "the variant is gone; a service that still sends it gives {}",
                unknown(value)
            )),
        );
    }
    member::order(name, &old, &new, changes);
    member::deprecated(&before.deprecated, deprecated, name, "a use of it", changes);
}

/// How a value reads that the crate does not know.
fn unknown(value: &str) -> String {
    code(&format!("Unknown({value:?})"))
}

fn by_value(variants: &[Variant]) -> IndexMap<&str, &str> {
    let pairs = variants.iter();
    pairs
        .map(|Variant { wire, ident }| (wire.as_str(), ident.as_str()))
        .collect()
}
