//! Operations: those that were added or removed, and changes of a call, its input and its output.

use super::changes::{Changes, change};
use super::member::{self, Members};
use super::render::{in_xml, respelled, with_fields};
use super::view::{Pair, View};
use super::{Bump, ChangeKind, pagination, reached};
use crate::model::{ParameterValue, Protocol, RegionCopy};
use crate::rust::{
    AuthScheme, Checksum, Named, Operation, ParameterSource, Structure, Trait, Traits, Validation,
};

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    let (before, after) = (&pair.before, &pair.after);
    let traits = (
        Traits::of(&before.surface.types),
        Traits::of(&after.surface.types),
    );
    let shared = Shared {
        named: after
            .model
            .service
            .protocol
            .as_ref()
            .is_some_and(Protocol::names_operation),
        tokens_leave: takes_tokens(before) && !takes_tokens(after),
    };
    let operations = pair.operations();
    for (previous, operation) in operations.both {
        call(previous, operation, &shared, changes);
        for (was, is, role) in [
            (&previous.input, &operation.input, member::Role::Input),
            (&previous.output, &operation.output, member::Role::Output),
        ] {
            let (had, has) = (traits.0.of_structure(was), traits.1.of_structure(is));
            let lost: Vec<Trait> = had.difference(&has).copied().collect();
            structure(was, is, role, &lost, changes);
        }
    }
    for operation in operations.new {
        let name = operation.wire.as_str();
        changes.add(added(
            operation,
            &reached::added(name, after, before),
            before.model.operations.contains_key(name),
        ));
    }
    for operation in operations.gone {
        let name = operation.wire.as_str();
        let mut notes = vec![format!(
            "the client's method `{}` is removed",
            operation.method
        )];
        if after.model.operations.contains_key(name) {
            notes.push("the model still has it; it is no longer selected".to_owned());
        }
        notes.extend(reached::removed(name, before, after));
        changes.add(
            change(ChangeKind::OperationRemoved, name, Bump::Major)
                .before(request(operation))
                .note(notes.join("; ")),
        );
    }
}

/// Facts about all calls.
struct Shared {
    /// Whether calls are distinguished by the names of their operations.
    named: bool,
    /// Whether calls can no longer use a bearer token, so that the crate's root has no `BearerToken`.
    tokens_leave: bool,
}

fn takes_tokens(view: &View<'_>) -> bool {
    let mut operations = view.surface.operations.iter();
    operations.any(Operation::takes_tokens)
}

fn added(operation: &Operation, reached: &[String], known_before: bool) -> super::Change {
    let mut notes = Vec::new();
    if known_before {
        notes.push("selected now; the model had it before".to_owned());
    }
    if operation.pagination.is_some() {
        notes.push("paginated".to_owned());
    }
    match operation.waiters.waiters.len() {
        0 => {}
        1 => notes.push("with a waiter".to_owned()),
        number => notes.push(format!("with {number} waiters")),
    }
    notes.extend_from_slice(reached);
    let added = change(ChangeKind::OperationAdded, &operation.wire, Bump::Minor);
    let added = added.after(request(operation));
    if notes.is_empty() {
        added
    } else {
        added.note(notes.join("; "))
    }
}

fn request(operation: &Operation) -> String {
    format!("{} {}", operation.http_method, operation.uri)
}

