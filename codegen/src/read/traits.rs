//! Traits that both formats write alike: what happens to bodies before they are sent and after they are received, and
//! namespaces.

use crate::json::Node;
use crate::model::{Checksum, Namespace, Validation};

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

/// The checksum trait: what it says of requests, and of responses.
pub(super) fn checksum(node: &Node<'_, '_>) -> (Option<Checksum>, Option<Validation>) {
    let (mut member, mut required) = (None, false);
    let (mut asks, mut algorithms) = (None, Vec::new());
    for (key, node) in node.entries() {
        match key {
            "requestAlgorithmMember" => member = Some(node.string()),
            "requestChecksumRequired" => required = node.flag(),
            "requestValidationModeMember" => asks = Some(node.string()),
            "responseAlgorithms" => algorithms = node.strings(),
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
    // Without a member nobody can ask for it.
    let validation = asks.map(|member| Validation { member, algorithms });
    let sent = required || member.is_some();
    (
        sent.then_some(Checksum::Chosen { member, required }),
        validation,
    )
}
