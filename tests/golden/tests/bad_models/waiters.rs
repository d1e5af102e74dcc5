//! Waiters that do not fit their operation, and paths that the generator does not know.

use crate::edit::Bad;
use crate::edit::Edit::{Delete, Set};
use crate::edit::File::{Service, Waiters};

/// The first acceptor of the sound model's waiter: of `things[].color`, all of it.
const PATH: &str = "/waiters/ThingsMade/acceptors/0/argument";
/// The second: a condition.
const CONDITION: &str = "/waiters/ThingsMade/acceptors/1/argument";
/// The third: of a flag.
const FLAG: &str = "/waiters/ThingsMade/acceptors/2";

pub(crate) const CASES: &[Bad] = &[
    Bad {
        name: "a waiter of an operation that is not there",
        edits: &[Set(
            Waiters,
            "/waiters/ThingsMade/operation",
            r#""ListThingz""#,
        )],
        message: &[
            "warning: passed over in a part of the model that is not selected: expected the name of an operation of service-2.json, found `ListThingz`; the nearest are `ListThings`, `PutThing` (waiters-2.json at waiters.ThingsMade)",
        ],
    },
    Bad {
        name: "a delay of nothing",
        edits: &[Set(Waiters, "/waiters/ThingsMade/delay", "0")],
        message: &[
            "error: expected a delay of 1 second or more, found 0",
            "  in waiters-2.json at waiters.ThingsMade.delay",
        ],
    },
    Bad {
        name: "a wait that never ends well",
        edits: &[Set(
            Waiters,
            "/waiters/ThingsMade/acceptors/0/state",
            r#""failure""#,
        )],
        message: &[
            "error: expected an acceptor of success among others, found none, so the wait would never end well",
            "  in waiters-2.json at waiters.ThingsMade.acceptors",
        ],
    },
    Bad {
        name: "a path to a member that is not there",
        edits: &[Set(Waiters, PATH, r#""things[].colour""#)],
        message: &[
            "error: expected a path through members of the output, found `things[].colour`, of which `colour` is not a member of `Thing`; did you mean `color`?",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[0]",
        ],
    },
    Bad {
        name: "a list of what is none",
        edits: &[Set(Waiters, PATH, r#""token[].color""#)],
        message: &[
            "error: expected a list without nulls before `[]`, found `token[].color`, which has `Text` there: a string",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[0]",
        ],
    },
    Bad {
        name: "members of a list itself",
        edits: &[Set(Waiters, PATH, r#""things.color""#)],
        message: &[
            "error: expected a structure with the member `color`, found `things.color`, which has `Things` there: a list",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[0]",
        ],
    },
    Bad {
        name: "members of a union",
        edits: &[Set(Waiters, PATH, r#""things[].value.text""#)],
        message: &[
            "error: expected a structure with the member `text`, found `things[].value.text`, which has `Value` there: several values, each of them a union",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[0]",
        ],
    },
    Bad {
        name: "the values of a list, and a filter within a filter",
        edits: &[
            Set(Waiters, PATH, r#""things.*.color""#),
            Set(
                Waiters,
                CONDITION,
                r#""length(things[?name == 'a'][?name == 'b']) == `0`""#,
            ),
        ],
        message: &[
            "error: expected one map without nulls before `.*`, found `things.*.color`, which has `Things` there: a list",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[0]",
            "error: expected one list without nulls before `[?`, found `` length(things[?name == 'a'][?name == 'b']) == `0` ``, which has `Thing` there: several values, each of them a structure",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[1]",
        ],
    },
    Bad {
        name: "one text where several are wanted, and several where one is",
        edits: &[
            Set(Waiters, PATH, r#""token""#),
            Set(
                Waiters,
                FLAG,
                r#"{"state":"retry","matcher":"path","argument":"things[].name","expected":"x"}"#,
            ),
        ],
        message: &[
            "error: expected a path to several texts, found `token`, which leads to a string",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[0]",
            "error: expected a path to one text, found `things[].name`, which leads to several values, each of them a string",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[2]",
        ],
    },
    Bad {
        name: "text for a flag, and a flag for a text",
        edits: &[
            Set(
                Waiters,
                FLAG,
                r#"{"state":"retry","matcher":"path","argument":"token","expected":true}"#,
            ),
            Set(
                Waiters,
                "/waiters/ThingsMade/acceptors/0",
                r#"{"state":"success","matcher":"path","argument":"more","expected":"true"}"#,
            ),
        ],
        message: &[
            "error: expected a path to one text, found `more`, which leads to a boolean",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[0]",
            "error: expected a path to one boolean, or a condition, found `token`, which leads to a string",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[2]",
        ],
    },
    Bad {
        name: "a number to compare with",
        edits: &[Set(
            Waiters,
            FLAG,
            r#"{"state":"retry","matcher":"path","argument":"more","expected":3}"#,
        )],
        message: &[
            "error: expected text, true or false to compare with, found 3",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[2]",
        ],
    },
    Bad {
        name: "a condition where texts are wanted",
        edits: &[Set(Waiters, PATH, r#""token == 'a'""#)],
        message: &[
            "error: expected a path to texts, found `token == 'a'`, which is a condition",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[0]",
        ],
    },
    Bad {
        name: "a comparison of two types",
        edits: &[Set(Waiters, CONDITION, r#""length(things) == token""#)],
        message: &[
            "error: expected two values of one type to compare, found `length(things) == token`, which compares a length with a text",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[1]",
        ],
    },
    Bad {
        name: "a length that is no whole number",
        edits: &[Set(Waiters, CONDITION, r#""length(things) == `1.5`""#)],
        message: &[
            "error: expected two values of one type to compare, found `` length(things) == `1.5` ``, which compares a length with a literal number",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[1]",
        ],
    },
    Bad {
        name: "the greater one of two texts",
        edits: &[Set(Waiters, CONDITION, r#""token > 'a'""#)],
        message: &[
            "error: expected numbers of which one is the greater, found `token > 'a'`, which compares a text with a text",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[1]",
        ],
    },
    Bad {
        name: "the length of a flag, and a list in a comparison",
        edits: &[
            Set(Waiters, CONDITION, r#""length(more) > `1`""#),
            Set(
                Waiters,
                FLAG,
                r#"{"state":"retry","matcher":"path","argument":"things == `1`","expected":true}"#,
            ),
        ],
        message: &[
            "error: expected a list, a map or a text in `length(…)`, found `` length(more) > `1` ``, which has a boolean there",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[1]",
            "error: expected a text, a number or a boolean to compare, found `` things == `1` ``, which compares a list",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[2]",
        ],
    },
    Bad {
        name: "a value where a condition is wanted",
        edits: &[Set(Waiters, CONDITION, r#""more && length(things)""#)],
        message: &[
            "error: expected a condition, found `more && length(things)`, which holds a value in the place of one",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[1]",
        ],
    },
    Bad {
        name: "a function that the generator does not know",
        edits: &[Set(
            Waiters,
            CONDITION,
            r#""contains(things[].color, 'RED')""#,
        )],
        message: &[
            "error: expected the function `length`, which is the only one that the generator knows, found `contains`",
            "  in the path `contains(things[].color, 'RED')`",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[1]",
        ],
    },
    Bad {
        name: "a path that ends too early",
        edits: &[Set(Waiters, PATH, r#""things[].""#)],
        message: &[
            "error: expected a member or `*` after a dot, found its end",
            "  in the path `things[].`",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[0]",
        ],
    },
    Bad {
        name: "a path in an operation without output",
        edits: &[
            Delete(Service, "/operations/PutThing/output"),
            Set(Waiters, "/waiters/ThingsMade/operation", r#""PutThing""#),
            Delete(Waiters, "/waiters/ThingsMade/acceptors/2"),
            Delete(Waiters, "/waiters/ThingsMade/acceptors/1"),
        ],
        message: &[
            "error: expected a path through members of the output, found `things[].color`, and the operation has no output",
            "  in waiters-2.json at waiters.ThingsMade.acceptors[0]",
        ],
    },
    Bad {
        name: "a setter that is called like a waiter",
        edits: &[
            Set(
                Service,
                "/shapes/ListThingsRequest/members/waitUntilThingsMade",
                r#"{"shape":"Text","location":"querystring","locationName":"w"}"#,
            ),
            Set(Waiters, "/waiters/ThingsMade/delay", "1"),
        ],
        message: &[
            "error: expected members and waiters that differ in Rust, found `waitUntilThingsMade` and `ThingsMade`, which both become `wait_until_things_made`; give the member another name under `renames` in tinsmith.toml",
            "  in service-2.json at operations.ListThings",
        ],
    },
    Bad {
        name: "two waiters of one name",
        edits: &[Set(
            Waiters,
            "/waiters/thingsMade",
            r#"{"operation":"ListThings","delay":1,"acceptors":[{"state":"success","matcher":"status","expected":200}]}"#,
        )],
        message: &[
            "error: expected members and waiters that differ in Rust, found `ThingsMade` and `thingsMade`, which both become `wait_until_things_made`; give the member another name under `renames` in tinsmith.toml",
            "  in service-2.json at operations.ListThings",
        ],
    },
];
