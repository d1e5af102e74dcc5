//! The facts about a member for XML and forms, besides its name.

use crate::model::{Namespace, TimestampFormat};

/// How a member is written and read in XML and in forms; empty if the service has another protocol.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Element {
    /// Whether a list or a map has no element of its own.
    pub(crate) flattened: bool,
    /// Whether it is an attribute of the structure's element.
    pub(crate) attribute: bool,
    /// The namespace that its element declares; for a payload, that of the root.
    pub(crate) namespace: Option<Namespace>,
    /// Its name in a request to EC2, if it is not the other one with a capital letter.
    pub(crate) query_name: Option<String>,
    /// The items of a list, if they differ from the protocol's defaults.
    pub(crate) item: Option<Box<Named>>,
    /// The keys and the values of a map, if they do.
    pub(crate) entries: Option<Box<(Named, Named)>>,
}

/// An item, a key or a value of a collection, or the root of a body.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Named {
    pub(crate) name: String,
    /// The format of the timestamps in it.
    pub(crate) format: Option<TimestampFormat>,
    pub(crate) element: Element,
}
