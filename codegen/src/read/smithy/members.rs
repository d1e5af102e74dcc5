//! Members: their targets, their places in a message, and their own constraints.

use super::closure::kind;
use super::shapes::{is_narrowable, limits, narrowed_name};
use super::traits::Traits;
use super::{Reader, prelude};
use crate::json::Node;
use crate::model::{BodyNames, Constraints, Location, Member, Shape, WireFacts};
use std::collections::HashSet;

/// A shape to be created: that of a member's target, with the member's own constraints.
pub(super) struct Narrowed {
    pub(super) name: String,
    pub(super) target: String,
    pub(super) constraints: Own,
}

/// The shapes to be created, each with a unique name.
pub(super) struct MadeUp {
    pub(super) shapes: Vec<Narrowed>,
    taken: HashSet<String>,
}

impl MadeUp {
    /// None yet; these names are in use.
    pub(super) fn beside<'n>(names: impl Iterator<Item = &'n String>) -> Self {
        Self {
            shapes: Vec::new(),
            taken: names.cloned().collect(),
        }
    }

    /// The name, followed by a number if it is in use.
    fn claim(&mut self, name: String) -> String {
        let numbered = (2_u32..).map(|number| format!("{name}{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free = names
            .find(|name| !self.taken.contains(name))
            .unwrap_or(name);
        self.taken.insert(free.clone());
        free
    }
}

/// The constraints that a member sets. Those of one trait replace the target's.
pub(super) struct Own(Constraints, bool);

impl Own {
    pub(super) fn on(self, target: Shape) -> Shape {
        let Self(own, limits) = self;
        let Shape {
            kind,
            constraints,
            sensitive,
            ..
        } = target;
        let (min, max) = if limits {
            (own.min, own.max)
        } else {
            (constraints.min, constraints.max)
        };
        Shape {
            kind,
            constraints: Constraints {
                min,
                max,
                pattern: own.pattern.or(constraints.pattern),
                values: constraints.values,
            },
            sensitive,
            documentation: None,
            deprecated: None,
        }
    }
}

/// The constraint traits of a shape or member.
pub(super) fn constraints(traits: &Traits<'_, '_>) -> Constraints {
    let mut constraints = Constraints {
        pattern: traits.pattern(),
        ..Constraints::default()
    };
    for node in traits.length().iter().chain(&traits.range()) {
        limits(node, &mut constraints);
    }
    constraints
}

pub(super) fn read(
    reader: &Reader<'_, '_>,
    container: &str,
    node: &Node<'_, '_>,
    name: &str,
    narrowed: &mut MadeUp,
) -> Member {
    let traits = Traits::of(node);
    let target = target(node);
    let (location, bound_name) = location(reader, &traits);
    let json_value = location == Some(Location::Header) && is_json(reader, &traits, target);
    let body_name = match reader.body_names() {
        BodyNames::Json => traits.json_name(),
        BodyNames::Members => None,
        BodyNames::Xml => traits.xml_name().or_else(|| {
            let is_root = traits.http_payload() && reader.service.binds_to_http();
            is_root.then(|| root_name(reader, target))?
        }),
    };
    let (wire_name, body_name) = match location {
        // The name for bodies applies only in a body.
        None => (body_name, None),
        Some(_) => (bound_name, body_name),
    };
    Member {
        target: narrow(reader, container, target, name, &traits, narrowed),
        required: traits.required(),
        location,
        wire_name,
        body_name,
        wire: wire(reader, &traits, target),
        sensitive: traits.sensitive(),
        documentation: traits.documentation(),
        deprecated: traits.deprecated(),
        idempotency_token: traits.idempotency_token(),
        json_value,
        values: traits.enumeration().unwrap_or_default(),
        last_segment: false,
        lenient: false,
        host_label: traits.host_label(),
        endpoint_parameter: traits.endpoint_parameter(),
        streaming: false,
        event_header: traits.event_header(),
        event_payload: traits.event_payload(),
        timestamp_format: traits.timestamp_format(),
    }
}

/// The facts about a member for XML and forms. An element declares the namespace of its contents.
fn wire(reader: &Reader<'_, '_>, traits: &Traits<'_, '_>, target: &str) -> WireFacts {
    let of_target = reader.shapes.get(target);
    WireFacts {
        flattened: traits.xml_flattened(),
        attribute: traits.xml_attribute(),
        namespace: traits
            .xml_namespace()
            .or_else(|| Traits::of(of_target.as_ref()?).xml_namespace()),
        query_name: traits.ec2_query_name(),
    }
}

/// The name of an XML root that is not a member: that of its structure, or else the structure's name.
fn root_name(reader: &Reader<'_, '_>, target: &str) -> Option<String> {
    let structure = reader.shapes.get(target)?;
    let is_element = matches!(kind(&structure), Some("structure" | "union"));
    let own = Traits::of(&structure).xml_name();
    is_element.then(|| own.unwrap_or_else(|| reader.name(target)))
}

/// The id that a member refers to; a malformed one has been reported.
fn target<'v>(member: &Node<'_, 'v>) -> &'v str {
    let target = member.value().get("target");
    target
        .and_then(|target| target.as_str())
        .unwrap_or_default()
}

/// The name of the target, or of the shape with the member's own constraints.
fn narrow(
    reader: &Reader<'_, '_>,
    container: &str,
    target: &str,
    name: &str,
    traits: &Traits<'_, '_>,
    narrowed: &mut MadeUp,
) -> String {
    let target_name = reader.name(target);
    let kind = type_of(reader, target).filter(|kind| is_narrowable(Some(kind)));
    let own = constraints(traits);
    let Some(kind) = kind.filter(|_| own != Constraints::default()) else {
        return target_name;
    };
    let has_limits = own.min.is_some() || own.max.is_some();
    let name = narrowed.claim(narrowed_name(container, name, kind));
    narrowed.shapes.push(Narrowed {
        name: name.clone(),
        target: target_name,
        constraints: Own(own, has_limits),
    });
    name
}

fn type_of<'v>(reader: &Reader<'_, 'v>, id: &str) -> Option<&'v str> {
    match reader.shapes.get(id) {
        Some(shape) => kind(&shape),
        None => prelude::type_of(id),
    }
}

/// The place in the message and the name there. Only the REST protocols bind members.
fn location(
    reader: &Reader<'_, '_>,
    traits: &Traits<'_, '_>,
) -> (Option<Location>, Option<String>) {
    if !reader.service.binds_to_http() {
        return (None, None);
    }
    if let Some(header) = traits.http_header() {
        (Some(Location::Header), Some(header))
    } else if let Some(prefix) = traits.http_prefix_headers() {
        (Some(Location::PrefixHeaders), Some(prefix))
    } else if let Some(query) = traits.http_query() {
        (Some(Location::Query), Some(query))
    } else if traits.http_query_params() {
        (Some(Location::QueryMap), None)
    } else if traits.http_label() {
        (Some(Location::Label), None)
    } else if traits.http_response_code() {
        (Some(Location::StatusCode), None)
    } else {
        (None, None)
    }
}

/// Whether it is text with the media type of JSON, set on the member or on its target.
fn is_json(reader: &Reader<'_, '_>, traits: &Traits<'_, '_>, target: &str) -> bool {
    let of_target = reader.shapes.get(target);
    let media_type = traits.media_type().or_else(|| {
        let traits = Traits::of(of_target.as_ref()?);
        traits.media_type()
    });
    media_type.is_some_and(|media_type| media_type == "application/json")
}
