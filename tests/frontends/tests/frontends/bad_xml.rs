//! What XML, forms, EC2 and CBOR have no way to write, or nobody could tell apart, in Smithy ASTs. The same in botocore's
//! format is in the bad models of the golden tests: both are reported in the same words, unless it is the trait that is
//! in the wrong place.

use serde_json::{Map, Value, json};
use std::path::Path;
use tinsmith_codegen::{JsonFile, read_smithy};
use tinsmith_frontends::files;

const REST_XML: &str = "aws.protocols#restXml";
const QUERY: &str = "aws.protocols#awsQuery";
const EC2: &str = "aws.protocols#ec2Query";

const ATTRIBUTE: &str = "smithy.api#xmlAttribute";
const FLATTENED: &str = "smithy.api#xmlFlattened";
const NAME: &str = "smithy.api#xmlName";
const NAMESPACE: &str = "smithy.api#xmlNamespace";
const PAYLOAD: &str = "smithy.api#httpPayload";
const TEXT: &str = "smithy.api#String";

/// A service of a protocol with one operation, and `shapes` put over it by their names.
fn model(protocol: &str, shapes: &Value) -> Value {
    let pairs = Path::new(env!("CARGO_MANIFEST_DIR")).join("pairs");
    let rules = files::json(&pairs.join("endpoint-rule-set-1.json"));
    let mut model = json!({
        "smithy": "2.0",
        "shapes": {
            "com.example#Weather": {
                "type": "service",
                "version": "2020-01-01",
                "operations": [{ "target": "com.example#PutCity" }],
                "traits": {
                    "aws.api#service": { "sdkId": "Weather" },
                    "aws.auth#sigv4": { "name": "weather" },
                    "smithy.rules#endpointRuleSet": rules.unwrap().unwrap().value,
                    protocol: {}
                }
            },
            "com.example#PutCity": {
                "type": "operation",
                "input": { "target": "com.example#City" },
                "output": { "target": "smithy.api#Unit" },
                "traits": { "smithy.api#http": { "method": "PUT", "uri": "/city" } }
            },
            "com.example#City": structure(json!({ "name": member(TEXT, json!({})) })),
            "com.example#Inner": structure(json!({ "name": member(TEXT, json!({})) })),
            "com.example#Names": list(TEXT, json!({}))
        }
    });
    for (name, shape) in shapes.as_object().unwrap() {
        model["shapes"][format!("com.example#{name}")] = shape.clone();
    }
    model
}

/// What reading and generating it complains of.
fn problems(model: Value) -> String {
    let file = JsonFile {
        path: "weather.json".to_owned(),
        value: model,
    };
    let generated = read_smithy(&file, None).and_then(|model| files::whole_crate(&model));
    generated.map_or_else(|problems| problems.to_string(), |_| "no problem".to_owned())
}

fn member(target: &str, traits: Value) -> Value {
    let target = match target.contains('#') {
        true => target.to_owned(),
        false => format!("com.example#{target}"),
    };
    json!({ "target": target, "traits": traits })
}

fn structure(members: Value) -> Value {
    json!({ "type": "structure", "members": members })
}

fn list(target: &str, traits: Value) -> Value {
    json!({ "type": "list", "member": member(target, traits) })
}

/// The input with one member, `it`.
fn city(target: &str, traits: Value) -> Value {
    json!({ "City": structure(json!({ "it": member(target, traits) })) })
}

/// The input with a member `it` of a shape, and that shape.
fn city_with(name: &str, shape: Value) -> Value {
    let mut shapes = city(name, json!({}));
    shapes[name] = shape;
    shapes
}

/// Checks the one problem that `shapes` have in a protocol, and its place in the file.
fn check(protocol: &str, shapes: &Value, expected: &str, place: &str) {
    let expected = format!("error: expected {expected}\n  in weather.json at {place}");
    assert_eq!(problems(model(protocol, shapes)), expected, "{shapes}");
}

#[test]
fn what_is_sound_has_no_problem() {
    for protocol in [REST_XML, QUERY, EC2, "smithy.protocols#rpcv2Cbor"] {
        assert_eq!(problems(model(protocol, &json!({}))), "no problem");
    }
}

