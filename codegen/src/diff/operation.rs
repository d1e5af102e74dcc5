//! Operations: those that came or went, and what changed about a call, its input and its output.

use super::changes::{Changes, change};
use super::view::Pair;
use super::{Bump, ChangeKind, brings, member, pagination};
use crate::model::ParameterValue;
use crate::rust::{Auth, Bearer, Checksum, Operation, ParameterSource, Structure};
use indexmap::IndexMap;

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    let (before, after) = (&pair.before, &pair.after);
    let old = by_name(&before.offer.operations);
    let new = by_name(&after.offer.operations);
    for (name, operation) in &new {
        match old.get(name) {
            Some(previous) => call(previous, operation, changes),
            None => changes.add(added(
                operation,
                &brings::added(name, after, before),
                before.model.operations.contains_key(*name),
            )),
        }
    }
    for (name, operation) in &old {
        if !new.contains_key(name) {
            let mut told = vec![format!(
                "the client's method `{}` is gone",
                operation.method
            )];
            if after.model.operations.contains_key(*name) {
                told.push("the model still has it; it is selected no more".to_owned());
            }
            told.extend(brings::removed(name, before, after));
            changes.add(
                change(ChangeKind::OperationRemoved, *name, Bump::Major)
                    .before(request(operation))
                    .note(told.join("; ")),
            );
        }
    }
}

fn by_name(operations: &[Operation]) -> IndexMap<&str, &Operation> {
    let pairs = operations.iter();
    pairs
        .map(|operation| (operation.wire.as_str(), operation))
        .collect()
}

fn added(operation: &Operation, brings: &[String], known_before: bool) -> super::Change {
    let mut told = Vec::new();
    if known_before {
        told.push("selected now; the model had it before".to_owned());
    }
    if operation.pagination.is_some() {
        told.push("paginated".to_owned());
    }
    match operation.waiters.waiters.len() {
        0 => {}
        1 => told.push("with a waiter".to_owned()),
        number => told.push(format!("with {number} waiters")),
    }
    told.extend_from_slice(brings);
    let added = change(ChangeKind::OperationAdded, &operation.wire, Bump::Minor);
    let added = added.after(request(operation));
    if told.is_empty() {
        added
    } else {
        added.note(told.join("; "))
    }
}

fn request(operation: &Operation) -> String {
    format!("{} {}", operation.http_method, operation.uri)
}

