//! Names on the wire, checked for collisions like names in Rust: two members of a message must not have the same key,
//! header, parameter or part of the path.

use super::Context;
use crate::http;
use crate::rust::{Binding, Field};
use indexmap::IndexMap;

/// The message that the fields belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Message<'u> {
    /// A request, to a URI that may have parameters.
    Request(&'u str),
    /// A response, or a structure within a body.
    Other,
}

/// Checks that the names of the members of a shape differ wherever they are used together.
pub(super) fn claim(context: &Context<'_>, shape: &str, fields: &[Field], message: Message<'_>) {
    let mut add = |message| {
        context.file.key("shapes").key(shape).problem(message);
    };
    let keys = fields
        .iter()
        .filter_map(|field| Some((field.key()?.to_owned(), field)));
    // An element and an attribute may have the same name.
    let (attributes, elements): (Vec<_>, Vec<_>) =
        keys.partition(|(_, field)| field.element.attribute);
    for keys in [attributes, elements] {
        for (key, first, second) in twice(keys.into_iter()) {
            add(format!(
                "expected members with keys of their own in a body, found `{key}` as that of `{first}` and of `{second}`"
            ));
        }
    }
    let of = |binding| fields.iter().filter(move |field| field.binding == binding);
    let headers = || of(Binding::Header).chain(of(Binding::JsonHeader));
    // What is read leniently may have its text in another member.
    let names = headers().filter(|field| !field.lenient);
    let names = names.map(|field| (field.wire.to_ascii_lowercase(), field));
    for (name, first, second) in twice(names) {
        add(format!(
            "expected members with headers of their own, found `{name}` as that of `{first}` and of `{second}`"
        ));
    }
    prefixes(headers, of(Binding::PrefixHeaders), &mut add);
    for (binding, what) in [
        (Binding::QueryMap, "map of parameters"),
        (Binding::StatusCode, "status code"),
    ] {
        let of_binding = of(binding).map(|field| (String::new(), field));
        for (_, first, second) in twice(of_binding) {
            add(format!(
                "expected one member for the {what}, found `{first}` and `{second}`"
            ));
        }
    }
    let Message::Request(uri) = message else {
        return;
    };
    for field in headers() {
        let name = field.wire.to_ascii_lowercase();
        if http::OF_TRANSPORT.contains(&name.as_str()) {
            add(format!(
                "expected a header that members may set, found `{name}` as that of `{}`",
                field.member
            ));
        }
    }
    let parameters = of(Binding::Query).map(|field| (field.wire.clone(), field));
    for (name, first, second) in twice(parameters) {
        add(format!(
            "expected members with parameters of their own, found `{name}` as that of `{first}` and of `{second}`"
        ));
    }
    let (_, query) = uri.split_once('?').unwrap_or_default();
    for field in of(Binding::Query) {
        if http::parameters(query).any(|name| name == field.wire) {
            add(format!(
                "expected a parameter that is not in the URI, found `{}` as that of `{}` and in `{uri}`",
                field.wire, field.member
            ));
        }
    }
}

/// Prefixed headers are those that no other member has: which these are matters only for an empty prefix.
fn prefixes<'f, H: Iterator<Item = &'f Field>>(
    headers: impl Fn() -> H,
    prefixes: impl Iterator<Item = &'f Field>,
    add: &mut impl FnMut(String),
) {
    let prefixes: Vec<(String, &Field)> = prefixes
        .map(|field| (field.wire.to_ascii_lowercase(), field))
        .collect();
    for (index, (prefix, field)) in prefixes.iter().enumerate() {
        for (other, second) in prefixes.iter().skip(index + 1) {
            let both_empty = prefix.is_empty() && other.is_empty();
            let one_empty = prefix.is_empty() || other.is_empty();
            let overlap = prefix.starts_with(other.as_str()) || other.starts_with(prefix.as_str());
            if both_empty || (overlap && !one_empty) {
                add(format!(
                    "expected prefixes of headers that distinguish members, found `{prefix}` of `{}` and `{other}` of `{}`",
                    field.member, second.member
                ));
            }
        }
        for header in headers() {
            let name = header.wire.to_ascii_lowercase();
            if !prefix.is_empty() && name.starts_with(prefix.as_str()) {
                add(format!(
                    "expected headers of one member each, found `{name}` of `{}`, which begins with the prefix `{prefix}` of `{}`",
                    header.member, field.member
                ));
            }
        }
    }
}

/// Each name that a second member has: the name, the first member, and the second.
fn twice<'f>(names: impl Iterator<Item = (String, &'f Field)>) -> Vec<(String, &'f str, &'f str)> {
    let mut taken: IndexMap<String, &str> = IndexMap::new();
    let mut found = Vec::new();
    for (name, field) in names {
        match taken.get(&name) {
            Some(first) => found.push((name, *first, field.member.as_str())),
            None => drop(taken.insert(name, &field.member)),
        }
    }
    found
}
