//! Endpoint rules that say what cannot be done.

use crate::edit::Bad;
use crate::edit::Edit::{Delete, Set};
use crate::edit::File::Rules;

pub(crate) const CASES: &[Bad] = &[
    Bad {
        name: "an unknown function",
        edits: &[Set(Rules, "/rules/1/conditions/1/fn", r#""aws.partitio""#)],
        message: &[
            "error: expected a call of a function that the generator can do (isSet, not, booleanEquals, stringEquals, getAttr, aws.partition), found `aws.partitio`; did you mean `aws.partition`?",
            "  in endpoint-rule-set-1.json at rules[1].conditions[1]",
        ],
    },
    Bad {
        name: "an unknown parameter",
        edits: &[Set(
            Rules,
            "/rules/0/conditions/0/argv/0/ref",
            r#""Endpiont""#,
        )],
        message: &[
            "error: expected the name of a parameter or of an assigned result, found `Endpiont`; did you mean `Endpoint`?",
            "  in endpoint-rule-set-1.json at rules[0].conditions[0]",
            "error: expected text, found text that may be unset, which only `isSet` makes sure of",
            "  in endpoint-rule-set-1.json at rules[0].endpoint.url",
        ],
    },
    Bad {
        name: "a parameter that nothing fills in",
        edits: &[Set(Rules, "/parameters/Bucket", r#"{"type":"string"}"#)],
        message: &[
            "error: expected a parameter that follows from the client's settings (AWS::Region, AWS::UseDualStack, AWS::UseFIPS, SDK::Endpoint), found one without a source, which the generator cannot fill in yet",
            "  in endpoint-rule-set-1.json at parameters.Bucket",
        ],
    },
    Bad {
        name: "a built-in of another type",
        edits: &[Set(Rules, "/parameters/UseFIPS/type", r#""string""#)],
        message: &[
            "error: expected a parameter that follows from the client's settings (AWS::Region, AWS::UseDualStack, AWS::UseFIPS, SDK::Endpoint), found `AWS::UseFIPS` of another type, which the generator cannot fill in yet",
            "  in endpoint-rule-set-1.json at parameters.UseFIPS",
        ],
    },
    Bad {
        name: "text that may be unset",
        edits: &[Set(Rules, "/rules/2/error", r#""none for {Region}""#)],
        message: &[
            "error: expected text, found text that may be unset, which only `isSet` makes sure of",
            "  in endpoint-rule-set-1.json at rules[2].error",
        ],
    },
    Bad {
        name: "an unknown part of a partition",
        edits: &[Set(
            Rules,
            "/rules/1/rules/1/endpoint/url",
            r#""https://{PartitionResult#suffix}""#,
        )],
        message: &[
            "error: expected a part of a partition, found `PartitionResult#suffix`",
            "  in endpoint-rule-set-1.json at rules[1].rules[1].endpoint.url",
        ],
    },
    Bad {
        name: "text where a flag is wanted",
        edits: &[Set(
            Rules,
            "/rules/1/rules/0/conditions/0/argv/0/ref",
            r#""Region""#,
        )],
        message: &[
            "error: expected true or false, found text",
            "  in endpoint-rule-set-1.json at rules[1].rules[0].conditions[0]",
        ],
    },
    Bad {
        name: "functions with wrong arguments",
        edits: &[Set(
            Rules,
            "/rules/0/conditions",
            r#"[{"fn":"isSet","argv":[]},{"fn":"not","argv":[]},{"fn":"booleanEquals","argv":[true]},{"fn":"aws.partition","argv":[]},{"fn":"getAttr","argv":["x"]},{"fn":"not","argv":[{"fn":"isSet","argv":[]}]}]"#,
        )],
        message: &[
            "error: expected `isSet` of one value, as a condition or in a `not` that is one, found another use of it",
            "  in endpoint-rule-set-1.json at rules[0].conditions[0]",
            "error: expected `not` of one value that is true or false, found another use of it",
            "  in endpoint-rule-set-1.json at rules[0].conditions[1]",
            "error: expected `booleanEquals` of two values, found another use of it",
            "  in endpoint-rule-set-1.json at rules[0].conditions[2]",
            "error: expected `aws.partition` of one region, as a condition, found another use of it",
            "  in endpoint-rule-set-1.json at rules[0].conditions[3]",
            "error: expected `getAttr` of a reference and the name of a part, found another use of it",
            "  in endpoint-rule-set-1.json at rules[0].conditions[4]",
            "error: expected `isSet` of one value, as a condition or in a `not` that is one, found another use of it",
            "  in endpoint-rule-set-1.json at rules[0].conditions[5].argv[0]",
            "error: expected text, found text that may be unset, which only `isSet` makes sure of",
            "  in endpoint-rule-set-1.json at rules[0].endpoint.url",
        ],
    },
    Bad {
        name: "a rule that says nothing",
        edits: &[Delete(Rules, "/rules/2/error")],
        message: &[
            "error: expected a rule with an endpoint, an error or more rules, found none",
            "  in endpoint-rule-set-1.json at rules[2]",
        ],
    },
    Bad {
        name: "a call of nothing",
        edits: &[Delete(Rules, "/rules/0/conditions/0/fn")],
        message: &[
            "error: expected a function call with `fn` and `argv`, found none",
            "  in endpoint-rule-set-1.json at rules[0].conditions[0]",
        ],
    },
    Bad {
        name: "an endpoint without a URL",
        edits: &[Delete(Rules, "/rules/0/endpoint/url")],
        message: &[
            "error: expected an endpoint with `url`, found none",
            "  in endpoint-rule-set-1.json at rules[0].endpoint",
        ],
    },
    Bad {
        name: "authentication that is not spoken",
        edits: &[Set(
            Rules,
            "/rules/0/endpoint/properties",
            r#"{"authSchemes":[{"name":"sigv4a"}]}"#,
        )],
        message: &[
            "error: expected `sigv4` among the authentication schemes, found `sigv4a`",
            "  in endpoint-rule-set-1.json at rules[0].endpoint.properties.authSchemes",
        ],
    },
    Bad {
        name: "headers",
        edits: &[Set(Rules, "/rules/0/endpoint/headers", r#"{"x":["y"]}"#)],
        message: &[
            "error: expected no headers (the generator cannot send them yet), found an object",
            "  in endpoint-rule-set-1.json at rules[0].endpoint.headers",
        ],
    },
];
