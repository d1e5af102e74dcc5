//! Facts for XML and forms: about members, where they differ from the protocol's defaults, and about the roots of
//! bodies.

use super::Context;
use super::field::format;
use crate::model::{BodyNames, Kind, Member, Namespace, Operation, Protocol, WireFacts};
use crate::rust::{Binding, Element, Named, Structure};

/// The protocols' names of items, keys and values that have no other name.
const ITEM: &str = "member";
const KEY: &str = "key";
const VALUE: &str = "value";

/// Whether bodies are XML or forms.
fn has_elements(context: &Context<'_>) -> bool {
    let protocol = context.model.service.protocol.as_ref();
    protocol.map(Protocol::body_names) == Some(BodyNames::Xml)
}

/// Whether the outermost element of a request has a name.
pub(super) fn has_roots(context: &Context<'_>) -> bool {
    has_elements(context) && context.model.service.binds_to_http()
}

/// The facts about a member of a structure.
pub(super) fn of_member(context: &Context<'_>, member: &Member, binding: Binding) -> Element {
    if !has_elements(context) {
        return Element::default();
    }
    let mut element = of_reference(context, member);
    if binding == Binding::Payload {
        element.namespace = namespace(context, element.namespace);
    }
    element
}

/// Checked models have no infinite lists, so this recursion ends.
fn of_reference(context: &Context<'_>, member: &Member) -> Element {
    let WireFacts {
        flattened,
        attribute,
        namespace,
        query_name,
    } = &member.wire;
    let mut element = Element {
        flattened: *flattened,
        attribute: *attribute,
        // The other protocols have no roots in requests, and those of responses are not read.
        namespace: namespace.clone().filter(|_| has_roots(context)),
        query_name: query_name.clone(),
        item: None,
        entries: None,
    };
    match context.kind(&member.target) {
        Some(Kind::List { member, .. }) => {
            let mut item = named(context, member, ITEM);
            // The items of a flattened list have its name.
            if *flattened {
                ITEM.clone_into(&mut item.name);
            }
            element.item = (!is_usual(&item, ITEM)).then(|| Box::new(item));
        }
        Some(Kind::Map { key, value, .. }) => {
            let (key, value) = (named(context, key, KEY), named(context, value, VALUE));
            let are_usual = is_usual(&key, KEY) && is_usual(&value, VALUE);
            element.entries = (!are_usual).then(|| Box::new((key, value)));
        }
        _ => {}
    }
    element
}

fn named(context: &Context<'_>, member: &Member, usual: &str) -> Named {
    Named {
        name: member.body_key(usual).to_owned(),
        format: format(context, member),
        element: of_reference(context, member),
    }
}

/// Whether it is the runtime's default; then the member's timestamp format applies to it as well.
fn is_usual(named: &Named, usual: &str) -> bool {
    named.name == usual && named.element == Element::default()
}

/// The outermost element of an operation's request, if it is the input itself.
pub(super) fn root(
    context: &Context<'_>,
    operation: &Operation,
    input: &Structure,
) -> Option<Named> {
    if !has_roots(context) || !input.has(Binding::Body) {
        return None;
    }
    let root = &operation.xml_root;
    Some(Named {
        name: root.name.as_ref().unwrap_or(&input.wire).clone(),
        format: None,
        element: Element {
            namespace: namespace(context, root.namespace.clone()),
            ..Element::default()
        },
    })
}

/// The namespace of an outermost element: its own, else the service's.
fn namespace(context: &Context<'_>, own: Option<Namespace>) -> Option<Namespace> {
    own.or_else(|| context.model.service.xml_namespace.clone())
}
