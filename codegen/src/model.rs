//! The wire-shaped model: what a service says of itself, whatever format it was said in.
//!
//! Plain data. Nothing here knows Rust; nothing here is decided. Readers fill it in, lowering reads it.

use indexmap::IndexMap;

/// A service, its operations and its shapes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The file that operations and shapes were read from, for messages.
    pub file: String,
    /// What is true of the service as a whole.
    pub service: Service,
    /// Operations by name, in the model's order.
    pub operations: IndexMap<String, Operation>,
    /// Shapes by name, in the model's order.
    pub shapes: IndexMap<String, Shape>,
    /// How a request's address follows from region and settings. `None` where the model has no rules.
    pub endpoint_rules: Option<crate::rules::RuleSet>,
}

/// What is true of a service as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Service {
    /// The identifier that settings are named after (`AWS_ENDPOINT_URL_<id>`).
    pub id: String,
    /// The name for people: "EC2 Image Builder".
    pub full_name: String,
    /// The version of the API, a date.
    pub api_version: String,
    /// The first part of the host name.
    pub endpoint_prefix: String,
    /// The service's name in a signature.
    pub signing_name: String,
    /// The protocol that we speak with it; `None` where it names none that the reader knows.
    pub protocol: Option<Protocol>,
    /// The protocol's name in the model, for messages.
    pub protocol_name: String,
    /// The authentication schemes, most wanted first: `aws.auth#sigv4`, …
    pub auth: Vec<String>,
    /// HTML.
    pub documentation: Option<String>,
}

/// How shapes travel.
#[derive(Clone, Debug, PartialEq)]
pub enum Protocol {
    /// JSON bodies, with members bound to path, query string and headers.
    RestJson,
    /// JSON bodies, the operation named in a header.
    AwsJson {
        /// "1.0" or "1.1", part of the content type.
        version: String,
        /// What stands before the operation's name in `X-Amz-Target`.
        target_prefix: String,
    },
}

/// One call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operation {
    /// The HTTP method.
    pub method: String,
    /// The path, with `{labels}` and perhaps a static query string.
    pub uri: String,
    /// The input structure, where there is one.
    pub input: Option<String>,
    /// The output structure, where there is one.
    pub output: Option<String>,
    /// The exceptions that the operation declares.
    pub errors: Vec<String>,
    /// HTML.
    pub documentation: Option<String>,
    /// Why and since when it should not be used.
    pub deprecated: Option<Deprecated>,
    /// How its pages follow one another.
    pub pagination: Option<Pagination>,
    /// What stands before the host name, with `{labels}`.
    pub host_prefix: Option<String>,
    /// The call is not signed.
    pub no_auth: bool,
    /// The body is left out of the signature.
    pub unsigned_payload: bool,
    /// Traits that change what is sent and that the generator cannot do yet, by their names in the model.
    pub unsupported: Vec<String>,
}

/// How the pages of an operation follow one another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pagination {
    /// Members of the input that take the tokens.
    pub input_tokens: Vec<String>,
    /// Paths in the output that give the next tokens, as many.
    pub output_tokens: Vec<String>,
    /// The member of the input that sets the size of a page.
    pub limit: Option<String>,
    /// Paths in the output to the items; the first is the primary one.
    pub results: Vec<String>,
    /// The path in the output that says whether another page exists.
    pub more_results: Option<String>,
    /// Paths in the output that say the same on every page.
    pub non_aggregate: Vec<String>,
}

/// The deprecated trait.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deprecated {
    /// What to use instead.
    pub message: Option<String>,
    /// Since when, a date or a version.
    pub since: Option<String>,
}

/// A named shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// What it is.
    pub kind: Kind,
    /// HTML.
    pub documentation: Option<String>,
    /// What the service checks.
    pub constraints: Constraints,
    /// Its values must not be shown.
    pub sensitive: bool,
    /// Why and since when it should not be used.
    pub deprecated: Option<Deprecated>,
}

/// What the service checks of a value; documentation here, never validation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// Least length, number of items, or value, as the model writes it.
    pub min: Option<serde_json::Number>,
    /// Greatest length, number of items, or value, as the model writes it.
    pub max: Option<serde_json::Number>,
    /// A regular expression, in the service's own dialect.
    pub pattern: Option<String>,
}

/// The kinds of shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Members, each of which may be there.
    Structure(Structure),
    /// Members, one of which is there.
    Union(Structure),
    /// JSON of any form.
    Document,
    /// Items in order.
    List {
        /// What the items are.
        member: Member,
        /// A null item is a value.
        sparse: bool,
    },
    /// Values by key.
    Map {
        /// What the keys are.
        key: Member,
        /// What the values are.
        value: Member,
        /// A null value is a value.
        sparse: bool,
    },
    /// Text.
    String,
    /// Text, of which some values are known.
    Enum(Vec<String>),
    /// true or false.
    Boolean,
    /// 32 bits, signed.
    Integer,
    /// 64 bits, signed.
    Long,
    /// 32 bits, floating.
    Float,
    /// 64 bits, floating.
    Double,
    /// Bytes.
    Blob {
        /// Sent and received piece by piece.
        streaming: bool,
    },
    /// A moment.
    Timestamp {
        /// The format, where it is not the protocol's own for the place.
        format: Option<TimestampFormat>,
    },
}

/// The formats of a timestamp on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339 in UTC.
    DateTime,
    /// Seconds since 1970, with a fraction.
    EpochSeconds,
    /// IMF-fixdate of RFC 9110.
    HttpDate,
}

/// The members of a structure or union, and what is said of it as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structure {
    /// Members by name, in the model's order.
    pub members: IndexMap<String, Member>,
    /// The member that is the whole body.
    pub payload: Option<String>,
    /// Where the structure is an exception.
    pub error: Option<ErrorTrait>,
    /// A stream of events.
    pub event_stream: bool,
}

/// What is said of an exception.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ErrorTrait {
    /// The code on the wire, where it is not the shape's name.
    pub code: Option<String>,
    /// The status that it comes with.
    pub status: Option<u16>,
    /// Whether trying again may help.
    pub retryable: Option<Retryable>,
}

/// The retryable trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retryable {
    /// The service asks for fewer calls.
    pub throttling: bool,
}

/// A reference to a shape and what is said of it at this place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Member {
    /// The shape's name.
    pub target: String,
    /// It must be there.
    pub required: bool,
    /// The place in the message, where that is not the body.
    pub location: Option<Location>,
    /// The name on the wire, where it is not the member's own.
    pub wire_name: Option<String>,
    /// HTML.
    pub documentation: Option<String>,
    /// Why and since when it should not be used.
    pub deprecated: Option<Deprecated>,
    /// Filled in with a fresh uuid where unset.
    pub idempotency_token: bool,
    /// JSON text, base64 encoded in a header.
    pub json_value: bool,
    /// It stands in the host name as well.
    pub host_label: bool,
    /// Sent and received piece by piece.
    pub streaming: bool,
    /// The format of a timestamp, where the member says it.
    pub timestamp_format: Option<TimestampFormat>,
}

/// The places in a message, other than the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// A `{label}` of the path.
    Label,
    /// The query string.
    Query,
    /// Keys and values of the query string.
    QueryMap,
    /// A header.
    Header,
    /// All headers that begin with the wire name.
    PrefixHeaders,
    /// The status code.
    StatusCode,
}
