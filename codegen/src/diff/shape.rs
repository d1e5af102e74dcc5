//! Types: those that were added or removed, and changes of those that remain.

use super::align::align;
use super::changes::{Changes, change};
use super::member::{self, Members, Role};
use super::render::respelled;
use super::view::{Pair, View, members, named};
use super::{Bump, Change, ChangeKind, exception};
use crate::docs::code_span;
use crate::rust::{Enumeration, Item, Structure, Trait, Traits, Union, Variant};
use crate::select::Direction;
use indexmap::IndexSet;

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    let (before, after) = (&pair.before, &pair.after);
    let kept_before: IndexSet<&str> = named(before.model, &before.kept).collect();
    let kept_after: IndexSet<&str> = named(after.model, &after.kept).collect();
    let traits = (
        Traits::of(&before.surface.types),
        Traits::of(&after.surface.types),
    );
    let types = pair.types();
    for (previous, item) in &types.both {
        let (had, has) = (traits.0.of_item(previous), traits.1.of_item(item));
        let lost: Vec<Trait> = had.difference(&has).copied().collect();
        stayed(pair, previous, item, &lost, changes);
    }
    for item in &types.new {
        let name = item.names().shape;
        // A shape that only a new operation or a new exception reaches is reported with that.
        if kept_after.contains(name) && !after.closure.errors.contains(name) {
            changes.add(
                change(ChangeKind::ShapeAdded, name, Bump::Minor)
                    .after(described(item))
                    .note(reached(after, name)),
            );
        }
    }
    for item in &types.gone {
        let name = item.names().shape;
        if kept_before.contains(name) && !before.closure.errors.contains(name) {
            changes.add(
                change(ChangeKind::ShapeRemoved, name, Bump::Major)
                    .before(described(item))
                    .note("the type is removed: no selected operation reaches it now"),
            );
        }
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

/// How the remaining operations reach a shape: the first path that is found.
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

/// A shape, and the contents of a list or a map. Checked models have no infinite lists.
fn innermost<'v>(view: &View<'v>, target: &'v str) -> impl Iterator<Item = &'v str> {
    let mut found = vec![target];
    let mut at = 0;
    while let Some(name) = found.get(at).copied() {
        let shape = view.shape(name).filter(|shape| members(shape).is_none());
        let inner = shape.into_iter().flat_map(|shape| shape.kind.members());
        found.extend(inner.map(|(_, member)| member.target.as_str()));
        at += 1;
    }
    found.into_iter()
}

fn stayed(pair: &Pair<'_>, before: &Item, after: &Item, lost: &[Trait], changes: &mut Changes) {
    let (was, is) = (before.names().ident, after.names().ident);
    let (old, name) = (before.names().shape, after.names().shape);
    if was != is {
        changes.add(
            change(ChangeKind::ShapeRemoved, name, Bump::Major)
                .before(was)
                .after(is)
                .note("it has another name in Rust"),
        );
    } else if old != name {
        changes.add(respelled(name, old, name));
    }
    match (before, after) {
        (Item::Structure(before), Item::Structure(after)) => {
            structure(pair, before, after, lost, changes)
        }
        (Item::Enumeration(before), Item::Enumeration(after)) => {
            enumeration(before, after, changes)
        }
        (Item::Union(before), Item::Union(after)) => union(pair, before, after, changes),
        _ => changes.add(
            change(ChangeKind::MemberTypeChanged, name, Bump::Major)
                .before(described(before))
                .after(described(after))
                .note("the type has the same name, but is another kind of type"),
        ),
    }
}

fn structure(
    pair: &Pair<'_>,
    before: &Structure,
    after: &Structure,
    lost: &[Trait],
    changes: &mut Changes,
) {
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
    let stayed = Directions {
        names: (&before.wire, name),
        before: (before.read, before.written),
        after: (*read, *written),
        setters: (!before.fields.is_empty(), !fields.is_empty()),
    };
    directions(pair, &stayed, changes);
    let role = if before.written && *written {
        Role::Sent
    } else {
        Role::Output
    };
    let (was, is) = (
        Members {
            shape: &before.wire,
            fields: &before.fields,
        },
        Members {
            shape: name,
            fields,
        },
    );
    member::compare(was, is, role, lost, changes);
    member::deprecated(&before.deprecated, deprecated, name, "a use of it", changes);
}

fn union(pair: &Pair<'_>, before: &Union, after: &Union, changes: &mut Changes) {
    let Union {
        wire: name,
        ident: _,
        module: _,
        doc: _,
        variants,
        events,
        read,
        written,
        deprecated,
        // These follow from the variants.
        questions: _,
        conversions: _,
    } = after;
    let stayed = Directions {
        names: (&before.wire, name),
        before: (before.read, before.written),
        after: (*read, *written),
        setters: (false, false),
    };
    directions(pair, &stayed, changes);
    if let (Some(was), Some(is)) = (&before.events, events) {
        exception::in_stream(pair, name, was, is, changes);
    }
    let role = match events {
        Some(_) => Role::Events,
        None => Role::Union,
    };
    let (was, is) = (
        Members {
            shape: &before.wire,
            fields: &before.variants,
        },
        Members {
            shape: name,
            fields: variants,
        },
    );
    member::compare(was, is, role, &[], changes);
    member::deprecated(&before.deprecated, deprecated, name, "a use of it", changes);
}

/// Whether a type is received and sent.
struct Directions<'t> {
    /// The shape's name on each side.
    names: (&'t str, &'t str),
    before: (bool, bool),
    after: (bool, bool),
    /// Whether it has setters if it is sent: unions and structures without members have none.
    setters: (bool, bool),
}

