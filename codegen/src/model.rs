//! The wire-shaped model: what a service says of itself, whatever format it was said in.
//!
//! Plain data. Nothing here knows Rust; nothing here is decided. Readers fill it in, lowering reads it. As serde writes
//! it, so that a crate can keep what it was generated from, it holds no default.

mod protocol;
mod waiter;
mod wire;

pub(crate) use protocol::BodyNames;
pub use protocol::Protocol;
pub use waiter::{Acceptor, Matcher, Quantifier, Waiter, WaiterState};
pub use wire::{Namespace, WireFacts, XmlRoot};

use crate::problem::Problems;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// What is not written: a reader fills it in again.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A service, its operations and its shapes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// The file that operations and shapes were read from, for messages.
    #[serde(skip)]
    pub file: String,
    /// The file that pagination was read from, where that is another one.
    #[serde(skip)]
    pub pagination_file: Option<String>,
    /// The file that waiters were read from, where that is another one.
    #[serde(skip)]
    pub waiters_file: Option<String>,
    /// What is true of the service as a whole.
    pub service: Service,
    /// Operations by name, sorted.
    pub operations: IndexMap<String, Operation>,
    /// Shapes by name, sorted.
    pub shapes: IndexMap<String, Shape>,
    /// How a request's address follows from region and settings. `None` where the model has no rules.
    #[serde(default, skip_serializing_if = "is_default")]
    pub endpoint_rules: Option<crate::rules::RuleSet>,
    /// Waiters by name, sorted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub waiters: IndexMap<String, Waiter>,
    /// What could not be read of operations, shapes and waiters. It matters where a selection reaches it.
    #[serde(skip)]
    pub unread: Problems,
}

/// What is true of a service as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// The identifier that settings are named after (`AWS_ENDPOINT_URL_<id>`).
    pub id: String,
    /// The name for people: "EC2 Image Builder".
    pub full_name: String,
    /// The version of the API, a date.
    pub api_version: String,
    /// The first part of the host name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub endpoint_prefix: String,
    /// The service's name in a signature.
    #[serde(default, skip_serializing_if = "is_default")]
    pub signing_name: String,
    /// The protocol to speak with it; `None` where it names none that the reader knows.
    #[serde(default, skip_serializing_if = "is_default")]
    pub protocol: Option<Protocol>,
    /// The protocol's name in the model, for messages.
    #[serde(default, skip_serializing_if = "is_default")]
    pub protocol_name: String,
    /// The names of the protocols that it speaks, where there are several to choose from; in our order.
    #[serde(default, skip_serializing_if = "is_default")]
    pub protocols: Vec<String>,
    /// The namespace of its messages in XML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub xml_namespace: Option<Namespace>,
    /// The authentication schemes, in order of preference: `aws.auth#sigv4`, …
    #[serde(default, skip_serializing_if = "is_default")]
    pub auth: Vec<String>,
    /// HTML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub documentation: Option<String>,
}

impl Service {
    /// Members can be bound to parts of HTTP messages other than the body: of a protocol that the reader does not know as
    /// well, so that what is said of them is checked.
    pub(crate) fn binds_to_http(&self) -> bool {
        self.protocol.as_ref().is_none_or(Protocol::binds_to_http)
    }

    /// The names of the protocols that its client can speak.
    pub fn possible_protocols(&self) -> Vec<&str> {
        match self.protocols.as_slice() {
            [] => self.protocol.iter().map(Protocol::name).collect(),
            several => several.iter().map(String::as_str).collect(),
        }
    }

    /// Clients are generated for its protocol.
    pub fn has_generated_protocol(&self) -> bool {
        self.protocol.is_some()
    }
}

/// The scheme of AWS Signature Version 4.
pub const SIGV4: &str = "aws.auth#sigv4";

/// The scheme of bearer tokens.
pub const BEARER: &str = "smithy.api#httpBearerAuth";

/// The scheme of calls that need no authentication.
pub const NO_AUTH: &str = "smithy.api#noAuth";

