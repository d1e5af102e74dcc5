//! The facts about a member in a table of members, for XML and forms:
//!
//! ```text
//! = "Roles" flattened items(&tinsmith_runtime::Member::new("Role")),
//! ```

use super::structure::timestamp_format;
use crate::model::Namespace;
use crate::rust::{Element, Named};
use proc_macro2::{Literal, TokenStream};

/// The methods of the runtime's `Member` for these facts, in order.
pub(super) fn facts(element: &Element) -> Vec<String> {
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
        facts.push("attribute".to_owned());
    }
    if let Some(Namespace { uri, prefix }) = namespace {
        let prefix = match prefix {
            Some(prefix) => format!("Some({})", Literal::string(prefix)),
            None => "None".to_owned(),
        };
        facts.push(format!("namespace({}, {prefix})", Literal::string(uri)));
    }
    if let Some(name) = query_name {
        facts.push(format!("query_name({})", Literal::string(name)));
    }
    if let Some(item) = item {
        facts.push(format!("items(&{})", text(item)));
    }
    if let Some(entries) = entries {
        let (key, value) = &**entries;
        facts.push(format!("entries(&{}, &{})", text(key), text(value)));
    }
    facts
}

/// A member as an expression: `tinsmith_runtime::Member::new("Role").date_time()`.
fn text(named: &Named) -> String {
    let Named {
        name,
        format,
        element,
    } = named;
    let mut text = format!("tinsmith_runtime::Member::new({})", Literal::string(name));
    let format = format.map(|format| timestamp_format(format).to_owned());
    for fact in format.into_iter().chain(facts(element)) {
        text.push('.');
        text.push_str(&fact);
        if !fact.ends_with(')') {
            text.push_str("()");
        }
    }
    text
}

/// The same outside of constants: the members that it refers to are static.
pub(super) fn value(named: &Named) -> TokenStream {
    let text = match &named.element {
        Element {
            item: None,
            entries: None,
            ..
        } => text(named),
        _ => format!("const {{ {} }}", text(named)),
    };
    text.parse().unwrap_or_default()
}
