//! Members: of inputs, outputs and structures as fields, of unions as variants.

use super::align::align;
use super::changes::{Changes, change};
use super::render::{binding, list, place, respelled};
use super::view::field_names;
use super::{Bump, ChangeKind};
use crate::docs::code_span;
use crate::rust::{Field, Presence, Trait, Ty};

/// The kind of item that the members belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A type that is only sent.
    Input,
    /// A type that is only received, before or after: no program could send it both before and after.
    Output,
    /// A type that is sent, before and after, and may be received too.
    Sent,
    /// A union, whose members are variants.
    Union,
    /// An event stream, whose events are variants.
    Events,
}

impl Role {
    fn is_sent(self) -> bool {
        matches!(self, Role::Input | Role::Sent)
    }

    /// Whether the members are variants of an enumeration.
    fn has_variants(self) -> bool {
        matches!(self, Role::Union | Role::Events)
    }
}

/// The two sides of an item with members.
#[derive(Clone, Copy)]
pub(super) struct Members<'f> {
    /// The shape's name in the model.
    pub(super) shape: &'f str,
    pub(super) fields: &'f [Field],
}

/// `lost` are the traits that the structure no longer has.
pub(super) fn compare(
    before: Members<'_>,
    after: Members<'_>,
    role: Role,
    lost: &[Trait],
    changes: &mut Changes,
) {
    let aligned = align(before.fields, after.fields, field_names);
    let shape = after.shape;
    let mut lost = Lost(lost, false);
    for field in &aligned.new {
        let path = format!("{shape}.{}", field.member);
        changes.add(added(path, field, role, &mut lost));
    }
    for (previous, field) in &aligned.both {
        let path = format!("{shape}.{}", field.member);
        member(&path, previous, field, role, &mut lost, changes);
    }
    for field in &aligned.gone {
        let path = format!("{}.{}", before.shape, field.member);
        changes.add(
            change(ChangeKind::MemberRemoved, path, Bump::Major)
                .before(shown(field, role))
                .note(match role {
                    Role::Union => "the variant is removed; a value that the service still sends is read as `Unknown`",
                    Role::Events => "the variant is removed; an event that the service still sends is read as `Unknown`",
                    Role::Output => "the field is removed",
                    Role::Input | Role::Sent => "the field and its setter are removed",
                }),
        );
    }
    if let Some(lost) = lost.rest() {
        changes.add(change(ChangeKind::MemberTypeChanged, shape, Bump::Major).note(lost));
    }
    let is: Vec<&str> = aligned
        .both
        .iter()
        .map(|(_, field)| field.ident.as_str())
        .collect();
    let was = before.fields.iter().filter_map(|field| {
        let stayed = aligned
            .both
            .iter()
            .find(|(previous, _)| std::ptr::eq(*previous, field));
        Some(stayed?.1.ident.as_str())
    });
    order(shape, &was.collect::<Vec<_>>(), &is, changes);
}

/// The traits that a structure loses, and whether they were reported with one of its members.
struct Lost<'t>(&'t [Trait], bool);

impl Lost<'_> {
    /// The traits that are lost because of a member that is added or changes its type.
    fn by(&mut self, field: &Field) -> Option<String> {
        let found = field.streams().then(|| self.words()).flatten();
        self.1 |= found.is_some();
        found
    }

    /// The traits that were not reported with a member.
    fn rest(&self) -> Option<String> {
        self.words().filter(|_| !self.1)
    }

    fn words(&self) -> Option<String> {
        let names: Vec<String> = self.0.iter().map(|lost| lost.name().to_owned()).collect();
        (!names.is_empty()).then(|| format!("the structure loses {}", list(&names, names.len())))
    }
}

fn shown(field: &Field, role: Role) -> String {
    match role {
        Role::Union | Role::Events => format!("{}({})", field.ident, field.value_type()),
        _ => format!("{}: {}", field.ident, field.field_type()),
    }
}

