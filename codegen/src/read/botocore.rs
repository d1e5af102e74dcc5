//! Reads botocore's format: `service-2.json` and the files beside it.
//!
//! Every key is accounted for: it is used, is in a list of ignored keys with the reason, or is a problem.

mod members;
mod operations;
mod pagination;
mod places;
mod shapes;
mod waiters;
mod wire;

use crate::json::{JsonFile, Node};
use crate::model::{BEARER, Model, Namespace, Protocol, SIGV2, SIGV4, Service};
use crate::place::Reporter;
use crate::problem::{Part, Problems};
use crate::read::keys::{self, Key, key};
use crate::read::normalize;
use crate::rules;
use indexmap::IndexMap;
use serde_json::Value;

/// The files of one service at one API version, parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct BotocoreFiles {
    /// `service-2.json`, patched if there is a patch.
    pub service: JsonFile,
    /// `service-2.sdk-extras.json`.
    pub service_extras: Option<JsonFile>,
    /// `paginators-1.json`.
    pub paginators: Option<JsonFile>,
    /// `paginators-1.sdk-extras.json`.
    pub paginators_extras: Option<JsonFile>,
    /// `waiters-2.json`.
    pub waiters: Option<JsonFile>,
    /// `endpoint-rule-set-1.json`.
    pub endpoint_rules: Option<JsonFile>,
}

/// Reads a service from botocore's files.
///
/// Problems with an operation, a shape or a waiter are in the model's `unread`: they matter if that is selected.
///
/// # Errors
/// Every other problem in the files, at once.
pub fn read_botocore(files: &BotocoreFiles) -> Result<Model, Problems> {
    read_botocore_as(files, None)
}

/// The same with the protocol of this name, if the service supports it and clients are generated for it.
///
/// # Errors
/// As [`read_botocore`].
pub fn read_botocore_as(files: &BotocoreFiles, protocol: Option<&str>) -> Result<Model, Problems> {
    let reporter = Reporter::default();
    let service = merged(&files.service, files.service_extras.as_ref());
    let paginators = files
        .paginators
        .as_ref()
        .map(|file| merged(file, files.paginators_extras.as_ref()));
    let mut model = Model {
        file: service.path.clone(),
        ..Model::default()
    };
    let mut facts = IndexMap::new();
    let root = service.root(&reporter);
    for required in ["metadata", "operations", "shapes"] {
        if root.value().is_object() && root.get(required).is_none() {
            root.problem(format!("expected a service model with `metadata`, `operations` and `shapes`, found none called `{required}`"));
        }
    }
    for (key, node) in root.entries() {
        match key {
            "metadata" => metadata(&node, protocol, &mut model.service),
            "operations" => model.operations = operations::read(&node),
            "shapes" => (model.shapes, facts) = shapes::read(&node),
            "documentation" => model.service.documentation = Some(node.string()),
            _ => node.account(
                IGNORED,
                &["metadata", "operations", "shapes", "documentation"],
            ),
        }
    }
    if let Some(paginators) = &paginators {
        pagination::read(paginators, &mut model, &reporter);
    }
    if let Some(waiters) = &files.waiters {
        waiters::read(waiters, &mut model, &reporter);
    }
    model.endpoint_rules = files
        .endpoint_rules
        .as_ref()
        .map(|file| rules::read(file, &reporter));
    wire::inherit(&mut model, &facts);
    normalize::normalize(&mut model);
    reporter.into_problems().unread_of(model)
}

/// Adds the paginators of botocore to a model: models of other formats may lack items and other facts.
///
/// # Errors
/// Every problem in the files, at once.
pub fn add_paginators(
    model: &mut Model,
    paginators: &JsonFile,
    extras: Option<&JsonFile>,
) -> Result<(), Problems> {
    let reporter = Reporter::default();
    pagination::read(&merged(paginators, extras), model, &reporter);
    let (wrong, unread) = reporter
        .into_problems()
        .split(|part| *part == Part::Service);
    model.unread.add_of_other_parts(unread);
    wrong.into_result(())
}

const IGNORED: &[(&str, &str)] = &[
    ("version", "always 2.0; the keys themselves are checked"),
    ("examples", "sample calls for people"),
    (
        "clientContextParams",
        "settings of three services; a parameter of the rules that no operation gives is a problem of its own",
    ),
    ("deprecated", "one service, retired as a whole"),
    ("deprecatedMessage", "one service, retired as a whole"),
];

/// The file with its extras merged in: objects member by member, everything else replaced, as in botocore.
fn merged(file: &JsonFile, extras: Option<&JsonFile>) -> JsonFile {
    let mut file = file.clone();
    if let Some(merge) = extras.and_then(|extras| extras.value.get("merge")) {
        merge_into(&mut file.value, merge);
    }
    file
}

/// Documentation of something that the file does not have is omitted; [`idle_documentation`] lists it.
fn merge_into(target: &mut Value, extra: &Value) {
    match (target, extra) {
        (Value::Object(target), Value::Object(extra)) => {
            for (key, value) in extra {
                if target.contains_key(key) || !only_documents(value) {
                    merge_into(target.entry(key.clone()).or_insert(Value::Null), value);
                }
            }
        }
        (target, extra) => *target = extra.clone(),
    }
}

/// The places in `extras` that document something that `service` does not have: removed, not added yet, or renamed.
pub fn idle_documentation(service: &JsonFile, extras: &JsonFile) -> Vec<String> {
    let mut idle = Vec::new();
    if let Some(merge) = extras.value.get("merge") {
        find_idle(&service.value, merge, "", &mut idle);
    }
    idle
}

