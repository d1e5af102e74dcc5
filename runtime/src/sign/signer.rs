//! Signs a request in its headers or in its query.

use super::canonical::canonical;
use super::date::SigningDate;
use super::hash::{hex_sha256, hmac_sha256};
use super::headers::names;
use super::keys::{SigningKeys, derive};
use super::query::push_parameter;
use super::{Credentials, hex};
use crate::error::ErrorKind;
use crate::shape::print;
use http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use http::request::Parts;
use http::uri::PathAndQuery;
use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const REGION_SET: HeaderName = HeaderName::from_static("x-amz-region-set");
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// Signing names of the services whose paths are signed as they are on the wire.
const SINGLE_ENCODED_PATH: [&str; 4] = ["s3", "s3-object-lambda", "s3-outposts", "s3express"];

/// For how long a signed URL can be valid at most: seven days.
const LONGEST_EXPIRY: Duration = Duration::from_secs(7 * 24 * 60 * 60);

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

/// The hash of the body as the signature has it: the one that is sent in a header already, or that of `payload`.
fn payload_hash<'a>(headers: &HeaderMap, payload: SignedPayload<'a>) -> Cow<'a, str> {
    match headers.get(CONTENT_SHA256).map(HeaderValue::to_str) {
        Some(Ok(hash)) => Cow::Owned(hash.to_owned()),
        _ => match payload {
            SignedPayload::Bytes(body) => hex_sha256(body).into(),
            SignedPayload::Hash(hash) => Cow::Borrowed(hash),
            SignedPayload::Unsigned => "UNSIGNED-PAYLOAD".into(),
        },
    }
}

/// The names under which a request carries the session token of its credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenNames {
    /// The header of a request that is signed in its headers, in lower case.
    pub header: &'static str,
    /// The parameter of one that is signed in its query.
    pub parameter: &'static str,
}

impl TokenNames {
    /// Those of temporary credentials.
    pub const USUAL: Self = Self {
        header: "x-amz-security-token",
        parameter: "X-Amz-Security-Token",
    };
}

/// How the requests of a service are signed, where services differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SigningSettings {
    /// Whether the path is percent-encoded once more for the signature.
    pub encodes_path_twice: bool,
    /// Whether empty segments, `.` and `..` are removed from the path for the signature.
    pub normalizes_path: bool,
    /// Whether the hash of the body is sent in `x-amz-content-sha256`, and signed.
    pub sends_payload_hash: bool,
    /// Whether the signature covers the session token, which is sent in any case.
    pub signs_session_token: bool,
    /// Whether the signature of a presigned request covers the body. S3 does not expect it to: who presigns a request does
    /// not know the body.
    pub presigns_payload: bool,
}

impl SigningSettings {
    /// The settings of the service with this signing name: for S3 the path is signed as it is on the wire.
    #[must_use]
    pub fn of_service(signing_name: &str) -> Self {
        let is_plain = SINGLE_ENCODED_PATH.contains(&signing_name);
        Self {
            encodes_path_twice: !is_plain,
            normalizes_path: !is_plain,
            sends_payload_hash: true,
            signs_session_token: true,
            presigns_payload: !is_plain,
        }
    }
}

/// The algorithm of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Algorithm {
    /// Signature Version 4: a shared key, for one region.
    SigV4,
    /// Its variant with an asymmetric key, for a set of regions.
    #[cfg(feature = "sigv4a")]
    SigV4a,
}

impl Algorithm {
    fn name(self) -> &'static str {
        match self {
            Self::SigV4 => "AWS4-HMAC-SHA256",
            #[cfg(feature = "sigv4a")]
            Self::SigV4a => "AWS4-ECDSA-P256-SHA256",
        }
    }
}

/// What the signature of a text says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextScope {
    /// Such as `AWS4-HMAC-SHA256`.
    pub algorithm: &'static str,
    /// The access key id and the scope, such as `AKIDEXAMPLE/20150830/eu-west-1/s3/aws4_request`.
    pub credential: String,
    /// Such as `20150830T123600Z`.
    pub date: String,
}

/// Signs requests for one service in one region, at one time.
///
/// ```
/// use std::time::SystemTime;
/// use tinsmith_runtime::{Credentials, SignedPayload, Signer};
///
/// let (mut head, body) = http::Request::get("https://tins.eu-west-1.amazonaws.com/tins")
///     .body("")?
///     .into_parts();
/// let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
/// let signer = Signer::new(&credentials, "eu-west-1", "tins", SystemTime::now());
/// signer.sign(&mut head, SignedPayload::Bytes(body.as_bytes()))?;
/// assert!(head.headers.contains_key("authorization"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Signer<'a> {
    credentials: &'a Credentials,
    region: &'a str,
    service: &'a str,
    at: SystemTime,
    keys: Option<&'a SigningKeys>,
    settings: SigningSettings,
    algorithm: Algorithm,
    token: TokenNames,
}

