//! Members as elements and attributes of XML and as parameters of forms: what those have no form for, and what could not be
//! told apart where it is read.

use crate::model::{
    BodyNames, Kind, Location, Member, Model, Namespace, Operation, Role, Structure,
};
use crate::place::Place;
use crate::problem::Part;
use indexmap::IndexMap;

/// What the protocols of forms send beside an input's members.
const OF_PROTOCOL: [&str; 2] = ["Action", "Version"];

pub(super) fn check(model: &Model, file: &Place<'_>) {
    let Some(protocol) = &model.service.protocol else {
        return;
    };
    if protocol.body_names() != BodyNames::Xml {
        return;
    }
    let (operations, shapes) = (file.key("operations"), file.key("shapes"));
    let prefixes = prefixes(model);
    for (name, operation) in &model.operations {
        file.within(Part::Operation(name.clone()), || {
            let place = operations.key(name);
            unwrapped(model, &place, operation);
            if protocol.binds_to_http() {
                root(model, &place, &prefixes, operation);
            }
        });
        let input = operation.input.as_ref();
        if let Some((input, members)) = input.and_then(|it| Some((it, structure(model, it)?))) {
            file.within(Part::Shape(input.clone()), || {
                let place = shapes.key(input);
                payload(model, &place, members);
                if !protocol.binds_to_http() {
                    parameters(&place, members, protocol.has_names_for_queries());
                }
            });
        }
        let output = operation.output.as_ref();
        if let Some((output, members)) = output.and_then(|it| Some((it, structure(model, it)?))) {
            file.within(Part::Shape(output.clone()), || {
                payload(model, &shapes.key(output), members);
            });
        }
    }
    for (name, shape) in &model.shapes {
        file.within(Part::Shape(name.clone()), || {
            let place = shapes.key(name);
            for (member_name, member) in shape.kind.members() {
                let place = place.key(member_name);
                reference(model, &place, &prefixes, member);
                match &shape.kind {
                    Kind::Structure(_) => attribute(&place, member_name, member),
                    Kind::Union(_) => no_attribute(&place, member),
                    _ => {
                        no_attribute(&place, member);
                        item(&place, member);
                    }
                }
            }
            match &shape.kind {
                Kind::Map { key, value, .. } => entry(&place, key, value),
                Kind::Structure(members) if protocol.has_names_for_queries() => {
                    keys_of_queries(&place, members);
                }
                _ => {}
            }
        });
    }
}

fn structure<'m>(model: &'m Model, shape: &str) -> Option<&'m Structure> {
    match &model.shapes.get(shape)?.kind {
        Kind::Structure(structure) => Some(structure),
        _ => None,
    }
}

/// An answer that is one element without others in it is the one member of the output.
fn unwrapped(model: &Model, place: &Place<'_>, operation: &Operation) {
    if !operation.unwrapped_output {
        return;
    }
    let output = operation.output.as_ref();
    let members = output.and_then(|output| structure(model, output));
    let members = members.map_or(0, |structure| structure.members.len());
    if members != 1 {
        place.problem(format!(
            "expected an output of one member, which is all of an answer that is unwrapped, found one of {members}"
        ));
    }
}

/// A payload is a root, which holds members, or is written as it is.
fn payload(model: &Model, place: &Place<'_>, members: &Structure) {
    let payload = members
        .payload
        .as_ref()
        .filter(|_| model.service.binds_to_http());
    let Some((name, member)) = payload.and_then(|it| members.members.get_key_value(it)) else {
        return;
    };
    let Some(target) = model.shapes.get(&member.target) else {
        return;
    };
    let fits = matches!(
        target.kind,
        Kind::Structure(_)
            | Kind::Union(_)
            | Kind::String
            | Kind::Enum(_)
            | Kind::Blob { .. }
            // Which is reported of every reference to one.
            | Kind::Document
    );
    if !fits {
        place.key("members").key(name).problem(format!(
            "expected a structure, a union, a string or a blob as a payload in XML, found `{}`, which is {}",
            member.target,
            target.kind.describe()
        ));
    }
}

/// The protocols of forms have parameters of their own.
fn parameters(place: &Place<'_>, members: &Structure, has_names_for_queries: bool) {
    for (name, member) in &members.members {
        let key = match has_names_for_queries {
            true => member.query_key(name),
            false => member.body_key(name).to_owned(),
        };
        if OF_PROTOCOL.contains(&key.as_str()) {
            place.key("members").key(name).problem(format!(
                "expected a parameter that the protocol leaves to members, found `{key}`"
            ));
        }
    }
}

