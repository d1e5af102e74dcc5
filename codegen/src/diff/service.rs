//! Facts that all calls share: protocol, signing, and the errors that are retried.

use super::changes::{Changes, change};
use super::view::Pair;
use super::{Bump, Change, ChangeKind};
use crate::model::Model;
use crate::rust::Service;

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    let (Some(before), Some(after)) = (&pair.before.surface.service, &pair.after.surface.service)
    else {
        return;
    };
    let Service {
        id,
        full_name,
        signing_name,
        api_version,
        protocol,
        retryable,
        // The generator's own, and equal on both sides.
        retries: _,
        headers: _,
        extension: _,
        doc: _,
    } = after;
    let mut add = |bump, what: &str, was: String, is: String, note: &str| {
        if was != is {
            changes.add(
                change(ChangeKind::HttpChanged, id, bump)
                    .before(format!("{what} {was}"))
                    .after(format!("{what} {is}"))
                    .note(note),
            );
        }
    };
    let on_the_wire = "on the wire only: programs are written as before";
    add(
        Bump::Major,
        "service id",
        before.id.clone(),
        id.clone(),
        "wire change: the endpoint variable and the profile's keys are named after it",
    );
    add(
        Bump::Patch,
        "signing name",
        before.signing_name.clone(),
        signing_name.clone(),
        on_the_wire,
    );
    add(
        Bump::Patch,
        "API version",
        before.api_version.clone(),
        api_version.clone(),
        on_the_wire,
    );
    add(
        Bump::Patch,
        "protocol",
        before.protocol.to_string(),
        protocol.to_string(),
        on_the_wire,
    );
    add(
        Bump::Patch,
        "retried after",
        codes(&before.retryable),
        codes(retryable),
        "errors after which a call is retried",
    );
    if before.full_name != *full_name {
        changes.add(
            change(ChangeKind::DocumentationChanged, id, Bump::Patch)
                .before(&before.full_name)
                .after(full_name)
                .note("the service's display name"),
        );
    }
}

/// The service's other protocols, if they changed: by itself, that changes nothing.
pub(super) fn compare_protocols(before: &Model, after: &Model, changes: &mut Vec<Change>) {
    let (was, is) = (
        before.service.possible_protocols(),
        after.service.possible_protocols(),
    );
    let Some(spoken) = &after.service.protocol else {
        return;
    };
    if was == is {
        return;
    }
    let spoken = spoken.name();
    let note = match is
        .iter()
        .find(|name| !was.contains(name) && **name != spoken)
    {
        Some(new) => format!(
            "the crate uses {spoken}; with `protocol = \"{new}\"` in tinsmith.toml it would use that"
        ),
        None => format!("the crate uses {spoken}"),
    };
    changes.push(
        change(ChangeKind::HttpChanged, &after.service.id, Bump::None)
            .before(format!("protocols {}", was.join(", ")))
            .after(format!("protocols {}", is.join(", ")))
            .note(note),
    );
}

fn codes(retryable: &[(String, bool)]) -> String {
    if retryable.is_empty() {
        return "no error of its own".to_owned();
    }
    let codes = retryable.iter().map(|(code, throttling)| {
        format!("{code}{}", if *throttling { " (throttling)" } else { "" })
    });
    codes.collect::<Vec<_>>().join(", ")
}
