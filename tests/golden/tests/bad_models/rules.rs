//! Endpoint rules that say what cannot be done.

use crate::edit::Bad;
use crate::edit::Edit::{Delete, Set};
use crate::edit::File::{Rules, Service};

pub(crate) const CASES: &[Bad] = &[
    Bad {
        name: "an unknown function",
        edits: &[Set(Rules, "/rules/1/conditions/1/fn", r#""aws.partitio""#)],
        message: &[
            "error: expected a call of a function that the generator can do (isSet, not, booleanEquals, stringEquals, getAttr, aws.partition, aws.parseArn, isValidHostLabel, parseURL, substring, uriEncode, aws.isVirtualHostableS3Bucket), found `aws.partitio`; did you mean `aws.partition`?",
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
            "error: expected text, found text that may be unset, which only `isSet` checks",
            "  in endpoint-rule-set-1.json at rules[0].endpoint.url",
        ],
    },
    Bad {
        name: "a parameter that nothing fills in",
        edits: &[Set(Rules, "/parameters/Bucket", r#"{"type":"string"}"#)],
        message: &[
            "error: expected a parameter that follows from the client's settings (AWS::Region, AWS::UseDualStack, AWS::UseFIPS, SDK::Endpoint, AWS::Auth::AccountId, AWS::Auth::AccountIdEndpointMode, AWS::S3::ForcePathStyle, AWS::S3::Accelerate, AWS::S3::DisableMultiRegionAccessPoints, AWS::S3::UseArnRegion, AWS::S3Control::UseArnRegion, AWS::S3::DisableS3ExpressSessionAuth, AWS::S3::UseGlobalEndpoint, AWS::STS::UseGlobalEndpoint) or that an operation gives, found one without a source, which the generator cannot fill in yet",
            "  in endpoint-rule-set-1.json at parameters.Bucket",
        ],
    },
    Bad {
        name: "a required parameter that nothing fills in",
        edits: &[Set(
            Rules,
            "/parameters/Bucket",
            r#"{"type":"string","required":true}"#,
        )],
        message: &[
            "error: expected a parameter that follows from the client's settings (AWS::Region, AWS::UseDualStack, AWS::UseFIPS, SDK::Endpoint, AWS::Auth::AccountId, AWS::Auth::AccountIdEndpointMode, AWS::S3::ForcePathStyle, AWS::S3::Accelerate, AWS::S3::DisableMultiRegionAccessPoints, AWS::S3::UseArnRegion, AWS::S3Control::UseArnRegion, AWS::S3::DisableS3ExpressSessionAuth, AWS::S3::UseGlobalEndpoint, AWS::STS::UseGlobalEndpoint) or that an operation gives, found one without a source, which the generator cannot fill in yet",
            "  in endpoint-rule-set-1.json at parameters.Bucket",
        ],
    },
    Bad {
        name: "a parameter that is required in no known way",
        edits: &[Set(Rules, "/parameters/Region/required", r#""yes""#)],
        message: &[
            "error: expected true or false, found the string \"yes\"",
            "  in endpoint-rule-set-1.json at parameters.Region.required",
        ],
    },
    Bad {
        name: "a built-in of another type",
        edits: &[Set(Rules, "/parameters/UseFIPS/type", r#""string""#)],
        message: &[
            "error: expected a parameter that follows from the client's settings (AWS::Region, AWS::UseDualStack, AWS::UseFIPS, SDK::Endpoint, AWS::Auth::AccountId, AWS::Auth::AccountIdEndpointMode, AWS::S3::ForcePathStyle, AWS::S3::Accelerate, AWS::S3::DisableMultiRegionAccessPoints, AWS::S3::UseArnRegion, AWS::S3Control::UseArnRegion, AWS::S3::DisableS3ExpressSessionAuth, AWS::S3::UseGlobalEndpoint, AWS::STS::UseGlobalEndpoint) or that an operation gives, found `AWS::UseFIPS` of another type, which the generator cannot fill in yet",
            "  in endpoint-rule-set-1.json at parameters.UseFIPS",
        ],
    },
    Bad {
        name: "text that may be unset",
        edits: &[Set(Rules, "/rules/2/error", r#""none for {Region}""#)],
        message: &[
            "error: expected text, found text that may be unset, which only `isSet` checks",
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
            "error: expected text, found text that may be unset, which only `isSet` checks",
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
        name: "more functions with wrong arguments",
        edits: &[Set(
            Rules,
            "/rules/0/conditions",
            r#"[{"fn":"aws.parseArn","argv":[]},{"fn":"isValidHostLabel","argv":["x"]},{"fn":"parseURL","argv":[true]},{"fn":"substring","argv":["x",1,"2",true]},{"fn":"stringEquals","argv":["x",1]}]"#,
        )],
        message: &[
            "error: expected `aws.parseArn` of one text, found another use of it",
            "  in endpoint-rule-set-1.json at rules[0].conditions[0]",
            "error: expected `isValidHostLabel` of a text, and true or false, found another use of it",
            "  in endpoint-rule-set-1.json at rules[0].conditions[1]",
            "error: expected text, found true or false",
            "  in endpoint-rule-set-1.json at rules[0].conditions[2]",
            "error: expected `substring` of a text, two numbers, and true or false, found another use of it",
            "  in endpoint-rule-set-1.json at rules[0].conditions[3]",
            "error: expected a number only as an argument of `substring`, found 1",
            "  in endpoint-rule-set-1.json at rules[0].conditions[4]",
            "error: expected text, found text that may be unset, which only `isSet` checks",
            "  in endpoint-rule-set-1.json at rules[0].endpoint.url",
        ],
    },
    Bad {
        name: "parts that ARNs and lists do not have",
        edits: &[
            Set(
                Rules,
                "/rules/0/conditions",
                r#"[{"fn":"aws.parseArn","argv":["arn"],"assign":"Arn"},{"fn":"getAttr","argv":[{"ref":"Arn"},"resourceId"]},{"fn":"getAttr","argv":[{"ref":"Names"},"[-1]"]}]"#,
            ),
            Set(Rules, "/parameters/Names", r#"{"type":"stringArray"}"#),
            Set(
                Service,
                "/operations/PutThing/staticContextParams",
                r#"{"Names":{"value":["a"]}}"#,
            ),
        ],
        message: &[
            "error: expected a part of an ARN, found `Arn#resourceId`",
            "  in endpoint-rule-set-1.json at rules[0].conditions[1]",
            "error: expected a part of a list, found `Names#[-1]`",
            "  in endpoint-rule-set-1.json at rules[0].conditions[2]",
            "error: expected text, found text that may be unset, which only `isSet` checks",
            "  in endpoint-rule-set-1.json at rules[0].endpoint.url",
        ],
    },
    Bad {
        name: "a place in a text that is none",
        edits: &[Set(
            Rules,
            "/rules/0/conditions",
            r#"[{"fn":"substring","argv":["x",-1,2,true]}]"#,
        )],
        message: &[
            "error: expected text, true, false, a reference or a function call, found -1",
            "  in endpoint-rule-set-1.json at rules[0].conditions[0].argv[1]",
        ],
    },
    Bad {
        name: "parameters that say nothing",
        edits: &[Set(
            Service,
            "/operations/PutThing/staticContextParams",
            r#"{"Region":{"value":1},"UseFIPS":{"flag":true}}"#,
        )],
        message: &[
            "error: expected text, true, false or a list of texts, found 1",
            "  in service-2.json at operations.PutThing.staticContextParams.Region.value",
            "error: expected only traits that the generator supports, found `flag`",
            "  in service-2.json at operations.PutThing.staticContextParams.UseFIPS.flag",
            "error: expected `value`, found none",
            "  in service-2.json at operations.PutThing.staticContextParams.UseFIPS",
        ],
    },
    Bad {
        name: "parameters that the rules do not have, and paths that lead nowhere",
        edits: &[
            Set(
                Service,
                "/operations/PutThing/staticContextParams",
                r#"{"Region":{"value":"a"},"Bukcet":{"value":"a"}}"#,
            ),
            Set(
                Service,
                "/operations/PutThing/operationContextParams",
                r#"{"Bucket":{"path":"no.such"},"Keys":{"path":"keys(name)"},"Items":{"path":"name[*].x"}}"#,
            ),
            Set(Rules, "/parameters/Bucket", r#"{"type":"string"}"#),
            Set(Rules, "/parameters/Keys", r#"{"type":"stringArray"}"#),
            Set(Rules, "/parameters/Items", r#"{"type":"stringArray"}"#),
        ],
        message: &[
            "error: expected a parameter of the endpoint rules that is not a setting, found `Region`, which is not one",
            "  in service-2.json at operations.PutThing.staticContextParams.Region",
            "error: expected a parameter of the endpoint rules that is not a setting, found `Bukcet`, which is not one; did you mean `Bucket`?",
            "  in service-2.json at operations.PutThing.staticContextParams.Bukcet",
            "error: expected a path through members of the input, found `no.such`, but `no` is not a member of `PutThingRequest`",
            "  in service-2.json at operations.PutThing.operationContextParams.Bucket",
            "error: expected a path through members of the input, found `keys(name)`, but `name` is not a member of `PutThingRequest`",
            "  in service-2.json at operations.PutThing.operationContextParams.Keys",
            "error: expected a path through members of the input, found `name[*].x`, but `name` is not a member of `PutThingRequest`",
            "  in service-2.json at operations.PutThing.operationContextParams.Items",
        ],
    },
];
