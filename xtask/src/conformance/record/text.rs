//! The record as text: requests and results, without what differs from run to run.

use super::answer::Response;
use super::frames::{self, Frame};
use crate::conformance::cbor;
use crate::conformance::suites::is_random_uuid;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::fmt::Write as _;

/// Headers that depend on the time or on the program.
const LEFT_OUT: &[&str] = &[
    "amz-sdk-invocation-id",
    "date",
    "user-agent",
    "x-amz-date",
    "x-amz-user-agent",
];

/// Replaces a random token.
const TOKEN: &str = "{random token}";

const LENGTH_OF_TOKENS: usize = 36;

pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Bytes as text, or in base64 if they are not text.
pub(super) fn bytes(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(|c: char| c.is_control() && c != '\n') => text.to_owned(),
        _ => format!("base64 {}", base64(bytes)),
    }
}

/// The members of a message, one per line.
pub(super) fn members(value: &Value) -> String {
    let members = value.as_object().into_iter().flatten();
    members
        .map(|(name, value)| format!("{name}: {value}\n"))
        .collect()
}

/// The requests that were sent.
pub(super) fn requests(answer: &Value) -> String {
    let requests = answer.get("requests").and_then(Value::as_array);
    let requests: Vec<_> = requests.into_iter().flatten().collect();
    if requests.is_empty() {
        return "nothing\n".to_owned();
    }
    requests.into_iter().map(request).collect()
}

fn request(request: &Value) -> String {
    let part = |name: &str| {
        request
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let mut text = format!("{} {}\n", part("method"), part("uri"));
    let headers = request.get("headers").and_then(Value::as_array);
    let headers = headers.into_iter().flatten().filter_map(|header| {
        let name = header.get(0)?.as_str()?.to_ascii_lowercase();
        Some((name, header.get(1)?.as_str()?.to_owned()))
    });
    let body = request.get("body").and_then(Value::as_array);
    let body = body.into_iter().flatten().filter_map(Value::as_u64);
    let body: Vec<u8> = body.filter_map(|byte| u8::try_from(byte).ok()).collect();
    write(&mut text, headers.collect(), &body);
    without_tokens(&text)
}

/// A synthetic response.
pub(super) fn response(response: &Response) -> String {
    let mut text = format!("{}\n", response.status);
    write(&mut text, response.headers.clone(), &response.body);
    text
}

fn write(text: &mut String, mut headers: Vec<(String, String)>, body: &[u8]) {
    headers.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (name, value) in &headers {
        let value = match name.as_str() {
            name if LEFT_OUT.contains(&name) => continue,
            "authorization" => authorization(value),
            "x-amz-content-sha256" if value.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                "{hash}".to_owned()
            }
            _ => value.clone(),
        };
        let _ = writeln!(text, "{name}: {value}");
    }
    if body.is_empty() {
        return;
    }
    text.push('\n');
    match Frame::all(body) {
        Some(frames) => text.push_str(&frames::shown(&frames)),
        None => {
            let is_cbor = headers.contains(&("content-type".to_owned(), CBOR.to_owned()));
            let item = cbor::decode(body).filter(|_| is_cbor);
            text.push_str(&item.map_or_else(|| bytes(body), |item| item.to_string()));
            text.push('\n');
        }
    }
}

const CBOR: &str = "application/cbor";

/// The scope of a signature, without the day and the signature itself.
fn authorization(value: &str) -> String {
    let mut parts: Vec<String> = value.split(", ").map(str::to_owned).collect();
    for part in &mut parts {
        if let Some(start) = part.find("Signature=") {
            part.truncate(start);
            part.push_str("Signature={signature}");
        } else if let Some((before, scope)) = part.split_once("Credential=")
            && let [key, _, scope @ ..] = &*scope.split('/').collect::<Vec<_>>()
        {
            *part = format!("{before}Credential={key}/{{day}}/{}", scope.join("/"));
        }
    }
    parts.join(", ")
}

fn without_tokens(text: &str) -> String {
    let mut rest = text;
    let mut shown = String::new();
    while let Some(c) = rest.chars().next() {
        match rest.split_at_checked(LENGTH_OF_TOKENS) {
            Some((token, after)) if is_random_uuid(token) => {
                shown.push_str(TOKEN);
                rest = after;
            }
            _ => {
                shown.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{authorization, without_tokens};

    #[test]
    fn what_is_of_the_moment_is_left_out() {
        assert_eq!(
            authorization(
                "AWS4-HMAC-SHA256 Credential=AKID/20200202/us-east-1/svc/aws4_request, SignedHeaders=host, Signature=0a"
            ),
            "AWS4-HMAC-SHA256 Credential=AKID/{day}/us-east-1/svc/aws4_request, SignedHeaders=host, Signature={signature}"
        );
        assert_eq!(
            without_tokens("é\"0a1b2c3d-0000-4000-8000-000000000000\"é"),
            "é\"{random token}\"é"
        );
    }
}
