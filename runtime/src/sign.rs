//! Signing of requests with AWS Signature Version 4. It uses no clock: the caller passes the date, corrected for the
//! service's clock.

mod bearer_token;
mod canonical;
mod credentials;
#[cfg(feature = "event-streams")]
mod events;
mod hash;
mod secret;

pub use bearer_token::BearerToken;
pub use credentials::Credentials;
#[cfg(feature = "event-streams")]
pub use events::EventSigner;
pub(crate) use hash::{hex, hex_sha256, hmac_sha256};
pub(crate) use secret::Secret;

use crate::shape::print;
use crate::shape::{Timestamp, TimestampFormat};
use canonical::{Canonical, canonical};
use http::header::{AUTHORIZATION, HOST, HeaderMap, HeaderName, HeaderValue};
use http::request::Parts;
use http::uri::Uri;
use std::fmt;
use std::time::SystemTime;
use zeroize::Zeroizing;

const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// Signing names of the services that sign the path as it is on the wire; for all others it is encoded once more.
const SINGLE_ENCODED_PATH: [&str; 4] = ["s3", "s3-object-lambda", "s3-outposts", "s3express"];

/// How a signature covers the body.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum SignedPayload<'a> {
    /// The hash of these bytes.
    Bytes(&'a [u8]),
    /// This hash: SHA-256 in hexadecimal, or one of the constants for a body that is signed in another way.
    Hash(&'a str),
    /// Not at all (`UNSIGNED-PAYLOAD`), for operations that allow it.
    Unsigned,
}

/// Signs a request: adds `authorization`, `x-amz-date`, `x-amz-content-sha256` and, for temporary credentials,
/// `x-amz-security-token`. Every header that is already set is signed too; headers that a proxy may change must be
/// added afterwards. The URI must be absolute. An `x-amz-content-sha256` that is already set replaces `payload`: some
/// operations have a member for it.
///
/// `at` is the date of the signature: now, by the service's clock. Services accept a signature for some minutes around it.
/// `region` and `service` are the names in the signature's scope, such as `eu-west-1` and `imagebuilder`.
///
/// # Errors
/// The credentials are empty or cannot be sent in a header, the URI is relative, or a header is not visible ASCII.
pub fn sign(
    parts: &mut Parts,
    payload: SignedPayload<'_>,
    credentials: &Credentials,
    region: &str,
    service: &str,
    at: SystemTime,
) -> Result<(), SignError> {
    let id = credentials.access_key_id();
    let secret = credentials.secret_access_key();
    if id.is_empty() || secret.is_empty() {
        return Err(SignError(
            "the access key id or the secret access key is empty".to_owned(),
        ));
    }
    let is_encoded_once = SINGLE_ENCODED_PATH.contains(&service);
    let (day, moment) = date(at)?;
    let mut headers = headers_to_sign(parts, payload)?;
    headers.insert(DATE, header_value(&DATE, moment.clone())?);
    if let Some(token) = credentials.session_token() {
        let mut token = header_value(&SECURITY_TOKEN, token.to_owned())?;
        token.set_sensitive(true);
        headers.insert(SECURITY_TOKEN, token);
    }
    let hash = headers.get(CONTENT_SHA256);
    let hash = hash.and_then(|hash| hash.to_str().ok()).unwrap_or_default();
    let Canonical {
        request,
        signed_headers,
    } = canonical(&parts.method, &parts.uri, &headers, hash, is_encoded_once);

    let scope = format!("{day}/{region}/{service}/aws4_request");
    let to_sign = format!(
        "AWS4-HMAC-SHA256\n{moment}\n{scope}\n{}",
        hex_sha256(request.as_bytes())
    );
    let secret = Zeroizing::new(format!("AWS4{secret}"));
    let mut key = Zeroizing::new(hmac_sha256(secret.as_bytes(), day.as_bytes()));
    for part in [region, service, "aws4_request"] {
        key = Zeroizing::new(hmac_sha256(&key, part.as_bytes()));
    }
    let signature = hex(&hmac_sha256(&key, to_sign.as_bytes()));
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={signed_headers}, Signature={signature}"
    );
    let mut authorization = header_value(&AUTHORIZATION, authorization)?;
    authorization.set_sensitive(true);
    parts.headers.insert(AUTHORIZATION, authorization);
    for name in [CONTENT_SHA256, DATE, SECURITY_TOKEN] {
        if let Some(value) = headers.remove(&name) {
            parts.headers.insert(name, value);
        }
    }
    Ok(())
}

/// The day and the time of a signature, in whole seconds: `20150830` and `20150830T123600Z`.
fn date(at: SystemTime) -> Result<(String, String), SignError> {
    let outside = || SignError("the clock is outside of the calendar".to_owned());
    let seconds = at.duration_since(SystemTime::UNIX_EPOCH).ok();
    let seconds = seconds.and_then(|since| i64::try_from(since.as_secs()).ok());
    let date = Timestamp::from_seconds(seconds.ok_or_else(outside)?);
    let text = date.format(TimestampFormat::DateTime).ok_or_else(outside)?;
    let moment: String = text.chars().filter(|char| !"-:".contains(*char)).collect();
    let day = moment.split('T').next().unwrap_or_default().to_owned();
    Ok((day, moment))
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

/// The host as HTTP clients send it: without user information, and without the default port of the scheme.
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
