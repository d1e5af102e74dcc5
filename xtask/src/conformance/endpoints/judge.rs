//! Whether a result is the expected one, and a description of both.

use serde_json::{Value, json};

/// The expected result, in the form of the results.
pub(super) fn expected(expect: &Value) -> Value {
    let Some(endpoint) = expect.get("endpoint") else {
        return json!({"error": expect.get("error")});
    };
    let schemes = endpoint.pointer("/properties/authSchemes");
    let schemes: Vec<&Value> = schemes
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .collect();
    let is = |scheme: &Value, known: &str| scheme.get("name").is_some_and(|name| name == known);
    let spoken = schemes.iter().find(|scheme| is(scheme, "sigv4"));
    let first = schemes.first().filter(|_| spoken.is_none());
    let asymmetric = first.filter(|scheme| is(scheme, "sigv4a"));
    let signed = spoken.or(asymmetric);
    // An asymmetric signature is for a set of regions; in all rules that there are, it has one element.
    let region = match spoken {
        Some(scheme) => scheme.get("signingRegion"),
        None => asymmetric.and_then(|scheme| scheme.pointer("/signingRegionSet/0")),
    };
    let no_headers = json!({});
    json!({
        "url": endpoint.get("url"),
        "headers": endpoint.get("headers").unwrap_or(&no_headers),
        "signingName": signed.and_then(|scheme| scheme.get("signingName")),
        "signingRegion": region,
        "onlyAuth": first.and_then(|scheme| scheme.get("name")),
    })
}

/// A result on one line, without its unset parts.
pub(super) fn shown(answer: &Value) -> String {
    let says = |value: &Value| !value.is_null() && *value != json!({});
    let parts = answer.as_object().into_iter().flatten();
    let parts = parts.filter(|(_, value)| says(value));
    let parts = parts.map(|(key, value)| match value {
        Value::String(text) => format!("{key} {text}"),
        other => format!("{key} {other}"),
    });
    parts.collect::<Vec<_>>().join(", ")
}
