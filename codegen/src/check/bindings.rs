//! The places of members in a message: labels that are in their template, and values of a kind that the place accepts.

use super::is_text;
use crate::http;
use crate::model::{Kind, Location, Member, Model, Operation, Protocol, Role};
use crate::place::Place;

/// The methods that the runtime has constants for.
const METHODS: &[&str] = &["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

pub(super) fn check(model: &Model, place: &Place<'_>, name: &str, operation: &Operation) {
    if !METHODS.contains(&operation.method.as_str()) {
        place.key("http.method").problem(format!(
            "expected a method of HTTP ({}), found `{}`",
            METHODS.join(", "),
            operation.method
        ));
    }
    if let Some(expected) = http::wrong_with_uri(&operation.uri) {
        place.key("http.requestUri").problem(format!(
            "expected {expected}, found {}",
            quoted(&operation.uri)
        ));
    }
    let protocol = model.service.protocol.as_ref();
    if protocol.is_some_and(Protocol::names_operation_in_head) && !http::is_scope_name(name) {
        place.problem(format!(
            "expected the name of an operation that is allowed in a header, found {}",
            quoted(name)
        ));
    }
    host_labels(model, place, operation);
    if model.service.binds_to_http() {
        labels(model, place, operation);
        places(model, place, operation);
    }
}

/// The labels of a template, without the `+` of greedy ones. `None` if a brace is unmatched.
fn template_labels(template: &str) -> Option<Vec<&str>> {
    let mut labels = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}')?;
        if before.contains('}') || label.is_empty() || label.contains('{') {
            return None;
        }
        labels.push(label.strip_suffix('+').unwrap_or(label));
        rest = after;
    }
    (!rest.contains('}')).then_some(labels)
}

/// Each label is used once in a template.
fn once(place: &Place<'_>, template: &str, labels: &[&str]) {
    for (index, label) in labels.iter().enumerate() {
        let before = labels.get(..index).unwrap_or_default();
        if before.contains(label) {
            place.problem(format!(
                "expected each label once, found `{{{label}}}` twice in `{template}`"
            ));
        }
    }
}

/// A text for a message: escaped if it contains invisible characters.
fn quoted(text: &str) -> String {
    match text.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        true => format!("`{text}`"),
        false => format!("{text:?}"),
    }
}

fn input_members<'m>(model: &'m Model, operation: &Operation) -> Vec<(&'m str, &'m Member)> {
    let input = operation.input.as_ref();
    input
        .and_then(|input| model.shapes.get(input))
        .map(|shape| shape.kind.members())
        .unwrap_or_default()
}

/// Every `{label}` of a URI has a member, and every member that is a label is in the URI.
fn labels(model: &Model, place: &Place<'_>, operation: &Operation) {
    let place = place.key("http.requestUri");
    let Some(in_uri) = template_labels(&operation.uri) else {
        place.problem(format!(
            "expected labels such as `{{name}}` or `{{name+}}`, found an unmatched brace in `{}`",
            operation.uri
        ));
        return;
    };
    once(&place, &operation.uri, &in_uri);
    let members = input_members(model, operation);
    let mut bound: Vec<&str> = Vec::new();
    let mut owners: Vec<&str> = Vec::new();
    for (name, member) in &members {
        if member.location != Some(Location::Label) {
            continue;
        }
        let label = member.wire_name.as_deref().unwrap_or(name);
        if let Some(at) = bound.iter().position(|other| *other == label) {
            place.problem(format!(
                "expected one member for each label, found `{}` and `{name}` for `{{{label}}}`",
                owners.get(at).copied().unwrap_or_default()
            ));
        }
        bound.push(label);
        owners.push(name);
    }
    for label in in_uri.iter().filter(|label| !bound.contains(label)) {
        place.problem(format!(
            "expected a member of the input for the label `{{{label}}}`, found none"
        ));
    }
    for label in bound.iter().filter(|label| !in_uri.contains(label)) {
        place.problem(format!(
            "expected a place for the label `{label}` of the input, found none in `{}`",
            operation.uri
        ));
    }
}

/// Every `{label}` of a host prefix is the name of a member with the trait `hostLabel`.
fn host_labels(model: &Model, place: &Place<'_>, operation: &Operation) {
    let Some(prefix) = &operation.host_prefix else {
        return;
    };
    let place = place.key("endpoint.hostPrefix");
    let Some(labels) = template_labels(prefix) else {
        place.problem(format!(
            "expected labels such as `{{name}}`, found an unmatched brace in `{prefix}`"
        ));
        return;
    };
    if let Some(expected) = http::wrong_with_host_prefix(prefix) {
        place.problem(format!("expected {expected}, found {}", quoted(prefix)));
    }
    once(&place, prefix, &labels);
    let members = input_members(model, operation);
    for label in labels {
        let found = members.iter().find(|(name, _)| *name == label);
        if !found.is_some_and(|(_, member)| member.host_label) {
            let found = found.map_or("none", |_| "one without `hostLabel`");
            place.problem(format!(
                "expected a member of the input for the label `{{{label}}}`, found {found}"
            ));
        }
    }
}