/// A type that is now sent or received, or no longer is: its setters and implementations are added or removed.
fn directions(pair: &Pair<'_>, stayed: &Directions<'_>, changes: &mut Changes) {
    let Directions {
        names,
        before,
        after,
        setters,
    } = *stayed;
    let name = names.1;
    let shown = |(read, written)| match (read, written) {
        (true, true) => "sent and received",
        (true, false) => "received only",
        (false, true) => "sent only",
        (false, false) => "neither sent nor received",
    };
    let through_kept = |view: &View<'_>, name: &str, direction: Direction| {
        view.kept.going(direction).contains(name)
    };
    let mut lost: Vec<&str> = Vec::new();
    let mut gained: Vec<&str> = Vec::new();
    // If only an operation that was added or removed is the reason, it is reported with that.
    if before.1 && !after.1 && through_kept(&pair.before, names.0, Direction::Sent) {
        lost.push(if setters.0 {
            "its setters are removed, and it can no longer be sent"
        } else {
            "it can no longer be sent"
        });
    }
    if before.0 && !after.0 && through_kept(&pair.before, names.0, Direction::Received) {
        lost.push("it can no longer be read");
    }
    if before == (true, false)
        && after.1
        && setters.0
        && through_kept(&pair.after, names.1, Direction::Sent)
    {
        lost.push("its getters are removed, since it has setters of these names");
    }
    if !before.1 && after.1 && through_kept(&pair.after, names.1, Direction::Sent) {
        gained.push(if setters.1 {
            "it has setters now, and can be sent"
        } else {
            "it can be sent now"
        });
    }
    if !before.0 && after.0 && through_kept(&pair.after, names.1, Direction::Received) {
        gained.push("it can be read now");
    }
    let reported = |kind, bump, notes: Vec<&str>| -> Option<Change> {
        (!notes.is_empty()).then(|| {
            change(kind, name, bump)
                .before(shown(before))
                .after(shown(after))
                .note(notes.join("; "))
        })
    };
    let all = [
        reported(ChangeKind::ShapeRemoved, Bump::Major, lost),
        reported(ChangeKind::ShapeAdded, Bump::Minor, gained),
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
    let aligned = align(&before.variants, variants, |variant| {
        (&variant.ident, &variant.wire)
    });
    for Variant {
        wire,
        ident: variant,
    } in &aligned.new
    {
        changes.add(
            change(
                ChangeKind::EnumValueAdded,
                format!("{name}.{wire}"),
                Bump::Minor,
            )
            .after(format!("{ident}::{variant}"))
            .note(format!(
                "code that matches {} now gets `{ident}::{variant}`",
                unknown(wire)
            )),
        );
    }
    for (was, is) in &aligned.both {
        let path = format!("{name}.{}", is.wire);
        if was.ident != is.ident {
            changes.add(
                change(ChangeKind::EnumValueRemoved, path, Bump::Major)
                    .before(format!("{}::{}", before.ident, was.ident))
                    .after(format!("{ident}::{}", is.ident))
                    .note("it has another name in Rust"),
            );
        } else if was.wire != is.wire {
            changes.add(
                change(ChangeKind::HttpChanged, path, Bump::Major)
                    .before(&was.wire)
                    .after(&is.wire)
                    .note(format!(
                        "wire change: `{ident}::{}` has another text",
                        is.ident
                    )),
            );
        }
    }
    for Variant {
        wire,
        ident: variant,
    } in &aligned.gone
    {
        changes.add(
            change(
                ChangeKind::EnumValueRemoved,
                format!("{name}.{wire}"),
                Bump::Major,
            )
            .before(format!("{ident}::{variant}"))
            .note(format!(
                "the variant is removed; a service that still sends it results in {}",
                unknown(wire)
            )),
        );
    }
    let is: Vec<&str> = aligned
        .both
        .iter()
        .map(|(_, is)| is.ident.as_str())
        .collect();
    let was = before.variants.iter().filter_map(|variant| {
        let mut both = aligned.both.iter();
        Some(
            both.find(|(was, _)| std::ptr::eq(*was, variant))?
                .1
                .ident
                .as_str(),
        )
    });
    member::order(name, &was.collect::<Vec<_>>(), &is, changes);
    member::deprecated(&before.deprecated, deprecated, name, "a use of it", changes);
}

/// How a value that the crate does not have is read.
fn unknown(value: &str) -> String {
    code_span(&format!("Unknown({value:?})"))
}
