//! Operations of `service-2.json`.

use crate::json::Node;
use crate::model::{BEARER, Checksum, Deprecated, Operation, XmlRoot};
use crate::problem::Part;
use crate::read::keys::{self, Key, key};
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

/// The facts in the keys of an operation.
#[derive(Default)]
struct Draft {
    operation: Operation,
    /// The authentication schemes from `authtype`.
    schemes: Vec<String>,
}

const KEYS: &[Key<Draft>] = &[
    key("http", |it, draft| {
        keys::read(it, HTTP_KEYS, HTTP_IGNORED, &mut draft.operation);
    }),
    key("input", |it, Draft { operation, .. }| {
        let reference = reference(it);
        operation.input = reference.target;
        operation.xml_root = reference.root;
    }),
    key("output", |it, Draft { operation, .. }| {
        let reference = reference(it);
        operation.output = reference.target;
        operation.result_wrapper = reference.result_wrapper;
    }),
    key("errors", |it, draft| {
        let targets = it.items().filter_map(|node| reference(&node).target);
        draft.operation.errors = targets.collect();
    }),
    key("documentation", |it, draft| {
        draft.operation.documentation = Some(it.string());
    }),
    key("deprecated", |it, draft| {
        deprecated(it, &mut draft.operation.deprecated);
    }),
    key("deprecatedMessage", |it, draft| {
        deprecated(it, &mut draft.operation.deprecated);
    }),
    key("deprecatedSince", |it, draft| {
        deprecated(it, &mut draft.operation.deprecated);
    }),
    key("endpoint", |it, draft| {
        keys::read(it, ENDPOINT_KEYS, &[], &mut draft.operation);
    }),
    key("authtype", |it, draft| match it.text() {
        Some("none") => draft.operation.no_auth = true,
        Some("v4-unsigned-body") => draft.operation.unsigned_payload = true,
        // The service's default.
        Some("v4") | None => {}
        Some("bearer") => draft.schemes = vec![BEARER.to_owned()],
        Some(_) => it.expected("`none`, `v4`, `v4-unsigned-body` or `bearer`"),
    }),
    // It is more specific than `authtype`, which is derived from it.
    key("auth", |it, draft| draft.operation.auth = it.strings()),
    key("staticContextParams", |it, draft| {
        draft.operation.static_parameters = parameters::fixed(it);
    }),
    key("operationContextParams", |it, draft| {
        draft.operation.path_parameters = parameters::paths(it);
    }),
    key("unsignedPayload", |it, draft| {
        draft.operation.unsigned_payload |= it.flag();
    }),
    key("requestcompression", |it, draft| {
        draft.operation.compression = traits::compression(it);
    }),
    key("httpChecksum", |it, Draft { operation, .. }| {
        let (checksum, validation) = traits::checksum(it);
        operation.checksum = checksum.or(operation.checksum.take());
        operation.validation = validation;
    }),
    key("httpChecksumRequired", |it, draft| {
        if it.flag() {
            draft.operation.checksum.get_or_insert(Checksum::Md5);
        }
    }),
];

const HTTP_KEYS: &[Key<Operation>] = &[
    key("method", |it, operation| operation.method = it.string()),
    key("requestUri", |it, operation| operation.uri = it.string()),
];

const HTTP_IGNORED: &[(&str, &str)] = &[("responseCode", "any 2xx status is a success")];

const ENDPOINT_KEYS: &[Key<Operation>] = &[key("hostPrefix", |it, operation| {
    operation.host_prefix = Some(it.string());
})];

fn operation(node: &Node<'_, '_>) -> Operation {
    let mut draft = Draft::default();
    if node.value().is_object() && node.get("http").is_none() {
        node.problem("expected `http`, found none");
    }
    keys::read(node, KEYS, IGNORED, &mut draft);
    let Draft {
        mut operation,
        schemes,
    } = draft;
    if operation.auth.is_empty() {
        operation.auth = schemes;
    }
    operation
}

/// The reference of an operation to a structure.
#[derive(Default)]
struct Reference {
    target: Option<String>,
    root: XmlRoot,
    result_wrapper: Option<String>,
}

const REFERENCE_KEYS: &[Key<Reference>] = &[
    key("shape", |it, reference| {
        reference.target = it.text().map(str::to_owned);
    }),
    key("locationName", |it, reference| {
        reference.root.name = Some(it.string());
    }),
    key("xmlNamespace", |it, reference| {
        reference.root.namespace = Some(namespace(it));
    }),
    key("resultWrapper", |it, reference| {
        reference.result_wrapper = Some(it.string());
    }),
];

const REFERENCE_IGNORED: &[(&str, &str)] = &[
    ("documentation", "the shape's own says more"),
    ("wrapper", "nothing reads it, botocore neither"),
    ("exception", "the shape says it"),
    ("error", "the shape says it"),
    ("fault", "the status says it"),
];

/// `{"shape": "Name"}`, the reference of an operation to a structure.
fn reference(node: &Node<'_, '_>) -> Reference {
    let mut reference = Reference::default();
    keys::read(node, REFERENCE_KEYS, REFERENCE_IGNORED, &mut reference);
    if node.value().is_object() && node.get("shape").is_none() {
        node.problem("expected a reference `{\"shape\": …}`, found none");
    }
    reference
}

/// One of the three keys of the deprecated trait, which shapes and members have too.
pub(super) fn deprecated(node: &Node<'_, '_>, deprecated: &mut Option<Deprecated>) {
    match node.place.last_key() {
        Some("deprecatedMessage") => {
            deprecated.get_or_insert_default().message = Some(node.string());
        }
        Some("deprecatedSince") => {
            deprecated.get_or_insert_default().since = Some(node.string());
        }
        _ => {
            if node.flag() {
                deprecated.get_or_insert_default();
            }
        }
    }
}
