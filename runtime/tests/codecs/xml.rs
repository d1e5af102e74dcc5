//! Shapes as XML, by the rules of rest-xml.

mod read;
mod tokens;
mod write;

pub(crate) use read::read;
pub(crate) use write::{write, write_with};

/// The name without its prefix. Prefixes are looked at nowhere: services send them as they like.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
