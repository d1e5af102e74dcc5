//! The wire-shaped model: the facts about a service, independent of the format that they were read from.
//!
//! Plain data, independent of Rust, without decisions. Readers fill it in, lowering reads it. Its serde form, in which
//! a crate can keep its source, omits defaults.

mod operation;
mod protocol;
mod shape;
mod waiter;
mod wire;

pub use operation::{Checksum, Operation, Pagination, ParameterValue, RegionCopy, Validation};
pub(crate) use protocol::BodyNames;
pub use protocol::Protocol;
pub(crate) use shape::Role;
pub use shape::{
    Constraints, ErrorTrait, Kind, Location, Member, Retryable, Shape, Structure, TimestampFormat,
};
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
    /// What it does beyond its protocol, if there is a crate for that. No model says so: a fixup does.
    #[serde(default, skip_serializing_if = "is_default")]
    pub extension: Option<Extension>,
    /// HTML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub documentation: Option<String>,
}

/// A crate of ours above the runtime with what a service does beyond its protocol.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The crate, which is in this folder beside the runtime's.
    pub package: String,
    /// The folder.
    pub folder: String,
    /// The value in it that the service's constant names, as a path in Rust.
    pub value: String,
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
