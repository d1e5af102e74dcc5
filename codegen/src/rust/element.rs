//! What XML and forms have to know of a member beside its name.

use crate::model::{Namespace, TimestampFormat};

/// How a member is written and read in XML and in forms; nothing where the service speaks another protocol.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Element {
    /// A list or a map has no element of its own.
    pub(crate) flattened: bool,
    /// It is an attribute of the structure's element.
    pub(crate) attribute: bool,
    /// The namespace that its element declares; of a payload, the root's.
    pub(crate) namespace: Option<Namespace>,
    /// Its name in a request to EC2, where it is not the other one with a capital.
    pub(crate) query_name: Option<String>,
    /// The items of a list, where there is more to know of them than the protocol says.
    pub(crate) item: Option<Box<Named>>,
    /// The keys and the values of a map, likewise.
    pub(crate) entries: Option<Box<(Named, Named)>>,
}

/// An item, a key or a value of a collection, or the root of a body.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Named {
    pub(crate) name: String,
    /// The format of the timestamps that it is or holds.
    pub(crate) format: Option<TimestampFormat>,
    pub(crate) element: Element,
}