#[test]
fn traits_of_xml_in_the_wrong_place() {
    const ONLY_FLAT: &str = "`smithy.api#xmlFlattened` only on members of shapes of type structure, union that refer to one of type list, set, map, found it on";
    const ONLY_SCALAR: &str = "`smithy.api#xmlAttribute` only on members of shapes of type structure that refer to one of type byte, short, integer, intEnum, long, float, double, bigInteger, bigDecimal, string, enum, boolean, timestamp, found it on";
    const IN_CITY: &str = "shapes.com.example#City.members.it";
    let rows = [
        (
            city(TEXT, json!({ FLATTENED: {} })),
            format!("{ONLY_FLAT} a member of a shape of type structure that refers to one of type string"),
            IN_CITY,
        ),
        (
            city_with("Names", json!({ "type": "list", "member": { "target": TEXT }, "traits": { FLATTENED: {} } })),
            format!("{ONLY_FLAT} a shape of type list"),
            "shapes.com.example#Names",
        ),
        (
            city_with("Rows", list("Names", json!({ FLATTENED: {} }))),
            format!("{ONLY_FLAT} a member of a shape of type list that refers to one of type list"),
            "shapes.com.example#Rows.member",
        ),
        (
            city("Inner", json!({ ATTRIBUTE: {} })),
            format!("{ONLY_SCALAR} a member of a shape of type structure that refers to one of type structure"),
            IN_CITY,
        ),
        (
            city_with("Names", list(TEXT, json!({ ATTRIBUTE: {} }))),
            format!("{ONLY_SCALAR} a member of a shape of type list that refers to one of type string"),
            "shapes.com.example#Names.member",
        ),
        (
            city_with("Sky", json!({ "type": "union", "members": { "text": member(TEXT, json!({ ATTRIBUTE: {} })) } })),
            format!("{ONLY_SCALAR} a member of a shape of type union that refers to one of type string"),
            "shapes.com.example#Sky.members.text",
        ),
        (
            city_with("Inner", json!({ "type": "structure", "members": {}, "traits": { "aws.customizations#s3UnwrappedXmlOutput": {} } })),
            "`aws.customizations#s3UnwrappedXmlOutput` only on shapes of type operation, found it on a shape of type structure".to_owned(),
            "shapes.com.example#Inner",
        ),
        (
            city_with("Names", list(TEXT, json!({ "aws.protocols#ec2QueryName": "Name" }))),
            "`aws.protocols#ec2QueryName` only on members of shapes of type structure, found it on a member of a shape of type list that refers to one of type string".to_owned(),
            "shapes.com.example#Names.member",
        ),
        (
            city_with("Names", json!({ "type": "list", "member": { "target": TEXT }, "traits": { "aws.protocols#awsQueryError": { "code": "Gone", "httpResponseCode": 410 } } })),
            "`aws.protocols#awsQueryError` only on shapes of type structure, found it on a shape of type list".to_owned(),
            "shapes.com.example#Names",
        ),
    ];
    for (shapes, expected, place) in rows {
        check(REST_XML, &shapes, &expected, place);
    }
}

#[test]
fn values_of_traits_of_xml() {
    let of_city = |name: &str| format!("shapes.com.example#City.members.it.traits.{name}");
    let rows = [
        (
            json!({ FLATTENED: 1 }),
            "a trait without a value, `{}`, found 1",
            of_city(FLATTENED),
        ),
        (json!({ NAME: 1 }), "a string, found 1", of_city(NAME)),
        (
            json!({ NAMESPACE: { "url": "https://example.com/" } }),
            "only traits that the generator supports, found `url`; did you mean `uri`?",
            of_city(NAMESPACE) + ".url",
        ),
        (
            json!({ "aws.protocols#ec2QueryName": 1 }),
            "a string, found 1",
            of_city("aws.protocols#ec2QueryName"),
        ),
    ];
    for (traits, expected, place) in rows {
        check(REST_XML, &city("Names", traits), expected, &place);
    }
    for (value, expected, place) in [
        (
            json!({ "noErrorWrapping": 1 }),
            "true or false, found 1",
            ".noErrorWrapping",
        ),
        (
            json!({ "noErrorWraping": true }),
            "only traits that the generator supports, found `noErrorWraping`; did you mean `noErrorWrapping`?",
            ".noErrorWraping",
        ),
    ] {
        let mut model = model(REST_XML, &json!({}));
        model["shapes"]["com.example#Weather"]["traits"][REST_XML] = value;
        assert_eq!(
            problems(model),
            format!(
                "error: expected {expected}\n  in weather.json at shapes.com.example#Weather.traits.{REST_XML}{place}"
            )
        );
    }
}

