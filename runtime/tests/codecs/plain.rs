//! Numbers as plain text.

/// The shortest text that reads as the same number, or the name of what is none.
pub(crate) fn float(value: f64, digits: String) -> String {
    if value.is_finite() {
        return digits;
    }
    let name = match value {
        value if value.is_nan() => "NaN",
        value if value > 0.0 => "Infinity",
        _ => "-Infinity",
    };
    name.to_owned()
}
