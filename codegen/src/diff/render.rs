//! Types, bindings and lists of names as a report shows them.

use super::changes::change;
use super::{Bump, Change, ChangeKind};
use crate::model::{Namespace, TimestampFormat};
use crate::rust::{Binding, Element, Field, Named, Structure};

/// The place of a field, and its format: "header `X-When` as a date-time".
pub(super) fn binding(field: &Field) -> String {
    let wire = &field.wire;
    let place = match field.binding {
        Binding::Body => format!("body {wire}"),
        Binding::Label => format!("path {{{wire}}}"),
        Binding::LastSegment => format!("path {{{wire}}}, without what is before a slash"),
        Binding::Query => format!("query string {wire}"),
        Binding::QueryMap => "query string, all keys".to_owned(),
        Binding::Header | Binding::ContentLength => format!("header {wire}"),
        Binding::JsonHeader => format!("header {wire}, as JSON"),
        Binding::PrefixHeaders => format!("headers {wire}*"),
        Binding::StatusCode => "status code".to_owned(),
        Binding::Payload if *wire != field.member => format!("the whole body, the element {wire}"),
        Binding::Payload => "the whole body".to_owned(),
        Binding::EventHeader => format!("header {wire} of the event"),
        Binding::EventPayload => "the whole payload of the event".to_owned(),
        Binding::EventStream => "the events".to_owned(),
    };
    let format = match field.format {
        None => "",
        Some(TimestampFormat::DateTime) => ", as a date-time",
        Some(TimestampFormat::EpochSeconds) => ", as epoch seconds",
        Some(TimestampFormat::HttpDate) => ", as an HTTP date",
    };
    let host = if field.host_label {
        ", and the host name"
    } else {
        ""
    };
    format!("{place}{format}{host}{}", in_xml(&field.element))
}

/// The facts for XML and forms, each after a comma. The recursion is as deep as the lists of a checked model.
pub(super) fn in_xml(element: &Element) -> String {
    let Element {
        flattened,
        attribute,
        namespace,
        query_name,
        item,
        entries,
    } = element;
    let mut facts = Vec::new();
    if *flattened {
        facts.push("flattened".to_owned());
    }
    if *attribute {
        facts.push("as an attribute".to_owned());
    }
    if let Some(Namespace { uri, prefix }) = namespace {
        let prefix = prefix.as_ref().map(|prefix| format!(" as {prefix}"));
        facts.push(format!("namespace {uri}{}", prefix.unwrap_or_default()));
    }
    if let Some(name) = query_name {
        facts.push(format!("in requests {name}"));
    }
    let part = |what: &str, named: &Named| {
        let Named {
            name,
            format: _,
            element,
        } = named;
        format!("{what} {name}{}", in_xml(element))
    };
    facts.extend(item.as_ref().map(|item| part("items", item)));
    if let Some(entries) = entries {
        let (key, value) = &**entries;
        facts.extend([part("keys", key), part("values", value)]);
    }
    facts.iter().map(|fact| format!(", {fact}")).collect()
}

/// The same for comparing: the name of a label is only used in the path, and only its value is sent.
pub(super) fn place(field: &Field) -> String {
    match field.binding {
        Binding::Label => binding(field).replace(&format!("{{{}}}", field.wire), "{}"),
        _ => binding(field),
    }
}

/// A call's path with the names of fields in place of its labels: only their values are sent.
pub(super) fn with_fields(path: &str, input: &Structure) -> String {
    let mut path = path.to_owned();
    for field in &input.fields {
        let label = (field.binding == Binding::Label).then_some(&field.wire);
        let host_label = field.host_label.then_some(&field.member);
        for label in label.into_iter().chain(host_label) {
            path = path.replace(&format!("{{{label}}}"), &format!("{{{}}}", field.ident));
            path = path.replace(&format!("{{{label}+}}"), &format!("{{{}+}}", field.ident));
        }
    }
    path
}

/// An item with another name in the model and the same name in Rust.
pub(super) fn respelled(path: &str, before: &str, after: &str) -> Change {
    change(ChangeKind::DocumentationChanged, path, Bump::Patch)
        .before(before)
        .after(after)
        .note("its name in the model has changed, its name in Rust has not")
}

/// "`A`, `B` and `C`"; beyond `most`, "`A`, `B` and 7 more".
pub(super) fn list(names: &[String], most: usize) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let shown = if names.len() > most {
        most.saturating_sub(1)
    } else {
        names.len()
    };
    let (shown, rest) = quoted.split_at_checked(shown).unwrap_or((&quoted, &[]));
    match (shown, rest.len()) {
        ([], 0) => String::new(),
        ([], more) => format!("{more} more"),
        ([one], 0) => one.clone(),
        ([head @ .., last], 0) => format!("{} and {last}", head.join(", ")),
        (shown, more) => format!("{} and {more} more", shown.join(", ")),
    }
}
