//! The traits that the generator ignores, each with its reason.

/// Traits by name, and why they change nothing.
pub(super) const IGNORED: &[(&str, &str)] = &[
    // aws.api
    ("aws.api#arn", RESOURCES),
    (
        "aws.api#awsChunked",
        "the encoding of streamed uploads to S3, which the generator does not have yet",
    ),
    ("aws.api#arnReference", RESOURCES),
    ("aws.api#clientDiscoveredEndpoint", DISCOVERY),
    ("aws.api#clientEndpointDiscovery", DISCOVERY),
    ("aws.api#clientEndpointDiscoveryId", DISCOVERY),
    ("aws.api#controlPlane", SERVER),
    ("aws.api#data", SERVER),
    ("aws.api#dataPlane", SERVER),
    ("aws.api#tagEnabled", RESOURCES),
    ("aws.api#taggable", RESOURCES),
    // what belongs to other protocols
    ("smithy.protocols#idx", "positions of another protocol"),
    ("smithy.mqtt#mqttJson", MQTT),
    ("smithy.mqtt#publish", MQTT),
    ("smithy.mqtt#subscribe", MQTT),
    ("smithy.mqtt#topicLabel", MQTT),
    // aws.endpoints, smithy.rules
    ("aws.endpoints#dualStackOnlyEndpoints", RULES),
    ("aws.endpoints#endpointsModifier", RULES),
    ("aws.endpoints#rulesBasedEndpoints", RULES),
    ("aws.endpoints#standardPartitionalEndpoints", RULES),
    ("aws.endpoints#standardRegionalEndpoints", RULES),
    (
        "smithy.rules#endpointBdd",
        "the rule set says the same, as a tree",
    ),
    ("smithy.rules#clientContextParams", PARAMETERS),
    ("smithy.rules#endpointTests", TESTS),
    // aws.iam
    ("aws.iam#actionName", IAM),
    ("aws.iam#actionPermissionDescription", IAM),
    ("aws.iam#conditionKeyValue", IAM),
    ("aws.iam#conditionKeys", IAM),
    ("aws.iam#defineConditionKeys", IAM),
    ("aws.iam#disableConditionKeyInference", IAM),
    ("aws.iam#disableConditionKeyInheritance", IAM),
    ("aws.iam#iamAction", IAM),
    ("aws.iam#iamResource", IAM),
    ("aws.iam#requiredActions", IAM),
    ("aws.iam#serviceResolvedConditionKeys", IAM),
    ("aws.iam#supportedPrincipalTypes", IAM),
    // aws.cloudformation
    ("aws.cloudformation#cfnAdditionalIdentifier", TEMPLATES),
    ("aws.cloudformation#cfnDefaultValue", TEMPLATES),
    ("aws.cloudformation#cfnExcludeProperty", TEMPLATES),
    ("aws.cloudformation#cfnMutability", TEMPLATES),
    ("aws.cloudformation#cfnName", TEMPLATES),
    ("aws.cloudformation#cfnResource", TEMPLATES),
    // aws.apigateway, smithy.openapi
    ("aws.apigateway#apiKeyRequired", SERVER),
    ("aws.apigateway#apiKeySource", SERVER),
    ("aws.apigateway#apiTlsPolicy", SERVER),
    ("aws.apigateway#authorizer", SERVER),
    ("aws.apigateway#authorizers", SERVER),
    ("aws.apigateway#endpointConfiguration", SERVER),
    ("aws.apigateway#gatewayResponses", SERVER),
    ("aws.apigateway#integration", SERVER),
    ("aws.apigateway#minimumCompressionSize", SERVER),
    ("aws.apigateway#mockIntegration", SERVER),
    ("aws.apigateway#requestValidator", SERVER),
    ("aws.apigateway#resourcePolicy", SERVER),
    ("aws.auth#cognitoUserPoolsScopes", SERVER),
    ("smithy.openapi#specificationExtension", SERVER),
    ("smithy.api#cors", SERVER),
    // smithy.api: optionality
    ("smithy.api#addedDefault", OPTIONAL),
    ("smithy.api#box", OPTIONAL),
    ("smithy.api#clientOptional", OPTIONAL),
    ("smithy.api#default", OPTIONAL),
    // smithy.api: for the model's authors
    ("smithy.api#authDefinition", DEFINITIONS),
    ("smithy.api#protocolDefinition", DEFINITIONS),
    ("smithy.api#traitValidators", DEFINITIONS),
    ("smithy.api#idRef", DEFINITIONS),
    (
        "smithy.api#mixin",
        "the shapes that use it have its members by now",
    ),
    ("smithy.api#httpError", "the response says its status"),
    ("smithy.api#examples", "sample calls for people"),
    ("smithy.api#externalDocumentation", "links for people"),
    ("smithy.api#internal", AUTHORS),
    ("smithy.api#metadata", AUTHORS),
    ("smithy.api#private", AUTHORS),
    ("smithy.api#recommended", AUTHORS),
    ("smithy.api#since", AUTHORS),
    ("smithy.api#suppress", AUTHORS),
    ("smithy.api#tags", AUTHORS),
    ("smithy.api#unstable", AUTHORS),
    (
        "smithy.api#unitType",
        "`smithy.api#Unit` is known by its name",
    ),
    // smithy.api: resources
    ("smithy.api#nestedProperties", RESOURCES),
    ("smithy.api#noReplace", RESOURCES),
    ("smithy.api#notProperty", RESOURCES),
    ("smithy.api#property", RESOURCES),
    ("smithy.api#references", RESOURCES),
    ("smithy.api#resourceIdentifier", RESOURCES),
    // smithy.api: behaviour that follows from something else
    (
        "smithy.api#idempotent",
        "retries depend on the failure, not on the operation",
    ),
    (
        "smithy.api#readonly",
        "retries depend on the failure, not on the operation",
    ),
    (
        "smithy.api#input",
        "inputs are known by the operation that takes them",
    ),
    (
        "smithy.api#output",
        "outputs are known by the operation that returns them",
    ),
    (
        "smithy.api#uniqueItems",
        "the service checks it; order is kept",
    ),
    ("smithy.contracts#conditions", "the service checks it"),
    // smithy.test
    ("smithy.test#eventStreamTests", TESTS),
    ("smithy.test#httpMalformedRequestTests", TESTS),
    ("smithy.test#httpRequestTests", TESTS),
    ("smithy.test#httpResponseTests", TESTS),
    ("smithy.test#smokeTests", TESTS),
];

const AUTHORS: &str = "a note for the model's authors";
const DEFINITIONS: &str = "part of the definition of a trait";
const DISCOVERY: &str =
    "optional everywhere but in two retired operations; the regional endpoint answers";
const IAM: &str = "permissions, which the service checks";
const MQTT: &str = "another transport";
const OPTIONAL: &str = "every member is optional anyway, and the service fills in defaults";
const PARAMETERS: &str = "a parameter of the rules that no operation gives is a problem of its own";
const RESOURCES: &str = "relations between resources; operations are what is called";
const RULES: &str = "the rule set says where to send requests";
const SERVER: &str = "for the service's own side";
const TEMPLATES: &str = "for templates of resources";
const TESTS: &str = "test cases";