/// One call before and after. Names, and the documentation that is made of facts, follow from what is compared here.
fn call(before: &Operation, after: &Operation, changes: &mut Changes) {
    let Operation {
        wire: name,
        ident: _,
        module: _,
        method: _,
        doc: _,
        http_method: _,
        uri: _,
        host_prefix,
        auth,
        bearer,
        long_poll,
        gzip,
        checksum,
        parameters,
        input,
        output,
        pagination,
        // Its output's member says so.
        streams_output: _,
        // They are compared as the model has them.
        waiters: _,
        deprecated,
    } = after;
    let (was, is) = (request(before), request(after));
    if was != is {
        changes.add(
            change(ChangeKind::HttpChanged, name, Bump::Patch)
                .before(was)
                .after(is)
                .note("on the wire only: programs call it as before"),
        );
    }
    if before.host_prefix != *host_prefix {
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
    let (was, is) = (body(before.gzip, &before.checksum), body(*gzip, checksum));
    if was != is {
        changes.add(
            change(ChangeKind::HttpChanged, name, Bump::Patch)
                .before(was)
                .after(is)
                .note("on the wire only: programs call it as before"),
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
            Some(limit) => format!("an answer may take {limit} ms"),
            None => "no long poll".to_owned(),
        };
        changes.add(
            change(ChangeKind::HttpChanged, name, Bump::Patch)
                .before(words(before.long_poll))
                .after(words(*long_poll))
                .note(
                    "the time that a call waits for an answer, where the configuration sets none",
                ),
        );
    }
    if before.auth != *auth {
        changes.add(authentication(name, before.auth, *auth));
    }
    if before.bearer != *bearer {
        changes.add(tokens(name, before.bearer, *bearer));
    }
    pagination::compare(before, pagination.as_ref(), name, changes);
    member::deprecated(&before.deprecated, deprecated, name, "a call", changes);
    for (before, after, role) in [
        (&before.input, input, member::Role::Input),
        (&before.output, output, member::Role::Output),
    ] {
        structure(before, after, role, changes);
    }
}

/// What happens to a call's body, in words.
fn body(gzip: bool, checksum: &Option<Checksum>) -> String {
    let compression = if gzip { "gzip" } else { "no compression" };
    let checksum = match checksum {
        None => "no checksum".to_owned(),
        Some(Checksum::Md5) => "Content-MD5".to_owned(),
        Some(Checksum::Chosen { header, required }) => {
            let by = header.as_ref().map(|header| format!(" by {header}"));
            let otherwise = if *required { "CRC32" } else { "none" };
            format!(
                "a checksum chosen{}, else {otherwise}",
                by.unwrap_or_default()
            )
        }
    };
    format!("{compression}, {checksum}")
}

/// What a call gives the endpoint rules, in words.
fn given(parameters: &[(String, ParameterSource)]) -> String {
    if parameters.is_empty() {
        return "nothing given to the endpoint rules".to_owned();
    }
    let words = parameters.iter().map(|(name, source)| match source {
        ParameterSource::Fixed(ParameterValue::Flag(flag)) => format!("{name} = {flag}"),
        ParameterSource::Fixed(ParameterValue::Text(text)) => format!("{name} = {text}"),
        ParameterSource::Fixed(ParameterValue::List(list)) => {
            format!("{name} = {}", list.join(", "))
        }
        ParameterSource::Text(way) | ParameterSource::Flag(way) | ParameterSource::List(way) => {
            format!("{name} from {}", way.join("."))
        }
        ParameterSource::Keys(way) => format!("{name} from the keys of {}", way.join(".")),
        ParameterSource::Each(way, ways) => {
            let ways: Vec<_> = ways.iter().map(|way| way.join(".")).collect();
            format!(
                "{name} from {} of each of {}",
                ways.join(", "),
                way.join(".")
            )
        }
    });
    words.collect::<Vec<_>>().join("; ")
}

fn authentication(name: &str, before: Auth, after: Auth) -> super::Change {
    let shown = |auth| match auth {
        Auth::SigV4 => "signed",
        Auth::UnsignedPayload => "signed without the body",
        Auth::None => "not signed",
    };
    let (bump, note) = if before == Auth::None {
        (
            Bump::Major,
            "wire change: calls are signed now, so those without credentials fail before they are sent",
        )
    } else if after == Auth::None {
        (Bump::Minor, "calls need no credentials any more")
    } else {
        (Bump::Patch, "on the wire only: what is signed differs")
    };
    change(ChangeKind::HttpChanged, name, bump)
        .before(shown(before))
        .after(shown(after))
        .note(note)
}

fn tokens(name: &str, before: Bearer, after: Bearer) -> super::Change {
    let shown = |bearer| match bearer {
        Bearer::No => "no bearer token",
        Bearer::Second => "a signature or a bearer token",
        Bearer::First => "a bearer token or a signature",
        Bearer::Only => "a bearer token",
    };
    let (bump, note) = match (before, after) {
        (Bearer::No, Bearer::Only) => (
            Bump::Major,
            "wire change: calls need a bearer token now, so those without one fail before they are sent",
        ),
        (_, Bearer::Only) => (
            Bump::Major,
            "wire change: calls without a bearer token fail before they are sent",
        ),
        (Bearer::Only, Bearer::No) => (
            Bump::Major,
            "wire change: calls are signed now, so those without credentials fail before they are sent",
        ),
        (_, Bearer::No) => (
            Bump::Major,
            "wire change: a bearer token does not do any more",
        ),
        (Bearer::No, _) => (Bump::Minor, "a bearer token does as well"),
        (Bearer::Only, _) => (Bump::Minor, "a signature does as well"),
        (Bearer::First | Bearer::Second, _) => (
            Bump::Patch,
            "on the wire only: where there are both, another one is taken",
        ),
    };
    change(ChangeKind::HttpChanged, name, bump)
        .before(shown(before))
        .after(shown(after))
        .note(note)
}

/// An input or output, which is named after its operation whatever the model calls it.
fn structure(before: &Structure, after: &Structure, role: member::Role, changes: &mut Changes) {
    let Structure {
        wire,
        ident: _,
        module: _,
        doc: _,
        fields,
        read: _,
        written: _,
        exception: _,
        event: _,
        deprecated: _,
    } = after;
    member::compare(wire, &before.fields, fields, role, changes);
}