/// The parser limits nesting to 128 levels, which bounds this recursion and later ones.
fn find_idle(target: &Value, extra: &Value, path: &str, idle: &mut Vec<String>) {
    for (key, value) in extra.as_object().into_iter().flatten() {
        let path = match path {
            "" => key.clone(),
            path => format!("{path}.{key}"),
        };
        match target.get(key) {
            Some(target) => find_idle(target, value, &path, idle),
            None if only_documents(value) => idle.push(path),
            None => {}
        }
    }
}

/// Whether an object contains only texts under `documentation`.
fn only_documents(value: &Value) -> bool {
    value.as_object().is_some_and(|members| {
        !members.is_empty()
            && members.iter().all(|(key, member)| {
                key == "documentation" && member.is_string() || only_documents(member)
            })
    })
}

/// The metadata, before the protocol is chosen.
#[derive(Default)]
struct Metadata {
    service: Service,
    json_version: Option<String>,
    target_prefix: String,
    protocols: Vec<String>,
    query_compatible: bool,
    /// The values of an older key with the meaning of `auth`.
    signature: Option<String>,
}

const METADATA_KEYS: &[Key<Metadata>] = &[
    key("serviceId", |it, metadata| {
        metadata.service.id = it.string()
    }),
    key("serviceFullName", |it, metadata| {
        metadata.service.full_name = it.string();
    }),
    key("apiVersion", |it, metadata| {
        metadata.service.api_version = it.string();
    }),
    key("endpointPrefix", |it, metadata| {
        metadata.service.endpoint_prefix = it.string();
    }),
    key("signingName", |it, metadata| {
        metadata.service.signing_name = it.string();
    }),
    key("protocol", |it, metadata| {
        metadata.service.protocol_name = it.string();
    }),
    key("protocols", |it, metadata| {
        metadata.protocols = it.strings()
    }),
    key("jsonVersion", |it, metadata| {
        metadata.json_version = Some(it.string());
    }),
    key("targetPrefix", |it, metadata| {
        metadata.target_prefix = it.string();
    }),
    // An object without members, as in Smithy.
    key("awsQueryCompatible", |it, metadata| {
        metadata.query_compatible = it.entries().count() == 0;
    }),
    key("xmlNamespace", |it, metadata| {
        let uri = it.text().map(str::to_owned);
        metadata.service.xml_namespace = uri.map(|uri| Namespace { uri, prefix: None });
    }),
    key("auth", |it, metadata| metadata.service.auth = it.strings()),
    key("signatureVersion", |it, metadata| {
        metadata.signature = it.text().map(str::to_owned);
    }),
];

const METADATA_IGNORED: &[(&str, &str)] = &[
    ("serviceAbbreviation", "the full name says more"),
    ("uid", "derived from the other two names"),
    ("globalEndpoint", "the endpoint rules decide"),
    ("protocolSettings", "HTTP/2 is negotiated"),
    ("checksumFormat", "names of two services' own helpers"),
    ("ripServiceName", "a name of the Region Information service"),
];

fn metadata(node: &Node<'_, '_>, protocol: Option<&str>, service: &mut Service) {
    let mut metadata = Metadata {
        service: std::mem::take(service),
        ..Metadata::default()
    };
    keys::read(node, METADATA_KEYS, METADATA_IGNORED, &mut metadata);
    let Metadata {
        service: read,
        json_version,
        target_prefix,
        protocols,
        query_compatible,
        signature,
    } = metadata;
    *service = read;
    if service.auth.is_empty() {
        service.auth = match signature.as_deref() {
            Some("v4" | "s3v4" | "s3") => vec![SIGV4.to_owned()],
            Some("bearer") => vec![BEARER.to_owned()],
            Some("v2") => vec![SIGV2.to_owned()],
            _ => Vec::new(),
        };
    }
    if service.signing_name.is_empty() {
        service.signing_name.clone_from(&service.endpoint_prefix);
    }
    for (name, value) in [
        ("serviceId", &service.id),
        ("protocol", &service.protocol_name),
    ] {
        let said = node.get(name).is_some_and(|node| node.value() != "");
        if value.is_empty() && !said && node.value().is_object() {
            node.problem(format!("expected `{name}`, found none"));
        }
    }
    let spoken = std::iter::once(&service.protocol_name).chain(&protocols);
    let known = spoken.filter_map(|name| match name.as_str() {
        "rest-json" => Some(Protocol::RestJson),
        // Its reader accepts errors with and without an element around them.
        "rest-xml" => Some(Protocol::RestXml {
            no_error_wrapping: false,
        }),
        "json" => Some(Protocol::AwsJson {
            version: json_version.clone().unwrap_or_else(|| "1.0".to_owned()),
            target_prefix: target_prefix.clone(),
            query_compatible,
        }),
        "query" => Some(Protocol::Query),
        "ec2" => Some(Protocol::Ec2),
        // The name of the service's shape; a namespace, which one service has, does not belong in paths.
        "smithy-rpc-v2-cbor" => Some(Protocol::RpcCbor {
            service: target_prefix
                .rsplit('.')
                .next()
                .unwrap_or_default()
                .to_owned(),
            query_compatible,
        }),
        _ => None,
    });
    let known: Vec<_> = known.collect();
    service.protocols = Protocol::offered(&known);
    service.protocol = Protocol::chosen(known, protocol);
}