/// One call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// The HTTP method.
    pub method: String,
    /// The path, with `{labels}` and perhaps a static query string.
    pub uri: String,
    /// The input structure, where there is one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub input: Option<String>,
    /// The output structure, where there is one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub output: Option<String>,
    /// The exceptions that the operation declares.
    #[serde(default, skip_serializing_if = "is_default")]
    pub errors: Vec<String>,
    /// HTML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub documentation: Option<String>,
    /// Why and since when it should not be used.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecated>,
    /// How its pages follow one another.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pagination: Option<Pagination>,
    /// What stands before the host name, with `{labels}`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub host_prefix: Option<String>,
    /// The call is not signed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub no_auth: bool,
    /// The authentication schemes, in order of preference, where they are not the service's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub auth: Vec<String>,
    /// The body is left out of the signature.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unsigned_payload: bool,
    /// Parameters of the endpoint rules that the operation fixes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub static_parameters: IndexMap<String, ParameterValue>,
    /// Parameters of the endpoint rules that are found in the input, by JMESPath.
    #[serde(default, skip_serializing_if = "is_default")]
    pub path_parameters: IndexMap<String, String>,
    /// The encodings in which a large body may be sent, in order of preference.
    #[serde(default, skip_serializing_if = "is_default")]
    pub compression: Vec<String>,
    /// The checksum that goes out with the body.
    #[serde(default, skip_serializing_if = "is_default")]
    pub checksum: Option<Checksum>,
    /// The root of a request in XML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub xml_root: XmlRoot,
    /// The element that the output stands in, in a response of the query protocol, where that is not the operation's name
    /// with `Result` behind it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub result_wrapper: Option<String>,
    /// The root of a response in XML is not the output but its one member.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unwrapped_output: bool,
    /// How many milliseconds the service may take to answer, because it waits for something to tell.
    #[serde(default, skip_serializing_if = "is_default")]
    pub long_poll: Option<u64>,
    /// Traits that change what is sent and that the generator cannot do yet, by their names in the model.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unsupported: Vec<String>,
}

/// The checksum of a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Checksum {
    /// MD5, in the header of HTTP's own.
    Md5,
    /// Of the algorithm that the caller chooses.
    Chosen {
        /// The member of the input that says which.
        #[serde(default, skip_serializing_if = "is_default")]
        member: Option<String>,
        /// There must be one, also where the caller chooses none.
        #[serde(default, skip_serializing_if = "is_default")]
        required: bool,
    },
}

/// The value of a parameter of the endpoint rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ParameterValue {
    /// true or false.
    Flag(bool),
    /// Text.
    Text(String),
    /// Texts, in order.
    List(Vec<String>),
}

/// How the pages of an operation follow one another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pagination {
    /// Members of the input that take the tokens.
    pub input_tokens: Vec<String>,
    /// Paths in the output that give the next tokens, as many.
    pub output_tokens: Vec<String>,
    /// The member of the input that sets the size of a page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub limit: Option<String>,
    /// Paths in the output to the items; the first is the primary one.
    pub results: Vec<String>,
    /// The path in the output that says whether another page exists.
    #[serde(default, skip_serializing_if = "is_default")]
    pub more_results: Option<String>,
}

/// The deprecated trait.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Deprecated {
    /// What to use instead.
    #[serde(default, skip_serializing_if = "is_default")]
    pub message: Option<String>,
    /// Since when, a date or a version.
    #[serde(default, skip_serializing_if = "is_default")]
    pub since: Option<String>,
}

/// A named shape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// What it is.
    pub kind: Kind,
    /// HTML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub documentation: Option<String>,
    /// What the service checks.
    #[serde(default, skip_serializing_if = "is_default")]
    pub constraints: Constraints,
    /// Its values must not be shown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sensitive: bool,
    /// Why and since when it should not be used.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecated>,
}

impl Shape {
    /// What stands in for a shape that could not be read, so that what refers to it does not refer to nothing.
    pub(crate) fn unread() -> Self {
        Self::plain(Kind::Document)
    }

    /// A shape of which nothing more is said.
    pub(crate) fn plain(kind: Kind) -> Self {
        Self {
            kind,
            documentation: None,
            constraints: Constraints::default(),
            sensitive: false,
            deprecated: None,
        }
    }
}

/// What the service checks of a value; documentation here, never validation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Constraints {
    /// Least length, number of items, or value, as the model writes it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub min: Option<serde_json::Number>,
    /// Greatest length, number of items, or value, as the model writes it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub max: Option<serde_json::Number>,
    /// A regular expression, in the service's own dialect.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pattern: Option<String>,
    /// The known values of a number, each with its name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub values: Vec<(String, i32)>,
}

/// The kinds of shape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
        #[serde(default, skip_serializing_if = "is_default")]
        sparse: bool,
    },
    /// Values by key.
    Map {
        /// What the keys are.
        key: Box<Member>,
        /// What the values are.
        value: Box<Member>,
        /// A null value is a value.
        #[serde(default, skip_serializing_if = "is_default")]
        sparse: bool,
    },
    /// Text.
    String,
    /// Text, of which some values are known.
    Enum(Vec<String>),
    /// true or false.
    Boolean,
    /// 8 bits, signed.
    Byte,
    /// 16 bits, signed.
    Short,
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
        #[serde(default, skip_serializing_if = "is_default")]
        streaming: bool,
        /// Its length must be known before it is sent.
        #[serde(default, skip_serializing_if = "is_default")]
        requires_length: bool,
    },
    /// A moment.
    Timestamp {
        /// The format, where it is not the protocol's own for the place.
        #[serde(default, skip_serializing_if = "is_default")]
        format: Option<TimestampFormat>,
    },
}

