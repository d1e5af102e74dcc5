//! What botocore says of XML and forms: of a shape, for whatever refers to it, and of a reference, for itself.
//!
//! Source: `ShapeResolver` in botocore's `model.py`, where a reference has all that its shape says and it does not. Where
//! botocore and Smithy differ, the protocol suites have Smithy's rules, and no model of a service says otherwise: the name of
//! a structure is that of a root only, and a flattened list is called as its member is, whatever its items are called.

use crate::model::{BodyNames, Kind, Member, Model, Namespace, Protocol, XmlRoot};
use indexmap::{IndexMap, IndexSet};

/// What a shape says for whatever refers to it.
#[derive(Default)]
pub(super) struct ShapeFacts {
    pub(super) name: Option<String>,
    pub(super) namespace: Option<Namespace>,
    pub(super) flattened: bool,
}

/// Gives each reference what its shape says and it does not. Other protocols than those of XML never took it from there.
pub(super) fn inherit(model: &mut Model, facts: &IndexMap<String, ShapeFacts>) {
    let protocol = model.service.protocol.as_ref();
    if protocol.map(Protocol::body_names) != Some(BodyNames::Xml) {
        return;
    }
    for operation in model.operations.values_mut() {
        let of_shape = operation.input.as_ref().and_then(|input| facts.get(input));
        if let Some(ShapeFacts {
            name, namespace, ..
        }) = of_shape
        {
            let XmlRoot {
                name: own_name,
                namespace: own_namespace,
            } = &mut operation.xml_root;
            // A root is called as its structure says, else as the reference does.
            *own_name = name.clone().or_else(|| own_name.take());
            *own_namespace = own_namespace.take().or_else(|| namespace.clone());
        }
    }
    let is_rest = protocol.is_some_and(Protocol::binds_to_http);
    let elements: IndexSet<String> = model
        .shapes
        .iter()
        .filter(|(_, shape)| matches!(shape.kind, Kind::Structure(_) | Kind::Union(_)))
        .map(|(name, _)| name.clone())
        .collect();
    for shape in model.shapes.values_mut() {
        match &mut shape.kind {
            Kind::Structure(structure) | Kind::Union(structure) => {
                for (name, member) in &mut structure.members {
                    let is_element = elements.contains(&member.target);
                    let is_payload = is_rest && structure.payload.as_ref() == Some(name);
                    if is_payload && is_element && member.location.is_none() {
                        root_name(name, member, facts);
                    }
                    of_reference(member, facts, is_element);
                }
            }
            Kind::List { member, .. } => {
                let is_element = elements.contains(&member.target);
                of_reference(member, facts, is_element);
            }
            Kind::Map { key, value, .. } => {
                of_reference(key, facts, false);
                let is_element = elements.contains(&value.target);
                of_reference(value, facts, is_element);
            }
            _ => {}
        }
    }
}

/// A payload is a root, which is called as its structure is where nothing gives it a name. Its member's own name is that of
/// a root only beside a namespace: AWS's models have both for every payload of a request, and what was made of Smithy's has
/// the member's name where Smithy has none.
fn root_name(name: &str, member: &mut Member, facts: &IndexMap<String, ShapeFacts>) {
    let of_shape = facts.get(&member.target).and_then(|it| it.name.as_ref());
    let own = member.wire_name.as_ref();
    if own.is_none_or(|own| own == name && member.wire.namespace.is_none()) {
        member.wire_name = Some(of_shape.unwrap_or(&member.target).clone());
    }
}

/// The name of a structure is that of a root and of nothing else, as in Smithy.
fn of_reference(member: &mut Member, facts: &IndexMap<String, ShapeFacts>, is_element: bool) {
    let Some(ShapeFacts {
        name,
        namespace,
        flattened,
    }) = facts.get(&member.target)
    else {
        return;
    };
    member.wire.flattened |= flattened;
    if member.wire.namespace.is_none() {
        member.wire.namespace.clone_from(namespace);
    }
    if !is_element && member.wire_name.is_none() && member.location.is_none() {
        member.wire_name.clone_from(name);
    }
}
