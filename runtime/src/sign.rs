//! Signing of a request with AWS Signature Version 4. The signature is computed by reqsign; here is what makes its
//! view of a request the one that AWS services have. Pure but for the clock, which gives the date.

use crate::credentials::Credentials;
use crate::error::print;
use http::header::{AUTHORIZATION, HOST, HeaderMap, HeaderName, HeaderValue};
use http::request::Parts;
use http::uri::{PathAndQuery, Uri};
use reqsign_aws_v4::RequestSigner;
use reqsign_core::hash::hex_sha256;
use reqsign_core::{Context, SignRequest};
use std::fmt;
use std::pin::pin;
use std::task::{self, Poll, Waker};

const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// Signing names of the services that take the path as it is on the wire; all others encode it once more.
const PATH_AS_IT_IS: [&str; 4] = ["s3", "s3-object-lambda", "s3-outposts", "s3express"];

/// What a signature says of the body.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum SignedPayload<'a> {
    /// The hash of these bytes.
    Bytes(&'a [u8]),
    /// This hash: SHA-256 in hexadecimal, or one of the words that stand for a body that is signed in another way.
    Hash(&'a str),
    /// Nothing (`UNSIGNED-PAYLOAD`), as some operations want it.
    Unsigned,
}

/// Signs a request, now: adds `authorization`, `x-amz-date`, `x-amz-content-sha256` and, for temporary credentials,
/// `x-amz-security-token`. Every header that is there already is signed too; headers that something on the way may
/// change belong in afterwards. The URI must be absolute. An `x-amz-content-sha256` that is there already counts in
/// place of `payload`: some operations have a member for it.
///
/// `region` and `service` are the names in the signature's scope, such as `eu-west-1` and `imagebuilder`.
///
/// # Errors
/// The credentials are empty or no header can carry them, the URI is relative, or a header is not visible ASCII.
pub fn sign(
    parts: &mut Parts,
    payload: SignedPayload<'_>,
    credentials: &Credentials,
    region: &str,
    service: &str,
) -> Result<(), SignError> {
    let keys = credentials.keys();
    if keys.access_key_id.is_empty() || keys.secret_access_key.is_empty() {
        return Err(SignError(
            "the access key id or the secret access key is empty".to_owned(),
        ));
    }
    let (mut view, ()) = http::Request::new(()).into_parts();
    view.method = parts.method.clone();
    view.uri = uri_to_sign(&parts.uri, PATH_AS_IT_IS.contains(&service))?;
    view.headers = headers_to_sign(parts, payload)?;

    let signer = RequestSigner::new(service, region).with_standard_session_token();
    at_once(signer.sign_request(&Context::new(), &mut view, Some(keys), None))
        .ok_or_else(|| SignError("signing did not end".to_owned()))?
        .map_err(|error| SignError(error.to_string()))?;
    for name in [AUTHORIZATION, CONTENT_SHA256, DATE, SECURITY_TOKEN] {
        if let Some(value) = view.headers.remove(&name) {
            parts.headers.insert(name, value);
        }
    }
    Ok(())
}

/// The outcome of a future that computes and never waits: it is done at the first poll.
fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut task::Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => Some(outcome),
        Poll::Pending => None,
    }
}

/// The URI whose canonical form in reqsign is the one that the service computes.
///
/// reqsign decodes each segment of the path and encodes it again, which gives the wire's form. Services but S3 want
/// that form encoded once more, after dot segments and empty segments are gone; with `%25` for each `%` reqsign's
/// decoding ends at the wire's form and its encoding at the one that is wanted.
fn uri_to_sign(uri: &Uri, path_as_it_is: bool) -> Result<Uri, SignError> {
    let path = uri.path();
    if path_as_it_is || !(path.contains(['%', '.']) || path.contains("//")) {
        return Ok(uri.clone());
    }
    let mut path = normalize(path).replace('%', "%25");
    if let Some(query) = uri.query() {
        path.push('?');
        path.push_str(query);
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query =
        Some(PathAndQuery::try_from(path).map_err(|error| SignError(error.to_string()))?);
    Uri::from_parts(parts).map_err(|error| SignError(error.to_string()))
}

/// The path without empty and dot segments (RFC 3986, section 5.2.4).
fn normalize(path: &str) -> String {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    let is_folder = ["/", "/.", "/.."].iter().any(|end| path.ends_with(end));
    let end = if is_folder && !segments.is_empty() {
        "/"
    } else {
        ""
    };
    format!("/{}{end}", segments.join("/"))
}

/// The headers in canonical form (one value each, no runs of spaces) with the host and the body's hash.
fn headers_to_sign(parts: &Parts, payload: SignedPayload<'_>) -> Result<HeaderMap, SignError> {
    let mut headers = HeaderMap::with_capacity(parts.headers.len() + 6);
    for name in parts
        .headers
        .keys()
        .filter(|name| **name != AUTHORIZATION && **name != DATE)
    {
        let mut values = parts.headers.get_all(name).iter();
        let value = match (values.next(), values.next()) {
            (Some(value), None) if is_canonical(value) => value.clone(),
            _ => {
                let values: Option<Vec<_>> = parts
                    .headers
                    .get_all(name)
                    .iter()
                    .map(|value| value.to_str().ok())
                    .collect();
                let values = values.ok_or_else(|| {
                    SignError(format!(
                        "header `{name}` cannot be signed: it is not all visible ASCII"
                    ))
                })?;
                let words = values.iter().map(|value| {
                    value
                        .split(' ')
                        .filter(|word| !word.is_empty())
                        .collect::<Vec<_>>()
                        .join(" ")
                });
                header_value(name, words.collect::<Vec<_>>().join(","))?
            }
        };
        headers.insert(name.clone(), value);
    }
    headers.insert(HOST, header_value(&HOST, host(&parts.uri)?)?);
    if headers.contains_key(CONTENT_SHA256) {
        return Ok(headers);
    }
    let hash = match payload {
        SignedPayload::Bytes(body) => header_value(&CONTENT_SHA256, hex_sha256(body))?,
        SignedPayload::Hash(hash) => header_value(&CONTENT_SHA256, hash.to_owned())?,
        SignedPayload::Unsigned => HeaderValue::from_static("UNSIGNED-PAYLOAD"),
    };
    headers.insert(CONTENT_SHA256, hash);
    Ok(headers)
}

fn is_canonical(value: &HeaderValue) -> bool {
    value
        .to_str()
        .is_ok_and(|value| !value.contains("  ") && value == value.trim())
}

fn header_value(name: &HeaderName, value: String) -> Result<HeaderValue, SignError> {
    HeaderValue::try_from(value).map_err(|_| SignError(format!("header `{name}` cannot be signed")))
}

/// The host as HTTP clients send it: without user information, and without the scheme's own port.
fn host(uri: &Uri) -> Result<String, SignError> {
    let host = uri
        .host()
        .ok_or_else(|| SignError("a request to sign needs an absolute URI".to_owned()))?;
    Ok(match (uri.scheme_str(), uri.port_u16()) {
        (_, None) | (Some("https"), Some(443)) | (Some("http"), Some(80)) => host.to_owned(),
        (_, Some(port)) => format!("{host}:{port}"),
    })
}

/// Why a request cannot be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignError(String);

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print(f, &format_args!("the request cannot be signed: {}", self.0))
    }
}

impl std::error::Error for SignError {}
