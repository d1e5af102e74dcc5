//! Fields: combines the facts about a member, its target and the target's contents, for the place that the member has.

use super::types::ty;
use super::{Context, documentation, element};
use crate::model::{Kind, Location, Member, Role, Shape, Structure as Members, TimestampFormat};
use crate::names;
use crate::rust::{Binding, Field, Presence, Ty};
use crate::select;

/// The place of the structure with the members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is a message, so members can be bound to its parts.
    Message(Role),
    /// It is within a body, and so are all of its members.
    Nested,
}

/// The members of a structure.
pub(super) fn lower(
    context: &Context<'_>,
    shape: &str,
    members: &Members,
    place: Place,
) -> Vec<Field> {
    let role = match place {
        Place::Message(role) if context.model.service.binds_to_http() => Some(role),
        _ => None,
    };
    // An exception can also be within a body, or end a stream.
    let also_nested = place == Place::Message(Role::Error)
        && (context.closure.read.contains(shape) || context.closure.written.contains(shape));
    let of_event = context.events.contains(shape);
    let all_sensitive = context.shape(shape).is_some_and(|shape| shape.sensitive);
    let fields = members.members.iter().map(|(name, member)| {
        let ident = context.member_name(shape, name, names::field_name);
        let payload = role.is_some() && members.payload.as_ref() == Some(name);
        let binding = match binding(member, role) {
            _ if select::events(context.model, &member.target).is_some() => Binding::EventStream,
            _ if payload => Binding::Payload,
            Binding::Header if is_content_length(context, members, name, member, role) => {
                Binding::ContentLength
            }
            _ if of_event && member.event_header => Binding::EventHeader,
            _ if of_event && member.event_payload => Binding::EventPayload,
            binding => binding,
        };
        let wire = match binding {
            // Events are distinguished by the members' own names.
            _ if members.event_stream => name,
            Binding::Body => member.body_key(name),
            // Headers of events have the names of their members, and the name of a payload is not sent.
            Binding::EventHeader | Binding::EventPayload => name,
            // Nor is that of a whole body, but for the outermost element of a request in XML.
            Binding::Payload if role != Some(Role::Input) || !element::has_roots(context) => name,
            _ => member.wire_name.as_deref().unwrap_or(name),
        };
        let presence = presence(member, binding, place);
        Field {
            doc: documentation::member(context, member, wire, &ident, presence),
            ty: match (binding, stream(context, member)) {
                (Binding::JsonHeader, _) => Ty::Document,
                (Binding::Payload, Some(stream)) => stream,
                _ => ty(context, &member.target),
            },
            always: false,
            boxed: context.boxed.contains(&(shape, name.as_str())),
            required: member.required,
            presence,
            sensitive: all_sensitive || sensitive(context, member),
            format: format(context, member),
            element: element::of_member(context, member, binding),
            binding,
            nested: (also_nested && binding != Binding::Body)
                .then(|| member.body_key(name).to_owned()),
            lenient: member.lenient && binding == Binding::Header,
            host_label: member.host_label && place == Place::Message(Role::Input),
            deprecated: documentation::deprecated(context, member.deprecated.as_ref()),
            member: name.clone(),
            wire: wire.to_owned(),
            ident,
        }
    });
    fields.collect()
}

/// Whether a member says how long the payload of a request is, which streams: then it may be the only one who knows. Of other
/// bodies the length follows.
fn is_content_length(
    context: &Context<'_>,
    members: &Members,
    name: &str,
    member: &Member,
    role: Option<Role>,
) -> bool {
    let wire = member.wire_name.as_deref().unwrap_or(name);
    let payload = members.payload.as_ref();
    let payload = payload.and_then(|payload| members.members.get(payload));
    role == Some(Role::Input)
        && wire.eq_ignore_ascii_case("content-length")
        && matches!(context.kind(&member.target), Some(Kind::Long))
        && payload.is_some_and(|payload| stream(context, payload).is_some())
}

/// A label must be there for a path to be made, and a place for tokens is in bodies, query strings and headers.
fn presence(member: &Member, binding: Binding, place: Place) -> Presence {
    let is_token = member.idempotency_token && place == Place::Message(Role::Input);
    match binding {
        Binding::Body | Binding::Query | Binding::Header if is_token => Presence::Generated,
        Binding::Label | Binding::LastSegment => Presence::Required,
        // It is only received.
        Binding::StatusCode => Presence::Optional,
        _ if member.required => Presence::Required,
        _ => Presence::Optional,
    }
}

/// The type of a streaming blob.
fn stream(context: &Context<'_>, member: &Member) -> Option<Ty> {
    match context.shape(&member.target)?.kind {
        Kind::Blob {
            streaming,
            requires_length,
        } if streaming || member.streaming => Some(Ty::ByteStream {
            sized: requires_length,
        }),
        _ => None,
    }
}

fn binding(member: &Member, role: Option<Role>) -> Binding {
    let location = member.location.zip(role);
    match location.and_then(|(location, role)| location.counts(role).then_some(location)) {
        None => Binding::Body,
        Some(Location::Label) if member.last_segment => Binding::LastSegment,
        Some(Location::Label) => Binding::Label,
        Some(Location::Query) => Binding::Query,
        Some(Location::QueryMap) => Binding::QueryMap,
        Some(Location::Header) if member.json_value => Binding::JsonHeader,
        Some(Location::Header) => Binding::Header,
        Some(Location::PrefixHeaders) => Binding::PrefixHeaders,
        Some(Location::StatusCode) => Binding::StatusCode,
    }
}

/// The references that are reached from a member through lists and maps, starting with the member itself, and the shape
/// at the end of each. Checked models have no infinite lists.
fn references<'m>(
    context: &Context<'m>,
    member: &'m Member,
) -> impl Iterator<Item = (&'m Member, &'m Shape)> {
    let mut open = vec![member];
    let mut found = Vec::new();
    while let Some(member) = open.pop() {
        let Some(shape) = context.shape(&member.target) else {
            continue;
        };
        found.push((member, shape));
        match &shape.kind {
            Kind::List { member, .. } => open.push(member),
            Kind::Map { key, value, .. } => open.extend([&**key, &**value]),
            _ => {}
        }
    }
    found.into_iter()
}

/// The format of the timestamps in a member: that of the references to them, or else that of their shape.
pub(super) fn format(context: &Context<'_>, member: &Member) -> Option<TimestampFormat> {
    references(context, member).find_map(|(reference, shape)| match shape.kind {
        Kind::Timestamp { format } => reference.timestamp_format.or(format),
        _ => None,
    })
}

/// Whether a member's value must not be shown: it, or a value in it, is sensitive.
fn sensitive(context: &Context<'_>, member: &Member) -> bool {
    references(context, member).any(|(reference, shape)| reference.sensitive || shape.sensitive)
}
