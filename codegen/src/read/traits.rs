//! Traits that both formats write the same way: processing of bodies before they are sent, and namespaces.

use crate::json::Node;
use crate::model::{Checksum, Namespace};

/// The encodings of the request compression trait.
pub(super) fn compression(node: &Node<'_, '_>) -> Vec<String> {
    let mut encodings = Vec::new();
    for (key, node) in node.entries() {
        match key {
            "encodings" => encodings = node.strings(),
            _ => node.account(&[], &["encodings"]),
        }
    }
    encodings
}

/// A namespace of XML: `{"uri": …, "prefix": …}`.
pub(super) fn namespace(node: &Node<'_, '_>) -> Namespace {
    let mut namespace = Namespace::default();
    // Without a prefix, botocore may have only the URI.
    if let Some(uri) = node.value().as_str() {
        uri.clone_into(&mut namespace.uri);
        return namespace;
    }
    for (key, node) in node.entries() {
        match key {
            "uri" => namespace.uri = node.string(),
            "prefix" => namespace.prefix = Some(node.string()),
            _ => node.account(&[], &["uri", "prefix"]),
        }
    }
    namespace
}

/// The checksum trait: its part about requests. The part about responses is not supported yet.
pub(super) fn checksum(node: &Node<'_, '_>, unsupported: &mut Vec<String>) -> Option<Checksum> {
    let (mut member, mut required) = (None, false);
    for (key, node) in node.entries() {
        match key {
            "requestAlgorithmMember" => member = Some(node.string()),
            "requestChecksumRequired" => required = node.flag(),
            "requestValidationModeMember" | "responseAlgorithms" => {
                unsupported.push(format!("httpChecksum.{key}"));
            }
            _ => node.account(
                &[],
                &[
                    "requestAlgorithmMember",
                    "requestChecksumRequired",
                    "requestValidationModeMember",
                    "responseAlgorithms",
                ],
            ),
        }
    }
    (required || member.is_some()).then_some(Checksum::Chosen { member, required })
}
