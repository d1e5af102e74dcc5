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
const S3S: &str = "s3s-fs";

/// Keys of s3s-fs.
const PATHS: &str =
    "its keys are paths of files, in which two slashes are one, and dots stand for folders";
const NOT_ENCODED: &str =
    "it says of lists that their keys are encoded, as it was asked to, and sends them as they are";
const RETURNS: &str =
    "its XML has a carriage return as it is, which is a line feed to those who read it";
/// Operations that s3s-fs has not.
const NO_OPERATION: &str = "it does not have the operation";
const NO_VERSIONS: &str = "it keeps no versions";
const NO_CONDITIONS: &str = "it reads an object whatever the condition is";
const KEPT: &str = "it refuses what it has stored by then";
const NO_UPLOADS: &str = "it has no list of uploads: any that it does not know has no parts";

const LISTED: &str = "in the list, got []";
const NOT_IMPLEMENTED: &str = "NotImplemented (501)";
const NO_VERSION: &str = "expected a version, got none";

const LIMITS: &[Limit] = &[
    limit(
        WEED,
        "key with a slash at the beginning",
        LISTED,
        "it stores the object under the key without that slash",
    ),
    limit(
        WEED,
        "key with a slash at the end",
        "got 0 that differ",
        "it makes a folder, which has no content",
    ),
    limit(
        WEED,
        "key with a backslash and braces",
        LISTED,
        "a backslash becomes a slash of the key that it stores",
    ),
    limit(
        WEED,
        "location of a bucket",
        "expected a string, found the element",
        "it answers with the body of a CreateBucket request, a structure in place of a text",
    ),
    limit(S3S, "key with plus signs", "got [\"a b  c\"]", NOT_ENCODED),
    limit(S3S, "key with two slashes", LISTED, PATHS),
    limit(S3S, "key with a parent folder", LISTED, PATHS),
    limit(
        S3S,
        "key with only a parent folder",
        "broke before the response",
        "the path of that is above its folder: it panics and closes the connection",
    ),
    limit(S3S, "key with a folder that is itself", LISTED, PATHS),
    limit(
        S3S,
        "key with a carriage return",
        "got [\"a\\nb\"]",
        RETURNS,
    ),
    limit(
        S3S,
        "key with what looks encoded",
        "got [\"a b/c\"]",
        NOT_ENCODED,
    ),
    limit(S3S, "tags in a header", NOT_IMPLEMENTED, NO_OPERATION),
    limit(
        S3S,
        "tags: replaced, deleted",
        NOT_IMPLEMENTED,
        NO_OPERATION,
    ),
    limit(
        S3S,
        "versions of a bucket are kept",
        NOT_IMPLEMENTED,
        NO_OPERATION,
    ),
    limit(S3S, "versions: put, read, list", NO_VERSION, NO_VERSIONS),
    limit(S3S, "versions: delete, restore", NO_VERSION, NO_VERSIONS),
    limit(S3S, "versions: copy of one", NO_VERSION, NO_VERSIONS),
    limit(
        S3S,
        "list whose encoding the caller sets stays encoded",
        "got [\"g 00+ü/k&0000\"]",
        NOT_ENCODED,
    ),
    limit(S3S, "list of 2500 versions", NOT_IMPLEMENTED, NO_OPERATION),
    limit(
        S3S,
        "delete objects quietly",
        "expected nothing said",
        "it says what it deleted, quiet or not",
    ),
    limit(
        S3S,
        "delete keys with markup and line ends",
        "\"odd/a\\nb\"",
        RETURNS,
    ),
    limit(
        S3S,
        "parts, one of them refused once",
        "expected a wrong checksum to be refused, got Ok",
        "it does not compare the checksum of a part",
    ),
    limit(
        S3S,
        "parts that are given up",
        "expected NoSuchUpload, got Ok",
        NO_UPLOADS,
    ),
    limit(
        S3S,
        "parts that are completed without being there",
        "InvalidRequest (400): invalid part order",
        "it refuses any part that is not the next, before it looks for it",
    ),
    limit(
        S3S,
        "parts of uploads that are under way are listed",
        NOT_IMPLEMENTED,
        NO_OPERATION,
    ),
    limit(
        S3S,
        "condition: read if it is the same",
        "with the status 412, got Ok",
        NO_CONDITIONS,
    ),
    limit(
        S3S,
        "condition: read if it is another one",
        "with the status 304, got Ok",
        NO_CONDITIONS,
    ),
    limit(
        S3S,
        "condition: read if it was changed",
        "with the status 412, got Ok",
        NO_CONDITIONS,
    ),
    limit(
        S3S,
        "checksum that is wrong is refused",
        "expected no object, got Ok",
        KEPT,
    ),
    limit(
        S3S,
        "checksum Content-MD5 that is wrong is refused",
        "expected no object, got Ok",
        KEPT,
    ),
    limit(
        S3S,
        "transfer of a stream that breaks leaves nothing",
        NOT_IMPLEMENTED,
        NO_OPERATION,
    ),
    limit(
        S3S,
        "transfer up, given up and resumed",
        NOT_IMPLEMENTED,
        NO_OPERATION,
    ),
    limit(
        S3S,
        "presigned form",
        "NoSuchKey (404)",
        "it does not put the name of the file into the key",
    ),
    limit(
        S3S,
        "error: a key that the server does not know",
        "NotSignedUp",
        "it has another code for that",
    ),
    limit(
        S3S,
        "error: no such object",
        "expected the id of the request",
        "its responses have none",
    ),
    limit(
        S3S,
        "error: no such upload",
        "expected 404 NoSuchUpload, got Ok",
        NO_UPLOADS,
    ),
];

const fn limit(
    server: &'static str,
    case: &'static str,
    says: &'static str,
    reason: &'static str,
) -> Limit {
    Limit {
        server,
        case,
        says,
        reason,
    }
}

/// The limit of a server that a case meets.
pub(crate) fn of(server: &str, case: &str) -> Option<&'static Limit> {
    let mut limits = LIMITS.iter();
    limits.find(|limit| server.starts_with(limit.server) && limit.case == case)
}
