//! Paths through fields, as pagination, parameters of the endpoint rules and waiters look along them.

use std::fmt;

/// A path from a structure to a value, or to several: fields, and what is between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Path(pub(crate) Vec<Segment>);

/// A segment of a path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Segment {
    Field(String),
    /// Each item of the list.
    Items,
    /// Each value of the map.
    Values,
    /// The last item of the list, `[-1]`.
    Last,
}

/// As JMESPath has it.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Field(name) if index == 0 => f.write_str(name),
                Segment::Field(name) => write!(f, ".{name}"),
                Segment::Items => f.write_str("[]"),
                Segment::Values => f.write_str(".*"),
                Segment::Last => f.write_str("[-1]"),
            }?;
        }
        Ok(())
    }
}
