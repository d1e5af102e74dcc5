//! The traits of a shape or member: one accessor each; names of traits are written only here.
//!
//! Source: the Smithy 2.0 specification and the specification of its AWS traits.

use crate::docs;
use crate::json::Node;
use crate::model::{Deprecated, Namespace, ParameterValue, Retryable, TimestampFormat};
use crate::read::parameters;
use crate::read::traits::namespace;
use indexmap::IndexMap;

/// The traits that the accessors read, for accounting.
pub(super) const USED: &[&str] = &[
    "aws.api#service",
    "aws.auth#sigv4",
    "aws.auth#unsignedPayload",
    "aws.customizations#s3UnwrappedXmlOutput",
    "aws.protocols#awsQueryCompatible",
    "aws.protocols#awsQueryError",
    "aws.protocols#ec2QueryName",
    "aws.protocols#httpChecksum",
    "smithy.api#auth",
    "smithy.api#deprecated",
    "smithy.api#documentation",
    "smithy.api#endpoint",
    "smithy.api#enum",
    "smithy.api#enumValue",
    "smithy.api#error",
    "smithy.api#eventHeader",
    "smithy.api#eventPayload",
    "smithy.api#hostLabel",
    "smithy.api#http",
    "smithy.api#httpChecksumRequired",
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
    "smithy.api#idempotencyToken",
    "smithy.api#jsonName",
    "smithy.api#length",
    "smithy.api#longPoll",
    "smithy.api#mediaType",
    "smithy.api#optionalAuth",
    "smithy.api#paginated",
    "smithy.api#pattern",
    "smithy.api#range",
    "smithy.api#requestCompression",
    "smithy.api#required",
    "smithy.api#requiresLength",
    "smithy.api#retryable",
    "smithy.api#sensitive",
    "smithy.api#sparse",
    "smithy.api#streaming",
    "smithy.api#timestampFormat",
    "smithy.api#title",
    "smithy.api#trait",
    "smithy.api#xmlAttribute",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlName",
    "smithy.api#xmlNamespace",
    "smithy.rules#contextParam",
    "smithy.rules#endpointRuleSet",
    "smithy.rules#operationContextParams",
    "smithy.rules#staticContextParams",
    "smithy.waiters#waitable",
];

/// The protocols, and botocore's name of each, which is the model's own.
pub(super) const PROTOCOLS: &[(&str, &str)] = &[
    ("aws.protocols#restJson1", "rest-json"),
    ("aws.protocols#awsJson1_0", "json"),
    ("aws.protocols#awsJson1_1", "json"),
    ("aws.protocols#restXml", "rest-xml"),
    ("aws.protocols#awsQuery", "query"),
    ("aws.protocols#ec2Query", "ec2"),
    ("smithy.protocols#rpcv2Cbor", "smithy-rpc-v2-cbor"),
    ("smithy.protocols#rpcv2Json", "smithy-rpc-v2-json"),
];

/// The authentication schemes that a service can name.
pub(super) const AUTH: &[&str] = &[
    "aws.auth#cognitoUserPools",
    "aws.auth#sigv4",
    "aws.auth#sigv4a",
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpDigestAuth",
];

/// The traits of one shape or member.
pub(super) struct Traits<'n, 'v>(Option<Node<'n, 'v>>);

impl<'n, 'v> Traits<'n, 'v> {
    pub(super) fn of(shape: &'n Node<'_, 'v>) -> Self {
        Self(shape.get("traits"))
    }

