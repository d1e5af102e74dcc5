//! Each protocol is the same value of the model, whichever format names it.

use serde_json::{Value, json};
use tinsmith_codegen::model::{Protocol, Service};
use tinsmith_codegen::{BotocoreFiles, JsonFile, read_botocore, read_smithy};

fn of_botocore(metadata: &Value) -> Service {
    let mut service = json!({"metadata": {"serviceId": "Weather"}, "operations": {}, "shapes": {}});
    for (key, value) in metadata.as_object().unwrap() {
        service["metadata"][key] = value.clone();
    }
    let files = BotocoreFiles {
        service: JsonFile {
            path: "service-2.json".to_owned(),
            value: service,
        },
        service_extras: None,
        paginators: None,
        paginators_extras: None,
        waiters: None,
        endpoint_rules: None,
    };
    read_botocore(&files).unwrap().service
}

fn of_smithy(traits: &Value) -> Service {
    let service = json!({"type": "service", "version": "1", "traits": traits});
    let file = JsonFile {
        path: "weather.json".to_owned(),
        value: json!({"smithy": "2.0", "shapes": {"com.example#Weather": service}}),
    };
    read_smithy(&file, None).unwrap().service
}

#[test]
fn each_protocol_in_both_formats() {
    let json = |version: &str| Protocol::AwsJson {
        version: version.to_owned(),
        target_prefix: "Weather".to_owned(),
        query_compatible: false,
    };
    let cbor = Protocol::RpcCbor {
        service: "Weather".to_owned(),
        query_compatible: false,
    };
    let xml = Protocol::RestXml {
        no_error_wrapping: false,
    };
    for (trait_name, metadata, expected, is_generated) in [
        (
            "aws.protocols#restJson1",
            json!({"protocol": "rest-json"}),
            Protocol::RestJson,
            true,
        ),
        (
            "aws.protocols#awsJson1_0",
            json!({"protocol": "json", "jsonVersion": "1.0", "targetPrefix": "Weather"}),
            json("1.0"),
            true,
        ),
        (
            "aws.protocols#awsJson1_1",
            json!({"protocol": "json", "jsonVersion": "1.1", "targetPrefix": "Weather"}),
            json("1.1"),
            true,
        ),
        (
            "aws.protocols#restXml",
            json!({"protocol": "rest-xml"}),
            xml,
            true,
        ),
        (
            "aws.protocols#awsQuery",
            json!({"protocol": "query"}),
            Protocol::Query,
            true,
        ),
        (
            "aws.protocols#ec2Query",
            json!({"protocol": "ec2"}),
            Protocol::Ec2,
            true,
        ),
        (
            "smithy.protocols#rpcv2Cbor",
            json!({"protocol": "smithy-rpc-v2-cbor", "targetPrefix": "Weather"}),
            cbor,
            false,
        ),
    ] {
        let botocore = of_botocore(&metadata);
        let smithy = of_smithy(&json!({ trait_name: {} }));
        for (service, format) in [(&botocore, "botocore"), (&smithy, "Smithy")] {
            assert_eq!(
                service.protocol.as_ref(),
                Some(&expected),
                "{trait_name} of {format}"
            );
            assert_eq!(service.has_generated_protocol(), is_generated);
        }
        assert_eq!(botocore.protocol_name, smithy.protocol_name, "{trait_name}");
    }
}

/// Of several, the first that clients are generated for, wherever it stands; without one, the first.
#[test]
fn one_of_several_protocols() {
    let metadata = json!({
        "protocol": "smithy-rpc-v2-cbor", "protocols": ["smithy-rpc-v2-cbor", "json", "query"],
        "jsonVersion": "1.0", "targetPrefix": "Weather", "awsQueryCompatible": {}
    });
    let traits = json!({
        "smithy.protocols#rpcv2Cbor": {}, "aws.protocols#awsJson1_0": {}, "aws.protocols#awsQuery": {},
        "aws.protocols#awsQueryCompatible": {}
    });
    let expected = Protocol::AwsJson {
        version: "1.0".to_owned(),
        target_prefix: "Weather".to_owned(),
        query_compatible: true,
    };
    for service in [of_botocore(&metadata), of_smithy(&traits)] {
        assert_eq!(service.protocol, Some(expected.clone()));
    }
    let metadata = json!({"protocol": "query", "protocols": ["query", "ec2"]});
    let traits = json!({"aws.protocols#awsQuery": {}, "aws.protocols#ec2Query": {}});
    for service in [of_botocore(&metadata), of_smithy(&traits)] {
        assert_eq!(service.protocol, Some(Protocol::Query));
    }
    // Known by its name only, so refused by it.
    let service = of_smithy(&json!({"smithy.protocols#rpcv2Json": {}}));
    assert_eq!(service.protocol, None);
    assert_eq!(service.protocol_name, "smithy-rpc-v2-json");
}

/// Only the AST says that errors stand without an element around them.
#[test]
fn bare_errors() {
    let service = of_smithy(&json!({"aws.protocols#restXml": {"noErrorWrapping": true}}));
    let expected = Protocol::RestXml {
        no_error_wrapping: true,
    };
    assert_eq!(service.protocol, Some(expected));
}
