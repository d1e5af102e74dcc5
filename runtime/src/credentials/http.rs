//! Requests to sources of credentials: with short limits, repeated where that may help.

use crate::client::http_client::{HttpClient, SendOptions};
use crate::error::{HttpError, HttpErrorKind};
use crate::retry::{RetryReason, RetryRules};
use crate::stream::Body;
use ::http::HeaderValue;
use bytes::Bytes;
use std::time::Duration;
use zeroize::Zeroize;

/// The longest time for one response, and the number of attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) timeout: Duration,
    pub(crate) tries: u32,
}

/// For services on the internet: STS and SSO.
pub(super) const SERVICE: Limits = Limits {
    timeout: Duration::from_secs(10),
    tries: 3,
};
/// For an agent on the same machine: containers.
pub(super) const AGENT: Limits = Limits {
    timeout: Duration::from_secs(2),
    tries: 3,
};

/// The largest response that is accepted from a source of credentials.
const MAX_BYTES: usize = 1 << 20;

/// Whether the same request would get the same response again.
pub(super) fn is_final(response: &::http::Response<Bytes>) -> bool {
    !response.status().is_server_error() && response.status().as_u16() != 429
}

/// Sends a request within the limits; again if the response is not accepted or there is none.
pub(super) async fn send(
    client: &dyn HttpClient,
    limits: Limits,
    request: ::http::Request<Bytes>,
    accepts: impl Fn(&::http::Response<Bytes>) -> bool,
) -> Result<::http::Response<Bytes>, HttpError> {
    let options = SendOptions {
        connect_timeout: Some(limits.timeout),
        ..SendOptions::default()
    };
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
        tokio::time::sleep(RetryRules::V2_0.backoff(
            RetryReason::Transient,
            attempt,
            fastrand::f64(),
            None,
        ))
        .await;
        attempt += 1;
    }
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