    /// The names of all traits, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &'v str> + use<'v> {
        let traits = self.0.and_then(|node| node.value().as_object());
        traits.into_iter().flatten().map(|(name, _)| name.as_str())
    }

    fn get(&self, name: &str) -> Option<Node<'_, 'v>> {
        self.0.as_ref()?.get(name)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.text().map(str::to_owned)
    }

    /// A trait without a value: `{}`, or `true` in old models.
    fn flag(&self, name: &str) -> bool {
        let Some(node) = self.get(name) else {
            return false;
        };
        let value = node.value();
        if !value.is_object() && value.as_bool() != Some(true) {
            node.expected("a trait without a value, `{}`");
        }
        true
    }

    pub(super) fn aws_service(&self) -> Option<Node<'_, 'v>> {
        self.get("aws.api#service")
    }

    /// The service's name in a signature.
    pub(super) fn sigv4(&self) -> Option<String> {
        let node = self.get("aws.auth#sigv4")?;
        match node.get("name") {
            Some(name) => Some(name.string()),
            None => {
                node.expected("an object with `name`");
                None
            }
        }
    }

    pub(super) fn unsigned_payload(&self) -> bool {
        self.flag("aws.auth#unsignedPayload")
    }

    /// Whether errors have the codes of the query protocol, which the service had before.
    pub(super) fn is_query_compatible(&self) -> bool {
        self.flag("aws.protocols#awsQueryCompatible")
    }

    /// The trait of a protocol: whether errors have no element around them, which only `restXml` can say.
    pub(super) fn no_error_wrapping(&self, protocol: &str) -> bool {
        const NEGOTIATED: &str = "the version of HTTP is negotiated";
        const IGNORED: &[(&str, &str)] = &[("http", NEGOTIATED), ("eventStreamHttp", NEGOTIATED)];
        let mut is_bare = false;
        let Some(node) = self.get(protocol) else {
            return is_bare;
        };
        // A trait without a value, as in old models.
        if node.value().as_bool() == Some(true) {
            return is_bare;
        }
        for (key, node) in node.entries() {
            match key {
                "noErrorWrapping" if protocol == "aws.protocols#restXml" => is_bare = node.flag(),
                _ => node.account(IGNORED, &["http", "eventStreamHttp", "noErrorWrapping"]),
            }
        }
        is_bare
    }

    /// The code and the status of an exception in the query protocol.
    pub(super) fn query_error(&self) -> Option<(Option<String>, Option<u16>)> {
        let (mut code, mut status) = (None, None);
        for (key, node) in self.get("aws.protocols#awsQueryError")?.entries() {
            match key {
                "code" => code = Some(node.string()),
                "httpResponseCode" => status = node.status(),
                _ => node.account(&[], &["code", "httpResponseCode"]),
            }
        }
        Some((code, status))
    }

    /// The name of a member in requests to EC2.
    pub(super) fn ec2_query_name(&self) -> Option<String> {
        self.text("aws.protocols#ec2QueryName")
    }

    /// Whether the root of a response is the only member of the output.
    pub(super) fn unwrapped_output(&self) -> bool {
        self.flag("aws.customizations#s3UnwrappedXmlOutput")
    }

    pub(super) fn http_checksum(&self) -> Option<Node<'_, 'v>> {
        self.get("aws.protocols#httpChecksum")
    }

    pub(super) fn http_checksum_required(&self) -> bool {
        self.flag("smithy.api#httpChecksumRequired")
    }

    /// How many milliseconds the service may wait before it responds.
    pub(super) fn long_poll(&self) -> Option<u64> {
        let node = self.get("smithy.api#longPoll")?;
        let mut timeout = None;
        for (key, node) in node.entries() {
            match key {
                "timeoutMillis" => timeout = node.number(),
                _ => node.account(&[], &["timeoutMillis"]),
            }
        }
        timeout
    }

    pub(super) fn request_compression(&self) -> Option<Node<'_, 'v>> {
        self.get("smithy.api#requestCompression")
    }

    /// The schemes in the order in which they are tried; empty if nothing is signed.
    pub(super) fn auth(&self) -> Option<Vec<String>> {
        Some(self.get("smithy.api#auth")?.strings())
    }

    pub(super) fn optional_auth(&self) -> bool {
        self.flag("smithy.api#optionalAuth")
    }

    pub(super) fn deprecated(&self) -> Option<Deprecated> {
        let node = self.get("smithy.api#deprecated")?;
        let mut deprecated = Deprecated::default();
        if node.value().as_bool() == Some(true) {
            return Some(deprecated);
        }
        for (key, node) in node.entries() {
            match key {
                "message" => deprecated.message = Some(node.string()),
                "since" => deprecated.since = Some(node.string()),
                _ => node.account(&[], &["message", "since"]),
            }
        }
        Some(deprecated)
    }

    pub(super) fn documentation(&self) -> Option<String> {
        self.text("smithy.api#documentation")
            .map(|text| docs::html_of_commonmark(&text))
    }

    /// The parameters of the endpoint rules that an operation fixes.
    pub(super) fn static_parameters(&self) -> IndexMap<String, ParameterValue> {
        let node = self.get("smithy.rules#staticContextParams");
        node.map(|node| parameters::fixed(&node))
            .unwrap_or_default()
    }

    /// The parameters of the endpoint rules from an operation's input.
    pub(super) fn path_parameters(&self) -> IndexMap<String, String> {
        let node = self.get("smithy.rules#operationContextParams");
        node.map(|node| parameters::paths(&node))
            .unwrap_or_default()
    }

    /// The parameter of the endpoint rules that a member sets.
    pub(super) fn endpoint_parameter(&self) -> Option<String> {
        parameters::of_member(&self.get("smithy.rules#contextParam")?)
    }

    /// The prefix of the host name.
    pub(super) fn endpoint(&self) -> Option<String> {
        let node = self.get("smithy.api#endpoint")?;
        match node.get("hostPrefix") {
            Some(prefix) => Some(prefix.string()),
            None => {
                node.expected("an object with `hostPrefix`");
                None
            }
        }
    }

    /// The values of the enum trait, which Smithy 1.0 had in place of enum shapes.
    pub(super) fn enumeration(&self) -> Option<Vec<String>> {
        const IGNORED: &[(&str, &str)] = &[
            ("name", "variants are named after their values"),
            ("documentation", "values have no documentation in the crate"),
            ("tags", "for the service's own tools"),
            ("deprecated", "the service may still send it"),
        ];
        let node = self.get("smithy.api#enum")?;
        let mut values = Vec::new();
        for item in node.items() {
            for (key, node) in item.entries() {
                match key {
                    "value" => values.push(node.string()),
                    _ => node.account(IGNORED, &["value", "name"]),
                }
            }
        }
        Some(values)
    }

    pub(super) fn enum_value(&self) -> Option<Node<'_, 'v>> {
        self.get("smithy.api#enumValue")
    }

    /// Who caused an exception: `client` or `server`.
    pub(super) fn error(&self) -> Option<&'v str> {
        let node = self.get("smithy.api#error")?;
        let fault = node.value().as_str().unwrap_or_default();
        if !matches!(fault, "client" | "server") {
            node.expected("client or server");
        }
        Some(fault)
    }

    pub(super) fn event_header(&self) -> bool {
        self.flag("smithy.api#eventHeader")
    }

    pub(super) fn event_payload(&self) -> bool {
        self.flag("smithy.api#eventPayload")
    }

    pub(super) fn host_label(&self) -> bool {
        self.flag("smithy.api#hostLabel")
    }

    /// The method and the URI.
    pub(super) fn http(&self) -> Option<(String, String)> {
        let (mut method, mut uri) = (String::new(), String::new());
        for (key, node) in self.get("smithy.api#http")?.entries() {
            match key {
                "method" => method = node.string(),
                "uri" => uri = node.string(),
                _ => node.account(
                    &[("code", "any 2xx status is a success")],
                    &["method", "uri"],
                ),
            }
        }
        Some((method, uri))
    }

    pub(super) fn http_header(&self) -> Option<String> {
        self.text("smithy.api#httpHeader")
    }

    pub(super) fn http_label(&self) -> bool {
        self.flag("smithy.api#httpLabel")
    }

    pub(super) fn http_payload(&self) -> bool {
        self.flag("smithy.api#httpPayload")
    }

    pub(super) fn http_prefix_headers(&self) -> Option<String> {
        self.text("smithy.api#httpPrefixHeaders")
    }

    pub(super) fn http_query(&self) -> Option<String> {
        self.text("smithy.api#httpQuery")
    }

    pub(super) fn http_query_params(&self) -> bool {
        self.flag("smithy.api#httpQueryParams")
    }

    pub(super) fn http_response_code(&self) -> bool {
        self.flag("smithy.api#httpResponseCode")
    }

    pub(super) fn idempotency_token(&self) -> bool {
        self.flag("smithy.api#idempotencyToken")
    }

    pub(super) fn json_name(&self) -> Option<String> {
        self.text("smithy.api#jsonName")
    }

    pub(super) fn length(&self) -> Option<Node<'_, 'v>> {
        self.get("smithy.api#length")
    }

    pub(super) fn media_type(&self) -> Option<String> {
        self.text("smithy.api#mediaType")
    }

    pub(super) fn paginated(&self) -> Option<Node<'_, 'v>> {
        self.get("smithy.api#paginated")
    }

    pub(super) fn pattern(&self) -> Option<String> {
        self.text("smithy.api#pattern")
    }

    pub(super) fn range(&self) -> Option<Node<'_, 'v>> {
        self.get("smithy.api#range")
    }

    pub(super) fn required(&self) -> bool {
        self.flag("smithy.api#required")
    }

    pub(super) fn retryable(&self) -> Option<Retryable> {
        let node = self.get("smithy.api#retryable")?;
        let mut retryable = Retryable { throttling: false };
        if node.value().as_bool() == Some(true) {
            return Some(retryable);
        }
        for (key, node) in node.entries() {
            match key {
                "throttling" => retryable.throttling = node.flag(),
                _ => node.account(&[], &["throttling"]),
            }
        }
        Some(retryable)
    }

    pub(super) fn sensitive(&self) -> bool {
        self.flag("smithy.api#sensitive")
    }

    pub(super) fn sparse(&self) -> bool {
        self.flag("smithy.api#sparse")
    }

    pub(super) fn streaming(&self) -> bool {
        self.flag("smithy.api#streaming")
    }

    pub(super) fn requires_length(&self) -> bool {
        self.flag("smithy.api#requiresLength")
    }

    pub(super) fn timestamp_format(&self) -> Option<TimestampFormat> {
        let node = self.get("smithy.api#timestampFormat")?;
        match node.value().as_str() {
            Some("date-time") => Some(TimestampFormat::DateTime),
            Some("epoch-seconds") => Some(TimestampFormat::EpochSeconds),
            Some("http-date") => Some(TimestampFormat::HttpDate),
            _ => {
                node.expected("date-time, epoch-seconds or http-date");
                None
            }
        }
    }

    pub(super) fn title(&self) -> Option<String> {
        self.text("smithy.api#title")
    }

    /// Whether the shape is the definition of a trait.
    pub(super) fn defines_trait(&self) -> bool {
        self.get("smithy.api#trait").is_some()
    }

    pub(super) fn xml_attribute(&self) -> bool {
        self.flag("smithy.api#xmlAttribute")
    }

    pub(super) fn xml_flattened(&self) -> bool {
        self.flag("smithy.api#xmlFlattened")
    }

    pub(super) fn xml_namespace(&self) -> Option<Namespace> {
        let node = self.get("smithy.api#xmlNamespace")?;
        Some(namespace(&node))
    }

    pub(super) fn xml_name(&self) -> Option<String> {
        self.text("smithy.api#xmlName")
    }

    pub(super) fn endpoint_rule_set(&self) -> Option<Node<'_, 'v>> {
        self.get("smithy.rules#endpointRuleSet")
    }

    pub(super) fn waitable(&self) -> Option<Node<'_, 'v>> {
        self.get("smithy.waiters#waitable")
    }
}

#[cfg(test)]
mod tests {
    use super::USED;

    #[test]
    fn every_used_trait_has_an_accessor() {
        let source = include_str!("traits.rs");
        for name in USED {
            let quoted = format!("\"{name}\"");
            let (_, accessors) = source.split_once("impl<'n, 'v> Traits").unwrap();
            assert!(accessors.contains(&quoted), "{name} is read nowhere");
        }
    }
}
