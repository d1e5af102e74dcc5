//! The wire-shaped model: the facts about a service, independent of the format that they were read from.
//!
//! Plain data, independent of Rust, without decisions. Readers fill it in, lowering reads it. Its serde form, in which
//! a crate can keep its source, omits defaults.

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

/// Whether a value is omitted when writing; a reader restores it.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A service, its operations and its shapes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// The file of operations and shapes, for messages.
    #[serde(skip)]
    pub file: String,
    /// The file of pagination, if that is another one.
    #[serde(skip)]
    pub pagination_file: Option<String>,
    /// The file of waiters, if that is another one.
    #[serde(skip)]
    pub waiters_file: Option<String>,
    /// The facts about the service as a whole.
    pub service: Service,
    /// Operations by name, sorted.
    pub operations: IndexMap<String, Operation>,
    /// Shapes by name, sorted.
    pub shapes: IndexMap<String, Shape>,
    /// How a request's address follows from region and settings. `None` if the model has no rules.
    #[serde(default, skip_serializing_if = "is_default")]
    pub endpoint_rules: Option<crate::rules::RuleSet>,
    /// Waiters by name, sorted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub waiters: IndexMap<String, Waiter>,
    /// The problems with operations, shapes and waiters that could not be read. They matter if a selection reaches
    /// those.
    #[serde(skip)]
    pub unread: Problems,
}

/// The facts about a service as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// The identifier that settings are named after (`AWS_ENDPOINT_URL_<id>`).
    pub id: String,
    /// The display name: "EC2 Image Builder".
    pub full_name: String,
    /// The version of the API, a date.
    pub api_version: String,
    /// The first part of the host name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub endpoint_prefix: String,
    /// The service's name in a signature.
    #[serde(default, skip_serializing_if = "is_default")]
    pub signing_name: String,
    /// The protocol to use; `None` if the reader knows none of the service's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub protocol: Option<Protocol>,
    /// The protocol's name in the model, for messages.
    #[serde(default, skip_serializing_if = "is_default")]
    pub protocol_name: String,
    /// The names of the protocols that it supports, if there are several to choose from, in our order.
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
    /// Whether members can be bound to parts of HTTP messages other than the body; also true for a protocol that the
    /// reader does not know, so that its bindings are checked.
    pub(crate) fn binds_to_http(&self) -> bool {
        self.protocol.as_ref().is_none_or(Protocol::binds_to_http)
    }

    /// The names of the protocols that its client can use.
    pub fn possible_protocols(&self) -> Vec<&str> {
        match self.protocols.as_slice() {
            [] => self.protocol.iter().map(Protocol::name).collect(),
            several => several.iter().map(String::as_str).collect(),
        }
    }

    /// Whether clients are generated for its protocol.
    pub fn has_generated_protocol(&self) -> bool {
        self.protocol.is_some()
    }

    /// It accepts only what AWS has replaced by Signature Version 4: no call of a client could succeed.
    pub fn is_for_version_2_only(&self) -> bool {
        self.auth == [SIGV2]
    }
}

/// The scheme of AWS Signature Version 4.
pub const SIGV4: &str = "aws.auth#sigv4";

/// AWS Signature Version 2, as botocore's older models say it. It signs other texts than version 4, by other algorithms.
pub const SIGV2: &str = "v2";

/// The scheme of bearer tokens.
pub const BEARER: &str = "smithy.api#httpBearerAuth";

/// The scheme of calls that need no authentication.
pub const NO_AUTH: &str = "smithy.api#noAuth";

