//! Unions: asked by variant, and matched.

use crate::Row;
use aws_sdk_store::types::AttributeValue;

pub(crate) const ROWS: &[Row] = &[
    Row::unchanged("`.as_s()`, `.as_n()` on unions", 18, 0, asked),
    Row::unchanged("`AttributeValue::S(…)`", 130, 0, matched),
];

fn asked(value: &AttributeValue) -> Result<&String, &AttributeValue> {
    if let Ok(number) = value.as_n() {
        return Ok(number);
    }
    let _: bool = *value.as_bool().unwrap_or(&false) || value.is_l();
    value.as_s()
}

fn matched(value: AttributeValue) -> AttributeValue {
    match value {
        AttributeValue::S(text) => AttributeValue::S(text.to_uppercase()),
        AttributeValue::L(values) => AttributeValue::L(values.into_iter().map(matched).collect()),
        AttributeValue::Bool(_) | AttributeValue::N(_) => AttributeValue::N("1".to_string()),
        other => other,
    }
}
