//! The service shape: its selection, its names, its protocol, its signatures, and its endpoint rules.

use super::closure::kind;
use super::ids::own_name;
use super::traits::{AUTH, PROTOCOLS, Traits};
use crate::json::{JsonFile, Node};
use crate::model::{Protocol, Service};
use crate::problem::nearest;
use crate::rules::{self, RuleSet};

/// The service with the id or the name `target`; the only one if none is named.
pub(super) fn select<'s, 'v>(
    shapes: &'s Node<'_, 'v>,
    target: Option<&str>,
) -> Option<(&'v str, Node<'s, 'v>)> {
    let entries = shapes.entries();
    let services: Vec<_> = entries
        .filter(|(_, shape)| kind(shape) == Some("service"))
        .collect();
    let listed = || {
        let ids: Vec<_> = services.iter().map(|(id, _)| format!("`{id}`")).collect();
        ids.join(", ")
    };
    match (services.as_slice(), target) {
        ([], _) => {
            shapes.problem("expected a shape of type service, found none");
            None
        }
        ([one], None) => Some(*one),
        (several, None) => {
            shapes.problem(format!(
                    "expected one service, found {}: {}; say which to read after the file's name, as in `{}#{}`",
                    several.len(),
                    listed(),
                    shapes.place.file.rsplit('/').next().unwrap_or_default(),
                    several.first().map_or("", |(id, _)| own_name(id)),
                ),
            );
            None
        }
        (services, Some(target)) => {
            let found = services
                .iter()
                .find(|(id, _)| *id == target)
                .or_else(|| services.iter().find(|(id, _)| own_name(id) == target));
            if found.is_none() {
                let near = nearest(target, services.iter().map(|(id, _)| own_name(id)));
                shapes.problem(format!(
                    "expected the service `{target}`, found only {}{near}",
                    listed()
                ));
            }
            found.copied()
        }
    }
}

pub(super) fn read(id: &str, node: &Node<'_, '_>, preferred: Option<&str>) -> Service {
    const IGNORED: &[(&str, &str)] = &[
        ("arnNamespace", "the first part of the service's ARNs"),
        ("cloudFormationName", "for templates of resources"),
        ("cloudTrailEventSource", "for the service's own logs"),
        ("docId", "a place in the service's own documentation"),
        ("apiVersion", MISTAKE),
        ("awsProductName", MISTAKE),
        ("name", MISTAKE),
        ("sdkServiceId", MISTAKE),
        ("serviceName", MISTAKE),
    ];
    const MISTAKE: &str =
        "not a key of the trait; real models have it, beside keys with the same meaning";
    let traits = Traits::of(node);
    let mut service = Service {
        // The defaults for a service that is not from AWS.
        id: own_name(id).to_owned(),
        full_name: traits.title().unwrap_or_default(),
        documentation: traits.documentation(),
        xml_namespace: traits.xml_namespace(),
        ..Service::default()
    };
    if let Some(version) = node.get("version") {
        service.api_version = version.string();
    }
    if let Some(aws) = traits.aws_service() {
        for (key, node) in aws.entries() {
            match key {
                "sdkId" => service.id = node.string(),
                "endpointPrefix" => service.endpoint_prefix = node.string(),
                _ => node.account(IGNORED, &["sdkId", "endpointPrefix"]),
            }
        }
        if service.endpoint_prefix.is_empty()
            && let Some(namespace) = aws.get("arnNamespace")
        {
            service.endpoint_prefix = namespace.string();
        }
    }
    service.signing_name = traits
        .sigv4()
        .unwrap_or_else(|| service.endpoint_prefix.clone());
    service.auth = traits.auth().unwrap_or_else(|| {
        // The specification's order if the service has none: that of their ids.
        let present = AUTH
            .iter()
            .filter(|name| traits.names().any(|it| it == **name));
        present.map(|name| (*name).to_owned()).collect()
    });
    protocol(own_name(id), node, &traits, preferred, &mut service);
    service
}

/// The protocol of the service: of several, the one that [`Protocol::chosen`] selects.
fn protocol(
    name: &str,
    node: &Node<'_, '_>,
    traits: &Traits<'_, '_>,
    preferred: Option<&str>,
    service: &mut Service,
) {
    let spoken: Vec<_> = traits
        .names()
        .filter_map(|name| PROTOCOLS.iter().find(|(protocol, _)| *protocol == name))
        .collect();
    let Some((_, first)) = spoken.first() else {
        let known: Vec<_> = PROTOCOLS.iter().map(|(name, _)| *name).collect();
        node.problem(format!(
            "expected a service with the trait of a protocol ({}), found none",
            known.join(", ")
        ));
        return;
    };
    (*first).clone_into(&mut service.protocol_name);
    let query_compatible = traits.is_query_compatible();
    let json = |version: &str| Protocol::AwsJson {
        version: version.to_owned(),
        target_prefix: name.to_owned(),
        query_compatible,
    };
    let mut known = Vec::new();
    for (protocol, _) in spoken {
        let no_error_wrapping = traits.no_error_wrapping(protocol);
        known.extend(match *protocol {
            "aws.protocols#restJson1" => Some(Protocol::RestJson),
            "aws.protocols#restXml" => Some(Protocol::RestXml { no_error_wrapping }),
            "aws.protocols#awsJson1_0" => Some(json("1.0")),
            "aws.protocols#awsJson1_1" => Some(json("1.1")),
            "aws.protocols#awsQuery" => Some(Protocol::Query),
            "aws.protocols#ec2Query" => Some(Protocol::Ec2),
            "smithy.protocols#rpcv2Cbor" => Some(Protocol::RpcCbor {
                service: name.to_owned(),
                query_compatible,
            }),
            _ => None,
        });
    }
    service.protocols = Protocol::offered(&known);
    service.protocol = Protocol::chosen(known, preferred);
}

/// The endpoint rules, as if they were a separate file, so that their places are reported like botocore's.
pub(super) fn endpoint_rules(node: &Node<'_, '_>) -> Option<RuleSet> {
    let traits = Traits::of(node);
    let rules = traits.endpoint_rule_set()?;
    let file = JsonFile {
        path: format!("{} at {}", rules.place.file, rules.path()),
        value: rules.value().clone(),
    };
    Some(rules::read(&file, node.place.reporter))
}
