//! Verifies SigV4: signs the request as received with aws-sigv4, which shares no code with the client's signer, and
//! compares the signatures.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, SignableBody, SignableRequest, SigningSettings, sign,
};
use aws_sigv4::sign::v4;
use hyper::HeaderMap;
use hyper::http::request::Parts;
use jiff::civil;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::answer::Answer;

/// The access key ID that the server knows.
pub const ACCESS_KEY_ID: &str = "AKIDLOOPBACK";
/// The secret that goes with [`ACCESS_KEY_ID`].
pub const SECRET_ACCESS_KEY: &str = "loopback/secret+of/one/key";
/// A second pair, as documentation has it: `AKIDEXAMPLE` and `secret`.
pub const EXAMPLE_KEY: (&str, &str) = ("AKIDEXAMPLE", "secret");
/// The session token that the server takes; a request may do without one.
pub const SESSION_TOKEN: &str = "loopback-session-token";
/// The region that a signature must be scoped to.
pub const REGION: &str = "eu-west-1";

const SERVICE: &str = "imagebuilder";
const ALGORITHM: &str = "AWS4-HMAC-SHA256 ";
/// How far the client's clock may be off, as AWS has it.
const SKEW: Duration = Duration::from_secs(5 * 60);

/// Why a request is refused: code and message of the exception.
#[derive(Debug)]
pub(super) struct Refusal {
    code: &'static str,
    pub(super) message: String,
}

impl Refusal {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message }
    }

    fn mismatch(message: impl Into<String>) -> Self {
        Self::new("InvalidSignatureException", message)
    }

    pub(super) fn answer(&self) -> Answer {
        Answer::exception(403, self.code, &self.message)
    }
}

/// Whether this request was signed with the server's key, for its region and service, just now, and not changed since.
pub(super) fn verify(head: &Parts, body: &[u8]) -> Result<(), Refusal> {
    let authorization = Authorization::parse(&head.headers)?;
    let scope = format!("/{REGION}/{SERVICE}/aws4_request");
    let (key, date) = authorization
        .credential
        .strip_suffix(&scope)
        .and_then(|rest| rest.split_once('/'))
        .ok_or_else(|| {
            Refusal::mismatch(format!("the credential is not scoped to <date>{scope}"))
        })?;
    let known = [(ACCESS_KEY_ID, SECRET_ACCESS_KEY), EXAMPLE_KEY];
    let (_, secret) = known
        .into_iter()
        .find(|(id, _)| *id == key)
        .ok_or_else(|| {
            Refusal::new(
                "UnrecognizedClientException",
                "the access key ID is unknown",
            )
        })?;
    let token = optional(&head.headers, "x-amz-security-token");
    if token.is_some_and(|token| token != SESSION_TOKEN) {
        return Err(Refusal::new(
            "UnrecognizedClientException",
            "the session token is unknown",
        ));
    }
    let time = signing_time(&head.headers, date)?;
    authorization.covers(&head.headers)?;
    let hash = optional(&head.headers, "x-amz-content-sha256");
    if hash.is_some_and(|hash| hash != hex(&Sha256::digest(body))) {
        return Err(Refusal::mismatch(
            "x-amz-content-sha256 is not the hash of the body",
        ));
    }
    let token = token.map(str::to_owned);
    let credentials = Credentials::new(key, secret, token, None, "loopback");
    if authorization.signature != signature(head, body, &authorization, credentials, time)? {
        return Err(Refusal::mismatch(
            "the signature is not the one of this request",
        ));
    }
    Ok(())
}

/// The parts of `Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.
struct Authorization<'a> {
    credential: &'a str,
    signed_headers: Vec<&'a str>,
    signature: &'a str,
}