/// The prefix of each structure's attributes, and the first of them.
type Prefixes<'m> = IndexMap<&'m str, (&'m str, &'m str)>;

/// The outermost element of a request, which is the input unless a member is the payload.
fn root(model: &Model, place: &Place<'_>, prefixes: &Prefixes<'_>, operation: &Operation) {
    let input = operation.input.as_ref();
    let members = input.and_then(|input| Some((input, structure(model, input)?)));
    if let Some((input, members)) = members
        && members.payload.is_none()
    {
        let own = operation.xml_root.namespace.as_ref();
        declared(model, place, prefixes, input, own);
    }
}

/// What any reference may not be.
fn reference(model: &Model, place: &Place<'_>, prefixes: &Prefixes<'_>, member: &Member) {
    let target = model.shapes.get(&member.target);
    if target.is_some_and(|shape| matches!(shape.kind, Kind::Document)) {
        place.problem(format!(
            "expected a shape that has a form in XML, found `{}`, which is a document",
            member.target
        ));
    }
    let own = member.wire.namespace.as_ref();
    declared(model, place, prefixes, &member.target, own);
}

/// An element, with a namespace of its own or without, declares the prefix of its attributes.
fn declared(
    model: &Model,
    place: &Place<'_>,
    prefixes: &Prefixes<'_>,
    target: &str,
    own: Option<&Namespace>,
) {
    let Some((prefix, name)) = prefixes.get(target) else {
        return;
    };
    // The outermost element declares the service's, for all that is within it.
    let namespace = own.or(model.service.xml_namespace.as_ref());
    let declared = namespace.and_then(|namespace| namespace.prefix.as_deref());
    if declared != Some(prefix) {
        place.problem(format!(
            "expected a namespace for the prefix of `{name}`, which is an attribute of `{target}`, found {}",
            declared.map_or("none".to_owned(), |declared| format!("one for `{declared}`"))
        ));
    }
}

fn prefixes(model: &Model) -> Prefixes<'_> {
    let mut prefixes = IndexMap::new();
    for (shape, of) in &model.shapes {
        for (name, member) in of.kind.members() {
            let key = member.body_key(name);
            // XML itself declares its own.
            let prefix = key.split_once(':').filter(|(prefix, _)| *prefix != "xml");
            if let Some((prefix, _)) = prefix.filter(|_| member.wire.attribute) {
                prefixes.entry(shape.as_str()).or_insert((prefix, key));
            }
        }
    }
    prefixes
}

/// An attribute declares nothing, and stands in one place.
fn attribute(place: &Place<'_>, name: &str, member: &Member) {
    if !member.wire.attribute {
        return;
    }
    let key = member.body_key(name);
    if key == "xmlns" || key.starts_with("xmlns:") {
        place.problem(format!(
            "expected what an attribute can be called, found `{key}`, which declares a namespace"
        ));
    }
    let is_bound = |location: Location| {
        [Role::Input, Role::Output, Role::Error]
            .into_iter()
            .any(|role| location.counts(role))
    };
    if member.location.is_some_and(is_bound) {
        place.problem(
            "expected one place for a member, found an attribute that is bound to HTTP as well",
        );
    }
}

fn no_attribute(place: &Place<'_>, member: &Member) {
    if member.wire.attribute {
        place.problem("expected attributes as members of structures only, found one elsewhere");
    }
}

/// What is flattened stands in the structure around it, and items have none around them.
fn item(place: &Place<'_>, member: &Member) {
    if member.wire.flattened {
        place.problem(format!(
            "expected flattened lists and maps as members of structures only, found `{}` within another",
            member.target
        ));
    }
}

/// Key and value stand beside one another.
fn entry(place: &Place<'_>, key: &Member, value: &Member) {
    let name = key.body_key("key");
    if name == value.body_key("value") {
        place.problem(format!(
            "expected keys and values that are called differently, found `{name}` for both"
        ));
    }
}

/// EC2 has names in requests that may be the same where those in answers differ.
fn keys_of_queries(place: &Place<'_>, members: &Structure) {
    let mut taken: IndexMap<String, &str> = IndexMap::new();
    for (name, member) in &members.members {
        let key = member.query_key(name);
        match taken.get(&key) {
            Some(first) => place.problem(format!(
                "expected members with parameters of their own, found `{key}` as that of `{first}` and of `{name}`"
            )),
            None => drop(taken.insert(key, name)),
        }
    }
}
