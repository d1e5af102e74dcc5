//! Reads botocore's format: `service-2.json` and the files beside it.
//!
//! Everything is accounted for: each key is used, or stands on a list of ignored keys with its reason, or is a problem.

mod operations;
mod pagination;
mod shapes;

use crate::json::JsonFile;
use crate::model::{Model, Protocol, Service};
use crate::problem::Problems;
use crate::rules;
use serde_json::Value;

/// The files of one service at one API version, parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct BotocoreFiles {
    /// `service-2.json`, patched where a patch exists.
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
/// # Errors
/// Everything in the files that is not what the format says, all of it at once.
pub fn read_botocore(files: &BotocoreFiles) -> Result<Model, Problems> {
    let mut problems = Problems::default();
    let service = merged(&files.service, files.service_extras.as_ref());
    let paginators = files
        .paginators
        .as_ref()
        .map(|file| merged(file, files.paginators_extras.as_ref()));
    let mut model = Model {
        file: service.path.clone(),
        ..Model::default()
    };
    let root = service.root();
    for required in ["metadata", "operations", "shapes"] {
        if root.value().is_object() && root.get(required).is_none() {
            root.problem(&mut problems, format!("expected a service model with `metadata`, `operations` and `shapes`, found none called `{required}`"));
        }
    }
    for (key, node) in root.entries(&mut problems) {
        match key {
            "metadata" => metadata(&node, &mut model.service, &mut problems),
            "operations" => model.operations = operations::read(&node, &mut problems),
            "shapes" => model.shapes = shapes::read(&node, &mut problems),
            "documentation" => model.service.documentation = Some(node.string(&mut problems)),
            _ => node.account(
                &mut problems,
                IGNORED,
                &["metadata", "operations", "shapes", "documentation"],
            ),
        }
    }
    if let Some(paginators) = &paginators {
        pagination::read(paginators, &mut model, &mut problems);
    }
    model.endpoint_rules = files
        .endpoint_rules
        .as_ref()
        .map(|file| rules::read(file, &mut problems));
    problems.or(model)
}

const IGNORED: &[(&str, &str)] = &[
    ("version", "always 2.0; the keys themselves are checked"),
    ("examples", "sample calls for people"),
    (
        "clientContextParams",
        "settings of three services; a rule set that reads one is a problem of its own",
    ),
    ("deprecated", "one service, retired as a whole"),
    ("deprecatedMessage", "one service, retired as a whole"),
];

/// The file with its extras merged in: objects member by member, all else replaced, as botocore does before it reads.
fn merged(file: &JsonFile, extras: Option<&JsonFile>) -> JsonFile {
    let mut file = file.clone();
    if let Some(merge) = extras.and_then(|extras| extras.value.get("merge")) {
        merge_into(&mut file.value, merge);
    }
    file
}

fn merge_into(target: &mut Value, extra: &Value) {
    match (target, extra) {
        (Value::Object(target), Value::Object(extra)) => {
            for (key, value) in extra {
                merge_into(target.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (target, extra) => *target = extra.clone(),
    }
}

fn metadata(node: &crate::json::Node<'_, '_>, service: &mut Service, problems: &mut Problems) {
    const IGNORED: &[(&str, &str)] = &[
        ("serviceAbbreviation", "the full name says more"),
        ("signatureVersion", "`auth` says the same, and more"),
        ("uid", "derived from the other two names"),
        ("xmlNamespace", "XML protocols"),
        ("globalEndpoint", "the endpoint rules decide"),
        ("protocolSettings", "HTTP/2 is negotiated"),
        (
            "awsQueryCompatible",
            "error codes are read from their header wherever it is sent",
        ),
        ("checksumFormat", "names of two services' own helpers"),
        ("ripServiceName", "a name of the Region Information service"),
    ];
    let (mut json_version, mut target_prefix, mut protocols) = (None, None, Vec::new());
    let node_of_metadata = node;
    for (key, node) in node.entries(problems) {
        match key {
            "serviceId" => service.id = node.string(problems),
            "serviceFullName" => service.full_name = node.string(problems),
            "apiVersion" => service.api_version = node.string(problems),
            "endpointPrefix" => service.endpoint_prefix = node.string(problems),
            "signingName" => service.signing_name = node.string(problems),
            "protocol" => service.protocol_name = node.string(problems),
            "protocols" => protocols = node.strings(problems),
            "jsonVersion" => json_version = Some(node.string(problems)),
            "targetPrefix" => target_prefix = Some(node.string(problems)),
            "auth" => service.auth = node.strings(problems),
            _ => node.account(
                problems,
                IGNORED,
                &[
                    "serviceId",
                    "protocol",
                    "protocols",
                    "signingName",
                    "jsonVersion",
                    "targetPrefix",
                    "auth",
                ],
            ),
        }
    }
    if service.signing_name.is_empty() {
        service.signing_name.clone_from(&service.endpoint_prefix);
    }
    for (name, value) in [
        ("serviceId", &service.id),
        ("protocol", &service.protocol_name),
    ] {
        if value.is_empty() && node_of_metadata.value().is_object() {
            node_of_metadata.problem(problems, format!("expected `{name}`, found none"));
        }
    }
    // A service that speaks several protocols is spoken to in one that the runtime knows.
    let spoken = std::iter::once(&service.protocol_name).chain(&protocols);
    service.protocol = spoken.into_iter().find_map(|name| match name.as_str() {
        "rest-json" => Some(Protocol::RestJson),
        "json" => Some(Protocol::AwsJson {
            version: json_version.clone().unwrap_or_else(|| "1.0".to_owned()),
            target_prefix: target_prefix.clone().unwrap_or_default(),
        }),
        _ => None,
    });
}
