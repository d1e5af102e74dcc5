//! Whether a case's result is the expected one, and what is wrong if it is not.

use super::read::{Case, Kind};
use super::tree::{self, Element};
use crate::conformance::cbor;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::collections::BTreeSet;
use tinsmith_codegen::model::{self, Model, Protocol};

/// The idempotency tokens of cases that leave them to the client. Ours are random, so any UUID of version 4 is accepted
/// in place of this one.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// What was expected and what was found, one per line; nothing if there is no difference.
pub(super) fn wrong(case: &Case, model: Option<&Model>, answer: &Value) -> Vec<String> {
    let text = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default();
    let mut wrong = Vec::new();
    if answer.get("passed") != Some(&Value::Bool(true)) {
        differ(&mut wrong, "", text("expected"), text("got"));
    }
    let Kind::Input { serialized, .. } = &case.kind else {
        return wrong;
    };
    match answer
        .get("requests")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        Some([request]) => {
            let body = model.map_or(Body::Json, |model| Body::of(model, case.name()));
            requests_differ(&mut wrong, serialized, &Request(request), &body);
        }
        requests => {
            let number = requests.map_or(0, <[Value]>::len);
            differ(&mut wrong, "", "one request", &format!("{number} requests"));
        }
    }
    wrong
}

/// A request as the test crate's server received it.
struct Request<'a>(&'a Value);

impl<'a> Request<'a> {
    fn text(&self, name: &str) -> &'a str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A header; several with one name are one list.
    fn header(&self, wanted: &str) -> Option<String> {
        let headers = self.0.get("headers").and_then(Value::as_array)?;
        let values = headers.iter().filter_map(|header| {
            let name = header.get(0)?.as_str()?;
            let value = header.get(1)?.as_str()?;
            name.eq_ignore_ascii_case(wanted).then_some(value)
        });
        let values: Vec<&str> = values.collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    fn body(&self) -> Vec<u8> {
        let bytes = self.0.get("body").and_then(Value::as_array);
        let bytes = bytes.into_iter().flatten().filter_map(Value::as_u64);
        bytes.filter_map(|byte| u8::try_from(byte).ok()).collect()
    }
}

/// The kind of a body, which decides how bodies are compared.
enum Body {
    Json,
    /// With the names of the entries of maps.
    Xml(BTreeSet<String>),
    /// The same.
    Form(BTreeSet<String>),
    /// The expected body is in base64.
    Cbor,
    /// The payload's own bytes.
    Plain,
}

impl Body {
    /// The kind of an operation's request bodies.
    fn of(model: &Model, operation: &str) -> Self {
        if is_plain_body(model, operation) {
            return Self::Plain;
        }
        match model.service.protocol {
            Some(Protocol::RestXml { .. }) => Self::Xml(tree::entries(model)),
            Some(Protocol::Query | Protocol::Ec2) => Self::Form(tree::entries(model)),
            Some(Protocol::RpcCbor { .. }) => Self::Cbor,
            _ => Self::Json,
        }
    }
}

fn requests_differ(wrong: &mut Vec<String>, expected: &Value, got: &Request<'_>, body: &Body) {
    let text = |name: &str| expected.get(name).and_then(Value::as_str);
    let same = |wrong: &mut Vec<String>, name: &str, wanted: &str, found: &str| {
        if *wanted != with_token(wanted, found) {
            differ(wrong, name, wanted, found);
        }
    };
    if let Some(method) = text("method") {
        same(wrong, "method ", method, got.text("method"));
    }
    if let Some(uri) = text("uri") {
        same(wrong, "uri ", uri, got.text("uri"));
    }
    // The path of the endpoint is part of the URI as well.
    if let Some(host) = text("host").and_then(|host| host.split('/').next()) {
        same(
            wrong,
            "host ",
            host,
            &got.header("host").unwrap_or_default(),
        );
    }
    for (name, value) in expected
        .get("headers")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let (wanted, label) = (
            value.as_str().unwrap_or_default(),
            format!("header {name}: "),
        );
        match got.header(name) {
            Some(found) => same(wrong, &label, wanted, &found),
            None => differ(
                wrong,
                "",
                &format!("{label}{wanted}"),
                &format!("no header {name}"),
            ),
        }
    }
    let names = |list: &str| {
        let names = expected
            .get(list)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        names.filter_map(Value::as_str).collect::<Vec<_>>()
    };
    for name in names("forbidHeaders") {
        if let Some(found) = got.header(name) {
            differ(
                wrong,
                "",
                &format!("no header {name}"),
                &format!("header {name}: {found}"),
            );
        }
    }
    for name in names("requireHeaders") {
        if got.header(name).is_none() {
            differ(
                wrong,
                "",
                &format!("a header {name}"),
                &format!("no header {name}"),
            );
        }
    }
    if let Some(expected) = text("body") {
        bodies_differ(wrong, expected, &got.body(), body);
    }
}

