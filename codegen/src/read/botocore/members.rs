//! Members in `service-2.json`: references to shapes from structures, lists and maps.

use super::operations::deprecated;
use super::shapes::timestamp_format;
use crate::json::Node;
use crate::model::{Location, Member};
use crate::read::keys::{self, Key, key, key_of_structures, key_on};
use crate::read::parameters;
use crate::read::traits::namespace;

/// The keys of a member, and the types of target for which they have a meaning.
pub(super) const KEYS: &[Key<Member>] = &[
    key("shape", |it, member| member.target = it.string()),
    key_of_structures("location", &[], |it, member| {
        member.location = location(it);
    }),
    key("locationName", |it, member| {
        member.wire_name = Some(it.string());
    }),
    key("documentation", |it, member| {
        member.documentation = Some(it.string());
    }),
    key("sensitive", |it, member| member.sensitive = it.flag()),
    key("deprecated", |it, member| {
        deprecated(it, &mut member.deprecated);
    }),
    key("deprecatedMessage", |it, member| {
        deprecated(it, &mut member.deprecated);
    }),
    key("deprecatedSince", |it, member| {
        deprecated(it, &mut member.deprecated);
    }),
    key_of_structures("idempotencyToken", &["string"], |it, member| {
        member.idempotency_token = it.flag();
    }),
    key_of_structures("contextParam", &[], |it, member| {
        member.endpoint_parameter = parameters::of_member(it);
    }),
    key_on("jsonvalue", &["string"], |it, member| {
        member.json_value = it.flag();
    }),
    key_of_structures("hostLabel", &["string"], |it, member| {
        member.host_label = it.flag();
    }),
    key_on("streaming", &["blob"], |it, member| {
        member.streaming = it.flag();
    }),
    key_on("enum", &["string"], |it, member| {
        member.values = it.strings();
    }),
    key_of_structures("eventheader", &[], |it, member| {
        member.event_header = it.flag();
    }),
    key_of_structures("eventpayload", &[], |it, member| {
        member.event_payload = it.flag();
    }),
    key_on("timestampFormat", &["timestamp"], |it, member| {
        member.timestamp_format = timestamp_format(it);
    }),
    key_on("flattened", &["list", "map"], |it, member| {
        member.wire.flattened = it.flag();
    }),
    key_of_structures("xmlAttribute", SCALAR, |it, member| {
        member.wire.attribute = it.flag();
    }),
    key("xmlNamespace", |it, member| {
        member.wire.namespace = Some(namespace(it));
    }),
    key_of_structures("queryName", &[], |it, member| {
        member.wire.query_name = Some(it.string());
    }),
];

const SCALAR: &[&str] = &[
    "boolean",
    "double",
    "float",
    "integer",
    "long",
    "string",
    "timestamp",
];

const IGNORED: &[(&str, &str)] = &[("box", "every member is optional anyway")];

pub(super) fn read(node: &Node<'_, '_>) -> Option<Member> {
    let mut member = Member::default();
    keys::read(node, KEYS, IGNORED, &mut member);
    if member.target.is_empty() {
        let unsaid = |shape: Node<'_, '_>| shape.value().as_str() == Some("");
        if node.value().is_object() && node.get("shape").is_none_or(unsaid) {
            node.problem("expected a member with `shape`, found none");
        }
        return None;
    }
    Some(member)
}

fn location(node: &Node<'_, '_>) -> Option<Location> {
    match node.text() {
        Some("uri") => Some(Location::Label),
        Some("querystring") => Some(Location::Query),
        Some("header") => Some(Location::Header),
        Some("headers") => Some(Location::PrefixHeaders),
        Some("statusCode") => Some(Location::StatusCode),
        _ => {
            node.expected("uri, querystring, header, headers or statusCode");
            None
        }
    }
}