#[test]
fn names_and_namespaces_that_xml_does_not_have() {
    const IN_CITY: &str = "shapes.City.it";
    for (shapes, expected, place) in [
        (
            city(TEXT, json!({ NAME: "a:b:c" })),
            "a valid name of an XML element, found \"a:b:c\"",
            IN_CITY,
        ),
        (
            city(TEXT, json!({ NAME: "a:" })),
            "a valid name of an XML element, found \"a:\"",
            IN_CITY,
        ),
        (
            json!({ "City": { "type": "structure", "members": { "it": member(TEXT, json!({})) }, "traits": { NAME: "1" } } }),
            "a valid name of an XML element, found \"1\"",
            "operations.PutCity",
        ),
        (
            city(
                "Inner",
                json!({ NAMESPACE: { "uri": "https://example.com/", "prefix": "xmlns" } }),
            ),
            "a prefix that XML can declare, found \"xmlns\"",
            IN_CITY,
        ),
        (
            city("Inner", json!({ NAMESPACE: { "prefix": "a" } })),
            "the URI of a namespace, found \"\"",
            IN_CITY,
        ),
        (
            city("Inner", json!({ NAMESPACE: { "uri": "a b" } })),
            "the URI of a namespace, found \"a b\"",
            IN_CITY,
        ),
        (
            city(TEXT, json!({ ATTRIBUTE: {}, NAME: "a:note" })),
            "a namespace for the prefix of `a:note`, which is an attribute of `City`, found none",
            "operations.PutCity",
        ),
    ] {
        check(REST_XML, &shapes, expected, place);
    }
    let mut of_service = model(REST_XML, &json!({}));
    of_service["shapes"]["com.example#Weather"]["traits"][NAMESPACE] = json!({ "uri": "a b" });
    assert_eq!(
        problems(of_service),
        "error: expected the URI of a namespace, found \"a b\"\n  in weather.json at metadata.xmlNamespace"
    );
}

#[test]
fn members_that_have_no_form_or_that_of_another() {
    let both = |first: Value, second: Value| json!({ "City": structure(json!({ "first": first, "second": second })) });
    let attribute = |name: &str| member(TEXT, json!({ ATTRIBUTE: {}, NAME: name }));
    let of_inner = |prefix: &str| {
        json!({
            "City": structure(json!({ "it": member("Inner", json!({ NAMESPACE: { "uri": "https://example.com/", "prefix": prefix } })) })),
            "Inner": structure(json!({ "color": attribute("a:color") }))
        })
    };
    assert_eq!(problems(model(REST_XML, &of_inner("a"))), "no problem");
    for (shapes, expected, place) in [
        (
            city("smithy.api#Document", json!({})),
            "a shape that has a form in XML, found `Document`, which is a document",
            "shapes.City.it",
        ),
        (
            both(attribute("kind"), attribute("kind")),
            "members with keys of their own in a body, found `kind` as that of `first` and of `second`",
            "shapes.City",
        ),
        (
            both(
                member(TEXT, json!({ NAME: "Name" })),
                member("Names", json!({ FLATTENED: {}, NAME: "Name" })),
            ),
            "members with keys of their own in a body, found `Name` as that of `first` and of `second`",
            "shapes.City",
        ),
        (
            city(
                TEXT,
                json!({ ATTRIBUTE: {}, "smithy.api#httpHeader": "x-it" }),
            ),
            "one place for a member, found an attribute that is bound to HTTP as well",
            "shapes.City.it",
        ),
        (
            of_inner("b"),
            "a namespace for the prefix of `a:color`, which is an attribute of `Inner`, found one for `b`",
            "shapes.City.it",
        ),
        (
            city_with(
                "Tags",
                json!({ "type": "map", "key": member(TEXT, json!({ NAME: "value" })), "value": member(TEXT, json!({})) }),
            ),
            "keys and values that are called differently, found `value` for both",
            "shapes.Tags",
        ),
        (
            city("Names", json!({ PAYLOAD: {} })),
            "a structure, a union, a string or a blob as a payload in XML, found `Names`, which is a list",
            "shapes.City.members.it",
        ),
        (
            json!({
                "PutCity": {
                    "type": "operation", "input": { "target": "smithy.api#Unit" }, "output": { "target": "com.example#Two" },
                    "traits": { "smithy.api#http": { "method": "PUT", "uri": "/city" }, "aws.customizations#s3UnwrappedXmlOutput": {} }
                },
                "Two": structure(json!({ "a": member(TEXT, json!({})), "b": member(TEXT, json!({})) }))
            }),
            "an output of one member, which is all of an answer that is unwrapped, found one of 2",
            "operations.PutCity",
        ),
    ] {
        check(REST_XML, &shapes, expected, place);
    }
}

