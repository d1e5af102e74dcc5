//! Files that are no models, and models that lack a part.

use crate::edit::Bad;
use crate::edit::Edit::{Calls, Delete, Nested, NoFile, Set, Text};
use crate::edit::File::{Rules, Service};

pub(crate) const CASES: &[Bad] = &[
    Bad {
        name: "text that is not JSON",
        edits: &[Text(Service, "{\n  \"metadata\": {,\n}")],
        message: &[
            "error: expected JSON, found text that is not JSON: key must be a string",
            "  in service-2.json at line 2 column 16",
        ],
    },
    Bad {
        name: "an empty file",
        edits: &[Text(Service, "")],
        message: &[
            "error: expected JSON, found text that is not JSON: EOF while parsing a value",
            "  in service-2.json at line 1 column 0",
        ],
    },
    Bad {
        name: "rules 10,000 deep",
        edits: &[Nested(Rules, r#"{"rules":"#, 10_000, "1", "}")],
        message: &[
            "error: expected JSON, found text that is not JSON: recursion limit exceeded",
            "  in endpoint-rule-set-1.json at line 1 column 1144",
        ],
    },
    Bad {
        name: "a list instead of a model",
        edits: &[Text(Service, "[]")],
        message: &[
            "error: expected an object, found an array",
            "  in service-2.json",
        ],
    },
    Bad {
        name: "an empty object",
        edits: &[Text(Service, "{}")],
        message: &[
            "error: expected a service model with `metadata`, `operations` and `shapes`, found none called `metadata`",
            "  in service-2.json",
            "error: expected a service model with `metadata`, `operations` and `shapes`, found none called `operations`",
            "  in service-2.json",
            "error: expected a service model with `metadata`, `operations` and `shapes`, found none called `shapes`",
            "  in service-2.json",
        ],
    },
    Bad {
        name: "shapes missing",
        edits: &[Delete(Service, "/shapes")],
        message: &[
            "error: expected a service model with `metadata`, `operations` and `shapes`, found none called `shapes`",
            "  in service-2.json",
        ],
    },
    Bad {
        name: "no endpoint rules",
        edits: &[NoFile(Rules)],
        message: &[
            "error: expected the service's endpoint rules beside the model (endpoint-rule-set-1.json), found none",
            "  in service-2.json",
        ],
    },
    Bad {
        name: "rules 55 deep",
        edits: &[Nested(
            Rules,
            r#"{"rules":["#,
            55,
            r#"{"conditions":[],"error":"x"}"#,
            "]}",
        )],
        message: &[
            "error: expected rules nested at most 48 deep, found some that go deeper",
            "  in endpoint-rule-set-1.json at rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules[0].rules",
        ],
    },
    Bad {
        name: "calls 55 deep",
        edits: &[Calls(55)],
        message: &[
            "error: expected calls nested at most 48 deep, found one that goes deeper",
            "  in endpoint-rule-set-1.json at rules[0].conditions[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0].argv[0]",
        ],
    },
    Bad {
        name: "an unknown protocol",
        edits: &[Set(Service, "/metadata/protocol", r#""carrier-pigeon""#)],
        message: &[
            "error: expected a protocol that the runtime supports (smithy-rpc-v2-cbor, json, rest-json, rest-xml, query, ec2), found `carrier-pigeon`",
            "  in service-2.json at metadata.protocol",
        ],
    },
    Bad {
        name: "a service without a name for paths",
        edits: &[Set(
            Service,
            "/metadata/protocol",
            r#""smithy-rpc-v2-cbor""#,
        )],
        message: &[
            "error: expected characters that are allowed in a header, a path or a host name, found \"\"",
            "  in service-2.json at metadata.targetPrefix",
        ],
    },
    Bad {
        name: "a service with a name that is two segments of a path",
        edits: &[
            Set(Service, "/metadata/protocol", r#""smithy-rpc-v2-cbor""#),
            Set(Service, "/metadata/targetPrefix", r#""Golden/operation""#),
        ],
        message: &[
            "error: expected characters that are allowed in a header, a path or a host name, found \"Golden/operation\"",
            "  in service-2.json at metadata.targetPrefix",
        ],
    },
    Bad {
        name: "no protocol",
        edits: &[Delete(Service, "/metadata/protocol")],
        message: &[
            "error: expected `protocol`, found none",
            "  in service-2.json at metadata",
        ],
    },
    Bad {
        name: "authentication that is not spoken",
        edits: &[Set(Service, "/metadata/auth", r#"["aws.auth#sigv4a"]"#)],
        message: &[
            "error: expected an authentication scheme that the runtime supports (`aws.auth#sigv4`, `smithy.api#httpBearerAuth`), found only `aws.auth#sigv4a`",
            "  in service-2.json at metadata.auth",
        ],
    },
];
