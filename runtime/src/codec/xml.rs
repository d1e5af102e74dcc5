//! Shapes as XML, by the rules of `rest-xml`, and responses of the query protocols.
//!
//! Source: Smithy's specification, "XML binding traits" and the protocols that use them.

mod codec;
mod read;
mod tokens;
mod write;

pub(crate) use codec::Xml;
pub use read::root_name;

/// Whether two names are equal but for their prefixes.
fn is_alike(one: &str, other: &str) -> bool {
    // Most names have no prefix, and are equal as they are or end differently.
    one == other
        || one.bytes().next_back() == other.bytes().next_back() && local(one) == local(other)
}

/// The name without its prefix. Prefixes are ignored: services choose them freely.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
