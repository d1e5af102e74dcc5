//! Traits, types and formats that nobody knows.

use crate::edit::Bad;
use crate::edit::Edit::{Delete, NoFile, Set};
use crate::edit::File::{Paginators, Rules, Service};

pub(crate) const CASES: &[Bad] = &[
    Bad {
        name: "at the top",
        edits: &[Set(Service, "/opperations", "{}")],
        message: &[
            "error: expected only traits that the generator supports, found `opperations`; did you mean `operations`?",
            "  in service-2.json at opperations",
        ],
    },
    Bad {
        name: "in the metadata",
        edits: &[Set(Service, "/metadata/targetPrefx", r#""x""#)],
        message: &[
            "error: expected only traits that the generator supports, found `targetPrefx`; did you mean `targetPrefix`?",
            "  in service-2.json at metadata.targetPrefx",
        ],
    },
    Bad {
        name: "on an operation",
        edits: &[Set(Service, "/operations/PutThing/htttp", "{}")],
        message: &[
            "error: expected only traits that the generator supports, found `htttp`; did you mean `http`?",
            "  in service-2.json at operations.PutThing.htttp",
        ],
    },
    Bad {
        name: "an operation that is authenticated in no known way",
        edits: &[Set(
            Service,
            "/operations/PutThing/auth",
            r#"["aws.auth#sigv4a", "smithy.api#httpBasicAuth"]"#,
        )],
        message: &[
            "error: expected an authentication scheme that the runtime supports (`aws.auth#sigv4`, `smithy.api#httpBearerAuth`), found only `aws.auth#sigv4a`, `smithy.api#httpBasicAuth`",
            "  in service-2.json at operations.PutThing.auth",
        ],
    },
    Bad {
        name: "a header that the generator adds by itself",
        edits: &[
            Set(Service, "/metadata/serviceId", r#""API Gateway""#),
            Set(
                Service,
                "/shapes/PutThingRequest/members/clientToken/locationName",
                r#""Accept""#,
            ),
            Set(
                Service,
                "/operations/ListThings/input/shape",
                r#""PutThingRequest""#,
            ),
            Set(
                Service,
                "/operations/ListThings/http/requestUri",
                r#""/things/{id}""#,
            ),
            NoFile(Paginators),
        ],
        message: &[
            "error: expected a header that is not in the model, found `accept`, to which every operation of API Gateway binds a member; remove `accept` from the generator's quirks",
            "  in service-2.json at shapes.PutThingRequest.members.clientToken",
        ],
    },
    Bad {
        name: "in HTTP",
        edits: &[Set(
            Service,
            "/operations/PutThing/http/requestUrl",
            r#""/""#,
        )],
        message: &[
            "error: expected only traits that the generator supports, found `requestUrl`; did you mean `requestUri`?",
            "  in service-2.json at operations.PutThing.http.requestUrl",
        ],
    },
    Bad {
        name: "in an endpoint",
        edits: &[Set(
            Service,
            "/operations/PutThing/endpoint/hostPrefx",
            r#""a.""#,
        )],
        message: &[
            "error: expected only traits that the generator supports, found `hostPrefx`; did you mean `hostPrefix`?",
            "  in service-2.json at operations.PutThing.endpoint.hostPrefx",
        ],
    },
    Bad {
        name: "on a reference",
        edits: &[Set(Service, "/operations/PutThing/input/shap", r#""x""#)],
        message: &[
            "error: expected only traits that the generator supports, found `shap`; did you mean `shape`?",
            "  in service-2.json at operations.PutThing.input.shap",
        ],
    },
    Bad {
        name: "on a shape",
        edits: &[Set(Service, "/shapes/Text/patern", r#""x""#)],
        message: &[
            "error: expected only traits that the generator supports, found `patern`; did you mean `pattern`?",
            "  in service-2.json at shapes.Text.patern",
        ],
    },
    Bad {
        name: "on a member",
        edits: &[Set(
            Service,
            "/shapes/Thing/members/color/locationNam",
            r#""x""#,
        )],
        message: &[
            "error: expected only traits that the generator supports, found `locationNam`; the nearest are `locationName`, `location`",
            "  in service-2.json at shapes.Thing.members.color.locationNam",
        ],
    },
    Bad {
        name: "on an error",
        edits: &[Set(Service, "/shapes/NotFound/error/cod", r#""x""#)],
        message: &[
            "error: expected only traits that the generator supports, found `cod`; did you mean `code`?",
            "  in service-2.json at shapes.NotFound.error.cod",
        ],
    },
    Bad {
        name: "on a retryable error",
        edits: &[Set(Service, "/shapes/Busy/retryable/throttle", "true")],
        message: &[
            "error: expected only traits that the generator supports, found `throttle`; did you mean `throttling`?",
            "  in service-2.json at shapes.Busy.retryable.throttle",
        ],
    },
    Bad {
        name: "on a paginator",
        edits: &[Set(
            Paginators,
            "/pagination/ListThings/result_keys",
            r#""x""#,
        )],
        message: &[
            "error: expected only traits that the generator supports, found `result_keys`; did you mean `result_key`?",
            "  in paginators-1.json at pagination.ListThings.result_keys",
        ],
    },
    Bad {
        name: "beside the paginators",
        edits: &[Set(Paginators, "/paginations", "{}")],
        message: &[
            "error: expected only traits that the generator supports, found `paginations`; did you mean `pagination`?",
            "  in paginators-1.json at paginations",
        ],
    },
    Bad {
        name: "in a rule set",
        edits: &[Set(Rules, "/ruls", "[]")],
        message: &[
            "error: expected only traits that the generator supports, found `ruls`; did you mean `rules`?",
            "  in endpoint-rule-set-1.json at ruls",
        ],
    },
    Bad {
        name: "on a parameter",
        edits: &[Set(Rules, "/parameters/Region/buildIn", r#""x""#)],
        message: &[
            "error: expected only traits that the generator supports, found `buildIn`; did you mean `builtIn`?",
            "  in endpoint-rule-set-1.json at parameters.Region.buildIn",
        ],
    },
    Bad {
        name: "on a rule",
        edits: &[Set(Rules, "/rules/0/condition", "[]")],
        message: &[
            "error: expected only traits that the generator supports, found `condition`; did you mean `conditions`?",
            "  in endpoint-rule-set-1.json at rules[0].condition",
        ],
    },
    Bad {
        name: "on a condition",
        edits: &[Set(Rules, "/rules/0/conditions/0/arg", "[]")],
        message: &[
            "error: expected only traits that the generator supports, found `arg`; did you mean `argv`?",
            "  in endpoint-rule-set-1.json at rules[0].conditions[0].arg",
        ],
    },
    Bad {
        name: "on an endpoint",
        edits: &[Set(Rules, "/rules/0/endpoint/uri", r#""""#)],
        message: &[
            "error: expected only traits that the generator supports, found `uri`; did you mean `url`?",
            "  in endpoint-rule-set-1.json at rules[0].endpoint.uri",
        ],
    },
    Bad {
        name: "on an authentication scheme",
        edits: &[Set(
            Rules,
            "/rules/0/endpoint/properties",
            r#"{"authSchemes":[{"name":"sigv4","signingNam":"x"}]}"#,
        )],
        message: &[
            "error: expected only traits that the generator supports, found `signingNam`; did you mean `signingName`?",
            "  in endpoint-rule-set-1.json at rules[0].endpoint.properties.authSchemes[0].signingNam",
        ],
    },
    Bad {
        name: "an unknown type",
        edits: &[Set(Service, "/shapes/Text/type", r#""sting""#)],
        message: &[
            "error: expected a type of shape (structure, list, map, string, boolean, integer, long, float, double, blob, timestamp), found `sting`; did you mean `string`?",
            "  in service-2.json at shapes.Text",
        ],
    },
    Bad {
        name: "no type",
        edits: &[Delete(Service, "/shapes/Text/type")],
        message: &[
            "error: expected `type`, found none",
            "  in service-2.json at shapes.Text",
        ],
    },
    Bad {
        name: "an unknown location",
        edits: &[Set(
            Service,
            "/shapes/PutThingResponse/members/etag/location",
            r#""trailer""#,
        )],
        message: &[
            r#"error: expected uri, querystring, header, headers or statusCode, found the string "trailer""#,
            "  in service-2.json at shapes.PutThingResponse.members.etag.location",
        ],
    },
    Bad {
        name: "an unknown timestamp format",
        edits: &[Set(Service, "/shapes/Moment/timestampFormat", r#""iso""#)],
        message: &[
            r#"error: expected iso8601, unixTimestamp or rfc822, found the string "iso""#,
            "  in service-2.json at shapes.Moment.timestampFormat",
        ],
    },
    Bad {
        name: "an unknown authentication",
        edits: &[Set(Service, "/operations/PutThing/authtype", r#""v5""#)],
        message: &[
            r#"error: expected `none`, `v4`, `v4-unsigned-body` or `bearer`, found the string "v5""#,
            "  in service-2.json at operations.PutThing.authtype",
        ],
    },
];
