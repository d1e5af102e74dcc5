//! Paths through fields, for pagination, parameters of the endpoint rules and waiters.

use std::fmt;

/// A path from a structure to one or several values: fields, and steps between them.
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

/// In the notation of JMESPath.
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
