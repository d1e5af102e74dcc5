//! The traits of Smithy 1.73, all of which the reader knows by name, whether it needs them or not.

use serde_json::json;
use tinsmith_codegen::{JsonFile, read_smithy};

/// The traits that Smithy's own packages define, by namespace.
const TRAITS: &[(&str, &[&str])] = &[
    (
        "aws.api",
        &[
            "arn",
            "arnReference",
            "awsChunked",
            "clientDiscoveredEndpoint",
            "clientEndpointDiscovery",
            "clientEndpointDiscoveryId",
            "controlPlane",
            "data",
            "dataPlane",
            "service",
            "tagEnabled",
            "taggable",
        ],
    ),
    (
        "aws.apigateway",
        &[
            "apiKeyRequired",
            "apiKeySource",
            "apiTlsPolicy",
            "authorizer",
            "authorizers",
            "endpointConfiguration",
            "gatewayResponses",
            "integration",
            "minimumCompressionSize",
            "mockIntegration",
            "requestValidator",
            "resourcePolicy",
        ],
    ),
    (
        "aws.auth",
        &[
            "cognitoUserPools",
            "cognitoUserPoolsScopes",
            "sigv4",
            "sigv4a",
            "unsignedPayload",
        ],
    ),
    (
        "aws.cloudformation",
        &[
            "cfnAdditionalIdentifier",
            "cfnDefaultValue",
            "cfnExcludeProperty",
            "cfnMutability",
            "cfnName",
            "cfnResource",
        ],
    ),
    ("aws.customizations", &["s3UnwrappedXmlOutput"]),
    (
        "aws.endpoints",
        &[
            "dualStackOnlyEndpoints",
            "endpointsModifier",
            "rulesBasedEndpoints",
            "standardPartitionalEndpoints",
            "standardRegionalEndpoints",
        ],
    ),
    (
        "aws.iam",
        &[
            "actionName",
            "actionPermissionDescription",
            "conditionKeyValue",
            "conditionKeys",
            "defineConditionKeys",
            "disableConditionKeyInference",
            "iamAction",
            "iamResource",
            "requiredActions",
            "serviceResolvedConditionKeys",
            "supportedPrincipalTypes",
        ],
    ),
    (
        "aws.protocols",
        &[
            "awsJson1_0",
            "awsJson1_1",
            "awsQuery",
            "awsQueryCompatible",
            "awsQueryError",
            "ec2Query",
            "ec2QueryName",
            "httpChecksum",
            "restJson1",
            "restXml",
        ],
    ),
    (
        "smithy.api",
        &[
            "addedDefault",
            "auth",
            "authDefinition",
            "box",
            "clientOptional",
            "cors",
            "default",
            "deprecated",
            "documentation",
            "endpoint",
            "enum",
            "enumValue",
            "error",
            "eventHeader",
            "eventPayload",
            "examples",
            "externalDocumentation",
            "hostLabel",
            "http",
            "httpApiKeyAuth",
            "httpBasicAuth",
            "httpBearerAuth",
            "httpChecksumRequired",
            "httpDigestAuth",
            "httpError",
            "httpHeader",
            "httpLabel",
            "httpPayload",
            "httpPrefixHeaders",
            "httpQuery",
            "httpQueryParams",
            "httpResponseCode",
            "idRef",
            "idempotencyToken",
            "idempotent",
            "input",
            "internal",
            "jsonName",
            "length",
            "longPoll",
            "mediaType",
            "metadata",
            "mixin",
            "nestedProperties",
            "noReplace",
            "notProperty",
            "optionalAuth",
            "output",
            "paginated",
            "pattern",
            "private",
            "property",
            "protocolDefinition",
            "range",
            "readonly",
            "recommended",
            "references",
            "requestCompression",
            "required",
            "requiresLength",
            "resourceIdentifier",
            "retryable",
            "sensitive",
            "since",
            "sparse",
            "streaming",
            "suppress",
            "tags",
            "timestampFormat",
            "title",
            "trait",
            "traitValidators",
            "uniqueItems",
            "unitType",
            "unstable",
            "xmlAttribute",
            "xmlFlattened",
            "xmlName",
            "xmlNamespace",
        ],
    ),
    ("smithy.contracts", &["conditions"]),
    (
        "smithy.mqtt",
        &["mqttJson", "publish", "subscribe", "topicLabel"],
    ),
    ("smithy.openapi", &["specificationExtension"]),
    ("smithy.protocols", &["rpcv2Cbor", "rpcv2Json"]),
    (
        "smithy.rules",
        &[
            "clientContextParams",
            "contextParam",
            "endpointBdd",
            "endpointRuleSet",
            "endpointTests",
            "operationContextParams",
            "staticContextParams",
        ],
    ),
    (
        "smithy.test",
        &[
            "eventStreamTests",
            "httpMalformedRequestTests",
            "httpRequestTests",
            "httpResponseTests",
            "smokeTests",
        ],
    ),
    ("smithy.waiters", &["waitable"]),
];

/// What is said of a trait's name on some shape, whatever is said of its place and its value.
fn is_known(name: &str) -> bool {
    let file = JsonFile {
        path: "model.json".to_owned(),
        value: json!({
            "smithy": "2.0",
            "shapes": {
                "a#S": { "type": "service", "version": "1", "traits": { "aws.protocols#restJson1": {} } },
                "a#Text": { "type": "string", "traits": { name: {} } }
            }
        }),
    };
    let problems = match read_smithy(&file, None) {
        Ok(model) => model.unread,
        Err(problems) => problems,
    };
    !problems.to_string().contains("a trait that the")
}

#[test]
fn every_trait_of_smithy_1_73_is_known() {
    for (namespace, names) in TRAITS {
        for name in *names {
            let name = format!("{namespace}#{name}");
            assert!(is_known(&name), "{name}");
        }
    }
    assert!(!is_known("smithy.api#requird") && !is_known("com.example#sparkle"));
}
