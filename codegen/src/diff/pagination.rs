//! Pagination: whether a call has pages, what its items are, and how the next page is found.

use super::changes::{Changes, change};
use super::{Bump, ChangeKind};
use crate::rust::{Items, Limit, Operation, PageToken, Pagination, Path};

pub(super) fn compare(
    before: &Operation,
    after: Option<&Pagination>,
    name: &str,
    changes: &mut Changes,
) {
    match (&before.pagination, after) {
        (None, None) => {}
        (None, Some(after)) => changes.add(
            change(ChangeKind::PaginationAdded, name, Bump::Minor)
                .after(items(after))
                .note("the call builder has `into_paginator` now"),
        ),
        (Some(before), None) => changes.add(
            change(ChangeKind::PaginationRemoved, name, Bump::Major)
                .before(items(before))
                .note("`into_paginator` is removed"),
        ),
        (Some(before), Some(after)) => changed(before, after, name, changes),
    }
}

fn items(pagination: &Pagination) -> String {
    match &pagination.items {
        Some(Items { wire, ty, .. }) => format!("{wire}: {}", ty),
        None => "pages without items".to_owned(),
    }
}

fn changed(before: &Pagination, after: &Pagination, name: &str, changes: &mut Changes) {
    let Pagination {
        tokens: is_tokens,
        limit: is_limit,
        items: _,
        secondary: is_secondary,
        more_results: is_more,
    } = after;
    let mut add = |bump, was: String, is: String, note: &str| {
        if was != is {
            changes.add(
                change(ChangeKind::PaginationChanged, name, bump)
                    .before(was)
                    .after(is)
                    .note(note),
            );
        }
    };
    let ty = |pagination: &Pagination| pagination.items.as_ref().map(|items| items.ty.clone());
    // By the fields: a member with another spelling in the model is the same.
    let path = |pagination: &Pagination| pagination.items.as_ref().map(|items| items.path.clone());
    let same_items = ty(before) == ty(after) && path(before) == path(after);
    add(
        Bump::Major,
        items(before),
        if same_items {
            items(before)
        } else {
            items(after)
        },
        if ty(before) == ty(after) {
            "wire change: `items()` returns those of another member"
        } else {
            "`items()` returns another type"
        },
    );
    let inputs = |tokens: &[PageToken]| {
        let names: Vec<&str> = tokens.iter().map(|token| token.wire.as_str()).collect();
        format!("token {}", names.join(", "))
    };
    add(
        Bump::Major,
        inputs(&before.tokens),
        inputs(is_tokens),
        "wire change: older resume tokens are not accepted",
    );
    let outputs = |tokens: &[PageToken]| {
        let paths = tokens.iter().flat_map(|token| &token.output);
        let paths: Vec<String> = paths.map(ToString::to_string).collect();
        format!("next token at {}", paths.join(", "))
    };
    add(
        Bump::Patch,
        outputs(&before.tokens),
        outputs(is_tokens),
        "where the next token is found; streams are used as before",
    );
    let limit = |limit: &Option<Limit>| match limit {
        Some(Limit { field, .. }) => format!("page size {field}"),
        None => "no page size".to_owned(),
    };
    let (bump, note) = match (&before.limit, is_limit) {
        (Some(_), None) => (
            Bump::Major,
            "wire change: `page_size` is an error, because the service no longer has it",
        ),
        (None, Some(_)) => (Bump::Minor, "`page_size` can be set now"),
        _ => (
            Bump::Patch,
            "the member that `page_size` sets; it is used as before",
        ),
    };
    add(bump, limit(&before.limit), limit(is_limit), note);
    let more = |more: &Option<Path>| match more {
        Some(path) => format!("more pages while {path}"),
        None => "more pages while there is a token".to_owned(),
    };
    add(
        Bump::Patch,
        more(&before.more_results),
        more(is_more),
        "how the end of the listing is found; streams are used as before",
    );
    let secondary = |paths: &[Path]| match paths {
        [] => "no secondary results".to_owned(),
        paths => {
            let paths: Vec<String> = paths.iter().map(ToString::to_string).collect();
            format!("secondary results {}", paths.join(", "))
        }
    };
    add(
        Bump::Patch,
        secondary(&before.secondary),
        secondary(is_secondary),
        "what is omitted from a page that is resumed, because it was returned before",
    );
}
