//! Traits that both formats write alike: what happens to bodies before they are sent, and namespaces.

use crate::json::Node;
use crate::model::{Checksum, Namespace};
use crate::problem::Problems;

/// The encodings of the request compression trait.
pub(super) fn compression(node: &Node<'_, '_>, problems: &mut Problems) -> Vec<String> {
    let mut encodings = Vec::new();
    for (key, node) in node.entries(problems) {
        match key {
            "encodings" => encodings = node.strings(problems),
            _ => node.account(problems, &[], &["encodings"]),
        }
    }
    encodings
}

/// A namespace of XML: `{"uri": …, "prefix": …}`.
pub(super) fn namespace(node: &Node<'_, '_>, problems: &mut Problems) -> Namespace {
    let mut namespace = Namespace::default();
    for (key, node) in node.entries(problems) {
        match key {
            "uri" => namespace.uri = node.string(problems),
            "prefix" => namespace.prefix = Some(node.string(problems)),
            _ => node.account(problems, &[], &["uri", "prefix"]),
        }
    }
    namespace
}

/// The checksum trait: what it says of requests. What it says of responses is not done yet.
pub(super) fn checksum(
    node: &Node<'_, '_>,
    unsupported: &mut Vec<String>,
    problems: &mut Problems,
) -> Option<Checksum> {
    let (mut member, mut required) = (None, false);
    for (key, node) in node.entries(problems) {
        match key {
            "requestAlgorithmMember" => member = Some(node.string(problems)),
            "requestChecksumRequired" => required = node.flag(problems),
            "requestValidationModeMember" | "responseAlgorithms" => {
                unsupported.push(format!("httpChecksum.{key}"));
            }
            _ => node.account(
                problems,
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
