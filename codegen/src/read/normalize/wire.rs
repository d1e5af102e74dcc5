//! The facts for XML and forms in one form: only those that apply in the service's protocol, and none that follow from
//! others.

use crate::model::{
    BodyNames, Kind, Location, Member, Model, Namespace, Operation, Protocol, Role, Structure,
    WireFacts, XmlRoot,
};
use indexmap::IndexSet;

pub(super) fn normalize(model: &mut Model) {
    let protocol = model.service.protocol.clone();
    let has = |is: fn(&Protocol) -> bool| protocol.as_ref().is_some_and(is);
    if !has(|it| it.body_names() == BodyNames::Xml) {
        forget(model);
    }
    let (is_query, is_ec2) = (
        has(Protocol::wraps_results),
        has(Protocol::has_names_for_queries),
    );
    for (name, operation) in &mut model.operations {
        // The wrapper of a response has the operation's name, wherever AWS uses one.
        let wrapper = operation.result_wrapper.take();
        operation.result_wrapper =
            wrapper.filter(|wrapper| is_query && *wrapper != format!("{name}Result"));
    }
    super::each_member(model, |member| {
        if !is_ec2 {
            member.wire.query_name = None;
        }
    });
    for shape in model.shapes.values_mut() {
        let (Kind::Structure(structure) | Kind::Union(structure)) = &mut shape.kind else {
            continue;
        };
        for (name, member) in &mut structure.members {
            let query_name = member.wire.query_name.take();
            let usual = member.query_key(name);
            member.wire.query_name = query_name.filter(|name| *name != usual);
        }
        // In the other protocols, an error has no status besides that of the response.
        if let Some(error) = structure.error.as_mut().filter(|_| !is_query) {
            error.status = None;
            error.sender_fault = false;
        }
    }
    roots(model);
    item_names(model);
}

/// The facts for XML and forms have no meaning in other protocols.
fn forget(model: &mut Model) {
    model.service.xml_namespace = None;
    for operation in model.operations.values_mut() {
        operation.xml_root = XmlRoot::default();
        operation.unwrapped_output = false;
    }
    super::each_member(model, |member| member.wire = WireFacts::default());
}

/// botocore repeats the service's namespace at the root of every request; Smithy has it once.
fn roots(model: &mut Model) {
    let protocol = model.service.protocol.as_ref();
    let is_rest =
        protocol.is_some_and(|it| it.binds_to_http() && it.body_names() == BodyNames::Xml);
    let shapes = &model.shapes;
    let element = |name: &str| match shapes.get(name).map(|shape| &shape.kind) {
        Some(Kind::Structure(structure) | Kind::Union(structure)) => Some(structure),
        _ => None,
    };
    let (mut namespaces, mut payloads) = (IndexSet::<Option<Namespace>>::new(), IndexSet::new());
    for operation in model.operations.values_mut() {
        let name = operation.input.as_deref();
        let Some((name, input)) = name.and_then(|name| Some((name, element(name)?))) else {
            operation.xml_root = XmlRoot::default();
            continue;
        };
        if !is_rest || input.payload.is_some() || !has_body(input) {
            operation.xml_root = XmlRoot::default();
        } else {
            namespaces.insert(operation.xml_root.namespace.clone());
            operation.xml_root.name = operation.xml_root.name.take().filter(|it| it != name);
        }
        let payload = input.payload.as_ref().filter(|_| is_rest);
        if let Some((payload, member)) = payload.and_then(|it| input.members.get_key_value(it))
            && element(&member.target).is_some()
        {
            namespaces.insert(member.wire.namespace.clone());
            payloads.insert((name.to_owned(), payload.clone()));
        }
    }
    if model.service.xml_namespace.is_none()
        && namespaces.len() == 1
        && let Some(namespace) = namespaces.pop()
    {
        model.service.xml_namespace = namespace;
    }
    let service = model.service.xml_namespace.clone();
    let own = |namespace: &mut Option<Namespace>| {
        *namespace = namespace.take().filter(|it| Some(it) != service.as_ref());
    };
    for Operation { xml_root, .. } in model.operations.values_mut() {
        own(&mut xml_root.namespace);
    }
    for (shape, member) in payloads {
        if let Some(Kind::Structure(structure)) =
            model.shapes.get_mut(&shape).map(|shape| &mut shape.kind)
            && let Some(member) = structure.members.get_mut(&member)
        {
            own(&mut member.wire.namespace);
        }
    }
}

fn has_body(input: &Structure) -> bool {
    let is_bound = |location: Location| location.counts(Role::Input);
    let mut members = input.members.values();
    members.any(|member| !member.location.is_some_and(is_bound))
}

/// The items of a flattened list have the member's name, so their own name matters only if the list is used elsewhere
/// unflattened.
fn item_names(model: &mut Model) {
    let mut by_themselves: IndexSet<String> = IndexSet::new();
    let mut flattened: IndexSet<String> = IndexSet::new();
    super::each_member(model, |member: &mut Member| {
        let lists = match member.wire.flattened {
            true => &mut flattened,
            false => &mut by_themselves,
        };
        lists.insert(member.target.clone());
    });
    for name in flattened.difference(&by_themselves) {
        if let Some(Kind::List { member, .. }) =
            model.shapes.get_mut(name).map(|shape| &mut shape.kind)
        {
            member.wire_name = None;
        }
    }
}
