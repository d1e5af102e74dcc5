//! What XML, forms and EC2 have no way to write, or nobody could tell apart.

use crate::edit::Bad;
use crate::edit::Edit::{self, Delete, Set};
use crate::edit::File::Service;

/// The sound model in XML, which has no documents.
const REST_XML: Edit = Set(Service, "/metadata/protocol", r#""rest-xml""#);
const QUERY: Edit = Set(Service, "/metadata/protocol", r#""query""#);
const EC2: Edit = Set(Service, "/metadata/protocol", r#""ec2""#);
const NO_DOCUMENT: Edit = Delete(Service, "/shapes/Thing/members/any");

pub(crate) const CASES: &[Bad] = &[
    Bad {
        name: "a document in XML",
        edits: &[REST_XML],
        message: &[
            "error: expected a shape that has a form in XML, found `Any`, which is a document",
            "  in service-2.json at shapes.Thing.any",
        ],
    },
    Bad {
        name: "flattened text",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(Service, "/shapes/Thing/members/color/flattened", "true"),
        ],
        message: &[
            "error: expected `flattened` only on members that refer to a shape of type list, map, found it on one that refers to type string",
            "  in service-2.json at shapes.Thing.members.color.flattened",
        ],
    },
    Bad {
        name: "a shape of text that is flattened",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(Service, "/shapes/Text/flattened", "true"),
        ],
        message: &[
            "error: expected `flattened` only on shapes of type list, map, found it on one of type string",
            "  in service-2.json at shapes.Text.flattened",
        ],
    },
    Bad {
        name: "a flattened list within another",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(Service, "/shapes/Colors/flattened", "true"),
            Set(Service, "/shapes/Tags/value", r#"{"shape":"Colors"}"#),
            Delete(Service, "/shapes/PutThingRequest/members/meta"),
        ],
        message: &[
            "error: expected flattened lists and maps as members of structures only, found `Colors` within another",
            "  in service-2.json at shapes.Tags.value",
        ],
    },
    Bad {
        name: "a structure as an attribute",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(Service, "/shapes/Thing/members/parent/xmlAttribute", "true"),
        ],
        message: &[
            "error: expected `xmlAttribute` only on members that refer to a shape of type boolean, double, float, integer, long, string, timestamp, found it on one that refers to type structure",
            "  in service-2.json at shapes.Thing.members.parent.xmlAttribute",
        ],
    },
    Bad {
        name: "an item as an attribute",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(Service, "/shapes/Colors/member/xmlAttribute", "true"),
        ],
        message: &[
            "error: expected `xmlAttribute` only on members of structures, found it on one of a list",
            "  in service-2.json at shapes.Colors.member.xmlAttribute",
        ],
    },
    Bad {
        name: "a variant as an attribute",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(Service, "/shapes/Value/members/text/xmlAttribute", "true"),
        ],
        message: &[
            "error: expected attributes as members of structures only, found one elsewhere",
            "  in service-2.json at shapes.Value.text",
        ],
    },
    Bad {
        name: "two attributes of one name",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/Thing/members/color",
                r#"{"shape":"Color","locationName":"kind","xmlAttribute":true}"#,
            ),
            Set(
                Service,
                "/shapes/Thing/members/password",
                r#"{"shape":"Text","locationName":"kind","xmlAttribute":true}"#,
            ),
        ],
        message: &[
            "error: expected members with keys of their own in a body, found `kind` as that of `color` and of `password`",
            "  in service-2.json at shapes.Thing",
        ],
    },
    Bad {
        name: "an attribute that is a header as well",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/ListThingsResponse/members/requestId/xmlAttribute",
                "true",
            ),
        ],
        message: &[
            "error: expected one place for a member, found an attribute that is bound to HTTP as well",
            "  in service-2.json at shapes.ListThingsResponse.requestId",
        ],
    },
    Bad {
        name: "an attribute that declares a namespace",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/Thing/members/color",
                r#"{"shape":"Color","locationName":"xmlns:a","xmlAttribute":true}"#,
            ),
        ],
        message: &[
            "error: expected a namespace for the prefix of `xmlns:a`, which is an attribute of `Thing`, found none",
            "  in service-2.json at shapes.PutThingRequest.thing",
            "error: expected what an attribute can be called, found `xmlns:a`, which declares a namespace",
            "  in service-2.json at shapes.Thing.color",
            "error: expected a namespace for the prefix of `xmlns:a`, which is an attribute of `Thing`, found none",
            "  in service-2.json at shapes.Thing.parent",
            "error: expected a namespace for the prefix of `xmlns:a`, which is an attribute of `Thing`, found none",
            "  in service-2.json at shapes.Things.member",
        ],
    },
    Bad {
        name: "an attribute whose prefix nobody declares",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/Thing/members/color",
                r#"{"shape":"Color","locationName":"a:color","xmlAttribute":true}"#,
            ),
            Set(
                Service,
                "/shapes/Thing/members/parent/xmlNamespace",
                r#"{"uri":"https://example.com/b","prefix":"b"}"#,
            ),
            Set(
                Service,
                "/shapes/PutThingRequest/members/thing/xmlNamespace",
                r#"{"uri":"https://example.com/","prefix":"a"}"#,
            ),
        ],
        message: &[
            "error: expected a namespace for the prefix of `a:color`, which is an attribute of `Thing`, found one for `b`",
            "  in service-2.json at shapes.Thing.parent",
        ],
    },
    Bad {
        name: "an attribute of the outermost element whose prefix nobody declares",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/ListThingsRequest/members/note",
                r#"{"shape":"Text","locationName":"a:note","xmlAttribute":true}"#,
            ),
        ],
        message: &[
            "error: expected a namespace for the prefix of `a:note`, which is an attribute of `ListThingsRequest`, found none",
            "  in service-2.json at operations.ListThings",
        ],
    },
    Bad {
        name: "two elements of one name, one of them flattened",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/Thing/members/tags",
                r#"{"shape":"Tags","flattened":true,"locationName":"color"}"#,
            ),
        ],
        message: &[
            "error: expected members with keys of their own in a body, found `color` as that of `color` and of `tags`",
            "  in service-2.json at shapes.Thing",
        ],
    },
    Bad {
        name: "a name with two prefixes",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/Thing/members/color/locationName",
                r#""a:b:c""#,
            ),
        ],
        message: &[
            r#"error: expected a valid name of an XML element, found "a:b:c""#,
            "  in service-2.json at shapes.Thing.color",
        ],
    },
    Bad {
        name: "a name that is a prefix only",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/Thing/members/color/locationName",
                r#""a:""#,
            ),
        ],
        message: &[
            r#"error: expected a valid name of an XML element, found "a:""#,
            "  in service-2.json at shapes.Thing.color",
        ],
    },
    Bad {
        name: "a prefix that XML has declared",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/Thing/members/parent/xmlNamespace",
                r#"{"uri":"https://example.com/","prefix":"xmlns"}"#,
            ),
        ],
        message: &[
            r#"error: expected a prefix that XML can declare, found "xmlns""#,
            "  in service-2.json at shapes.Thing.parent",
        ],
    },
    Bad {
        name: "a namespace without a URI",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/Thing/members/parent/xmlNamespace",
                r#"{"prefix":"a"}"#,
            ),
        ],
        message: &[
            r#"error: expected the URI of a namespace, found """#,
            "  in service-2.json at shapes.Thing.parent",
        ],
    },
    Bad {
        name: "a key called as its value",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(Service, "/shapes/Tags/key/locationName", r#""value""#),
        ],
        message: &[
            "error: expected keys and values that are called differently, found `value` for both",
            "  in service-2.json at shapes.Tags",
        ],
    },
    Bad {
        name: "a list as a payload",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/PutThingRequest/members/thing/shape",
                r#""Colors""#,
            ),
        ],
        message: &[
            "error: expected a structure, a union, a string or a blob as a payload in XML, found `Colors`, which is a list",
            "  in service-2.json at shapes.PutThingRequest.members.thing",
        ],
    },
    Bad {
        name: "a format of timestamps on text",
        edits: &[
            REST_XML,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/Thing/members/color/timestampFormat",
                r#""rfc822""#,
            ),
        ],
        message: &[
            "error: expected `timestampFormat` only on members that refer to a shape of type timestamp, found it on one that refers to type string",
            "  in service-2.json at shapes.Thing.members.color.timestampFormat",
        ],
    },
    Bad {
        name: "a number as a token in a form",
        edits: &[
            QUERY,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/ListThingsRequest/members/limit/idempotencyToken",
                "true",
            ),
        ],
        message: &[
            "error: expected `idempotencyToken` only on members that refer to a shape of type string, found it on one that refers to type integer",
            "  in service-2.json at shapes.ListThingsRequest.members.limit.idempotencyToken",
        ],
    },
    Bad {
        name: "a parameter that the protocol sends",
        edits: &[
            QUERY,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/ListThingsRequest/members/kind",
                r#"{"shape":"Text","locationName":"Action"}"#,
            ),
        ],
        message: &[
            "error: expected a parameter that the protocol leaves to members, found `Action`",
            "  in service-2.json at shapes.ListThingsRequest.members.kind",
        ],
    },
    Bad {
        name: "a parameter that the protocol sends, in small letters",
        edits: &[
            EC2,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/ListThingsRequest/members/version",
                r#"{"shape":"Text"}"#,
            ),
        ],
        message: &[
            "error: expected a parameter that the protocol leaves to members, found `Version`",
            "  in service-2.json at shapes.ListThingsRequest.members.version",
        ],
    },
    Bad {
        name: "two parameters that differ in answers only",
        edits: &[
            EC2,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/Thing/members/Color",
                r#"{"shape":"Text"}"#,
            ),
        ],
        message: &[
            "error: expected members with parameters of their own, found `Color` as that of `color` and of `Color`",
            "  in service-2.json at shapes.Thing",
        ],
    },
    Bad {
        name: "a name for queries that is none",
        edits: &[
            EC2,
            NO_DOCUMENT,
            Set(Service, "/shapes/Thing/members/color/queryName", "1"),
        ],
        message: &[
            "error: expected a string, found 1",
            "  in service-2.json at shapes.Thing.members.color.queryName",
        ],
    },
    Bad {
        name: "an item with a name for queries",
        edits: &[
            EC2,
            NO_DOCUMENT,
            Set(Service, "/shapes/Colors/member/queryName", r#""Color""#),
        ],
        message: &[
            "error: expected `queryName` only on members of structures, found it on one of a list",
            "  in service-2.json at shapes.Colors.member.queryName",
        ],
    },
    Bad {
        name: "a result in another element",
        edits: &[
            QUERY,
            NO_DOCUMENT,
            Set(
                Service,
                "/operations/ListThings/output/resultWrapper",
                r#""Things""#,
            ),
        ],
        message: &[
            "error: expected a result in the element `ListThingsResult`, as in the query protocol, found one in `Things`",
            "  in service-2.json at operations.ListThings.output.resultWrapper",
        ],
    },
    Bad {
        name: "a stream in a form",
        edits: &[
            QUERY,
            NO_DOCUMENT,
            Set(
                Service,
                "/shapes/PutThingRequest/members/thing",
                r#"{"shape":"Bytes","streaming":true}"#,
            ),
        ],
        message: &[
            "error: expected a streaming blob only as the payload of an operation's input or output, found it elsewhere",
            "  in service-2.json at shapes.PutThingRequest.members.thing",
        ],
    },
    Bad {
        name: "a status of an error that is none",
        edits: &[
            QUERY,
            NO_DOCUMENT,
            Set(Service, "/shapes/NotFound/error/httpStatusCode", "1000"),
        ],
        message: &[
            "error: expected a status code of HTTP, found 1000",
            "  in service-2.json at shapes.NotFound.error.httpStatusCode",
        ],
    },
    Bad {
        name: "an error without a code",
        edits: &[
            QUERY,
            NO_DOCUMENT,
            Set(Service, "/shapes/NotFound/error/code", r#""""#),
        ],
        message: &[
            r#"error: expected the code of an error, of printable characters, found """#,
            "  in service-2.json at shapes.NotFound.error.code",
        ],
    },
    Bad {
        name: "CBOR for nobody",
        edits: &[Set(
            Service,
            "/metadata/protocol",
            r#""smithy-rpc-v2-cbor""#,
        )],
        message: &[
            r#"error: expected characters that are allowed in a header, a path or a host name, found """#,
            "  in service-2.json at metadata.targetPrefix",
        ],
    },
    Bad {
        name: "CBOR for a service that no path has",
        edits: &[
            Set(Service, "/metadata/protocol", r#""smithy-rpc-v2-cbor""#),
            Set(Service, "/metadata/targetPrefix", r#""a/../b""#),
        ],
        message: &[
            r#"error: expected characters that are allowed in a header, a path or a host name, found "/b""#,
            "  in service-2.json at metadata.targetPrefix",
        ],
    },
];
