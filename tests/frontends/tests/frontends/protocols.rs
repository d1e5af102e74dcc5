//! Each protocol is the same value of the model, whichever format names it.

use serde_json::{Value, json};
use tinsmith_codegen::model::{Protocol, Service};
use tinsmith_codegen::{
    BotocoreFiles, JsonFile, read_botocore, read_botocore_as, read_smithy, read_smithy_as,
};

fn of_botocore(metadata: &Value) -> Service {
    read_botocore(&files(metadata)).unwrap().service
}

fn files(metadata: &Value) -> BotocoreFiles {
    let mut service = json!({"metadata": {"serviceId": "Weather"}, "operations": {}, "shapes": {}});
    for (key, value) in metadata.as_object().unwrap() {
        service["metadata"][key] = value.clone();
    }
    BotocoreFiles {
        service: JsonFile {
            path: "service-2.json".to_owned(),
            value: service,
        },
        service_extras: None,
        paginators: None,
        paginators_extras: None,
        waiters: None,
        endpoint_rules: None,
    }
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
    for (trait_name, metadata, expected) in [
        (
            "aws.protocols#restJson1",
            json!({"protocol": "rest-json"}),
            Protocol::RestJson,
        ),
        (
            "aws.protocols#awsJson1_0",
            json!({"protocol": "json", "jsonVersion": "1.0", "targetPrefix": "Weather"}),
            json("1.0"),
        ),
        (
            "aws.protocols#awsJson1_1",
            json!({"protocol": "json", "jsonVersion": "1.1", "targetPrefix": "Weather"}),
            json("1.1"),
        ),
        (
            "aws.protocols#restXml",
            json!({"protocol": "rest-xml"}),
            xml,
        ),
        (
            "aws.protocols#awsQuery",
            json!({"protocol": "query"}),
            Protocol::Query,
        ),
        (
            "aws.protocols#ec2Query",
            json!({"protocol": "ec2"}),
            Protocol::Ec2,
        ),
        (
            "smithy.protocols#rpcv2Cbor",
            json!({"protocol": "smithy-rpc-v2-cbor", "targetPrefix": "Weather"}),
            cbor,
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
            assert!(service.has_generated_protocol());
        }
        assert_eq!(botocore.protocol_name, smithy.protocol_name, "{trait_name}");
    }
}

fn names(service: &Service) -> Vec<&str> {
    service.possible_protocols()
}

/// A service that speaks CBOR, JSON and query, in both formats; the order in which a model says it means nothing.
fn of_three() -> [(Value, Value); 2] {
    let metadata = |protocols: [&str; 3]| {
        json!({
            "protocol": protocols[0], "protocols": protocols, "jsonVersion": "1.0", "targetPrefix": "com.example.Weather",
            "awsQueryCompatible": {}
        })
    };
    let traits = |protocols: [&str; 3]| {
        let mut traits = json!({"aws.protocols#awsQueryCompatible": {}});
        for protocol in protocols {
            traits[protocol] = json!({});
        }
        traits
    };
    [
        (
            metadata(["smithy-rpc-v2-cbor", "json", "query"]),
            traits([
                "smithy.protocols#rpcv2Cbor",
                "aws.protocols#awsJson1_0",
                "aws.protocols#awsQuery",
            ]),
        ),
        (
            metadata(["query", "json", "smithy-rpc-v2-cbor"]),
            traits([
                "aws.protocols#awsQuery",
                "aws.protocols#awsJson1_0",
                "smithy.protocols#rpcv2Cbor",
            ]),
        ),
    ]
}

#[test]
fn of_several_protocols_it_is_the_best_by_our_order() {
    let expected = Protocol::RpcCbor {
        service: "Weather".to_owned(),
        query_compatible: true,
    };
    for (metadata, traits) in of_three() {
        for service in [of_botocore(&metadata), of_smithy(&traits)] {
            assert_eq!(service.protocol, Some(expected.clone()));
            assert_eq!(names(&service)[..2], ["smithy-rpc-v2-cbor", "json"]);
        }
    }
}

#[test]
fn of_several_protocols_it_is_the_one_that_is_preferred() {
    for (metadata, traits) in of_three() {
        let smithy = json!({"type": "service", "version": "1", "traits": traits});
        let smithy = JsonFile {
            path: "weather.json".to_owned(),
            value: json!({"smithy": "2.0", "shapes": {"com.example#Weather": smithy}}),
        };
        for (preferred, expected) in [
            ("json", "json"),
            ("smithy-rpc-v2-cbor", "smithy-rpc-v2-cbor"),
            // The service does not speak it, and nobody does: then the best is as good.
            ("rest-json", "smithy-rpc-v2-cbor"),
            ("carrier-pigeon", "smithy-rpc-v2-cbor"),
        ] {
            let botocore = read_botocore_as(&files(&metadata), Some(preferred)).unwrap();
            let smithy = read_smithy_as(&smithy, None, Some(preferred)).unwrap();
            for model in [botocore, smithy] {
                let spoken = model.service.protocol.as_ref().map(Protocol::name);
                assert_eq!(spoken, Some(expected), "{preferred}");
            }
        }
    }
}

#[test]
fn a_protocol_that_is_known_by_its_name_only_is_refused_by_it() {
    let service = of_smithy(&json!({"smithy.protocols#rpcv2Json": {}}));
    assert_eq!(service.protocol, None);
    assert_eq!(service.protocol_name, "smithy-rpc-v2-json");
    assert!(names(&service).is_empty());
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