impl<'a> Authorization<'a> {
    fn parse(headers: &'a HeaderMap) -> Result<Self, Refusal> {
        let text = optional(headers, "authorization").ok_or_else(|| {
            Refusal::new(
                "MissingAuthenticationTokenException",
                "there is no authorization header",
            )
        })?;
        let part = |name: &str| {
            text.strip_prefix(ALGORITHM)?
                .split(',')
                .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
        };
        let incomplete = || {
            Refusal::new(
                "IncompleteSignatureException",
                "the authorization header is not AWS4-HMAC-SHA256 with credential, signed headers and signature",
            )
        };
        Ok(Self {
            credential: part("Credential").ok_or_else(incomplete)?,
            signed_headers: part("SignedHeaders")
                .ok_or_else(incomplete)?
                .split(';')
                .collect(),
            signature: part("Signature").ok_or_else(incomplete)?,
        })
    }

    /// What must be signed, is: the host, the content type, everything of Amazon's own.
    fn covers(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        if let Some(missing) = self
            .signed_headers
            .iter()
            .find(|name| !headers.contains_key(**name))
        {
            return Err(Refusal::mismatch(format!(
                "the signed header {missing} is missing"
            )));
        }
        let unsigned = headers.keys().map(|name| name.as_str()).find(|name| {
            let needed = *name == "host" || *name == "content-type" || name.starts_with("x-amz-");
            needed && !self.signed_headers.contains(name)
        });
        match unsigned {
            Some(name) => Err(Refusal::mismatch(format!(
                "the header {name} is not signed"
            ))),
            None => Ok(()),
        }
    }
}

/// The signature that the request should have.
fn signature(
    head: &Parts,
    body: &[u8],
    authorization: &Authorization<'_>,
    credentials: Credentials,
    time: SystemTime,
) -> Result<String, Refusal> {
    let host = optional(&head.headers, "host").unwrap_or_default();
    let url = format!("http://{host}{}", head.uri);
    let hash_is_signed = authorization
        .signed_headers
        .contains(&"x-amz-content-sha256");
    // The signer adds these by itself.
    let added = |name: &str| {
        matches!(
            name,
            "x-amz-date" | "x-amz-security-token" | "x-amz-content-sha256"
        )
    };
    let signed = head.headers.iter().filter_map(|(name, value)| {
        let name = name.as_str();
        let wanted = authorization.signed_headers.contains(&name) && !added(name);
        wanted.then_some((name, value.to_str().ok()?))
    });

    let mut settings = SigningSettings::default();
    settings.excluded_headers = None; // what the client has signed is what counts
    if hash_is_signed {
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    }
    let identity = credentials.into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(REGION)
        .name(SERVICE)
        .time(time)
        .settings(settings)
        .build()
        .map_err(|error| Refusal::mismatch(error.to_string()))?
        .into();
    let request =
        SignableRequest::new(head.method.as_str(), url, signed, SignableBody::Bytes(body))
            .map_err(|error| Refusal::mismatch(error.to_string()))?;
    sign(request, &params)
        .map(|output| output.into_parts().1)
        .map_err(|error| Refusal::mismatch(error.to_string()))
}

/// `x-amz-date`, which must agree with the credential's date and with the clock.
fn signing_time(headers: &HeaderMap, date: &str) -> Result<SystemTime, Refusal> {
    let text = optional(headers, "x-amz-date").unwrap_or_default();
    let time = civil::DateTime::strptime("%Y%m%dT%H%M%SZ", text)
        .and_then(|time| time.to_zoned(TimeZone::UTC))
        .map(|time| SystemTime::from(time.timestamp()))
        .map_err(|_| Refusal::mismatch(format!("x-amz-date is not a date: {text:?}")))?;
    if !text.starts_with(date) {
        return Err(Refusal::mismatch(
            "x-amz-date is of another day than the credential",
        ));
    }
    let now = SystemTime::now();
    let skew = now
        .duration_since(time)
        .unwrap_or_else(|ahead| ahead.duration());
    if skew > SKEW {
        return Err(Refusal::mismatch(format!(
            "x-amz-date is off by {} s",
            skew.as_secs()
        )));
    }
    Ok(time)
}

fn optional<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Lower-case hexadecimal digits of some bytes.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
