//! Requests to agents that give credentials: with short limits, repeated where that may help.

use ::http::HeaderValue;
use bytes::Bytes;
use std::fmt::Display;
use std::time::Duration;
use tinsmith_runtime::{Body, HttpClient, HttpError, HttpErrorKind, SendOptions};
use zeroize::Zeroize;

/// The longest time for one response, and the number of attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) timeout: Duration,
    pub(crate) tries: u32,
}

/// For an agent on the same machine: containers.
pub(super) const AGENT: Limits = Limits {
    timeout: Duration::from_secs(2),
    tries: 3,
};

/// The largest response that is accepted from a source of credentials.
pub(super) const MAX_BYTES: usize = 1 << 20;

/// Sends a request within the limits; again if the response is not accepted or there is none.
pub(super) async fn send(
    client: &dyn HttpClient,
    limits: Limits,
    request: ::http::Request<Bytes>,
    accepts: impl Fn(&::http::Response<Bytes>) -> bool,
) -> Result<::http::Response<Bytes>, HttpError> {
    let mut options = SendOptions::default();
    options.connect_timeout = Some(limits.timeout);
    let mut attempt = 1;
    loop {
        let sending = client.send(request.clone().map(Body::from), &options);
        let whole = async {
            let (head, body) = sending.await?.into_parts();
            let body = body.collect(MAX_BYTES).await?;
            Ok(::http::Response::from_parts(head, body))
        };
        let result = match tokio::time::timeout(limits.timeout, whole).await {
            Ok(result) => result,
            Err(_) => Err(HttpError::new(
                HttpErrorKind::Timeout,
                format!(
                    "no response from {} within {:?}",
                    request.uri().host().unwrap_or("?"),
                    limits.timeout
                ),
            )),
        };
        let again = match &result {
            Ok(response) => !accepts(response),
            Err(error) => error.is_retryable(),
        };
        if !again || attempt >= limits.tries {
            return result;
        }
        tokio::time::sleep(pause(attempt)).await;
        attempt += 1;
    }
}

/// How long to wait after this attempt: up to 1 s after the first one, twice as long after each further one, at most 20 s.
fn pause(attempt: u32) -> Duration {
    let seconds = 2_u64.saturating_pow(attempt.saturating_sub(1)).min(20);
    Duration::from_secs(seconds).mul_f64(fastrand::f64())
}

/// The text of a client's error without the secrets that were sent, which a service may quote, and without what was found
/// in an answer that cannot be read, which may be one.
pub(super) fn without(error: &dyn Display, secrets: &[&str]) -> String {
    let text = error.to_string();
    let text = match text.split_once(", found ") {
        Some((expected, _)) => expected.to_owned(),
        None => text,
    };
    let secrets = secrets.iter().filter(|secret| !secret.is_empty());
    secrets.fold(text, |text, secret| text.replace(secret, "** redacted **"))
}

/// A secret as a header, which is never shown; `None`: it is not visible ASCII.
pub(super) fn secret_header(secret: &str) -> Option<HeaderValue> {
    let is_visible = secret.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let mut header = HeaderValue::from_str(secret).ok().filter(|_| is_visible)?;
    header.set_sensitive(true);
    Some(header)
}

/// Overwrites a body that has been read, unless it is still referenced elsewhere.
pub(super) fn wipe(body: Bytes) {
    if let Ok(mut body) = body.try_into_mut() {
        body.as_mut().zeroize();
    }
}
