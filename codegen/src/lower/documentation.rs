//! The documentation of each item: the model's prose, if it is kept, and its facts in words.

use super::Context;
use crate::docs::{self, Doc, code_span, from_html, paragraph};
use crate::model::{Constraints, Deprecated, Kind, Member, Shape};
use crate::rust::Presence;
use heck::ToSnakeCase;

/// The model's prose as Markdown; empty if there is none, or if it is not kept.
pub(super) fn prose(context: &Context<'_>, html: Option<&str>) -> Doc {
    html.filter(|_| context.documentation)
        .map(from_html)
        .unwrap_or_default()
}

/// A named shape.
pub(super) fn shape(context: &Context<'_>, name: &str, shape: &Shape) -> Doc {
    let mut doc = prose(context, shape.documentation.as_deref());
    if doc.is_empty() {
        doc.push(&format!(
            "The shape {} of the service model.",
            code_span(name)
        ));
    }
    doc
}

/// A member: its prose, then its facts in one paragraph.
pub(super) fn member(
    context: &Context<'_>,
    member: &Member,
    wire: &str,
    ident: &str,
    presence: Presence,
) -> Doc {
    let mut doc = prose(context, member.documentation.as_deref());
    let mut facts = Vec::new();
    if member.required {
        facts.push("Required.".to_owned());
    }
    if presence == Presence::Generated {
        facts.push("Filled in with a fresh UUID where unset.".to_owned());
    }
    // If the words of both names are the same, the wire name is clear from the member's name.
    let name = ident.trim_start_matches("r#");
    if name != wire && name != wire.to_snake_case() {
        facts.push(format!("{} on the wire.", code_span(wire)));
    }
    facts.extend(values(member));
    if let Some(target) = context.shape(&member.target) {
        facts.extend(sentence("", target));
        match &target.kind {
            Kind::List { member, .. } => facts.extend(
                context
                    .shape(&member.target)
                    .and_then(|item| sentence("Each item: ", item)),
            ),
            Kind::Map { key, value, .. } => {
                facts.extend(
                    context
                        .shape(&key.target)
                        .and_then(|key| sentence("Each key: ", key)),
                );
                facts.extend(
                    context
                        .shape(&value.target)
                        .and_then(|value| sentence("Each value: ", value)),
                );
            }
            _ => {}
        }
    }
    if doc.is_empty() && facts.is_empty() {
        facts.push(format!(
            "The member {} of the service model.",
            code_span(wire)
        ));
    }
    paragraph(&mut doc, &facts.join(" "));
    doc
}

/// The values that a member itself lists, as a sentence; a type for them would have no name.
fn values(member: &Member) -> Option<String> {
    let values: Vec<_> = member.values.iter().map(|value| code_span(value)).collect();
    (!values.is_empty()).then(|| format!("Known values: {}.", values.join(", ")))
}

/// The constraints on a value, as a sentence. The service checks them: nothing is validated here.
fn sentence(of: &str, shape: &Shape) -> Option<String> {
    let facts = facts(shape, code_span, Some(LONGEST_PATTERN));
    let first = facts.chars().next()?;
    let begin = if of.is_empty() {
        first.to_uppercase().to_string()
    } else {
        format!("{of}{first}")
    };
    Some(format!(
        "{begin}{}.",
        facts.get(first.len_utf8()..).unwrap_or_default()
    ))
}

/// The same as a list of facts, with patterns and values formatted by `quoted`; empty if there are no constraints.
pub(crate) fn constraints(shape: &Shape, quoted: fn(&str) -> String) -> String {
    facts(shape, quoted, None)
}

/// The longest pattern that is useful to a reader of documentation.
const LONGEST_PATTERN: usize = 60;

fn facts(shape: &Shape, quoted: fn(&str) -> String, longest_pattern: Option<usize>) -> String {
    let Constraints {
        min,
        max,
        pattern,
        values,
    } = &shape.constraints;
    let (min, max) = (
        min.as_ref().map(ToString::to_string),
        max.as_ref().map(ToString::to_string),
    );
    let (singular, plural) = match shape.kind {
        Kind::List { .. } => (" item", " items"),
        Kind::Map { .. } => (" entry", " entries"),
        Kind::Blob { .. } => (" byte", " bytes"),
        Kind::String | Kind::Enum(_) => (" character", " characters"),
        _ => ("", ""),
    };
    let unit = |number: &str| if number == "1" { singular } else { plural };
    let range = match (min.filter(|min| min != "0" || plural.is_empty()), max) {
        (Some(min), Some(max)) if min == max => Some(format!("exactly {min}{}", unit(&min))),
        (Some(min), Some(max)) => Some(format!("{min} to {max}{}", unit(&max))),
        (Some(min), None) => Some(format!("at least {min}{}", unit(&min))),
        (None, Some(max)) => Some(format!("at most {max}{}", unit(&max))),
        (None, None) => None,
    };
    let pattern = pattern
        .as_ref()
        .filter(|pattern| longest_pattern.is_none_or(|longest| pattern.chars().count() <= longest));
    let pattern = pattern.map(|pattern| {
        format!(
            "matches {}",
            quoted(&pattern.replace(['\n', '\r', '\t'], " "))
        )
    });
    let values: Vec<_> = values
        .iter()
        .map(|(name, value)| format!("{value} ({})", quoted(name)))
        .collect();
    let values = (!values.is_empty()).then(|| format!("known values: {}", values.join(", ")));
    let facts: Vec<_> = range.into_iter().chain(pattern).chain(values).collect();
    facts.join(", ")
}

/// The note of `#[deprecated]`.
pub(super) fn deprecated(context: &Context<'_>, deprecated: Option<&Deprecated>) -> Option<String> {
    let deprecated = deprecated?;
    let message = deprecated
        .message
        .as_deref()
        .filter(|_| context.documentation)
        .map(|message| from_html(message).join(" "));
    let since = deprecated
        .since
        .as_ref()
        .map(|since| format!("since {}", docs::prose(since)));
    Some(match (message, since) {
        (Some(message), Some(since)) => format!("{message} ({since})"),
        (Some(text), None) | (None, Some(text)) => text,
        (None, None) => "the service model marks this deprecated".to_owned(),
    })
}
