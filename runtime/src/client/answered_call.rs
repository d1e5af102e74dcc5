//! Facts about a call that has returned, for reading the rest of its response.

use crate::error::{CallContext, ErrorKind, Failure};
use crate::protocol::Operation;
use crate::retry::{self, RetryKind};
use crate::shape::BuildError;
use crate::stream::RequestEvents;
use http::StatusCode;

/// A call whose response is still being read.
pub(super) struct AnsweredCall {
    pub(super) operation: &'static Operation,
    pub(super) attempts: u32,
    pub(super) max_attempts: u32,
    /// The events that it sends; if they fail, that is why no more are received.
    pub(super) events: Option<RequestEvents>,
    /// The algorithm of the checksum that the body is compared with.
    pub(super) validated_by: Option<&'static str>,
}

impl CallContext for AnsweredCall {
    fn complete(&self, mut failure: Failure) -> Failure {
        failure.operation = self.operation.name;
        if failure.kind == ErrorKind::Service {
            let code = failure.code.as_deref();
            let retryable = self.operation.service.retryable;
            let kind = retry::classify(retryable, StatusCode::BAD_REQUEST, code, false);
            failure.throttling = kind == Some(RetryKind::Throttling);
        }
        failure.with_attempts(self.attempts, self.max_attempts)
    }

    fn unsent(&self) -> Option<BuildError> {
        self.events.as_ref()?.source.failure()
    }
}
