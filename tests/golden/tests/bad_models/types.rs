//! JSON of another type than the format says.

use crate::edit::Bad;
use crate::edit::Edit::{Delete, Set};
use crate::edit::File::{Paginators, Rules, Service};

pub(crate) const CASES: &[Bad] = &[
    Bad {
        name: "text where an object is wanted",
        edits: &[
            Set(Service, "/metadata", r#""x""#),
            Set(Service, "/operations/PutThing", r#""x""#),
            Set(Service, "/shapes/Text", r#""x""#),
            Set(Service, "/shapes/Thing/members/color", r#""x""#),
        ],
        message: &[
            r#"error: expected an object, found the string "x""#,
            "  in service-2.json at metadata",
            r#"error: expected an object, found the string "x""#,
            "  in service-2.json at operations.PutThing",
            r#"error: expected an object, found the string "x""#,
            "  in service-2.json at shapes.Thing.members.color",
            r#"error: expected an object, found the string "x""#,
            "  in service-2.json at shapes.Text",
        ],
    },
    Bad {
        name: "null everywhere",
        edits: &[
            Set(Service, "/metadata/serviceId", "null"),
            Set(Service, "/operations/PutThing/http", "null"),
            Set(Service, "/operations/PutThing/input", "null"),
            Set(Service, "/shapes/Text/pattern", "null"),
            Set(Service, "/shapes/Tags/key", "null"),
            Set(Service, "/shapes/Color/enum", "null"),
            Set(Service, "/shapes/Count/type", "null"),
        ],
        message: &[
            "error: expected a string, found null",
            "  in service-2.json at metadata.serviceId",
            "error: expected an object, found null",
            "  in service-2.json at operations.PutThing.http",
            "error: expected an object, found null",
            "  in service-2.json at operations.PutThing.input",
            "error: expected an object, found null",
            "  in service-2.json at shapes.Tags.key",
            "error: expected an array, found null",
            "  in service-2.json at shapes.Color.enum",
            "error: expected a string, found null",
            "  in service-2.json at shapes.Text.pattern",
            "error: expected a string, found null",
            "  in service-2.json at shapes.Count.type",
        ],
    },
    Bad {
        name: "numbers where lists are wanted",
        edits: &[
            Set(Service, "/operations/PutThing/errors", "1"),
            Set(Service, "/shapes/Thing/required", "1"),
            Set(Service, "/shapes/Color/enum", "[1]"),
            Set(Service, "/metadata/auth", "1"),
        ],
        message: &[
            "error: expected an array, found 1",
            "  in service-2.json at metadata.auth",
            "error: expected an array, found 1",
            "  in service-2.json at operations.PutThing.errors",
            "error: expected an array, found 1",
            "  in service-2.json at shapes.Thing.required",
            "error: expected a string, found 1",
            "  in service-2.json at shapes.Color.enum[0]",
        ],
    },
    Bad {
        name: "text where flags and numbers are wanted",
        edits: &[
            Set(Service, "/shapes/Password/sensitive", r#""yes""#),
            Set(Service, "/shapes/Text/min", r#""1""#),
            Set(
                Service,
                "/shapes/PutThingRequest/members/clientToken/idempotencyToken",
                "1",
            ),
            Set(Service, "/operations/PutThing/deprecated", r#""no""#),
        ],
        message: &[
            r#"error: expected true or false, found the string "no""#,
            "  in service-2.json at operations.PutThing.deprecated",
            "error: expected true or false, found 1",
            "  in service-2.json at shapes.PutThingRequest.members.clientToken.idempotencyToken",
            r#"error: expected a number, found the string "1""#,
            "  in service-2.json at shapes.Text.min",
            r#"error: expected true or false, found the string "yes""#,
            "  in service-2.json at shapes.Password.sensitive",
        ],
    },
    Bad {
        name: "wrong types in paginators",
        edits: &[
            Set(Paginators, "/pagination/ListThings/input_token", "1"),
            Set(Paginators, "/pagination/ListThings/result_key", "[1]"),
            Set(Paginators, "/pagination/ListThings/limit_key", "[]"),
        ],
        message: &[
            "error: expected a string, found 1",
            "  in paginators-1.json at pagination.ListThings.input_token",
            "error: expected a string, found an array",
            "  in paginators-1.json at pagination.ListThings.limit_key",
            "error: expected a string, found 1",
            "  in paginators-1.json at pagination.ListThings.result_key[0]",
            "error: expected as many output tokens as input tokens, and at least one, found 0 and 1",
            "  in paginators-1.json at pagination.ListThings",
        ],
    },
    Bad {
        name: "wrong types in rules",
        edits: &[
            Set(Rules, "/parameters/Region/type", r#""number""#),
            Set(Rules, "/parameters/UseFIPS/default", "true"),
            Set(Rules, "/rules/0/conditions", "{}"),
            Set(Rules, "/rules/1/rules/0/conditions/0/argv", "1"),
            Set(Rules, "/rules/2/error", "1"),
        ],
        message: &[
            r#"error: expected `string`, `boolean` or `stringArray`, found the string "number""#,
            "  in endpoint-rule-set-1.json at parameters.Region.type",
            "error: expected no default but false or text, found true",
            "  in endpoint-rule-set-1.json at parameters.UseFIPS.default",
            "error: expected an array, found an object",
            "  in endpoint-rule-set-1.json at rules[0].conditions",
            "error: expected an array, found 1",
            "  in endpoint-rule-set-1.json at rules[1].rules[0].conditions[0].argv",
            "error: expected text, true, false, a reference or a function call, found 1",
            "  in endpoint-rule-set-1.json at rules[2].error",
        ],
    },
    Bad {
        name: "a list without items, a map without values",
        edits: &[
            Delete(Service, "/shapes/Things/member"),
            Delete(Service, "/shapes/Tags/value"),
        ],
        message: &[
            "error: expected `member`, found none",
            "  in service-2.json at shapes.Things",
            "error: expected `key` and `value`, found none",
            "  in service-2.json at shapes.Tags",
        ],
    },
];