/// One call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// The HTTP method.
    pub method: String,
    /// The path, with `{labels}` and optionally a static query string.
    pub uri: String,
    /// The input structure, if there is one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub input: Option<String>,
    /// The output structure, if there is one.
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
    /// How its pages are listed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pagination: Option<Pagination>,
    /// The prefix of the host name, with `{labels}`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub host_prefix: Option<String>,
    /// Whether the call is not signed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub no_auth: bool,
    /// The authentication schemes, in order of preference, if they differ from the service's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub auth: Vec<String>,
    /// Whether signatures do not cover the body.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unsigned_payload: bool,
    /// Parameters of the endpoint rules that the operation fixes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub static_parameters: IndexMap<String, ParameterValue>,
    /// Parameters of the endpoint rules from the input, as JMESPath.
    #[serde(default, skip_serializing_if = "is_default")]
    pub path_parameters: IndexMap<String, String>,
    /// The encodings in which a large body may be sent, in order of preference.
    #[serde(default, skip_serializing_if = "is_default")]
    pub compression: Vec<String>,
    /// The checksum of the body.
    #[serde(default, skip_serializing_if = "is_default")]
    pub checksum: Option<Checksum>,
    /// The checksum that the body of a response is validated by.
    #[serde(default, skip_serializing_if = "is_default")]
    pub validation: Option<Validation>,
    /// The root of a request in XML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub xml_root: XmlRoot,
    /// The element with the output, in a response of the query protocol, if it is not the operation's name followed by
    /// `Result`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub result_wrapper: Option<String>,
    /// Whether the root of a response in XML is not the output but its only member.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unwrapped_output: bool,
    /// How many milliseconds the service may wait before it responds (long poll).
    #[serde(default, skip_serializing_if = "is_default")]
    pub long_poll: Option<u64>,
}

/// The checksum of a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Checksum {
    /// MD5, in HTTP's own header.
    Md5,
    /// With an algorithm that the caller chooses.
    Chosen {
        /// The member of the input with the choice.
        #[serde(default, skip_serializing_if = "is_default")]
        member: Option<String>,
        /// Whether there must be a checksum even without a choice.
        #[serde(default, skip_serializing_if = "is_default")]
        required: bool,
    },
}

/// How responses are validated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// The member of the input that asks for it.
    pub member: String,
    /// The algorithms of checksums that a response may have.
    pub algorithms: Vec<String>,
}

/// The value of a parameter of the endpoint rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ParameterValue {
    /// A boolean.
    Flag(bool),
    /// Text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
}

/// How the pages of an operation are listed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pagination {
    /// Members of the input for the tokens.
    pub input_tokens: Vec<String>,
    /// Paths in the output to the next tokens, one for each.
    pub output_tokens: Vec<String>,
    /// The member of the input that sets the size of a page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub limit: Option<String>,
    /// Paths in the output to the items; the first is the primary one.
    pub results: Vec<String>,
    /// The path in the output to the flag for further pages.
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
    /// Its kind.
    pub kind: Kind,
    /// HTML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub documentation: Option<String>,
    /// The service's constraints on its values.
    #[serde(default, skip_serializing_if = "is_default")]
    pub constraints: Constraints,
    /// Whether its values are sensitive and must not be shown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sensitive: bool,
    /// Why and since when it should not be used.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecated>,
}

impl Shape {
    /// A placeholder for a shape that could not be read, so that references to it are not broken.
    pub(crate) fn unread() -> Self {
        Self::plain(Kind::Document)
    }

    /// A shape without further facts.
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

/// The service's constraints on a value; documented here, never validated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Constraints {
    /// Minimum length, number of items, or value, as in the model.
    #[serde(default, skip_serializing_if = "is_default")]
    pub min: Option<serde_json::Number>,
    /// Maximum length, number of items, or value, as in the model.
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
    /// Members, each of which may be set.
    Structure(Structure),
    /// Members, exactly one of which is set.
    Union(Structure),
    /// JSON of any form.
    Document,
    /// A list of items.
    List {
        /// The items.
        member: Member,
        /// Whether items may be null.
        #[serde(default, skip_serializing_if = "is_default")]
        sparse: bool,
    },
    /// Values by key.
    Map {
        /// The keys.
        key: Box<Member>,
        /// The values.
        value: Box<Member>,
        /// Whether values may be null.
        #[serde(default, skip_serializing_if = "is_default")]
        sparse: bool,
    },
    /// Text.
    String,
    /// Text with known values.
    Enum(Vec<String>),
    /// A boolean.
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
        /// Whether it is sent and received in pieces.
        #[serde(default, skip_serializing_if = "is_default")]
        streaming: bool,
        /// Whether its length must be known before it is sent.
        #[serde(default, skip_serializing_if = "is_default")]
        requires_length: bool,
    },
    /// A point in time.
    Timestamp {
        /// The format, if it is not the protocol's own for the place.
        #[serde(default, skip_serializing_if = "is_default")]
        format: Option<TimestampFormat>,
    },
}