impl Kind {
    /// The kind, as a message names it.
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Self::Structure(_) => "a structure",
            Self::Union(_) => "a union",
            Self::Document => "a document",
            Self::List { .. } => "a list",
            Self::Map { .. } => "a map",
            Self::String => "a string",
            Self::Enum(_) => "an enum",
            Self::Boolean => "a boolean",
            Self::Byte | Self::Short | Self::Integer | Self::Long => "an integer",
            Self::Float | Self::Double => "a number",
            Self::Blob { .. } => "a blob",
            Self::Timestamp { .. } => "a timestamp",
        }
    }

    /// The references of a shape, by the name of each.
    pub(crate) fn members(&self) -> Vec<(&str, &Member)> {
        match self {
            Self::Structure(structure) | Self::Union(structure) => structure
                .members
                .iter()
                .map(|(name, member)| (name.as_str(), member))
                .collect(),
            Self::List { member, .. } => vec![("member", member)],
            Self::Map { key, value, .. } => vec![("key", key), ("value", value)],
            _ => Vec::new(),
        }
    }
}

/// The formats of a timestamp on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimestampFormat {
    /// RFC 3339 in UTC.
    DateTime,
    /// Seconds since 1970, with a fraction.
    EpochSeconds,
    /// IMF-fixdate of RFC 9110.
    HttpDate,
}

/// The members of a structure or union, and what is said of it as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Structure {
    /// Members by name, in the model's order.
    pub members: IndexMap<String, Member>,
    /// The member that is the whole body.
    #[serde(default, skip_serializing_if = "is_default")]
    pub payload: Option<String>,
    /// Where the structure is an exception.
    #[serde(default, skip_serializing_if = "is_default")]
    pub error: Option<ErrorTrait>,
    /// A stream of events.
    #[serde(default, skip_serializing_if = "is_default")]
    pub event_stream: bool,
}

/// What is said of an exception.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ErrorTrait {
    /// The code on the wire, where it is not the shape's name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub code: Option<String>,
    /// The status of a response that is this exception, as the query protocol has it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: Option<u16>,
    /// The query protocol calls it the caller's fault.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sender_fault: bool,
    /// Whether trying again may help.
    #[serde(default, skip_serializing_if = "is_default")]
    pub retryable: Option<Retryable>,
}

/// The retryable trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retryable {
    /// The service asks for fewer calls.
    pub throttling: bool,
}

/// A reference to a shape and what is said of it at this place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The shape's name.
    #[serde(rename = "shape")]
    pub target: String,
    /// It must be there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub required: bool,
    /// The place in the message, where that is not the body.
    #[serde(default, skip_serializing_if = "is_default")]
    pub location: Option<Location>,
    /// The name on the wire, where it is not the member's own; `member`, `key` and `value` are those of lists and maps.
    #[serde(default, skip_serializing_if = "is_default")]
    pub wire_name: Option<String>,
    /// The name in a body, of a member that has another place, where that place does not count and the name is not the
    /// member's own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub body_name: Option<String>,
    /// What XML and forms say of it besides.
    #[serde(default, skip_serializing_if = "is_default")]
    pub wire: WireFacts,
    /// Its values must not be shown, whatever its shape says.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sensitive: bool,
    /// HTML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub documentation: Option<String>,
    /// Why and since when it should not be used.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecated>,
    /// Filled in with a fresh uuid where unset.
    #[serde(default, skip_serializing_if = "is_default")]
    pub idempotency_token: bool,
    /// JSON text, base64 encoded in a header.
    #[serde(default, skip_serializing_if = "is_default")]
    pub json_value: bool,
    /// The known values of text, where the member says them and not its shape.
    #[serde(default, skip_serializing_if = "is_default")]
    pub values: Vec<String>,
    /// It stands in the host name as well.
    #[serde(default, skip_serializing_if = "is_default")]
    pub host_label: bool,
    /// The parameter of the endpoint rules that it gives.
    #[serde(default, skip_serializing_if = "is_default")]
    pub endpoint_parameter: Option<String>,
    /// Sent and received piece by piece.
    #[serde(default, skip_serializing_if = "is_default")]
    pub streaming: bool,
    /// A header of the event that has it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub event_header: bool,
    /// The whole payload of the event that has it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub event_payload: bool,
    /// The format of a timestamp, where the member says it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timestamp_format: Option<TimestampFormat>,
}

impl Member {
    /// The key in a body, of the member called `name`.
    pub(crate) fn body_key<'m>(&'m self, name: &'m str) -> &'m str {
        let key = match self.location {
            Some(_) => &self.body_name,
            None => &self.wire_name,
        };
        key.as_deref().unwrap_or(name)
    }
}

/// The messages in which a member's own place counts; anywhere else it is in the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The input of an operation.
    Input,
    /// The output of an operation.
    Output,
    /// An exception, as the answer to a call.
    Error,
}

impl Location {
    /// Whether a member of such a message has this place: requests have no status, answers neither path nor query.
    pub(crate) fn counts(self, role: Role) -> bool {
        match self {
            Location::Label | Location::Query | Location::QueryMap => role == Role::Input,
            Location::Header | Location::PrefixHeaders => true,
            Location::StatusCode => role != Role::Input,
        }
    }
}

/// The places in a message, other than the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