/// Compares one call. Names, and the documentation of facts, follow from what is compared here.
fn call(before: &Operation, after: &Operation, shared: &Shared, changes: &mut Changes) {
    let Operation {
        wire: name,
        ident,
        module,
        method,
        doc: _,
        http_method: _,
        uri: _,
        root,
        unwrapped_output,
        host_prefix,
        auth,
        unsigned_payload,
        long_poll,
        region_copy,
        // It follows from the output.
        expects_body: _,
        gzip,
        checksum,
        validation,
        parameters,
        input,
        input_is_body,
        // The members of both are compared separately.
        output: _,
        pagination,
        // This is reported at the output's member.
        output_body: _,
        // These are compared as they are in the model.
        waiters: _,
        deprecated,
    } = after;
    let in_rust = |operation: &Operation| {
        let Operation {
            method,
            module,
            ident,
            ..
        } = operation;
        format!("Client::{method}, operation::{module}::{ident}")
    };
    if (&before.ident, &before.module, &before.method) != (ident, module, method) {
        changes.add(
            change(ChangeKind::OperationRemoved, name, Bump::Major)
                .before(in_rust(before))
                .after(in_rust(after))
                .note("it has another name in Rust"),
        );
    }
    if before.wire != *name {
        changes.add(if shared.named {
            change(ChangeKind::HttpChanged, name, Bump::Patch)
                .before(&before.wire)
                .after(name)
                .note("on the wire only: the name of the call in requests")
        } else {
            respelled(name, &before.wire, name)
        });
    }
    let (was, is) = (request(before), request(after));
    if with_fields(&was, &before.input) != with_fields(&is, input) {
        changes.add(
            change(ChangeKind::HttpChanged, name, Bump::Patch)
                .before(was)
                .after(is)
                .note("on the wire only: programs call it as before"),
        );
    } else if was != is {
        changes.add(
            change(ChangeKind::DocumentationChanged, name, Bump::Patch)
                .before(was)
                .after(is)
                .note("the same address: the name of a label is not sent"),
        );
    }
    let prefix = |prefix: &Option<String>, input| {
        let prefix = prefix.as_ref();
        prefix.map(|prefix| with_fields(prefix, input))
    };
    if prefix(&before.host_prefix, &before.input) != prefix(host_prefix, input) {
        let shown = |prefix: &Option<String>| match prefix {
            Some(prefix) => format!("host prefix {prefix}"),
            None => "no host prefix".to_owned(),
        };
        changes.add(
            change(ChangeKind::HttpChanged, name, Bump::Patch)
                .before(shown(&before.host_prefix))
                .after(shown(host_prefix))
                .note("on the wire only: requests go to another host of the service"),
        );
    }
    if before.input_is_body != *input_is_body && before.input.fields.is_empty() {
        let word = |is_body: bool| {
            if is_body {
                "an empty input"
            } else {
                "no input"
            }
        };
        changes.add(
            change(ChangeKind::HttpChanged, name, Bump::Patch)
                .before(word(before.input_is_body))
                .after(word(*input_is_body))
                .note("on the wire only: programs call it as before"),
        );
    }
    let (was, is) = (
        roots(before.root.as_ref(), before.unwrapped_output),
        roots(root.as_ref(), *unwrapped_output),
    );
    if was != is {
        changes.add(
            change(ChangeKind::HttpChanged, name, Bump::Patch)
                .before(was)
                .after(is)
                .note("on the wire only: programs call it as before"),
        );
    }
    let (was, is) = (body(before.gzip, &before.checksum), body(*gzip, checksum));
    if was != is {
        changes.add(
            change(ChangeKind::HttpChanged, name, Bump::Patch)
                .before(was)
                .after(is)
                .note("on the wire only: programs call it as before"),
        );
    }
    if before.validation != *validation {
        changes.add(
            change(ChangeKind::HttpChanged, name, Bump::Patch)
                .before(validated(&before.validation))
                .after(validated(validation))
                .note("what a response is validated by, where the call asks for it"),
        );
    }
    if before.parameters != *parameters {
        changes.add(
            change(ChangeKind::EndpointChanged, name, Bump::Patch)
                .before(given(&before.parameters))
                .after(given(parameters))
                .note("on the wire only: the endpoint follows from other parts of the call"),
        );
    }
    if before.long_poll != *long_poll {
        let words = |limit: Option<u64>| match limit {
            Some(limit) => format!("a response may take {limit} ms"),
            None => "no long poll".to_owned(),
        };
        changes.add(
            change(ChangeKind::HttpChanged, name, Bump::Patch)
                .before(words(before.long_poll))
                .after(words(*long_poll))
                .note(
                    "the time that a call waits for a response, if the configuration does not set it",
                ),
        );
    }
    if before.region_copy != *region_copy {
        let words = |copy: &Option<RegionCopy>| match copy {
            Some(RegionCopy { url, .. }) => format!("{url} is filled in"),
            None => "no URL is filled in".to_owned(),
        };
        changes.add(
            change(ChangeKind::HttpChanged, name, Bump::Patch)
                .before(words(&before.region_copy))
                .after(words(region_copy))
                .note("the URL that is presigned for the region of the source"),
        );
    }
    let (was, is) = (
        (before.auth.as_slice(), before.unsigned_payload),
        (auth.as_slice(), *unsigned_payload),
    );
    if was != is {
        changes.add(authentication(name, was, is, shared.tokens_leave));
    }
    pagination::compare(before, pagination.as_ref(), name, changes);
    member::deprecated(&before.deprecated, deprecated, name, "a call", changes);
}

/// The outermost elements of a call's bodies, in words.
fn roots(root: Option<&Named>, unwrapped_output: bool) -> String {
    let root = match root {
        Some(Named {
            name,
            format: _,
            element,
        }) => format!("body {name}{}", in_xml(element)),
        None => "no name for the body".to_owned(),
    };
    match unwrapped_output {
        true => format!("{root}, output not wrapped"),
        false => root,
    }
}

/// The encoding and the checksum of a call's body, in words.
fn body(gzip: bool, checksum: &Option<Checksum>) -> String {
    let compression = if gzip { "gzip" } else { "no compression" };
    let checksum = match checksum {
        None => "no checksum".to_owned(),
        Some(Checksum::Md5) => "Content-MD5".to_owned(),
        Some(Checksum::Chosen { header, required }) => {
            let by = header.as_ref().map(|header| format!(" by {header}"));
            let otherwise = if *required { "CRC32" } else { "none" };
            format!(
                "a checksum of choice{}, else {otherwise}",
                by.unwrap_or_default()
            )
        }
    };
    format!("{compression}, {checksum}")
}