fn added(path: String, field: &Field, role: Role, lost: &mut Lost<'_>) -> super::Change {
    let lost = lost.by(field);
    let (bump, note) = match role {
        Role::Union | Role::Events => (
            Bump::Minor,
            format!(
                "code that matches `Unknown` for {} now gets `{}`",
                code_span(&field.wire),
                field.ident
            ),
        ),
        _ if enforced(field, role) => (
            Bump::Major,
            format!(
                "wire change: it is required, so calls as they were written before now fail before they are sent{}",
                lost.map(|lost| format!("; {lost}")).unwrap_or_default()
            ),
        ),
        _ if lost.is_some() => (Bump::Major, lost.unwrap_or_default()),
        Role::Output => (
            Bump::Minor,
            "a new field of a structure, which programs can only destructure with `..`".to_owned(),
        ),
        Role::Input | Role::Sent => (
            Bump::Minor,
            "a new field and its setter; nothing is sent for it unless it is set".to_owned(),
        ),
    };
    change(ChangeKind::MemberAdded, path, bump)
        .after(shown(field, role))
        .note(note)
}

/// Whether a request fails before it is sent if the member is not set; this depends on what the emitters write for it.
fn enforced(field: &Field, role: Role) -> bool {
    role.is_sent() && (field.presence == Presence::Required || field.host_label)
}

fn is_generated(field: &Field) -> bool {
    field.presence == Presence::Generated
}

/// Compares one member.
fn member(
    path: &str,
    before: &Field,
    after: &Field,
    role: Role,
    lost: &mut Lost<'_>,
    changes: &mut Changes,
) {
    let Field {
        member: model_name,
        wire: _,
        ident,
        doc: _,
        ty: _,
        boxed: _,
        always: _,
        required: _,
        presence: _,
        sensitive,
        format: _,
        element: _,
        binding: _,
        nested,
        host_label: _,
        deprecated: note,
        // The generator's own, and equal on both sides.
        lenient: _,
    } = after;
    if before.ident != *ident {
        changes.add(
            change(ChangeKind::MemberRemoved, path, Bump::Major)
                .before(&before.ident)
                .after(ident)
                .note("it has another name in Rust"),
        );
    }
    let reported = changes.len();
    // By name: a type with the same name that becomes another kind of type is reported once, at the type.
    if before.value_type() != after.value_type() {
        changes.add(
            change(ChangeKind::MemberTypeChanged, path, Bump::Major)
                .before(shown(before, role))
                .after(shown(after, role))
                .note(match lost.by(after) {
                    Some(lost) => format!("{}; {lost}", retyped(before, after, role)),
                    None => retyped(before, after, role),
                }),
        );
    }
    requirement(path, before, after, role, changes);
    if let (Ty::ByteStream { sized: was }, Ty::ByteStream { sized: is }) = (&before.ty, &after.ty)
        && was != is
        && role.is_sent()
    {
        changes.add(length(path, *is));
    }
    // Other changes of the place need not be reported separately.
    let as_before = changes.len() == reported;
    if place(before) != place(after) {
        let shown = |field: &Field| match role {
            Role::Events => format!("event {}", field.wire),
            _ => binding(field),
        };
        let note = if before.ident != *ident || !as_before {
            "on the wire"
        } else if role.has_variants() {
            "on the wire only: programs match it as before"
        } else {
            "on the wire only: programs set and read it as before"
        };
        changes.add(
            change(ChangeKind::HttpChanged, path, Bump::Patch)
                .before(shown(before))
                .after(shown(after))
                .note(note),
        );
    } else if before.member != *model_name {
        changes.add(respelled(path, &before.member, model_name));
    }
    if let (Some(was), Some(is)) = (&before.nested, nested)
        && was != is
    {
        changes.add(
            change(ChangeKind::HttpChanged, path, Bump::Patch)
                .before(format!("body {was}"))
                .after(format!("body {is}"))
                .note("on the wire only, where it is within a body"),
        );
    }
    if is_generated(before) != is_generated(after) && role.is_sent() {
        changes.add(token(path, before, after, role));
    }
    if before.sensitive != *sensitive {
        let shown = |hidden| {
            if hidden {
                "hidden in Debug"
            } else {
                "shown in Debug"
            }
        };
        changes.add(
            change(ChangeKind::ConstraintChanged, path, Bump::Patch)
                .before(shown(before.sensitive))
                .after(shown(*sensitive))
                .note("what `Debug` prints is not part of the contract"),
        );
    }
    deprecated(&before.deprecated, note, path, "a use of it", changes);
}

/// A stream whose length must be known, or no longer needs to be known.
fn length(path: &str, required: bool) -> super::Change {
    let change = change(
        ChangeKind::ConstraintChanged,
        path,
        if required { Bump::Major } else { Bump::Patch },
    );
    let (any, known) = ("of any length", "of known length");
    if required {
        change.before(any).after(known).note(
            "wire change: calls with a stream whose length is not known fail before they are sent",
        )
    } else {
        change
            .before(known)
            .after(any)
            .note("streams of unknown length are sent as well")
    }
}

