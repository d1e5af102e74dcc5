//! What botocore says of XML and forms: of a shape, for whatever refers to it, and of a reference, for itself.
//!
//! Source: `ShapeResolver` in botocore's `model.py`, where a reference has all that its shape says and it does not, and
//! `_member_key_name` in `parsers.py`, where a flattened list is called as its items are.

use crate::model::{BodyNames, Kind, Member, Model, Namespace, Protocol, XmlRoot};
use indexmap::IndexMap;

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
            *own_name = own_name.take().or_else(|| name.clone());
            *own_namespace = own_namespace.take().or_else(|| namespace.clone());
        }
    }
    let lists = model.shapes.iter();
    let item_names: IndexMap<String, String> = lists
        .filter_map(|(name, shape)| match &shape.kind {
            Kind::List { member, .. } => Some((name.clone(), member.wire_name.clone()?)),
            _ => None,
        })
        .collect();
    for shape in model.shapes.values_mut() {
        match &mut shape.kind {
            Kind::Structure(structure) | Kind::Union(structure) => {
                for member in structure.members.values_mut() {
                    of_reference(member, facts);
                    if let Some(name) = item_names
                        .get(&member.target)
                        .filter(|_| member.wire.flattened)
                    {
                        member.wire_name = Some(name.clone());
                    }
                }
            }
            Kind::List { member, .. } => of_reference(member, facts),
            Kind::Map { key, value, .. } => {
                of_reference(key, facts);
                of_reference(value, facts);
            }
            _ => {}
        }
    }
}

fn of_reference(member: &mut Member, facts: &IndexMap<String, ShapeFacts>) {
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
    if member.wire_name.is_none() && member.location.is_none() {
        member.wire_name.clone_from(name);
    }
}
