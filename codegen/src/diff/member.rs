//! Members: of inputs, outputs and structures as fields, of unions as variants.

use super::changes::{Changes, change};
use super::spell::{binding, field_type, value_type};
use super::{Bump, ChangeKind};
use crate::docs::code;
use crate::rust::{Binding, Field, Ty};
use indexmap::IndexMap;

/// What the members belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It is sent only.
    Input,
    /// It is received only, or was: no program could send it before and after.
    Output,
    /// It was sent, it is sent, and perhaps it is received too.
    Sent,
    /// A union's members are variants.
    Union,
}

impl Role {
    fn is_sent(self) -> bool {
        matches!(self, Role::Input | Role::Sent)
    }
}

pub(super) fn compare(
    shape: &str,
    before: &[Field],
    after: &[Field],
    role: Role,
    changes: &mut Changes,
) {
    let old = by_name(before);
    let new = by_name(after);
    for (name, field) in &new {
        let path = format!("{shape}.{name}");
        match old.get(name) {
            Some(previous) => member(&path, previous, field, role, changes),
            None => changes.add(added(path, field, role)),
        }
    }
    for (name, field) in &old {
        if !new.contains_key(name) {
            let path = format!("{shape}.{name}");
            changes.add(
                change(ChangeKind::MemberRemoved, path, Bump::Major)
                    .before(shown(field, role))
                    .note(match role {
                        Role::Union => "the variant is gone; a value that the service still sends reads as `Unknown`",
                        Role::Output => "the field is gone",
                        Role::Input | Role::Sent => "the field and its setter are gone",
                    }),
            );
        }
    }
    order(shape, &old, &new, changes);
}

fn by_name(fields: &[Field]) -> IndexMap<&str, &Field> {
    let pairs = fields.iter();
    pairs.map(|field| (field.member.as_str(), field)).collect()
}

fn shown(field: &Field, role: Role) -> String {
    match role {
        Role::Union => format!("{}({})", field.ident, value_type(field)),
        _ => format!("{}: {}", field.ident, field_type(field)),
    }
}

fn added(path: String, field: &Field, role: Role) -> super::Change {
    let (bump, note) = match role {
        Role::Union => (
            Bump::Minor,
            format!(
                "code that matches `Unknown` for {} now sees `{}`",
                code(&field.wire),
                field.ident
            ),
        ),
        _ if enforced(field, role) => (
            Bump::Major,
            "wire change: it is required, so calls as they were written before now fail before they are sent".to_owned(),
        ),
        Role::Output => (
            Bump::Minor,
            "a new field of a structure that programs cannot take apart without `..`".to_owned(),
        ),
        Role::Input | Role::Sent => (
            Bump::Minor,
            "a new field and its setter; unset, nothing more is sent than before".to_owned(),
        ),
    };
    change(ChangeKind::MemberAdded, path, bump)
        .after(shown(field, role))
        .note(note)
}

/// Whether a request fails before it is sent where the member is not set; what the emitters write for it decides.
fn enforced(field: &Field, role: Role) -> bool {
    let checked = match field.binding {
        Binding::Label => true,
        Binding::StatusCode => false,
        Binding::Body | Binding::Query | Binding::Header => {
            field.required && !field.idempotency_token
        }
        Binding::QueryMap
        | Binding::JsonHeader
        | Binding::PrefixHeaders
        | Binding::Payload
        | Binding::EventHeader
        | Binding::EventPayload
        | Binding::EventStream => field.required,
    };
    role.is_sent() && (checked || field.host_label)
}

