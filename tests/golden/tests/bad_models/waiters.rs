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
            "warning: ignored in a part of the model that is not selected: expected the name of an operation of service-2.json, found `ListThingz`; the nearest are `ListThings`, `PutThing` (waiters-2.json at waiters.ThingsMade)",
        ],
    },
    Bad {
        name: "a delay of nothing",
        edits: &[Set(Waiters, "/waiters/ThingsMade/delay", "0")],
        message: &[
            "warning: omitted the waiter `ThingsMade`: expected a delay of 1 second or more, found 0 (waiters-2.json at waiters.ThingsMade.delay)",
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
            "warning: omitted the waiter `ThingsMade`: expected an acceptor of success among others, found none, so the wait could never succeed (waiters-2.json at waiters.ThingsMade.acceptors)",
        ],
    },
    Bad {
        name: "a path to a member that is not there",
        edits: &[Set(Waiters, PATH, r#""things[].colour""#)],
        message: &[
            "warning: omitted the waiter `ThingsMade`: expected a member of `Thing`, found `colour`; did you mean `color`?, in the path `things[].colour` (waiters-2.json at waiters.ThingsMade.acceptors[0])",
        ],
    },
    Bad {
        name: "a list of what is none",
        edits: &[Set(Waiters, PATH, r#""token[].color""#)],
        message: &[
            "warning: omitted the waiter `ThingsMade`: expected a list without nulls before `[]`, found a text, in the path `token[].color` (waiters-2.json at waiters.ThingsMade.acceptors[0])",
        ],
    },
    Bad {
        name: "members of a list itself",
        edits: &[Set(Waiters, PATH, r#""things.color""#)],
        message: &[
            "warning: omitted the waiter `ThingsMade`: expected a structure with the member `color`, found a list of `Thing`, in the path `things.color` (waiters-2.json at waiters.ThingsMade.acceptors[0])",
        ],
    },
    Bad {
        name: "members of a union",
        edits: &[Set(Waiters, PATH, r#""things[].value.text""#)],
        message: &[
            "warning: omitted the waiter `ThingsMade`: expected a structure with the member `text`, found `Value` (a union), in the path `things[].value.text` (waiters-2.json at waiters.ThingsMade.acceptors[0])",
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
            "warning: omitted the waiter `ThingsMade`: expected a map without nulls before `.*`, found a list of `Thing`, in the path `things.*.color` (waiters-2.json at waiters.ThingsMade.acceptors[0])",
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
            "warning: omitted the waiter `ThingsMade`: expected a list of what is expected, found a text, in the path `token` (waiters-2.json at waiters.ThingsMade.acceptors[0])",
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
            "warning: omitted the waiter `ThingsMade`: expected two values of one type, found a boolean beside a text, in the path `more` (waiters-2.json at waiters.ThingsMade.acceptors[0])",
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
            "warning: omitted the waiter `ThingsMade`: expected two values of one type, found a boolean beside a number, in the path `more` (waiters-2.json at waiters.ThingsMade.acceptors[2])",
        ],
    },
    Bad {
        name: "a condition where texts are wanted",
        edits: &[Set(Waiters, PATH, r#""token == 'a'""#)],
        message: &[
            "warning: omitted the waiter `ThingsMade`: expected a list of what is expected, found a boolean, in the path `token == 'a'` (waiters-2.json at waiters.ThingsMade.acceptors[0])",
        ],
    },
    Bad {
        name: "a comparison of two types",
        edits: &[Set(Waiters, CONDITION, r#""length(things) == token""#)],
        message: &[
            "warning: omitted the waiter `ThingsMade`: expected two values of one type, found a number beside a text, in the path `length(things) == token` (waiters-2.json at waiters.ThingsMade.acceptors[1])",
        ],
    },
    Bad {
        name: "the greater one of two texts",
        edits: &[Set(Waiters, CONDITION, r#""token > 'a'""#)],
        message: &[
            "warning: omitted the waiter `ThingsMade`: expected numbers to compare, found a text beside a text, in the path `token > 'a'` (waiters-2.json at waiters.ThingsMade.acceptors[1])",
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
            "warning: omitted the waiter `ThingsMade`: expected a list, a map or a text in `length(…)`, found a boolean, in the path `` length(more) > `1` `` (waiters-2.json at waiters.ThingsMade.acceptors[1])",
        ],
    },
    Bad {
        name: "a function that the generator does not know",
        edits: &[Set(Waiters, CONDITION, r#""to_string(token) == 'a'""#)],
        message: &[
            "warning: omitted the waiter `ThingsMade`: expected a function that the generator supports, with valid arguments, found `to_string` with 1, in the path `to_string(token) == 'a'` (waiters-2.json at waiters.ThingsMade.acceptors[1])",
        ],
    },
    Bad {
        name: "a path that ends too early",
        edits: &[Set(Waiters, PATH, r#""things[].""#)],
        message: &[
            "warning: omitted the waiter `ThingsMade`: expected a member, `*`, `[` or `{` after a dot, found its end, in the path `things[].` (waiters-2.json at waiters.ThingsMade.acceptors[0])",
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
            "warning: omitted the waiter `ThingsMade`: expected an operation with an output, found none, in the path `things[].color` (waiters-2.json at waiters.ThingsMade.acceptors[0])",
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
            "warning: omitted the waiter `ThingsMade`: expected a name that no member and no other waiter of the operation has in Rust, found one that becomes `wait_until_things_made` (waiters-2.json at waiters.ThingsMade)",
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
            "warning: omitted the waiter `thingsMade`: expected a name that no member and no other waiter of the operation has in Rust, found one that becomes `wait_until_things_made` (waiters-2.json at waiters.thingsMade)",
        ],
    },
];
