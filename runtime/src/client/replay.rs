//! An [`HttpClient`] for tests: it returns prepared responses in order and records the requests.

use crate::client::http_client::{HttpClient, SendOptions};
use crate::error::{HttpError, HttpErrorKind};
use crate::stream::Body;
use bytes::Bytes;
use futures_core::future::BoxFuture;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Answers requests with prepared responses, in order, without a network. Clones share the responses and the record.
///
/// ```
/// # use tinsmith_runtime::{Config, Credentials, replay::ReplayClient};
/// let replay = ReplayClient::new().json(429, r#"{"message": "slow down"}"#).json(200, r#"{"nextToken": "b"}"#);
/// let config = Config::builder()
///     .region("eu-west-1")
///     .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
///     .http_client(replay.clone())
///     .build();
/// // … calls with a client of that configuration …
/// assert_eq!(replay.requests().len(), 0);
/// ```
#[derive(Clone, Default)]
pub struct ReplayClient(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answers: VecDeque<Result<http::Response<Bytes>, HttpError>>,
    requests: Vec<http::Request<Bytes>>,
}

impl ReplayClient {
    /// A client without any response.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a response.
    #[must_use]
    pub fn response(self, response: http::Response<impl Into<Bytes>>) -> Self {
        self.state().answers.push_back(Ok(response.map(Into::into)));
        self
    }

    /// Adds a response of this status with a JSON body. A status outside 100–999 becomes an error that says so.
    #[must_use]
    pub fn json(self, status: u16, body: impl Into<Bytes>) -> Self {
        let response = http::Response::builder()
            .status(status)
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(body.into());
        let answer = response.map_err(|error| {
            HttpError::new(
                HttpErrorKind::Other,
                format!("status {status} cannot be replayed: {error}"),
            )
        });
        self.state().answers.push_back(answer);
        self
    }

    /// Adds an error in place of a response.
    #[must_use]
    pub fn error(self, error: HttpError) -> Self {
        self.state().answers.push_back(Err(error));
        self
    }

    /// The requests so far, as they would have been sent: signed, one for each attempt.
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.state().requests.clone()
    }

    /// The number of prepared responses that are left.
    pub fn remaining(&self) -> usize {
        self.state().answers.len()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpClient for ReplayClient {
    fn send(
        &self,
        request: http::Request<Body>,
        _: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let request = http::Request::from_parts(head, body.collect(usize::MAX).await?);
            let mut state = self.state();
            let answer = state.answers.pop_front().unwrap_or_else(|| {
                let message = format!(
                    "the replay client ran out of responses: request {} is {} {}, and {} responses were prepared",
                    state.requests.len() + 1,
                    request.method(),
                    request.uri(),
                    state.requests.len(),
                );
                Err(HttpError::new(HttpErrorKind::Other, message))
            });
            state.requests.push(request);
            answer.map(|response| response.map(Body::from))
        })
    }
}

impl fmt::Debug for ReplayClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let State { answers, requests } = &*self.state();
        write!(
            f,
            "ReplayClient({} requests so far, {} responses left)",
            requests.len(),
            answers.len()
        )
    }
}