/// One member before and after.
fn member(path: &str, before: &Field, after: &Field, role: Role, changes: &mut Changes) {
    let Field {
        member: _,
        wire: _,
        ident,
        doc: _,
        ty: _,
        boxed: _,
        always: _,
        required: _,
        idempotency_token,
        sensitive,
        format: _,
        binding: _,
        nested,
        host_label: _,
        deprecated: note,
    } = after;
    if before.ident != *ident {
        changes.add(
            change(ChangeKind::MemberRemoved, path, Bump::Major)
                .before(&before.ident)
                .after(ident)
                .note("it has another name in Rust"),
        );
    }
    // By name: a type that keeps its name and becomes another kind of type is told once, where it is.
    if value_type(before) != value_type(after) {
        changes.add(
            change(ChangeKind::MemberTypeChanged, path, Bump::Major)
                .before(shown(before, role))
                .after(shown(after, role))
                .note(retyped(before, after, role)),
        );
    }
    requirement(path, before, after, role, changes);
    if let (Ty::ByteStream { sized: was }, Ty::ByteStream { sized: is }) = (&before.ty, &after.ty)
        && was != is
        && role.is_sent()
    {
        changes.add(length(path, *is));
    }
    let (was, is) = (binding(before), binding(after));
    if was != is {
        changes.add(
            change(ChangeKind::HttpChanged, path, Bump::Patch)
                .before(was)
                .after(is)
                .note("on the wire only: programs set and read it as before"),
        );
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
    if before.idempotency_token != *idempotency_token && role.is_sent() {
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

/// A stream whose length must be known, or need not be known any more.
fn length(path: &str, required: bool) -> super::Change {
    let change = change(
        ChangeKind::ConstraintChanged,
        path,
        if required { Bump::Major } else { Bump::Patch },
    );
    let (any, known) = ("of any length", "of a length that is known beforehand");
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
    let what = if role == Role::Union {
        "the variant's value"
    } else {
        "the field"
    };
    match (&before.ty, &after.ty) {
        (Ty::String, Ty::Enumeration(name)) if role.is_sent() => {
            format!(
                "the setter takes text as before; {what} has become `{name}`, with `as_str` for the text"
            )
        }
        (Ty::String, Ty::Enumeration(name)) => {
            format!("{what} has become `{name}`, with `as_str` for the text")
        }
        (was, is) if was == is && after.boxed => {
            format!("the shapes have become recursive, so {what} is boxed")
        }
        (was, is) if was == is => {
            format!("the shapes are recursive no more, so {what} is not boxed")
        }
        _ if role.is_sent() => format!("{what} has another type, and its setter takes another"),
        _ => format!("{what} has another type"),
    }
}

/// Required or not. The Rust type is an `Option` either way; whether a call can leave it out is what changes.
fn requirement(path: &str, before: &Field, after: &Field, role: Role, changes: &mut Changes) {
    let (was, is) = (enforced(before, role), enforced(after, role));
    let shown = |required: bool| if required { "required" } else { "optional" };
    let (kind, bump, note) = match (was, is) {
        _ if before.idempotency_token != after.idempotency_token => return,
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
            "documented only: the field is an `Option` either way, and nothing checks it",
        ),
    };
    changes.add(
        change(kind, path, bump)
            .before(shown(was || before.required))
            .after(shown(is || after.required))
            .note(note),
    );
}

/// A member that starts or stops being filled in where it is unset.
fn token(path: &str, before: &Field, after: &Field, role: Role) -> super::Change {
    let shown = |field: &Field| match (field.idempotency_token, enforced(field, role)) {
        (true, _) => "filled in where unset",
        (false, true) => "required",
        (false, false) => "optional",
    };
    let (bump, note) = if after.idempotency_token {
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

/// `#[deprecated]` that came, went or says something else. The Cargo book counts new lints as compatible.
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
        (Some(_), None) => (Bump::Patch, format!("{what} warns no more")),
        _ => (Bump::Patch, "the warning says something else".to_owned()),
    };
    changes.add(
        change(ChangeKind::DocumentationChanged, path, bump)
            .before(shown(before))
            .after(shown(after))
            .note(note),
    );
}

/// Members that both have, in another order: fields are found by name, so only what is printed differs.
pub(super) fn order<T, U>(
    shape: &str,
    before: &IndexMap<&str, T>,
    after: &IndexMap<&str, U>,
    changes: &mut Changes,
) {
    let was: Vec<&str> = before
        .keys()
        .copied()
        .filter(|name| after.contains_key(name))
        .collect();
    let is: Vec<&str> = after
        .keys()
        .copied()
        .filter(|name| before.contains_key(name))
        .collect();
    if was != is {
        changes.add(
            change(ChangeKind::DocumentationChanged, shape, Bump::Patch)
                .before(was.join(", "))
                .after(is.join(", "))
                .note("listed in another order, which no program depends on"),
        );
    }
}
