//! What a server cannot do: the cases that fail on it for a reason of its own, which was looked into. A case that is listed
//! here and passes is a failure, so that nothing stays on the list.

/// A case that a server cannot do.
pub(crate) struct Limit {
    /// How the server's name begins.
    server: &'static str,
    case: &'static str,
    /// A part of what the failure says: another failure of the same case is one of ours.
    pub(crate) says: &'static str,
    pub(crate) reason: &'static str,
}

const WEED: &str = "SeaweedFS";

const LIMITS: &[Limit] = &[
    Limit {
        server: WEED,
        case: "key with a slash at the beginning",
        says: "in the list, got []",
        reason: "it stores the object under the key without that slash",
    },
    Limit {
        server: WEED,
        case: "key with a slash at the end",
        says: "got 0 that differ",
        reason: "it makes a folder, which has no content",
    },
    Limit {
        server: WEED,
        case: "key with a backslash and braces",
        says: "in the list, got []",
        reason: "a backslash becomes a slash of the key that it stores",
    },
    Limit {
        server: WEED,
        case: "location of a bucket",
        says: "expected a string, found the element",
        reason: "it answers with the body of a CreateBucket request, a structure in place of a text",
    },
];

/// The limit of a server that a case meets.
pub(crate) fn of(server: &str, case: &str) -> Option<&'static Limit> {
    let mut limits = LIMITS.iter();
    limits.find(|limit| server.starts_with(limit.server) && limit.case == case)
}
