//! Paginators that do not fit their operation.

use crate::edit::Bad;
use crate::edit::Edit::{Delete, Set};
use crate::edit::File::{Paginators, Service};

pub(crate) const CASES: &[Bad] = &[
    Bad {
        name: "of an operation that is not there",
        edits: &[Set(
            Paginators,
            "/pagination/ListThingz",
            r#"{"input_token":"token","output_token":"token"}"#,
        )],
        message: &[
            "warning: ignored in a part of the model that is not selected: expected the name of an operation of service-2.json, found `ListThingz`; the nearest are `ListThings`, `PutThing` (paginators-1.json at pagination.ListThingz)",
        ],
    },
    Bad {
        name: "fewer output tokens than input tokens",
        edits: &[Set(
            Paginators,
            "/pagination/ListThings/input_token",
            r#"["token","limit"]"#,
        )],
        message: &[
            "error: expected as many output tokens as input tokens, and at least one, found 2 and 1",
            "  in paginators-1.json at pagination.ListThings",
        ],
    },
    Bad {
        name: "members that are not there",
        edits: &[
            Set(
                Paginators,
                "/pagination/ListThings/input_token",
                r#""tokn""#,
            ),
            Set(
                Paginators,
                "/pagination/ListThings/limit_key",
                r#""limits""#,
            ),
            Set(
                Paginators,
                "/pagination/ListThings/result_key",
                r#""thing""#,
            ),
            Set(
                Paginators,
                "/pagination/ListThings/more_results",
                r#""more.of""#,
            ),
        ],
        message: &[
            "error: expected a member of the input, found `tokn`; did you mean `token`?",
            "  in paginators-1.json at pagination.ListThings.input_token",
            "error: expected a member of the input, found `limits`; did you mean `limit`?",
            "  in paginators-1.json at pagination.ListThings.limit_key",
            "error: expected a path through members of the output, found `thing`, but `thing` is not a member of `ListThingsResponse`",
            "  in paginators-1.json at pagination.ListThings.result_key",
            "error: expected a path through members of the output, found `more.of`, but `of` is not a member of `Flag`",
            "  in paginators-1.json at pagination.ListThings.more_results",
        ],
    },
    Bad {
        name: "an output token that is not there",
        edits: &[Set(
            Paginators,
            "/pagination/ListThings/output_token",
            r#""things.name""#,
        )],
        message: &[
            "error: expected a path through members of the output, found `things.name`, but `name` is not a member of `Things`",
            "  in paginators-1.json at pagination.ListThings.output_token",
        ],
    },
    Bad {
        name: "an item of what is no list",
        edits: &[Set(
            Paginators,
            "/pagination/ListThings/output_token",
            r#""token[-1]""#,
        )],
        message: &[
            "error: expected a list before `[-1]`, found `token[-1]`, but `token` is not one",
            "  in paginators-1.json at pagination.ListThings.output_token",
        ],
    },
    Bad {
        name: "the last item as the items",
        edits: &[Set(
            Paginators,
            "/pagination/ListThings/result_key",
            r#""things[-1].tags""#,
        )],
        message: &[
            "error: expected a path through members, found `things[-1].tags`, which takes one item of a list",
            "  in paginators-1.json at pagination.ListThings.result_key",
        ],
    },
    Bad {
        name: "of an operation without output",
        edits: &[Delete(Service, "/operations/ListThings/output")],
        message: &[
            "error: expected a path through members of the output, found `token`, and the operation has no output",
            "  in paginators-1.json at pagination.ListThings.output_token",
            "error: expected a path through members of the output, found `things`, and the operation has no output",
            "  in paginators-1.json at pagination.ListThings.result_key",
            "error: expected a path through members of the output, found `more`, and the operation has no output",
            "  in paginators-1.json at pagination.ListThings.more_results",
        ],
    },
    Bad {
        name: "members of other kinds",
        edits: &[
            Set(
                Paginators,
                "/pagination/ListThings/limit_key",
                r#""colors""#,
            ),
            Set(
                Paginators,
                "/pagination/ListThings/more_results",
                r#""token""#,
            ),
            Set(
                Paginators,
                "/pagination/ListThings/output_token",
                r#""things""#,
            ),
        ],
        message: &[
            "error: expected a token that is text, a number or a map, found `things`, which is none of them",
            "  in paginators-1.json at pagination.ListThings.output_token",
            "error: expected a limit that is a number or text, found `colors`, which is neither",
            "  in paginators-1.json at pagination.ListThings.limit_key",
            "error: expected a member that is true or false, found `token`, which is another kind of shape",
            "  in paginators-1.json at pagination.ListThings.more_results",
        ],
    },
];