impl Kind {
    /// A description of the kind, for messages.
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

/// The members of a structure or union, and the facts about it as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Structure {
    /// Members by name, in the model's order.
    pub members: IndexMap<String, Member>,
    /// The member that is the whole body.
    #[serde(default, skip_serializing_if = "is_default")]
    pub payload: Option<String>,
    /// If the structure is an exception, the facts about that.
    #[serde(default, skip_serializing_if = "is_default")]
    pub error: Option<ErrorTrait>,
    /// Whether it is a stream of events.
    #[serde(default, skip_serializing_if = "is_default")]
    pub event_stream: bool,
}

/// The facts about an exception.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ErrorTrait {
    /// The code on the wire, if it is not the shape's name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub code: Option<String>,
    /// The status of a response with this exception, in the query protocol.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: Option<u16>,
    /// Whether the caller caused it, according to the query protocol.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sender_fault: bool,
    /// Whether a retry may help.
    #[serde(default, skip_serializing_if = "is_default")]
    pub retryable: Option<Retryable>,
}

/// The retryable trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retryable {
    /// Whether the service asks for fewer calls.
    pub throttling: bool,
}

/// A reference to a shape, and the facts about it at this place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The shape's name.
    #[serde(rename = "shape")]
    pub target: String,
    /// Whether it must be set.
    #[serde(default, skip_serializing_if = "is_default")]
    pub required: bool,
    /// The place in the message, if it is not the body.
    #[serde(default, skip_serializing_if = "is_default")]
    pub location: Option<Location>,
    /// The name on the wire, if it is not the member's own; `member`, `key` and `value` are those of lists and maps.
    #[serde(default, skip_serializing_if = "is_default")]
    pub wire_name: Option<String>,
    /// The name in a body, for a member that is bound to another place, in messages where that binding does not apply
    /// and the name is not the member's own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub body_name: Option<String>,
    /// Further facts for XML and forms.
    #[serde(default, skip_serializing_if = "is_default")]
    pub wire: WireFacts,
    /// Whether its values must not be shown, in addition to its shape's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sensitive: bool,
    /// HTML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub documentation: Option<String>,
    /// Why and since when it should not be used.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecated>,
    /// Whether a new UUID is sent if it is unset.
    #[serde(default, skip_serializing_if = "is_default")]
    pub idempotency_token: bool,
    /// Whether it is JSON, in base64 in a header.
    #[serde(default, skip_serializing_if = "is_default")]
    pub json_value: bool,
    /// The known values of a text, if the member lists them and not its shape.
    #[serde(default, skip_serializing_if = "is_default")]
    pub values: Vec<String>,
    /// What answers say has a path before it, as in `/hostedzone/Z1`, of which a label is the last segment alone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub last_segment: bool,
    /// It stands in the host name as well.
    #[serde(default, skip_serializing_if = "is_default")]
    pub host_label: bool,
    /// The parameter of the endpoint rules that it sets.
    #[serde(default, skip_serializing_if = "is_default")]
    pub endpoint_parameter: Option<String>,
    /// Whether it is sent and received in pieces.
    #[serde(default, skip_serializing_if = "is_default")]
    pub streaming: bool,
    /// Whether it is a header of its event.
    #[serde(default, skip_serializing_if = "is_default")]
    pub event_header: bool,
    /// Whether it is the whole payload of its event.
    #[serde(default, skip_serializing_if = "is_default")]
    pub event_payload: bool,
    /// The format of a timestamp, if the member sets it.
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

    /// The parameter in a request to EC2, of the member called `name`: the key of answers with a capital, where it has no
    /// other for requests.
    pub(crate) fn query_key(&self, name: &str) -> String {
        self.wire.query_name.clone().unwrap_or_else(|| {
            let mut chars = self.body_key(name).chars();
            let first = chars.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(chars).collect()
        })
    }
}

/// The messages in which bindings apply; in all others, a member is in the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The input of an operation.
    Input,
    /// The output of an operation.
    Output,
    /// An exception, as the response to a call.
    Error,
}

impl Location {
    /// Whether a binding applies in such a message: requests have no status, responses neither path nor query.
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