impl<'a> Signer<'a> {
    /// `at` is the date of the signature: now, by the service's clock. Services accept a signature for some minutes around
    /// it. `region` and `service` are the names in the signature's scope, such as `eu-west-1` and `imagebuilder`.
    #[must_use]
    pub fn new(
        credentials: &'a Credentials,
        region: &'a str,
        service: &'a str,
        at: SystemTime,
    ) -> Self {
        Self {
            credentials,
            region,
            service,
            at,
            keys: None,
            settings: SigningSettings::of_service(service),
            algorithm: Algorithm::SigV4,
            token: TokenNames::USUAL,
        }
    }

    /// Takes the signing key from `keys`, where it is kept for the next signature.
    #[must_use]
    pub fn keys(self, keys: &'a SigningKeys) -> Self {
        Self {
            keys: Some(keys),
            ..self
        }
    }

    /// Other settings than those of the service.
    #[must_use]
    pub fn settings(self, settings: SigningSettings) -> Self {
        Self { settings, ..self }
    }

    /// Sends the session token under other names than those of temporary credentials.
    #[must_use]
    pub fn token_names(self, token: TokenNames) -> Self {
        Self { token, ..self }
    }

    /// Signs with Signature Version 4A: the region is a set of regions, such as `*` or `eu-west-1,us-east-1`.
    #[cfg(feature = "sigv4a")]
    #[must_use]
    pub fn asymmetric(self) -> Self {
        Self {
            algorithm: Algorithm::SigV4a,
            ..self
        }
    }

    /// Signs a request in its headers: sets `authorization`, `x-amz-date`, `x-amz-content-sha256` and, for temporary
    /// credentials, `x-amz-security-token`. Every header that is already set is signed too, except those that proxies
    /// change. An `x-amz-content-sha256` that is already set replaces `payload`: some operations have a member for it.
    ///
    /// # Errors
    /// The credentials are empty or cannot be sent in a header, the URI is relative, or a header is not visible ASCII.
    /// The head is not to be sent then.
    pub fn sign(&self, parts: &mut Parts, payload: SignedPayload<'_>) -> Result<(), SignError> {
        let date = self.date()?;
        let scope = self.scope(&date);
        let headers = &mut parts.headers;
        headers.remove(AUTHORIZATION);
        headers.insert(DATE, header_value(&DATE, date.time())?);
        headers.remove(SECURITY_TOKEN);
        let token_header = HeaderName::from_static(self.token.header);
        headers.remove(&token_header);
        let token = self.credentials.session_token();
        let token = token
            .map(|token| secret_value(&token_header, token))
            .transpose()?;
        if let (Some(token), true) = (&token, self.settings.signs_session_token) {
            headers.insert(&token_header, token.clone());
        }
        if self.is_asymmetric() {
            headers.insert(REGION_SET, header_value(&REGION_SET, self.region)?);
        }
        let hash = payload_hash(headers, payload);
        if self.settings.sends_payload_hash && !headers.contains_key(CONTENT_SHA256) {
            headers.insert(CONTENT_SHA256, header_value(&CONTENT_SHA256, &hash)?);
        }
        let names = names(&parts.headers);
        let signed = names.join(";");
        let query = parts.uri.query().unwrap_or_default();
        let canonical = canonical(parts, query, &hash, &names, &signed, self.settings)?;
        let signature = self.signature(&date, &scope, &canonical)?;

        let algorithm = self.algorithm.name();
        let id = self.credentials.access_key_id();
        let authorization = format!(
            "{algorithm} Credential={id}/{scope}, SignedHeaders={signed}, Signature={signature}"
        );
        let authorization = secret_value(&AUTHORIZATION, &authorization)?;
        parts.headers.insert(AUTHORIZATION, authorization);
        if let Some(token) = token {
            parts.headers.insert(token_header, token);
        }
        Ok(())
    }

    /// Signs a request in its query, so that whoever has the URL can send it until it expires, together with every header
    /// that is set. `payload` is the body's; services other than S3 check its hash.
    ///
    /// # Errors
    /// As for [`sign`](Self::sign), and for an expiry below a second or above seven days.
    pub fn presign(
        &self,
        parts: &mut Parts,
        payload: SignedPayload<'_>,
        expires_in: Duration,
    ) -> Result<(), SignError> {
        if expires_in < Duration::from_secs(1) || expires_in > LONGEST_EXPIRY {
            return Err(SignError::new(format!(
                "expected a URL that expires in 1 second to 7 days, found {expires_in:?}"
            )));
        }
        let date = self.date()?;
        let scope = self.scope(&date);
        for name in [AUTHORIZATION, DATE, SECURITY_TOKEN, REGION_SET] {
            parts.headers.remove(name);
        }
        parts.headers.remove(self.token.header);
        let names = names(&parts.headers);
        let signed = names.join(";");
        let credential = format!("{}/{scope}", self.credentials.access_key_id());
        let seconds = expires_in.as_secs().to_string();
        let mut query = parts.uri.query().unwrap_or_default().to_owned();
        for (name, value) in [
            ("X-Amz-Algorithm", self.algorithm.name()),
            ("X-Amz-Credential", &credential),
            ("X-Amz-Date", date.time()),
            ("X-Amz-Expires", &seconds),
            ("X-Amz-SignedHeaders", &signed),
        ] {
            push_parameter(&mut query, name, value);
        }
        let token = self.credentials.session_token();
        let push_token = |query: &mut String| {
            if let Some(token) = token {
                push_parameter(query, self.token.parameter, token);
            }
        };
        if self.settings.signs_session_token {
            push_token(&mut query);
        }
        if self.is_asymmetric() {
            push_parameter(&mut query, "X-Amz-Region-Set", self.region);
        }
        let hash = payload_hash(&parts.headers, payload);
        let canonical = canonical(parts, &query, &hash, &names, &signed, self.settings)?;
        let signature = self.signature(&date, &scope, &canonical)?;
        if !self.settings.signs_session_token {
            push_token(&mut query);
        }
        push_parameter(&mut query, "X-Amz-Signature", &signature);

        let path = format!("{}?{query}", parts.uri.path());
        let mut uri = std::mem::take(&mut parts.uri).into_parts();
        let path = PathAndQuery::try_from(path);
        uri.path_and_query = Some(path.map_err(|_| SignError::new("the URL is too long"))?);
        parts.uri = uri
            .try_into()
            .map_err(|_| SignError::new("a request to sign needs an absolute URI"))?;
        Ok(())
    }

