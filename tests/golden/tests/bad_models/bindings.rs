//! Members that do not fit their place in a message, and what the generator refuses honestly.

use crate::edit::Bad;
use crate::edit::Edit::{Delete, Set};
use crate::edit::File::Service;

pub(crate) const CASES: &[Bad] = &[
    Bad {
        name: "a label without a member",
        edits: &[Set(
            Service,
            "/operations/PutThing/http/requestUri",
            r#""/things/{id}/{part}""#,
        )],
        message: &[
            "error: expected a member of the input for the label `{part}`, found none",
            "  in service-2.json at operations.PutThing.http.requestUri",
        ],
    },
    Bad {
        name: "a member without a label",
        edits: &[Set(
            Service,
            "/operations/PutThing/http/requestUri",
            r#""/things""#,
        )],
        message: &[
            "error: expected a place for the label `id` of the input, found none in `/things`",
            "  in service-2.json at operations.PutThing.http.requestUri",
        ],
    },
    Bad {
        name: "a label that is not closed",
        edits: &[Set(
            Service,
            "/operations/PutThing/http/requestUri",
            r#""/things/{id""#,
        )],
        message: &[
            "error: expected labels such as `{name}` or `{name+}`, found an unmatched brace in `/things/{id`",
            "  in service-2.json at operations.PutThing.http.requestUri",
        ],
    },
    Bad {
        name: "a path without a slash",
        edits: &[Set(
            Service,
            "/operations/PutThing/http/requestUri",
            r#""things/{id}""#,
        )],
        message: &[
            "error: expected a path that begins with `/`, found `things/{id}`",
            "  in service-2.json at operations.PutThing.http.requestUri",
        ],
    },
    Bad {
        name: "a method nobody knows",
        edits: &[Set(
            Service,
            "/operations/PutThing/http/method",
            r#""PUSH""#,
        )],
        message: &[
            "error: expected a method of HTTP (DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT), found `PUSH`",
            "  in service-2.json at operations.PutThing.http.method",
        ],
    },
    Bad {
        name: "no HTTP",
        edits: &[Delete(Service, "/operations/PutThing/http")],
        message: &[
            "error: expected `http`, found none",
            "  in service-2.json at operations.PutThing",
        ],
    },
    Bad {
        name: "a host label without a member",
        edits: &[Set(
            Service,
            "/operations/PutThing/endpoint/hostPrefix",
            r#""{tenant}.""#,
        )],
        message: &[
            "error: expected a member of the input for the label `{tenant}`, found none",
            "  in service-2.json at operations.PutThing.endpoint.hostPrefix",
        ],
    },
    Bad {
        name: "a host label that is not marked",
        edits: &[Delete(
            Service,
            "/shapes/PutThingRequest/members/account/hostLabel",
        )],
        message: &[
            "error: expected a member of the input for the label `{account}`, found one without `hostLabel`",
            "  in service-2.json at operations.PutThing.endpoint.hostPrefix",
        ],
    },
    Bad {
        name: "a structure in a header",
        edits: &[Set(
            Service,
            "/shapes/PutThingResponse/members/etag/shape",
            r#""Thing""#,
        )],
        message: &[
            "error: expected text, a number, a timestamp, a blob or a list of one of them in a header, found `Thing`, which is a structure",
            "  in service-2.json at shapes.PutThingResponse.members.etag",
        ],
    },
    Bad {
        name: "a list as a label",
        edits: &[Set(
            Service,
            "/shapes/PutThingRequest/members/id/shape",
            r#""Colors""#,
        )],
        message: &[
            "error: expected text, a number or a timestamp in a label, found `Colors`, which is a list, each item an enum",
            "  in service-2.json at shapes.PutThingRequest.members.id",
        ],
    },
    Bad {
        name: "a structure in the query string",
        edits: &[Set(
            Service,
            "/shapes/ListThingsRequest/members/limit/shape",
            r#""Thing""#,
        )],
        message: &[
            "error: expected text, a number, a timestamp, a list of one of them or a map of text in the query string, found `Thing`, which is a structure",
            "  in service-2.json at shapes.ListThingsRequest.members.limit",
        ],
    },
    Bad {
        name: "prefix headers that are no map",
        edits: &[Set(
            Service,
            "/shapes/PutThingRequest/members/meta/shape",
            r#""Text""#,
        )],
        message: &[
            "error: expected a map of strings in headers with a prefix, found `Text`, which is a string",
            "  in service-2.json at shapes.PutThingRequest.members.meta",
        ],
    },
    Bad {
        name: "a status code that is text",
        edits: &[Set(
            Service,
            "/shapes/PutThingResponse/members/status/shape",
            r#""Text""#,
        )],
        message: &[
            "error: expected an integer for the status code, found `Text`, which is a string",
            "  in service-2.json at shapes.PutThingResponse.members.status",
        ],
    },
    Bad {
        name: "a member beside a payload",
        edits: &[Set(
            Service,
            "/shapes/PutThingRequest/members/note",
            r#"{"shape":"Text"}"#,
        )],
        message: &[
            "error: expected every member beside a payload to be bound elsewhere, found members bound to the body as well",
            "  in service-2.json at shapes.PutThingRequest",
        ],
    },
    Bad {
        name: "a stream that is not the whole body",
        edits: &[
            Set(
                Service,
                "/shapes/PutThingRequest/members/data",
                r#"{"shape":"Bytes"}"#,
            ),
            Set(Service, "/shapes/Bytes/streaming", "true"),
        ],
        message: &[
            "error: expected a streaming blob only as the payload of an operation's input or output, found it elsewhere",
            "  in service-2.json at shapes.PutThingRequest.members.data",
            "error: expected a streaming blob only as the payload of an operation's input or output, found it elsewhere",
            "  in service-2.json at shapes.Thing.members.data",
        ],
    },
    Bad {
        name: "a stream as the payload of an exception",
        edits: &[
            Set(
                Service,
                "/shapes/NotFound/members/message",
                r#"{"shape":"Bytes","streaming":true}"#,
            ),
            Set(Service, "/shapes/NotFound/payload", r#""message""#),
        ],
        message: &[
            "error: expected a streaming blob only as the payload of an operation's input or output, found it elsewhere",
            "  in service-2.json at shapes.NotFound.members.message",
        ],
    },
    Bad {
        name: "text that streams",
        edits: &[Set(
            Service,
            "/shapes/Thing/members/color/streaming",
            "true",
        )],
        message: &[
            "error: expected `streaming` only on members that refer to a shape of type blob, found it on one that refers to type string",
            "  in service-2.json at shapes.Thing.members.color.streaming",
        ],
    },
    Bad {
        name: "a stream over a protocol without payloads",
        edits: &[
            Set(Service, "/metadata/protocol", r#""json""#),
            Set(Service, "/shapes/PutThingRequest/payload", r#""thing""#),
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
        name: "a stream that is to be compressed and added up",
        edits: &[
            Set(Service, "/shapes/Bytes", r#"{"type":"blob"}"#),
            Delete(Service, "/operations/PutThing/endpoint"),
            Set(
                Service,
                "/operations/PutThing/http/requestUri",
                r#""/things""#,
            ),
            Set(
                Service,
                "/operations/PutThing/input",
                r#"{"shape":"Uploaded"}"#,
            ),
            Set(
                Service,
                "/shapes/Uploaded",
                r#"{"type":"structure","members":{"data":{"shape":"Bytes","streaming":true}},"payload":"data"}"#,
            ),
            Set(
                Service,
                "/operations/PutThing/requestcompression",
                r#"{"encodings": ["gzip"]}"#,
            ),
            Set(Service, "/operations/PutThing/httpChecksumRequired", "true"),
        ],
        message: &[
            "error: expected request compression of a body that is sent whole, found one that streams, which the generator does not support yet",
            "  in service-2.json at operations.PutThing",
        ],
    },
    Bad {
        name: "a compression with more to say",
        edits: &[Set(
            Service,
            "/operations/PutThing/requestcompression",
            r#"{"encodings": ["br"], "level": 9}"#,
        )],
        message: &[
            "error: expected only traits that the generator supports, found `level`",
            "  in service-2.json at operations.PutThing.requestcompression.level",
        ],
    },
    Bad {
        name: "a compression that nobody has",
        edits: &[Set(
            Service,
            "/operations/PutThing/requestcompression",
            r#"{"encodings": ["br"]}"#,
        )],
        message: &[
            "error: expected `gzip` among the encodings, found `br`",
            "  in service-2.json at operations.PutThing.requestcompression.encodings",
        ],
    },
    Bad {
        name: "a service that signs by version 2 only",
        edits: &[
            Delete(Service, "/metadata/auth"),
            Set(Service, "/metadata/signatureVersion", r#""v2""#),
        ],
        message: &[
            "error: expected a service that accepts AWS Signature Version 4, found one that accepts only version 2, which nothing here signs with: no call of its client could succeed",
            "  in service-2.json at metadata.signatureVersion",
        ],
    },
    Bad {
        name: "a checksum whose algorithm is no header",
        edits: &[Set(
            Service,
            "/operations/PutThing/httpChecksum",
            r#"{"requestAlgorithmMember": "thing", "requestChecksumRequired": true}"#,
        )],
        message: &[
            "error: expected the name of a member of the input that is bound to a header, found `thing`",
            "  in service-2.json at operations.PutThing.httpChecksum.requestAlgorithmMember",
        ],
    },
    Bad {
        name: "a validation of responses that no header asks for",
        edits: &[Set(
            Service,
            "/operations/PutThing/httpChecksum",
            r#"{"requestChecksumRequired": true, "responseAlgorithms": ["CRC32"], "requestValidationModeMember": "mode"}"#,
        )],
        message: &[
            "error: expected the name of a member of the input that is bound to a header, found `mode`",
            "  in service-2.json at operations.PutThing.httpChecksum.requestValidationModeMember",
        ],
    },
];
