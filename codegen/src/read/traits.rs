//! Traits of operations that both formats write alike: what happens to bodies before they are sent.

use crate::json::Node;
use crate::model::Checksum;
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