    /// What accompanies a text that is signed by [`sign_text`](Self::sign_text).
    ///
    /// # Errors
    /// The credentials are empty, or the date is outside of the calendar.
    pub fn text_scope(&self) -> Result<TextScope, SignError> {
        let date = self.date()?;
        let id = self.credentials.access_key_id();
        Ok(TextScope {
            algorithm: self.algorithm.name(),
            credential: format!("{id}/{}", self.scope(&date)),
            date: date.time().to_owned(),
        })
    }

    /// The signature of a text that is no request, such as the policy of a form: in hexadecimal.
    ///
    /// # Errors
    /// As for [`text_scope`](Self::text_scope).
    pub fn sign_text(&self, text: &str) -> Result<String, SignError> {
        self.signature_of(&self.date()?, text)
    }

    fn is_asymmetric(&self) -> bool {
        self.algorithm != Algorithm::SigV4
    }

    /// The date, after a look at the credentials.
    fn date(&self) -> Result<SigningDate, SignError> {
        let (id, secret) = (
            self.credentials.access_key_id(),
            self.credentials.secret_access_key(),
        );
        if id.is_empty() || secret.is_empty() {
            return Err(SignError::new(
                "the access key id or the secret access key is empty",
            ));
        }
        SigningDate::new(self.at)
            .ok_or_else(|| SignError::new("the clock is outside of the calendar"))
    }

    fn scope(&self, date: &SigningDate) -> String {
        let (day, region, service) = (date.day(), self.region, self.service);
        match self.algorithm {
            Algorithm::SigV4 => format!("{day}/{region}/{service}/aws4_request"),
            #[cfg(feature = "sigv4a")]
            Algorithm::SigV4a => format!("{day}/{service}/aws4_request"),
        }
    }

    fn signature(
        &self,
        date: &SigningDate,
        scope: &str,
        canonical: &str,
    ) -> Result<String, SignError> {
        let (algorithm, time) = (self.algorithm.name(), date.time());
        let hash = hex_sha256(canonical.as_bytes());
        self.signature_of(date, &format!("{algorithm}\n{time}\n{scope}\n{hash}"))
    }

    fn signature_of(&self, date: &SigningDate, to_sign: &str) -> Result<String, SignError> {
        let (credentials, region, service) = (self.credentials, self.region, self.service);
        match self.algorithm {
            Algorithm::SigV4 => {
                let day = date.day();
                let key = match self.keys {
                    Some(keys) => keys.get(credentials, day, region, service),
                    None => derive(credentials.secret_access_key(), day, region, service),
                };
                Ok(hex(&hmac_sha256(&*key, to_sign.as_bytes())))
            }
            #[cfg(feature = "sigv4a")]
            Algorithm::SigV4a => super::v4a::signature(credentials, to_sign.as_bytes()),
        }
    }
}

fn header_value(name: &HeaderName, value: &str) -> Result<HeaderValue, SignError> {
    HeaderValue::try_from(value)
        .map_err(|_| SignError::new(format!("header `{name}` cannot be signed")))
}

/// The value of a header that is not to be logged.
fn secret_value(name: &HeaderName, value: &str) -> Result<HeaderValue, SignError> {
    let mut value = header_value(name, value)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Why a request cannot be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignError {
    message: String,
    kind: ErrorKind,
}

impl SignError {
    /// An error with a message, without secrets.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            kind: ErrorKind::Credentials,
        }
    }

    /// The error of a request that no credentials can sign.
    pub(super) fn of_input(message: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::Input,
            ..Self::new(message)
        }
    }

    /// The kind of the error of a call that fails with this.
    pub(crate) fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print(
            f,
            &format_args!("the request cannot be signed: {}", self.message),
        )
    }
}

impl std::error::Error for SignError {}
