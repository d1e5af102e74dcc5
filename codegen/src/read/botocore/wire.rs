//! botocore's facts for XML and forms: those of a shape, which apply to its references, and those of a reference.
//!
//! Source: `ShapeResolver` in botocore's `model.py`, where a reference inherits everything from its shape that it does
//! not set itself. Where botocore and Smithy differ, the protocol suites follow Smithy, and no model of a service
//! contradicts it: the name of a structure only applies to roots, and the items of a flattened list have the name of
//! its member.

use crate::model::{BodyNames, Kind, Member, Model, Namespace, Protocol, XmlRoot};
use indexmap::{IndexMap, IndexSet};

/// The facts that a shape passes on to its references.
#[derive(Default)]
pub(super) struct ShapeFacts {
    pub(super) name: Option<String>,
    pub(super) namespace: Option<Namespace>,
    pub(super) flattened: bool,
}

/// Adds the facts of its shape to each reference. Protocols without XML never inherited them.
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
            // A root has the name of its structure, else that of the reference.
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

/// A payload is a root; without another name it has the name of its structure. The name of its member is used only
/// together with a namespace: AWS's models have both for every payload of a request, and models converted from Smithy
/// have the member's name where Smithy has none.
fn root_name(name: &str, member: &mut Member, facts: &IndexMap<String, ShapeFacts>) {
    let of_shape = facts.get(&member.target).and_then(|it| it.name.as_ref());
    let own = member.wire_name.as_ref();
    if own.is_none_or(|own| own == name && member.wire.namespace.is_none()) {
        member.wire_name = Some(of_shape.unwrap_or(&member.target).clone());
    }
}

/// The name of a structure only applies to roots, as in Smithy.
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