/// How a call's response is validated, in words.
fn validated(validation: &Option<Validation>) -> String {
    match validation {
        Some(Validation { header, algorithms }) => {
            format!(
                "validated by {} where {header} asks for it",
                algorithms.join(", ")
            )
        }
        None => "not validated".to_owned(),
    }
}

/// What a call gives the endpoint rules, in words.
fn given(parameters: &[(String, ParameterSource)]) -> String {
    if parameters.is_empty() {
        return "no parameters for the endpoint rules".to_owned();
    }
    let words = parameters.iter().map(|(name, source)| match source {
        ParameterSource::Fixed(ParameterValue::Flag(flag)) => format!("{name} = {flag}"),
        ParameterSource::Fixed(ParameterValue::Text(text)) => format!("{name} = {text}"),
        ParameterSource::Fixed(ParameterValue::List(list)) => {
            format!("{name} = {}", list.join(", "))
        }
        ParameterSource::Text(path) | ParameterSource::Flag(path) | ParameterSource::List(path) => {
            format!("{name} from {path}")
        }
        ParameterSource::Keys(path) => format!("{name} from the keys of {path}"),
        ParameterSource::Each(list, paths) => {
            let paths: Vec<String> = paths.iter().map(ToString::to_string).collect();
            format!("{name} from {} of each of {list}", paths.join(", "))
        }
    });
    words.collect::<Vec<_>>().join("; ")
}

/// The schemes of a call, in order of preference, and whether signatures cover its body.
type Authentication<'o> = (&'o [AuthScheme], bool);

/// Whether a call is signed, and whether a bearer token can replace the signature, before and after.
fn authentication(
    name: &str,
    before: Authentication<'_>,
    after: Authentication<'_>,
    tokens_leave: bool,
) -> super::Change {
    let shown = |(schemes, unsigned_payload): Authentication<'_>| {
        let schemes: Vec<&str> = schemes
            .iter()
            .map(|scheme| match scheme {
                AuthScheme::SigV4 if unsigned_payload => "a signature without the body",
                AuthScheme::SigV4 => "a signature",
                AuthScheme::Bearer => "a bearer token",
            })
            .collect();
        match schemes.as_slice() {
            [] => "no authentication".to_owned(),
            schemes => schemes.join(", or "),
        }
    };
    // Whether a signature is accepted, and whether a token is.
    let schemes_of = |(schemes, _): Authentication<'_>| {
        let has = |scheme| schemes.contains(&scheme);
        (has(AuthScheme::SigV4), has(AuthScheme::Bearer))
    };
    let (mut bump, note) = match (schemes_of(before), schemes_of(after)) {
        ((false, false), (true, true)) => (
            Bump::Major,
            "wire change: calls are signed now or carry a bearer token, so those with neither credentials nor a token fail before they are sent",
        ),
        ((false, _), (true, false)) => (
            Bump::Major,
            "wire change: calls are signed now, so those without credentials fail before they are sent",
        ),
        ((_, false), (false, true)) => (
            Bump::Major,
            "wire change: calls need a bearer token now, so those without one fail before they are sent",
        ),
        ((true, true), (false, true)) => (
            Bump::Major,
            "wire change: calls without a bearer token fail before they are sent",
        ),
        ((true, true), (true, false)) => (
            Bump::Major,
            "wire change: a bearer token is no longer accepted",
        ),
        ((true, false), (false, false)) => (Bump::Minor, "calls no longer need credentials"),
        ((false, true), (false, false)) => (Bump::Minor, "calls no longer need a bearer token"),
        ((true, true), (false, false)) => (
            Bump::Minor,
            "calls no longer need credentials or a bearer token",
        ),
        ((true, false), (true, true)) => (Bump::Minor, "a bearer token is accepted as well"),
        ((false, true), (true, true)) => (Bump::Minor, "a signature is accepted as well"),
        ((true, true), (true, true)) if before.0 != after.0 => (
            Bump::Patch,
            "on the wire only: if there are both, another one is used",
        ),
        _ => (Bump::Patch, "on the wire only: what is signed differs"),
    };
    let mut note = note.to_owned();
    if tokens_leave && schemes_of(before).1 {
        bump = Bump::Major;
        note.push_str("; `BearerToken` is removed from the crate's root");
    }
    change(ChangeKind::HttpChanged, name, bump)
        .before(shown(before))
        .after(shown(after))
        .note(note)
}

/// An input or output; its name is that of its operation, whatever its name in the model. If one side has no shape, its
/// members are added or removed with the shape of the other side.
fn structure(
    before: &Structure,
    after: &Structure,
    role: member::Role,
    lost: &[Trait],
    changes: &mut Changes,
) {
    let (was, is) = (
        Members {
            shape: &before.wire,
            fields: &before.fields,
        },
        Members {
            shape: &after.wire,
            fields: &after.fields,
        },
    );
    member::compare(was, is, role, lost, changes);
}