#[test]
fn parameters_of_forms() {
    for (shapes, expected, place) in [
        (
            city(TEXT, json!({ NAME: "Action" })),
            "a parameter that the protocol leaves to members, found `Action`",
            "shapes.City.members.it",
        ),
        (
            city(
                "smithy.api#Integer",
                json!({ "smithy.api#idempotencyToken": {} }),
            ),
            "`smithy.api#idempotencyToken` only on members of shapes of type structure that refer to one of type string, enum, found it on a member of a shape of type structure that refers to one of type integer",
            "shapes.com.example#City.members.it",
        ),
        (
            city_with(
                "Body",
                json!({ "type": "blob", "traits": { "smithy.api#streaming": {} } }),
            ),
            "a streaming blob only as the payload of an operation's input or output, found it elsewhere",
            "shapes.City.members.it",
        ),
    ] {
        check(QUERY, &shapes, expected, place);
    }
    for (shapes, expected, place) in [
        (
            json!({ "City": structure(json!({ "version": member(TEXT, json!({})) })) }),
            "a parameter that the protocol leaves to members, found `Version`",
            "shapes.City.members.version",
        ),
        (
            json!({ "City": structure(json!({ "color": member(TEXT, json!({})), "Color": member(TEXT, json!({})) })) }),
            "members with parameters of their own, found `Color` as that of `color` and of `Color`",
            "shapes.City",
        ),
        (
            json!({ "City": structure(json!({ "a": member(TEXT, json!({ "aws.protocols#ec2QueryName": "It" })), "it": member(TEXT, json!({})) })) }),
            "members with parameters of their own, found `It` as that of `a` and of `it`",
            "shapes.City",
        ),
    ] {
        check(EC2, &shapes, expected, place);
    }
}

#[test]
fn errors_of_the_query_protocol() {
    let thrown = |value: Value| {
        json!({
            "PutCity": {
                "type": "operation", "input": { "target": "smithy.api#Unit" }, "output": { "target": "smithy.api#Unit" },
                "errors": [{ "target": "com.example#Gone" }]
            },
            "Gone": {
                "type": "structure", "members": {},
                "traits": { "smithy.api#error": "client", "aws.protocols#awsQueryError": value }
            }
        })
    };
    const IN_GONE: &str = "shapes.com.example#Gone.traits.aws.protocols#awsQueryError";
    for (value, expected, place) in [
        (
            json!({ "code": "Gone", "httpResponseCode": 1000 }),
            "a status code of HTTP, found 1000",
            format!("{IN_GONE}.httpResponseCode"),
        ),
        (
            json!({ "cod": "Gone", "httpResponseCode": 410 }),
            "only traits that the generator supports, found `cod`; did you mean `code`?",
            format!("{IN_GONE}.cod"),
        ),
        (
            json!({ "code": "", "httpResponseCode": 410 }),
            "the code of an error, of printable characters, found \"\"",
            "shapes.Gone.error.code".to_owned(),
        ),
    ] {
        check(QUERY, &thrown(value), expected, &place);
    }
}

/// The name of the service is in the path of every request in CBOR.
#[test]
fn services_that_no_path_has() {
    let mut model = model("smithy.protocols#rpcv2Cbor", &json!({}));
    let shapes = model["shapes"].as_object_mut().unwrap();
    let service = shapes.shift_remove("com.example#Weather").unwrap();
    let mut renamed = Map::new();
    renamed.insert("com.example#a/../b".to_owned(), service);
    renamed.append(shapes);
    model["shapes"] = renamed.into();
    assert_eq!(
        problems(model),
        "error: expected characters that are allowed in a header, a path or a host name, found \"a/../b\"\n  in weather.json at metadata.targetPrefix"
    );
}
