//! One tiny change a case: what is edited in the base model, what the verdict on it must be, and the program that judges.

use tinsmith_codegen::ChangeKind::{self, *};

/// Edits of the base: a JSON pointer and the value to set there; an empty value takes it away.
pub(crate) type Edits = &'static [(&'static str, &'static str)];

/// The bump, and what makes it true.
#[derive(Clone, Copy)]
pub(crate) enum Verdict {
    /// The whole suite compiles before and after.
    Patch,
    /// The same.
    Minor,
    /// This text, put into a program, compiles before and not after.
    Breaks(&'static str),
    /// The whole suite compiles before and after; the change names what happens on the wire.
    Wire,
}

/// A change.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) before: Edits,
    pub(crate) after: Edits,
    /// All that the diff must say: kind and path of each change, the decisive one first.
    pub(crate) reported: &'static [(ChangeKind, &'static str)],
    pub(crate) verdict: Verdict,
}

use Verdict::{Breaks, Minor, Patch, Wire};

const SIZE: &str = r#"{ "shape": "Integer" }"#;
const OTHER: &str = r#"{ "http": { "method": "POST", "requestUri": "/Other" }, "input": { "shape": "OtherRequest" }, "errors": [{ "shape": "OtherException" }] }"#;
const OTHER_REQUEST: &str = r#"{ "type": "structure", "members": { "note": { "shape": "Note" }, "kind": { "shape": "Kind" } } }"#;
const KIND: &str = r#"{ "type": "string", "enum": ["a"] }"#;
const OTHER_EXCEPTION: &str = r#"{ "type": "structure", "exception": true, "members": {} }"#;
const OTHER_OPERATION: Edits = &[
    ("/service/operations/Other", OTHER),
    ("/service/shapes/OtherRequest", OTHER_REQUEST),
    ("/service/shapes/Kind", KIND),
    ("/service/shapes/OtherException", OTHER_EXCEPTION),
];
const ON_NOTE: &str = "/service/shapes/ListThingsRequest/members/note";
const TO_NOTE: &str = r#"{ "shape": "Note" }"#;
/// An operation whose whole body is a blob.
const UPLOAD: Edits = &[
    (
        "/service/operations/Upload",
        r#"{ "http": { "method": "POST", "requestUri": "/Upload" }, "input": { "shape": "UploadRequest" } }"#,
    ),
    (
        "/service/shapes/UploadRequest",
        r#"{ "type": "structure", "payload": "data", "members": { "data": { "shape": "Data" } } }"#,
    ),
    (
        "/service/shapes/Data",
        r#"{ "type": "blob", "streaming": true }"#,
    ),
];
/// An operation that gives events.
const WATCH: Edits = &[
    (
        "/service/operations/Watch",
        r#"{ "http": { "method": "POST", "requestUri": "/Watch" }, "output": { "shape": "WatchResponse" } }"#,
    ),
    (
        "/service/shapes/WatchResponse",
        r#"{ "type": "structure", "payload": "events", "members": { "events": { "shape": "Events" } } }"#,
    ),
    (
        "/service/shapes/Events",
        r#"{ "type": "structure", "eventstream": true, "members": { "gust": { "shape": "Gust" } } }"#,
    ),
    (
        "/service/shapes/Gust",
        r#"{ "type": "structure", "event": true, "members": { "size": { "shape": "Integer" } } }"#,
    ),
];
const TWO_EVENTS: (&str, &str) = (
    "/service/shapes/Events",
    r#"{ "type": "structure", "eventstream": true, "members": { "gust": { "shape": "Gust" }, "calm": { "shape": "Gust" } } }"#,
);
const OTHER_TOKEN: &str = "/service/shapes/ListThingsResponse/members/otherToken";
const PAGES: &str = "/paginators/pagination/ListThings";
const REQUIRED: &str = "/service/shapes/ListThingsRequest/required";
const TITLE: &str = r#"["title"]"#;
const WAITER: &str = "/waiters/waiters/ThingReady";

