//! Operations of `service-2.json`.

use crate::json::Node;
use crate::model::{BEARER, Checksum, Deprecated, Operation, XmlRoot};
use crate::problem::{Part, Problems};
use crate::read::traits::namespace;
use crate::read::{parameters, traits};
use indexmap::IndexMap;

const IGNORED: &[(&str, &str)] = &[
    ("name", "the key says it"),
    (
        "idempotent",
        "retries depend on the failure, not on the operation",
    ),
    (
        "readonly",
        "retries depend on the failure, not on the operation",
    ),
    (
        "endpointdiscovery",
        "optional everywhere but in two retired operations; the regional endpoint answers",
    ),
    (
        "endpointoperation",
        "the operation that endpoint discovery calls",
    ),
];

pub(super) fn read(node: &Node<'_, '_>, problems: &mut Problems) -> IndexMap<String, Operation> {
    let entries: Vec<_> = node.entries(problems).collect();
    entries
        .iter()
        .map(|(name, node)| {
            let part = Part::Operation((*name).to_owned());
            let read = problems.within(part, |problems| operation(node, problems));
            ((*name).to_owned(), read)
        })
        .collect()
}

fn operation(node: &Node<'_, '_>, problems: &mut Problems) -> Operation {
    let mut operation = Operation::default();
    let mut schemes = Vec::new();
    if node.value().is_object() && node.get("http").is_none() {
        node.problem(problems, "expected `http`, found none");
    }
    for (key, node) in node.entries(problems) {
        match key {
            "http" => http(&node, &mut operation, problems),
            "input" => {
                let reference = reference(&node, problems);
                operation.input = reference.target;
                operation.xml_root = reference.root;
            }
            "output" => {
                let reference = reference(&node, problems);
                operation.output = reference.target;
                operation.result_wrapper = reference.result_wrapper;
            }
            "errors" => {
                let items: Vec<_> = node.items(problems).collect();
                operation.errors = items
                    .iter()
                    .filter_map(|node| reference(node, problems).target)
                    .collect();
            }
            "documentation" => operation.documentation = Some(node.string(problems)),
            "deprecated" | "deprecatedMessage" | "deprecatedSince" => {
                deprecated(key, &node, &mut operation.deprecated, problems)
            }
            "endpoint" => {
                for (key, node) in node.entries(problems) {
                    match key {
                        "hostPrefix" => operation.host_prefix = Some(node.string(problems)),
                        _ => node.account(problems, &[], &["hostPrefix"]),
                    }
                }
            }
            "authtype" => match node.text(problems) {
                Some("none") => operation.no_auth = true,
                Some("v4-unsigned-body") => operation.unsigned_payload = true,
                // What the service says anyway.
                Some("v4") | None => {}
                Some("bearer") => schemes = vec![BEARER.to_owned()],
                Some(_) => node.expected(problems, "`none`, `v4`, `v4-unsigned-body` or `bearer`"),
            },
            // It says more than `authtype`, of which it is a part.
            "auth" => operation.auth = node.strings(problems),
            "staticContextParams" => {
                operation.static_parameters = parameters::fixed(&node, problems);
            }
            "operationContextParams" => {
                operation.path_parameters = parameters::paths(&node, problems);
            }
            "unsignedPayload" => operation.unsigned_payload |= node.flag(problems),
            "requestcompression" => operation.compression = traits::compression(&node, problems),
            "httpChecksum" => {
                let checksum = traits::checksum(&node, &mut operation.unsupported, problems);
                operation.checksum = checksum.or(operation.checksum.take());
            }
            "httpChecksumRequired" => {
                if node.flag(problems) {
                    operation.checksum.get_or_insert(Checksum::Md5);
                }
            }
            _ => node.account(
                problems,
                IGNORED,
                &[
                    "http",
                    "input",
                    "output",
                    "errors",
                    "documentation",
                    "deprecated",
                    "endpoint",
                    "authtype",
                    "auth",
                ],
            ),
        }
    }
    if operation.auth.is_empty() {
        operation.auth = schemes;
    }
    operation
}

fn http(node: &Node<'_, '_>, operation: &mut Operation, problems: &mut Problems) {
    for (key, node) in node.entries(problems) {
        match key {
            "method" => operation.method = node.string(problems),
            "requestUri" => operation.uri = node.string(problems),
            _ => node.account(
                problems,
                &[("responseCode", "any 2xx status is a success")],
                &["method", "requestUri"],
            ),
        }
    }
}

/// How an operation refers to a structure.
#[derive(Default)]
struct Reference {
    target: Option<String>,
    root: XmlRoot,
    result_wrapper: Option<String>,
}

/// `{"shape": "Name"}` as operations refer to structures.
fn reference(node: &Node<'_, '_>, problems: &mut Problems) -> Reference {
    const IGNORED: &[(&str, &str)] = &[
        ("documentation", "the shape's own says more"),
        ("wrapper", "nothing reads it, botocore neither"),
        ("exception", "the shape says it"),
        ("error", "the shape says it"),
        ("fault", "the status says it"),
    ];
    let mut reference = Reference::default();
    for (key, node) in node.entries(problems) {
        match key {
            "shape" => reference.target = node.text(problems).map(str::to_owned),
            "locationName" => reference.root.name = Some(node.string(problems)),
            "xmlNamespace" => reference.root.namespace = Some(namespace(&node, problems)),
            "resultWrapper" => reference.result_wrapper = Some(node.string(problems)),
            _ => node.account(problems, IGNORED, &["shape"]),
        }
    }
    if node.value().is_object() && node.get("shape").is_none() {
        node.problem(
            problems,
            "expected a reference `{\"shape\": …}`, found none",
        );
    }
    reference
}

/// The three keys of the deprecated trait, which also stand on shapes and members.
pub(super) fn deprecated(
    key: &str,
    node: &Node<'_, '_>,
    deprecated: &mut Option<Deprecated>,
    problems: &mut Problems,
) {
    match key {
        "deprecatedMessage" => {
            deprecated.get_or_insert_default().message = Some(node.string(problems))
        }
        "deprecatedSince" => deprecated.get_or_insert_default().since = Some(node.string(problems)),
        _ => {
            if node.flag(problems) {
                deprecated.get_or_insert_default();
            }
        }
    }
}
