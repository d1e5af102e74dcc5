//! Facts about members, operations and errors that only the protocols with XML and forms use, besides names: how lists
//! are written, attributes, namespaces, and EC2's names in requests.
//!
//! Names themselves are [`Member::wire_name`](super::Member::wire_name): that of a list's member is the name of each
//! item, those of a map's key and value are theirs; the defaults are `member`, `key` and `value`.

use super::is_default;
use serde::{Deserialize, Serialize};

/// The facts about a member for XML and forms, besides its name; none if the service has another protocol.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireFacts {
    /// Whether the items of the list, or the entries of the map, are in the structure itself, each with the member's
    /// name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub flattened: bool,
    /// Whether it is an attribute of the structure's element.
    #[serde(default, skip_serializing_if = "is_default")]
    pub attribute: bool,
    /// The namespace that its element declares.
    #[serde(default, skip_serializing_if = "is_default")]
    pub namespace: Option<Namespace>,
    /// Its name in a request to EC2, if that is not its other name with a capital letter.
    #[serde(default, skip_serializing_if = "is_default")]
    pub query_name: Option<String>,
}

/// A namespace of XML.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Namespace {
    /// The URI.
    pub uri: String,
    /// The prefix that it is declared for; `None` if it is the default of the element and its contents.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prefix: Option<String>,
}

/// The root of a request's body in XML, if the body is the input itself; that of a payload is in its member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct XmlRoot {
    /// Its name, if that is not the input's name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Option<String>,
    /// The namespace that it declares, if that is not the service's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub namespace: Option<Namespace>,
}