fn retyped(before: &Field, after: &Field, role: Role) -> String {
    let what = if role.has_variants() {
        "the variant's value"
    } else {
        "the field"
    };
    match (&before.ty, &after.ty) {
        (Ty::String, Ty::Enumeration(name)) if role.is_sent() => {
            format!(
                "the setter still accepts text; {what} has become `{name}`, with `as_str` for the text"
            )
        }
        (Ty::String, Ty::Enumeration(name)) => {
            format!("{what} has become `{name}`, with `as_str` for the text")
        }
        (was, is) if was == is && after.boxed => {
            format!("the shapes have become recursive, so {what} is boxed")
        }
        (was, is) if was == is => {
            format!("the shapes are no longer recursive, so {what} is not boxed")
        }
        _ if role.is_sent() => format!("{what} has another type, and its setter accepts another"),
        _ => format!("{what} has another type"),
    }
}

/// Required or not. The Rust type is an `Option` in both cases; what changes is whether a call can omit the member.
fn requirement(path: &str, before: &Field, after: &Field, role: Role, changes: &mut Changes) {
    let (was, is) = (enforced(before, role), enforced(after, role));
    let shown = |required: bool| if required { "required" } else { "optional" };
    let (kind, bump, note) = match (was, is) {
        _ if is_generated(before) != is_generated(after) => return,
        (true, false) => (
            ChangeKind::MemberOptional,
            Bump::Minor,
            "the setter and the type stay; a call without it no longer fails",
        ),
        (false, true) => (
            ChangeKind::MemberRequired,
            Bump::Major,
            "wire change: calls that left it out now fail before they are sent",
        ),
        _ if before.required == after.required => return,
        _ => (
            if after.required {
                ChangeKind::MemberRequired
            } else {
                ChangeKind::MemberOptional
            },
            Bump::Patch,
            if after.always {
                "documented only: the field is always there, and nothing checks it"
            } else {
                "documented only: the field is an `Option` either way, and nothing checks it"
            },
        ),
    };
    changes.add(
        change(kind, path, bump)
            .before(shown(was || before.required))
            .after(shown(is || after.required))
            .note(note),
    );
}

/// A member that is now filled in if it is unset, or no longer is.
fn token(path: &str, before: &Field, after: &Field, role: Role) -> super::Change {
    let shown = |field: &Field| match (is_generated(field), enforced(field, role)) {
        (true, _) => "filled in where unset",
        (false, true) => "required",
        (false, false) => "optional",
    };
    let (bump, note) = if is_generated(after) {
        (
            Bump::Minor,
            "a call that leaves it unset now sends a fresh UUID",
        )
    } else if enforced(after, role) {
        (
            Bump::Major,
            "wire change: calls that left it out now fail before they are sent",
        )
    } else {
        (
            Bump::Patch,
            "on the wire only: a call that leaves it unset sends none",
        )
    };
    change(ChangeKind::HttpChanged, path, bump)
        .before(shown(before))
        .after(shown(after))
        .note(note)
}

/// A `#[deprecated]` that was added, removed or changed. The Cargo book counts new lints as compatible.
pub(super) fn deprecated(
    before: &Option<String>,
    after: &Option<String>,
    path: &str,
    what: &str,
    changes: &mut Changes,
) {
    if before == after {
        return;
    }
    let shown = |note: &Option<String>| match note {
        Some(note) => format!("deprecated: {note}"),
        None => "not deprecated".to_owned(),
    };
    let (bump, note) = match (before, after) {
        (None, Some(_)) => (Bump::Minor, format!("{what} now warns")),
        (Some(_), None) => (Bump::Patch, format!("{what} no longer causes a warning")),
        _ => (
            Bump::Patch,
            "the text of the warning has changed".to_owned(),
        ),
    };
    changes.add(
        change(ChangeKind::DocumentationChanged, path, bump)
            .before(shown(before))
            .after(shown(after))
            .note(note),
    );
}

/// Members that both sides have, in another order: fields are found by name, so only the printed text differs.
pub(super) fn order(shape: &str, was: &[&str], is: &[&str], changes: &mut Changes) {
    if was != is {
        changes.add(
            change(ChangeKind::DocumentationChanged, shape, Bump::Patch)
                .before(was.join(", "))
                .after(is.join(", "))
                .note("listed in another order, which no program depends on"),
        );
    }
}
