//! The imports that still go up: the file, the room that it names, and why it does. The list only shrinks: an entry that
//! no longer applies is a failure.

pub(crate) const ALLOWED: [(&str, &str, &str); 11] = [
    (
        "error/call_error.rs",
        "http_binding",
        "reading an error answer is the protocol's",
    ),
    (
        "error/call_error.rs",
        "protocol",
        "reading an error answer is the protocol's",
    ),
    (
        "error/failure.rs",
        "http_binding",
        "reading an error answer is the protocol's",
    ),
    (
        "error/failure.rs",
        "protocol",
        "reading an error answer is the protocol's",
    ),
    (
        "event_stream/read.rs",
        "protocol",
        "asks which protocol it is, instead of the protocol",
    ),
    (
        "event_stream/receive.rs",
        "protocol",
        "asks which protocol it is, instead of the protocol",
    ),
    (
        "event_stream/send.rs",
        "protocol",
        "asks which protocol it is, instead of the protocol",
    ),
    (
        "event_stream/write.rs",
        "protocol",
        "asks which protocol it is, instead of the protocol",
    ),
    (
        "http_binding/assemble.rs",
        "protocol",
        "an operation's request is made by the protocol",
    ),
    (
        "http_binding/request.rs",
        "protocol",
        "asks which protocol it is, instead of the protocol",
    ),
    (
        "http_binding/response.rs",
        "protocol",
        "asks which protocol it is, instead of the protocol",
    ),
];