/// Every kind of change, and where a kind has several verdicts, each of them.
pub(crate) const CASES: &[Case] = &[
    Case {
        name: "operation-comes",
        before: &[],
        after: OTHER_OPERATION,
        reported: &[(OperationAdded, "Other")],
        verdict: Minor,
    },
    Case {
        name: "operation-goes",
        before: OTHER_OPERATION,
        after: &[],
        reported: &[(OperationRemoved, "Other")],
        verdict: Breaks("fn program(client: subject::Client) { drop(client.other()); }"),
    },
    Case {
        name: "type-comes-with-a-member",
        before: &[],
        after: &[
            (
                "/service/shapes/Thing/members/kind",
                r#"{ "shape": "Kind" }"#,
            ),
            ("/service/shapes/Kind", KIND),
        ],
        reported: &[(ShapeAdded, "Kind"), (MemberAdded, "Thing.kind")],
        verdict: Minor,
    },
    Case {
        name: "type-goes-with-its-member",
        before: &[],
        after: &[("/service/shapes/Thing/members/note", "")],
        reported: &[(ShapeRemoved, "Note"), (MemberRemoved, "Thing.note")],
        verdict: Breaks("fn program() -> subject::types::Note { subject::types::Note::default() }"),
    },
    Case {
        name: "type-can-be-sent",
        before: &[],
        after: &[(ON_NOTE, TO_NOTE)],
        reported: &[
            (ShapeRemoved, "Note"),
            (ShapeAdded, "Note"),
            (MemberAdded, "ListThingsRequest.note"),
        ],
        verdict: Breaks("fn program(note: &subject::types::Note) -> Option<&str> { note.text() }"),
    },
    Case {
        name: "type-can-be-sent-no-more",
        before: &[(ON_NOTE, TO_NOTE)],
        after: &[],
        reported: &[
            (ShapeRemoved, "Note"),
            (MemberRemoved, "ListThingsRequest.note"),
        ],
        verdict: Breaks("fn program() { drop(subject::types::Note::default().text(\"text\")); }"),
    },
    Case {
        name: "structure-becomes-an-enum",
        before: &[],
        after: &[("/service/shapes/Note", KIND)],
        reported: &[(MemberTypeChanged, "Note")],
        verdict: Breaks("fn program(note: subject::types::Note) { drop(note.text); }"),
    },
    Case {
        name: "member-of-an-output-comes",
        before: &[],
        after: &[("/service/shapes/Thing/members/size", SIZE)],
        reported: &[(MemberAdded, "Thing.size")],
        verdict: Minor,
    },
    Case {
        name: "member-of-an-input-comes",
        before: &[],
        after: &[("/service/shapes/ListThingsRequest/members/size", SIZE)],
        reported: &[(MemberAdded, "ListThingsRequest.size")],
        verdict: Minor,
    },
    Case {
        name: "member-that-goes-both-ways-comes",
        before: &[(
            "/service/shapes/Filter/members/things",
            r#"{ "shape": "ThingList" }"#,
        )],
        after: &[
            (
                "/service/shapes/Filter/members/things",
                r#"{ "shape": "ThingList" }"#,
            ),
            ("/service/shapes/Thing/members/size", SIZE),
        ],
        reported: &[(MemberAdded, "Thing.size")],
        verdict: Minor,
    },
    Case {
        name: "member-of-a-union-comes",
        before: &[],
        after: &[("/service/shapes/Choice/members/size", SIZE)],
        reported: &[(MemberAdded, "Choice.size")],
        verdict: Minor,
    },
    Case {
        name: "required-member-comes",
        before: &[],
        after: &[
            ("/service/shapes/Filter/members/size", SIZE),
            ("/service/shapes/Filter/required", r#"["size"]"#),
        ],
        reported: &[(MemberAdded, "Filter.size")],
        verdict: Wire,
    },
    Case {
        name: "member-goes",
        before: &[],
        after: &[("/service/shapes/Thing/members/color", "")],
        reported: &[(MemberRemoved, "Thing.color")],
        verdict: Breaks("fn program(thing: subject::types::Thing) { drop(thing.color); }"),
    },
    Case {
        name: "member-of-an-input-goes",
        before: &[],
        after: &[("/service/shapes/Filter/members/values", "")],
        reported: &[(MemberRemoved, "Filter.values")],
        verdict: Breaks(
            "fn program() { drop(subject::types::Filter::default().values([\"a\"])); }",
        ),
    },
    Case {
        name: "text-becomes-an-enum",
        before: &[],
        after: &[
            (
                "/service/shapes/Thing/members/name",
                r#"{ "shape": "Kind" }"#,
            ),
            ("/service/shapes/Kind", KIND),
        ],
        reported: &[(MemberTypeChanged, "Thing.name"), (ShapeAdded, "Kind")],
        verdict: Breaks(
            "fn program(thing: subject::types::Thing) -> Option<String> { thing.name }",
        ),
    },
    Case {
        name: "list-becomes-sparse",
        before: &[],
        after: &[("/service/shapes/StringList/sparse", "true")],
        reported: &[
            (MemberTypeChanged, "Filter.values"),
            (MemberTypeChanged, "ListThingsResponse.names"),
        ],
        verdict: Breaks(
            "fn program(filter: subject::types::Filter) -> Option<Vec<String>> { filter.values }",
        ),
    },
    Case {
        name: "member-becomes-recursive",
        before: &[],
        after: &[(
            "/service/shapes/Note/members/thing",
            r#"{ "shape": "Thing" }"#,
        )],
        reported: &[
            (MemberTypeChanged, "Thing.note"),
            (MemberAdded, "Note.thing"),
        ],
        verdict: Breaks(
            "fn program(thing: subject::types::Thing) -> Option<subject::types::Note> { thing.note }",
        ),
    },
    Case {
        name: "member-becomes-required",
        before: &[],
        after: &[(REQUIRED, TITLE)],
        reported: &[(MemberRequired, "ListThingsRequest.title")],
        verdict: Wire,
    },
    Case {
        name: "member-becomes-optional",
        before: &[(REQUIRED, TITLE)],
        after: &[],
        reported: &[(MemberOptional, "ListThingsRequest.title")],
        verdict: Minor,
    },
    Case {
        name: "member-of-an-output-becomes-required",
        before: &[],
        after: &[("/service/shapes/Thing/required", r#"["name"]"#)],
        reported: &[(MemberRequired, "Thing.name")],
        verdict: Patch,
    },
    Case {
        name: "member-of-an-output-becomes-optional",
        before: &[("/service/shapes/Thing/required", r#"["name"]"#)],
        after: &[],
        reported: &[(MemberOptional, "Thing.name")],
        verdict: Patch,
    },
    Case {
        name: "enum-value-comes",
        before: &[],
        after: &[("/service/shapes/Color/enum", r#"["red", "blue", "green"]"#)],
        reported: &[(EnumValueAdded, "Color.blue")],
        verdict: Minor,
    },
    Case {
        name: "enum-value-goes",
        before: &[],
        after: &[("/service/shapes/Color/enum", r#"["red"]"#)],
        reported: &[(EnumValueRemoved, "Color.green")],
        verdict: Breaks("fn program() -> subject::types::Color { subject::types::Color::Green }"),
    },
    Case {
        name: "exception-comes",
        before: &[],
        after: &[
            (
                "/service/operations/ListThings/errors/1",
                r#"{ "shape": "OtherException" }"#,
            ),
            ("/service/shapes/OtherException", OTHER_EXCEPTION),
        ],
        reported: &[(ExceptionAdded, "OtherException")],
        verdict: Minor,
    },
    Case {
        name: "exception-goes",
        before: &[],
        after: &[("/service/operations/ListThings/errors", "[]")],
        reported: &[(ExceptionRemoved, "GoneException")],
        verdict: Breaks(
            "fn program(error: subject::ServiceError) { if let subject::ServiceError::GoneException(_) = error {} }",
        ),
    },
    Case {
        name: "pagination-comes",
        before: &[(PAGES, "")],
        after: &[],
        reported: &[(PaginationAdded, "ListThings")],
        verdict: Minor,
    },
    Case {
        name: "pagination-goes",
        before: &[],
        after: &[(PAGES, "")],
        reported: &[(PaginationRemoved, "ListThings")],
        verdict: Breaks(
            "fn program(client: subject::Client) { drop(client.list_things().into_paginator()); }",
        ),
    },
    Case {
        name: "items-become-others",
        before: &[],
        after: &[("/paginators/pagination/ListThings/result_key", r#""names""#)],
        reported: &[(PaginationChanged, "ListThings")],
        verdict: Breaks(
            "async fn program(client: subject::Client) -> Option<subject::types::Thing> { client.list_things().into_paginator().items().send().next().await?.ok() }",
        ),
    },
    Case {
        name: "next-token-is-found-elsewhere",
        before: &[(OTHER_TOKEN, r#"{ "shape": "String" }"#)],
        after: &[
            (OTHER_TOKEN, r#"{ "shape": "String" }"#),
            (
                "/paginators/pagination/ListThings/output_token",
                r#""otherToken""#,
            ),
        ],
        reported: &[(PaginationChanged, "ListThings")],
        verdict: Patch,
    },
    Case {
        name: "page-size-goes",
        before: &[],
        after: &[("/paginators/pagination/ListThings/limit_key", "")],
        reported: &[(PaginationChanged, "ListThings")],
        verdict: Wire,
    },
    Case {
        name: "page-size-comes",
        before: &[("/paginators/pagination/ListThings/limit_key", "")],
        after: &[],
        reported: &[(PaginationChanged, "ListThings")],
        verdict: Minor,
    },
    Case {
        name: "waiter-comes",
        before: &[(WAITER, "")],
        after: &[],
        reported: &[(WaiterAdded, "ThingReady")],
        verdict: Minor,
    },
    Case {
        name: "waiter-goes",
        before: &[],
        after: &[(WAITER, "")],
        reported: &[(WaiterRemoved, "ThingReady")],
        verdict: Breaks(
            "fn program(client: subject::Client) { drop(client.get_thing().wait_until_thing_ready()); }",
        ),
    },
    Case {
        name: "waiter-goes-to-another-operation",
        before: &[],
        after: &[
            ("/waiters/waiters/ThingReady/operation", r#""ListThings""#),
            (
                "/waiters/waiters/ThingReady/acceptors/0/argument",
                r#""nextToken""#,
            ),
        ],
        reported: &[(WaiterRemoved, "ThingReady"), (WaiterAdded, "ThingReady")],
        verdict: Breaks(
            "fn program(client: subject::Client) { drop(client.get_thing().wait_until_thing_ready()); }",
        ),
    },
    Case {
        name: "waiter-waits-for-something-else",
        before: &[],
        after: &[(
            "/waiters/waiters/ThingReady/acceptors/0",
            r#"{ "state": "success", "matcher": "error", "expected": "Gone" }"#,
        )],
        reported: &[(WaiterChanged, "ThingReady")],
        verdict: Patch,
    },
    Case {
        name: "waiter-waits-longer",
        before: &[],
        after: &[("/waiters/waiters/ThingReady/delay", "7")],
        reported: &[(WaiterChanged, "ThingReady")],
        verdict: Patch,
    },
    Case {
        name: "request-goes-elsewhere",
        before: &[],
        after: &[(
            "/service/operations/ListThings/http/requestUri",
            r#""/things/list""#,
        )],
        reported: &[(HttpChanged, "ListThings")],
        verdict: Patch,
    },
    Case {
        name: "member-moves-to-a-header",
        before: &[],
        after: &[
            (
                "/service/shapes/GetThingRequest/members/view/location",
                r#""header""#,
            ),
            (
                "/service/shapes/GetThingRequest/members/view/locationName",
                r#""X-View""#,
            ),
        ],
        reported: &[(HttpChanged, "GetThingRequest.view")],
        verdict: Patch,
    },
    Case {
        name: "token-is-filled-in",
        before: &[],
        after: &[(
            "/service/shapes/ListThingsRequest/members/clientToken/idempotencyToken",
            "true",
        )],
        reported: &[(HttpChanged, "ListThingsRequest.clientToken")],
        verdict: Minor,
    },
    Case {
        name: "required-token-is-filled-in-no-more",
        before: &[
            (
                "/service/shapes/ListThingsRequest/members/clientToken/idempotencyToken",
                "true",
            ),
            (REQUIRED, r#"["clientToken"]"#),
        ],
        after: &[(REQUIRED, r#"["clientToken"]"#)],
        reported: &[(HttpChanged, "ListThingsRequest.clientToken")],
        verdict: Wire,
    },
    Case {
        name: "calls-are-signed",
        before: &[("/service/operations/GetThing/authtype", r#""none""#)],
        after: &[],
        reported: &[(HttpChanged, "GetThing")],
        verdict: Wire,
    },
    Case {
        name: "calls-need-a-token",
        before: &[],
        after: &[("/service/operations/GetThing/authtype", r#""bearer""#)],
        reported: &[(HttpChanged, "GetThing")],
        verdict: Wire,
    },
    Case {
        name: "a-token-does-as-well",
        before: &[],
        after: &[(
            "/service/operations/GetThing/auth",
            r#"["aws.auth#sigv4", "smithy.api#httpBearerAuth"]"#,
        )],
        reported: &[(HttpChanged, "GetThing")],
        verdict: Minor,
    },
    Case {
        name: "address-becomes-another",
        before: &[],
        after: &[(
            "/rules/rules/1/endpoint/url",
            r#""https://api.things.{Region}.example""#,
        )],
        reported: &[(EndpointChanged, "things")],
        verdict: Patch,
    },
    Case {
        name: "address-goes",
        before: &[],
        after: &[(
            "/rules/rules/0",
            r#"{ "conditions": [{ "fn": "isSet", "argv": [{ "ref": "Endpoint" }] }], "error": "none of your own", "type": "error" }"#,
        )],
        reported: &[(EndpointChanged, "things")],
        verdict: Wire,
    },
    Case {
        name: "limit-moves",
        before: &[],
        after: &[("/service/shapes/Title/max", "20")],
        reported: &[(ConstraintChanged, "Title")],
        verdict: Patch,
    },
    Case {
        name: "member-says-its-values",
        before: &[],
        after: &[(
            "/service/shapes/Thing/members/name/enum",
            r#"["screw", "nail"]"#,
        )],
        reported: &[(ConstraintChanged, "Thing.name")],
        verdict: Patch,
    },
    Case {
        name: "member-becomes-sensitive",
        before: &[],
        after: &[
            (
                "/service/shapes/Thing/members/name",
                r#"{ "shape": "Secret" }"#,
            ),
            (
                "/service/shapes/Secret",
                r#"{ "type": "string", "sensitive": true }"#,
            ),
        ],
        reported: &[(ConstraintChanged, "Thing.name")],
        verdict: Patch,
    },
    Case {
        name: "stream-must-tell-its-length",
        before: UPLOAD,
        after: &[
            UPLOAD[0],
            UPLOAD[1],
            (
                "/service/shapes/Data",
                r#"{ "type": "blob", "streaming": true, "requiresLength": true }"#,
            ),
        ],
        reported: &[(ConstraintChanged, "UploadRequest.data")],
        verdict: Wire,
    },
    Case {
        name: "blob-begins-to-stream",
        before: &[
            UPLOAD[0],
            UPLOAD[1],
            ("/service/shapes/Data", r#"{ "type": "blob" }"#),
        ],
        after: UPLOAD,
        reported: &[(MemberTypeChanged, "UploadRequest.data")],
        verdict: Breaks(
            "fn program(input: subject::operation::upload::UploadInput) -> Option<subject::Blob> { input.data }",
        ),
    },
    Case {
        name: "event-comes",
        before: WATCH,
        after: &[WATCH[0], WATCH[1], TWO_EVENTS, WATCH[3]],
        reported: &[(MemberAdded, "Events.calm")],
        verdict: Minor,
    },
    Case {
        name: "event-goes",
        before: &[WATCH[0], WATCH[1], TWO_EVENTS, WATCH[3]],
        after: WATCH,
        reported: &[(MemberRemoved, "Events.calm")],
        verdict: Breaks(
            "fn program(event: subject::types::Events) -> bool { matches!(event, subject::types::Events::Calm(_)) }",
        ),
    },
    Case {
        name: "exception-comes-within-a-stream",
        before: WATCH,
        after: &[
            WATCH[0],
            WATCH[1],
            (
                "/service/shapes/Events",
                r#"{ "type": "structure", "eventstream": true, "members": { "gust": { "shape": "Gust" }, "slow": { "shape": "OtherException" } } }"#,
            ),
            WATCH[3],
            ("/service/shapes/OtherException", OTHER_EXCEPTION),
        ],
        reported: &[(ExceptionAdded, "OtherException")],
        verdict: Minor,
    },
    Case {
        name: "text-is-written",
        before: &[],
        after: &[(
            "/service/shapes/Note/documentation",
            r#""<p>What somebody said.</p>""#,
        )],
        reported: &[(DocumentationChanged, "Note")],
        verdict: Patch,
    },
    Case {
        name: "operation-is-deprecated",
        before: &[],
        after: &[("/service/operations/GetThing/deprecated", "true")],
        reported: &[(DocumentationChanged, "GetThing")],
        verdict: Minor,
    },
];
