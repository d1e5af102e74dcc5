//! Types of fields, and their notation.

use std::fmt;

/// A type of a field, without the `Option` that may be around it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ty {
    String,
    Boolean,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    Blob,
    /// A blob that is sent or received in pieces; `sized`: its length must be known before it is sent.
    ByteStream {
        sized: bool,
    },
    Timestamp,
    Document,
    Enumeration(String),
    Structure(String),
    Union(String),
    /// A stream of the events of this name, to be sent.
    EventInput(String),
    /// A stream of the events of this name, as it is received.
    EventStream(String),
    List {
        item: Box<Ty>,
        sparse: bool,
    },
    Map {
        key: Box<Ty>,
        value: Box<Ty>,
        sparse: bool,
    },
}

/// In Rust's notation, without paths: `BTreeMap<String, Filter>`. The recursion is as deep as the shapes, which a
/// checked model bounds.
impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ty::String => f.write_str("String"),
            Ty::Boolean => f.write_str("bool"),
            Ty::Byte => f.write_str("i8"),
            Ty::Short => f.write_str("i16"),
            Ty::Integer => f.write_str("i32"),
            Ty::Long => f.write_str("i64"),
            Ty::Float => f.write_str("f32"),
            Ty::Double => f.write_str("f64"),
            Ty::Blob => f.write_str("Blob"),
            Ty::ByteStream { .. } => f.write_str("ByteStream"),
            Ty::Timestamp => f.write_str("Timestamp"),
            Ty::Document => f.write_str("Document"),
            Ty::Enumeration(name) | Ty::Structure(name) | Ty::Union(name) => f.write_str(name),
            Ty::EventInput(name) => write!(f, "EventInput<{name}>"),
            Ty::EventStream(name) => write!(f, "EventStream<{name}>"),
            Ty::List { item, sparse } => write!(f, "Vec<{}>", Nullable(item, *sparse)),
            Ty::Map { key, value, sparse } => {
                write!(f, "BTreeMap<{key}, {}>", Nullable(value, *sparse))
            }
        }
    }
}

/// A type that is optional if its collection is sparse.
struct Nullable<'t>(&'t Ty, bool);

impl fmt::Display for Nullable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(ty, sparse) = self;
        match sparse {
            true => write!(f, "Option<{ty}>"),
            false => write!(f, "{ty}"),
        }
    }
}
