//! Event streams where they cannot be, and events that cannot be distinguished from their content.

use crate::edit::Bad;
use crate::edit::Edit::{self, Set};
use crate::edit::File::Service;

/// A stream of one event, as the payload of an output.
const STREAM: Edit = Set(
    Service,
    "/shapes/Stream",
    r#"{"type": "structure", "members": {"one": {"shape": "Event"}}, "eventstream": true}"#,
);
const EVENT: Edit = Set(
    Service,
    "/shapes/Event",
    r#"{"type": "structure", "members": {"count": {"shape": "Count"}}, "event": true}"#,
);
const MEMBER: Edit = Set(
    Service,
    "/shapes/PutThingResponse/members/stream",
    r#"{"shape": "Stream"}"#,
);
const PAYLOAD: Edit = Set(Service, "/shapes/PutThingResponse/payload", r#""stream""#);

pub(crate) const CASES: &[Bad] = &[
    Bad {
        name: "an event stream within the body",
        edits: &[STREAM, EVENT, MEMBER],
        message: &[
            "error: expected an event stream to be the payload, found it within the body",
            "  in service-2.json at shapes.PutThingResponse.members.stream",
        ],
    },
    Bad {
        name: "two event streams",
        edits: &[
            STREAM,
            EVENT,
            MEMBER,
            PAYLOAD,
            Set(
                Service,
                "/shapes/PutThingResponse/members/other",
                r#"{"shape": "Stream"}"#,
            ),
        ],
        message: &[
            "error: expected one event stream in a message, found `other` beside `stream`",
            "  in service-2.json at shapes.PutThingResponse.members.other",
        ],
    },
    Bad {
        name: "an event stream within a structure",
        edits: &[
            STREAM,
            EVENT,
            Set(
                Service,
                "/shapes/Thing/members/stream",
                r#"{"shape": "Stream"}"#,
            ),
        ],
        message: &[
            "error: expected an event stream as a member of an input or an output, found `Stream` in another shape",
            "  in service-2.json at shapes.Thing.members.stream",
        ],
    },
    Bad {
        name: "an event that is no structure",
        edits: &[
            STREAM,
            MEMBER,
            PAYLOAD,
            Set(Service, "/shapes/Event", r#"{"type": "string"}"#),
        ],
        message: &[
            "error: expected a structure as an event, found `Event`, which is a string",
            "  in service-2.json at shapes.Stream.members.one",
        ],
    },
    Bad {
        name: "a list in a header of an event, and a number as its payload",
        edits: &[
            STREAM,
            MEMBER,
            PAYLOAD,
            Set(
                Service,
                "/shapes/Event",
                r#"{"type": "structure", "members": {
                    "colors": {"shape": "Colors", "eventheader": true},
                    "count": {"shape": "Count", "eventpayload": true},
                    "text": {"shape": "Text"}
                }}"#,
            ),
        ],
        message: &[
            "error: expected text, a boolean, an integer, a blob or a timestamp in a header of an event, found `Colors`, which is a list",
            "  in service-2.json at shapes.Event.members.colors",
            "error: expected a blob, a string, a structure or a union as the payload of an event, found `Count`, which is an integer",
            "  in service-2.json at shapes.Event.members.count",
            "error: expected every member beside the payload `count` to be in a header of the event, found one that is not",
            "  in service-2.json at shapes.Event.members.text",
        ],
    },
    Bad {
        name: "an event with headers that is a member as well",
        edits: &[
            STREAM,
            MEMBER,
            PAYLOAD,
            Set(
                Service,
                "/shapes/Event",
                r#"{"type": "structure", "members": {"text": {"shape": "Text", "eventheader": true}}}"#,
            ),
            Set(
                Service,
                "/shapes/Thing/members/event",
                r#"{"shape": "Event"}"#,
            ),
        ],
        message: &[
            "error: expected a shape without headers of events, found `Event`, which only an event stream can hold",
            "  in service-2.json at shapes.Thing.members.event",
        ],
    },
];
