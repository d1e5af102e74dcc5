//! The headers that identify the call and count its attempts. Not signed: proxies may change them.

use super::chain::{Link, Next};
use super::{Attempt, AttemptError, AttemptResponse};
use futures_core::future::BoxFuture;
use http::header::USER_AGENT;
use http::{HeaderName, HeaderValue};

const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");

pub(super) struct SdkHeaders;

impl Link for SdkHeaders {
    fn send<'a>(
        &'a self,
        mut attempt: Attempt<'a>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<AttemptResponse, AttemptError>> {
        let headers = &mut attempt.head.headers;
        let max = attempt.shared.retries().max_attempts;
        let number = attempt.number;
        if let Ok(value) = HeaderValue::try_from(format!("attempt={number}; max={max}")) {
            headers.insert(SDK_REQUEST, value);
        }
        headers.insert(INVOCATION_ID, attempt.prepared.invocation_id.clone());
        headers.insert(USER_AGENT, attempt.shared.user_agent.clone());
        next.run(attempt)
    }
}