/// Every member with a binding is of a kind that its place accepts.
fn places(model: &Model, place: &Place<'_>, operation: &Operation) {
    let file = place.top();
    let shapes = file.key("shapes");
    let input = operation.input.iter().map(|shape| (Role::Input, shape));
    let output = operation.output.iter().map(|shape| (Role::Output, shape));
    let errors = operation.errors.iter().map(|shape| (Role::Error, shape));
    for (role, shape) in input.chain(output).chain(errors) {
        let Some(kind) = model.shapes.get(shape).map(|shape| &shape.kind) else {
            continue;
        };
        for (name, member) in kind.members() {
            let location = member.location.filter(|location| location.counts(role));
            let (Some(location), Some(target)) = (location, model.shapes.get(&member.target))
            else {
                continue;
            };
            let of_shape = shapes.key(shape);
            let of_members = of_shape.key("members");
            let at = of_members.key(name);
            name_of_place(&at, name, location, member);
            let (fits, expected) = fitting(model, location, member, &target.kind);
            if !fits {
                at.problem(format!(
                    "expected {expected}, found `{}`, which is {}",
                    member.target,
                    described(model, &target.kind)
                ));
            }
        }
    }
}

/// Names of headers are tokens of HTTP; a parameter's name is not empty.
fn name_of_place(place: &Place<'_>, name: &str, location: Location, member: &Member) {
    let wire = member.wire_name.as_deref().unwrap_or(name);
    let expected = match location {
        Location::Header if !http::is_token(wire) => "the name of a header",
        Location::PrefixHeaders if !http::is_part_of_token(wire) => "a prefix of names of headers",
        Location::Query if wire.is_empty() => "the name of a parameter",
        _ => return,
    };
    place.problem(format!("expected {expected}, found {}", quoted(wire)));
}

/// Whether a place accepts a kind, and a description of what it accepts.
fn fitting(
    model: &Model,
    location: Location,
    member: &Member,
    kind: &Kind,
) -> (bool, &'static str) {
    let kind_of = |member: &Member| model.shapes.get(&member.target).map(|shape| &shape.kind);
    let text = |member: &Member| kind_of(member).is_none_or(is_text);
    let scalars = |kind: &Kind| match kind {
        Kind::List { member, .. } => kind_of(member).is_none_or(is_scalar),
        kind => is_scalar(kind),
    };
    match location {
        Location::Label => (is_scalar(kind), "text, a number or a timestamp in a label"),
        Location::Query | Location::QueryMap => {
            let fits = match kind {
                Kind::Map { value, .. } => match kind_of(value) {
                    Some(Kind::List { member, .. }) => text(member),
                    value => value.is_none_or(is_text),
                },
                kind => scalars(kind),
            };
            (
                fits,
                "text, a number, a timestamp, a list of one of them or a map of text in the query string",
            )
        }
        Location::Header if member.json_value => (
            matches!(kind, Kind::String | Kind::Document),
            "a string with JSON in a header",
        ),
        Location::Header => (
            scalars(kind) || matches!(kind, Kind::Blob { .. }),
            "text, a number, a timestamp, a blob or a list of one of them in a header",
        ),
        Location::PrefixHeaders => {
            let string =
                |member: &Member| kind_of(member).is_none_or(|kind| matches!(kind, Kind::String));
            let fits = matches!(kind, Kind::Map { key, value, .. } if string(key) && string(value));
            (fits, "a map of strings in headers with a prefix")
        }
        Location::StatusCode => (
            matches!(kind, Kind::Integer),
            "an integer for the status code",
        ),
    }
}

fn is_scalar(kind: &Kind) -> bool {
    is_text(kind)
        || matches!(
            kind,
            Kind::Boolean
                | Kind::Byte
                | Kind::Short
                | Kind::Integer
                | Kind::Long
                | Kind::Float
                | Kind::Double
                | Kind::Timestamp { .. }
        )
}

/// A kind of shape, with the kinds of its contents, for messages.
fn described(model: &Model, kind: &Kind) -> String {
    let of = |member: &Member| {
        let target = model.shapes.get(&member.target);
        target.map_or("nothing", |target| target.kind.describe())
    };
    match kind {
        Kind::List { member, .. } => format!("a list, each item {}", of(member)),
        Kind::Map { key, value, .. } => {
            format!("a map, each key {} and each value {}", of(key), of(value))
        }
        kind => kind.describe().to_owned(),
    }
}
