//! Operations of `service-2.json`.

use crate::json::Node;
use crate::model::{BEARER, Checksum, Deprecated, Operation, XmlRoot};
use crate::problem::Part;
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

pub(super) fn read(node: &Node<'_, '_>) -> IndexMap<String, Operation> {
    let operations = node.entries().map(|(name, node)| {
        let part = Part::Operation(name.to_owned());
        let read = node.place.within(part, || operation(&node));
        (name.to_owned(), read)
    });
    operations.collect()
}

fn operation(node: &Node<'_, '_>) -> Operation {
    let mut operation = Operation::default();
    let mut schemes = Vec::new();
    if node.value().is_object() && node.get("http").is_none() {
        node.problem("expected `http`, found none");
    }
    for (key, node) in node.entries() {
        match key {
            "http" => http(&node, &mut operation),
            "input" => {
                let reference = reference(&node);
                operation.input = reference.target;
                operation.xml_root = reference.root;
            }
            "output" => {
                let reference = reference(&node);
                operation.output = reference.target;
                operation.result_wrapper = reference.result_wrapper;
            }
            "errors" => {
                let targets = node.items().filter_map(|node| reference(&node).target);
                operation.errors = targets.collect();
            }
            "documentation" => operation.documentation = Some(node.string()),
            "deprecated" | "deprecatedMessage" | "deprecatedSince" => {
                deprecated(key, &node, &mut operation.deprecated)
            }
            "endpoint" => {
                for (key, node) in node.entries() {
                    match key {
                        "hostPrefix" => operation.host_prefix = Some(node.string()),
                        _ => node.account(&[], &["hostPrefix"]),
                    }
                }
            }
            "authtype" => match node.text() {
                Some("none") => operation.no_auth = true,
                Some("v4-unsigned-body") => operation.unsigned_payload = true,
                // What the service says anyway.
                Some("v4") | None => {}
                Some("bearer") => schemes = vec![BEARER.to_owned()],
                Some(_) => node.expected("`none`, `v4`, `v4-unsigned-body` or `bearer`"),
            },
            // It says more than `authtype`, of which it is a part.
            "auth" => operation.auth = node.strings(),
            "staticContextParams" => {
                operation.static_parameters = parameters::fixed(&node);
            }
            "operationContextParams" => {
                operation.path_parameters = parameters::paths(&node);
            }
            "unsignedPayload" => operation.unsigned_payload |= node.flag(),
            "requestcompression" => operation.compression = traits::compression(&node),
            "httpChecksum" => {
                let checksum = traits::checksum(&node, &mut operation.unsupported);
                operation.checksum = checksum.or(operation.checksum.take());
            }
            "httpChecksumRequired" => {
                if node.flag() {
                    operation.checksum.get_or_insert(Checksum::Md5);
                }
            }
            _ => node.account(
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

fn http(node: &Node<'_, '_>, operation: &mut Operation) {
    for (key, node) in node.entries() {
        match key {
            "method" => operation.method = node.string(),
            "requestUri" => operation.uri = node.string(),
            _ => node.account(
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
fn reference(node: &Node<'_, '_>) -> Reference {
    const IGNORED: &[(&str, &str)] = &[
        ("documentation", "the shape's own says more"),
        ("wrapper", "nothing reads it, botocore neither"),
        ("exception", "the shape says it"),
        ("error", "the shape says it"),
        ("fault", "the status says it"),
    ];
    let mut reference = Reference::default();
    for (key, node) in node.entries() {
        match key {
            "shape" => reference.target = node.text().map(str::to_owned),
            "locationName" => reference.root.name = Some(node.string()),
            "xmlNamespace" => reference.root.namespace = Some(namespace(&node)),
            "resultWrapper" => reference.result_wrapper = Some(node.string()),
            _ => node.account(IGNORED, &["shape"]),
        }
    }
    if node.value().is_object() && node.get("shape").is_none() {
        node.problem("expected a reference `{\"shape\": …}`, found none");
    }
    reference
}

/// The three keys of the deprecated trait, which also stand on shapes and members.
pub(super) fn deprecated(key: &str, node: &Node<'_, '_>, deprecated: &mut Option<Deprecated>) {
    match key {
        "deprecatedMessage" => deprecated.get_or_insert_default().message = Some(node.string()),
        "deprecatedSince" => deprecated.get_or_insert_default().since = Some(node.string()),
        _ => {
            if node.flag() {
                deprecated.get_or_insert_default();
            }
        }
    }
}
