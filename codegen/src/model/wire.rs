//! What only the protocols of XML and forms say of members, operations and errors besides their names: how lists are
//! written, what is an attribute, namespaces, and the names that EC2 has for requests.
//!
//! Names themselves are [`Member::wire_name`](super::Member::wire_name): of a list's member it names each item, of a map's key
//! and value it names those, and without one they are called `member`, `key` and `value`.

use super::is_default;
use serde::{Deserialize, Serialize};

/// What the protocols of XML and forms say of a member besides its name; nothing where the service speaks another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireFacts {
    /// The items of the list, or the entries of the map, stand in the structure themselves, each under the member's name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub flattened: bool,
    /// An attribute of the structure's element.
    #[serde(default, skip_serializing_if = "is_default")]
    pub attribute: bool,
    /// The namespace that its element declares.
    #[serde(default, skip_serializing_if = "is_default")]
    pub namespace: Option<Namespace>,
    /// Its name in a request to EC2, where that is not its other name with a capital.
    #[serde(default, skip_serializing_if = "is_default")]
    pub query_name: Option<String>,
}

/// A namespace of XML.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Namespace {
    /// What names it.
    pub uri: String,
    /// The prefix that it is declared for; `None` where it is the default of the element and what is within.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prefix: Option<String>,
}

/// The root of a request's body in XML, where the body is the input itself; a payload's is said by its member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct XmlRoot {
    /// What it is called, where that is not the input's name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Option<String>,
    /// The namespace that it declares, where that is not the service's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub namespace: Option<Namespace>,
}
