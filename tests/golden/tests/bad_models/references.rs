//! References that lead nowhere, to the wrong kind of shape, or in circles.

use crate::edit::Bad;
use crate::edit::Edit::{Lists, Set};
use crate::edit::File::Service;

pub(crate) const CASES: &[Bad] = &[
    Bad {
        name: "a missing input",
        edits: &[Set(
            Service,
            "/operations/ListThings/input/shape",
            r#""ListThingRequest""#,
        )],
        message: &[
            "error: expected the name of a shape, found `ListThingRequest`, which the model does not have; the nearest are `ListThingsRequest`, `PutThingRequest`, `ListThingsResponse`",
            "  in service-2.json at operations.ListThings.input",
        ],
    },
    Bad {
        name: "a missing output",
        edits: &[Set(
            Service,
            "/operations/ListThings/output/shape",
            r#""Gone""#,
        )],
        message: &[
            "error: expected the name of a shape, found `Gone`, which the model does not have",
            "  in service-2.json at operations.ListThings.output",
        ],
    },
    Bad {
        name: "a missing error",
        edits: &[Set(
            Service,
            "/operations/ListThings/errors/1/shape",
            r#""Bussy""#,
        )],
        message: &[
            "error: expected the name of a shape, found `Bussy`, which the model does not have; did you mean `Busy`?",
            "  in service-2.json at operations.ListThings.errors",
        ],
    },
    Bad {
        name: "a missing member",
        edits: &[Set(
            Service,
            "/shapes/Thing/members/color/shape",
            r#""Colour""#,
        )],
        message: &[
            "error: expected the name of a shape, found `Colour`, which the model does not have; the nearest are `Color`, `Colors`",
            "  in service-2.json at shapes.Thing.members.color",
        ],
    },
    Bad {
        name: "a missing item",
        edits: &[Set(Service, "/shapes/Things/member/shape", r#""Thin""#)],
        message: &[
            "error: expected the name of a shape, found `Thin`, which the model does not have; the nearest are `Thing`, `Things`, `PutThingRequest`",
            "  in service-2.json at shapes.Things.member",
        ],
    },
    Bad {
        name: "a missing key and value",
        edits: &[
            Set(Service, "/shapes/Tags/key/shape", r#""Txt""#),
            Set(Service, "/shapes/Tags/value/shape", r#""Txet""#),
        ],
        message: &[
            "error: expected the name of a shape, found `Txt`, which the model does not have; did you mean `Text`?",
            "  in service-2.json at shapes.Tags.key",
            "error: expected the name of a shape, found `Txet`, which the model does not have; did you mean `Text`?",
            "  in service-2.json at shapes.Tags.value",
        ],
    },
    Bad {
        name: "a missing payload",
        edits: &[Set(
            Service,
            "/shapes/PutThingRequest/payload",
            r#""thingy""#,
        )],
        message: &[
            "error: expected the name of a member, found `thingy`, which this shape does not have",
            "  in service-2.json at shapes.PutThingRequest.payload",
        ],
    },
    Bad {
        name: "a missing required member",
        edits: &[Set(Service, "/shapes/Thing/required/0", r#""nam""#)],
        message: &[
            "error: expected the name of a member, found `nam`, which this shape does not have",
            "  in service-2.json at shapes.Thing.required[0]",
        ],
    },
    Bad {
        name: "an input that is no structure",
        edits: &[Set(
            Service,
            "/operations/ListThings/input/shape",
            r#""Text""#,
        )],
        message: &[
            "error: expected a structure, found `Text`, which is a string",
            "  in service-2.json at operations.ListThings.input",
        ],
    },
    Bad {
        name: "an error that is no structure",
        edits: &[Set(
            Service,
            "/operations/PutThing/errors/0/shape",
            r#""Color""#,
        )],
        message: &[
            "error: expected an exception, found `Color`, which is an enum",
            "  in service-2.json at operations.PutThing.errors",
        ],
    },
    Bad {
        name: "a map with a structure as its key",
        edits: &[Set(Service, "/shapes/Tags/key/shape", r#""Thing""#)],
        message: &[
            "error: expected a map of strings in headers with a prefix, found `Tags`, which is a map, each key a structure and each value a string",
            "  in service-2.json at shapes.PutThingRequest.members.meta",
            "error: expected a string as the key of a map, found `Thing`, which is a structure",
            "  in service-2.json at shapes.Tags.key",
        ],
    },
    Bad {
        name: "a token that is no string",
        edits: &[Set(
            Service,
            "/shapes/PutThingRequest/members/clientToken/shape",
            r#""Count""#,
        )],
        message: &[
            "error: expected `idempotencyToken` only on members that refer to a shape of type string, found it on one that refers to type integer",
            "  in service-2.json at shapes.PutThingRequest.members.clientToken.idempotencyToken",
        ],
    },
    Bad {
        name: "everything at once",
        edits: &[
            Set(Service, "/operations/ListThings/input/shape", r#""A""#),
            Set(Service, "/operations/PutThing/output/shape", r#""B""#),
            Set(Service, "/shapes/Things/member/shape", r#""C""#),
        ],
        message: &[
            "error: expected the name of a shape, found `A`, which the model does not have",
            "  in service-2.json at operations.ListThings.input",
            "error: expected the name of a shape, found `B`, which the model does not have",
            "  in service-2.json at operations.PutThing.output",
            "error: expected the name of a shape, found `C`, which the model does not have",
            "  in service-2.json at shapes.Things.member",
        ],
    },
    Bad {
        name: "a list of itself",
        edits: &[Set(Service, "/shapes/Things/member/shape", r#""Things""#)],
        message: &[
            "error: expected a list or map whose items have an end, found one that holds itself: Things -> Things",
            "  in service-2.json at shapes.Things",
        ],
    },
    Bad {
        name: "lists in a circle",
        edits: &[
            Set(
                Service,
                "/shapes/Lists",
                r#"{"type":"list","member":{"shape":"Things"}}"#,
            ),
            Set(Service, "/shapes/Things/member/shape", r#""Lists""#),
        ],
        message: &[
            "error: expected a list or map whose items have an end, found one that holds itself: Lists -> Things -> Lists",
            "  in service-2.json at shapes.Lists",
        ],
    },
    Bad {
        name: "a structure that requires itself",
        edits: &[Set(Service, "/shapes/Thing/required", r#"["parent"]"#)],
        message: &[
            "error: expected a structure that can be built, found one that requires itself: Thing -> Thing",
            "  in service-2.json at shapes.Thing",
        ],
    },
    Bad {
        name: "structures that require one another",
        edits: &[
            Set(
                Service,
                "/shapes/NotFound/members/thing",
                r#"{"shape":"Thing"}"#,
            ),
            Set(Service, "/shapes/NotFound/required", r#"["thing"]"#),
            Set(
                Service,
                "/shapes/Thing/members/error",
                r#"{"shape":"NotFound"}"#,
            ),
            Set(Service, "/shapes/Thing/required", r#"["error"]"#),
        ],
        message: &[
            "error: expected a structure that can be built, found one that requires itself: NotFound -> Thing -> NotFound",
            "  in service-2.json at shapes.NotFound",
        ],
    },
    Bad {
        name: "lists nested 40 deep",
        edits: &[
            Lists(40),
            Set(
                Service,
                "/shapes/Thing/members/deep",
                r#"{"shape":"Level0"}"#,
            ),
        ],
        message: &[
            "error: expected lists and maps nested at most 32 deep, found one that goes deeper",
            "  in service-2.json at shapes.Level0",
        ],
    },
];
