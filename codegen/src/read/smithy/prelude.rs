//! The shapes that every Smithy model may refer to without defining them: the namespace `smithy.api`.

use crate::model::{Kind, Structure};

/// The input or output of an operation that has none.
pub(super) const UNIT: &str = "smithy.api#Unit";

/// The type of a prelude shape.
pub(super) fn type_of(id: &str) -> Option<&'static str> {
    Some(match id.strip_prefix("smithy.api#")? {
        "Unit" => "structure",
        "Blob" => "blob",
        "Boolean" | "PrimitiveBoolean" => "boolean",
        "String" => "string",
        "Byte" | "PrimitiveByte" => "byte",
        "Short" | "PrimitiveShort" => "short",
        "Integer" | "PrimitiveInteger" => "integer",
        "Long" | "PrimitiveLong" => "long",
        "Float" | "PrimitiveFloat" => "float",
        "Double" | "PrimitiveDouble" => "double",
        "BigInteger" => "bigInteger",
        "BigDecimal" => "bigDecimal",
        "Timestamp" => "timestamp",
        "Document" => "document",
        _ => return None,
    })
}

/// The kind of a shape of a simple type; `None` for types with parts, and for numbers for which Rust has no type.
pub(super) fn simple(kind: &str) -> Option<Kind> {
    Some(match kind {
        "blob" => Kind::Blob {
            streaming: false,
            requires_length: false,
        },
        "boolean" => Kind::Boolean,
        "string" => Kind::String,
        "byte" => Kind::Byte,
        "short" => Kind::Short,
        "integer" | "intEnum" => Kind::Integer,
        "long" => Kind::Long,
        "float" => Kind::Float,
        "double" => Kind::Double,
        "timestamp" => Kind::Timestamp { format: None },
        "document" => Kind::Document,
        _ => return None,
    })
}

/// The kind of a prelude shape.
pub(super) fn kind(id: &str) -> Option<Kind> {
    match id {
        UNIT => Some(Kind::Structure(Structure::default())),
        _ => simple(type_of(id)?),
    }
}
