//! Shapes and their members, with the traits that are facts about them.

use super::{Deprecated, WireFacts, is_default};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

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
    /// Whether a header that cannot be read as its type is as if it were not there, and another member may have its text.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lenient: bool,
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