fn bodies_differ(wrong: &mut Vec<String>, expected: &str, got: &[u8], body: &Body) {
    let found = String::from_utf8_lossy(got);
    let same = match body {
        Body::Json if !expected.is_empty() => {
            let (wanted, found) = (serde_json::from_str(expected), serde_json::from_slice(got));
            matches!((wanted, found), (Ok(wanted), Ok(found)) if alike(&wanted, &found))
        }
        Body::Xml(entries) if !expected.is_empty() => {
            trees_alike(tree::xml, entries, expected, &found)
        }
        Body::Form(entries) => trees_alike(tree::form, entries, expected, &found),
        Body::Cbor if !expected.is_empty() => return cbor_differs(wrong, expected, got),
        _ => expected.as_bytes() == got,
    };
    if !same {
        differ(wrong, "body ", expected, &found);
    }
}

/// Equal trees, except for tokens and the order of entries.
fn trees_alike(
    parse: fn(&str) -> Option<Element>,
    entries: &BTreeSet<String>,
    expected: &str,
    found: &str,
) -> bool {
    let (wanted, found) = (parse(expected), parse(&with_token(expected, found)));
    let (Some(mut wanted), Some(mut found)) = (wanted, found) else {
        return false;
    };
    wanted.sort(entries);
    found.sort(entries);
    wanted == found
}

fn cbor_differs(wrong: &mut Vec<String>, expected: &str, got: &[u8]) {
    let wanted = STANDARD.decode(expected).ok();
    let wanted = wanted.and_then(|bytes| cbor::decode(&bytes));
    let found = cbor::decode(got);
    let same_text = |expected: &str, found: &str| expected == with_token(expected, found);
    match (&wanted, &found) {
        (Some(wanted), Some(found)) if wanted.is_like(found, &same_text) => {}
        _ => {
            let shown = |item: &Option<cbor::Item>, bytes: &str| match item {
                Some(item) => item.to_string(),
                None => format!("invalid CBOR: base64 {bytes}"),
            };
            let got = shown(&found, &STANDARD.encode(got));
            differ(wrong, "body ", &shown(&wanted, expected), &got);
        }
    }
}

/// Equal JSON, except for tokens. The parser bounds the recursion.
fn alike(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::String(expected), Value::String(found)) => *expected == with_token(expected, found),
        (Value::Array(expected), Value::Array(found)) => {
            let mut items = expected.iter().zip(found);
            expected.len() == found.len() && items.all(|(expected, found)| alike(expected, found))
        }
        (Value::Object(expected), Value::Object(found)) => {
            let in_found = |(name, expected): (&String, &Value)| {
                found.get(name).is_some_and(|found| alike(expected, found))
            };
            expected.len() == found.len() && expected.iter().all(in_found)
        }
        (expected, found) => expected == found,
    }
}

/// Whether the whole body of an operation's request is a text or bytes.
fn is_plain_body(model: &Model, operation: &str) -> bool {
    let structure = |shape: &str| match model.shapes.get(shape).map(|shape| &shape.kind) {
        Some(model::Kind::Structure(structure)) => Some(structure),
        _ => None,
    };
    let operation = model.operations.get(operation);
    let input = operation.and_then(|operation| structure(operation.input.as_deref()?));
    let payload = input.and_then(|input| input.members.get(input.payload.as_ref()?));
    let payload = payload.and_then(|member| model.shapes.get(&member.target));
    payload.is_some_and(|shape| {
        matches!(
            shape.kind,
            model::Kind::String | model::Kind::Enum(_) | model::Kind::Blob { .. }
        )
    })
}

/// The text that was found, with the fixed token in place of a random one where it is expected.
fn with_token(expected: &str, found: &str) -> String {
    let place = expected.find(TOKEN).and_then(|start| {
        let end = start + TOKEN.len();
        Some((
            found.get(..start)?,
            found.get(start..end)?,
            found.get(end..)?,
        ))
    });
    match place {
        Some((before, token, after)) if is_random_uuid(token) => format!("{before}{TOKEN}{after}"),
        _ => found.to_owned(),
    }
}

/// Of version 4, in lower case.
pub(in crate::conformance) fn is_random_uuid(text: &str) -> bool {
    text.len() == TOKEN.len()
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            14 => byte == b'4',
            19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

fn differ(wrong: &mut Vec<String>, what: &str, expected: &str, got: &str) {
    wrong.push(format!("expected {what}{expected}"));
    wrong.push(format!("got      {what}{got}"));
}
