//! Why a wait ended without success, with the result of the last call.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::plan::WaiterPlan;
use crate::error::{CrateError, Error, ErrorKind, Failure};
use crate::http_binding::ReadServiceError;
use crate::repeat::Repeatable;
use crate::shape::print;

/// A wait that ended without success. It has the size of a pointer, and converts into the error of a call.
pub struct WaiterError<O, E>(Box<Inner<O, E>>);

struct Inner<O, E> {
    waiter: &'static str,
    operation: &'static str,
    kind: WaiterErrorKind,
    calls: u32,
    last: Option<Result<O, E>>,
}

/// Why a wait ended without success.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaiterErrorKind {
    /// A response matched a rule of failure.
    #[non_exhaustive]
    Failed {
        /// A description of the response that matched.
        matched: String,
    },
    /// The time limit was reached.
    #[non_exhaustive]
    TimedOut {
        /// The time limit.
        max_wait: Duration,
    },
    /// A call failed with an error that no rule of the waiter matches, or without a response.
    Call,
}

impl<O, E> WaiterError<O, E> {
    pub(crate) fn new<C: Repeatable>(
        plan: &WaiterPlan<C>,
        kind: WaiterErrorKind,
        calls: u32,
        last: Option<Result<O, E>>,
    ) -> Self {
        Self(Box::new(Inner {
            waiter: plan.name,
            operation: plan.operation,
            kind,
            calls,
            last,
        }))
    }

    /// The kind of failure.
    #[must_use]
    pub fn kind(&self) -> &WaiterErrorKind {
        &self.0.kind
    }

    /// Whether the time limit was reached.
    #[must_use]
    pub fn is_timed_out(&self) -> bool {
        matches!(self.0.kind, WaiterErrorKind::TimedOut { .. })
    }

    /// The waiter's name in the model.
    #[must_use]
    pub fn waiter(&self) -> &'static str {
        self.0.waiter
    }

    /// The number of calls.
    #[must_use]
    pub fn calls(&self) -> u32 {
        self.0.calls
    }

    /// The result of the last call; `None` if the time limit was reached before the first result.
    #[must_use]
    pub fn last(&self) -> Option<&Result<O, E>> {
        self.0.last.as_ref()
    }

    /// The last result by value.
    #[must_use]
    pub fn into_last(self) -> Option<Result<O, E>> {
        self.0.last
    }
}

impl<O, E: fmt::Display> Inner<O, E> {
    /// What happened, without the operation.
    fn describe(&self) -> String {
        let Self {
            waiter,
            operation: _,
            kind,
            calls,
            last,
        } = self;
        let what = match kind {
            WaiterErrorKind::Call => format!("waiting for {waiter} ended early"),
            WaiterErrorKind::Failed { matched } => format!("{waiter} failed: {matched}"),
            WaiterErrorKind::TimedOut { max_wait } => {
                format!("{waiter} was not reached within {max_wait:?}")
            }
        };
        let answer = match last {
            None => ", without the result of a call".to_owned(),
            Some(Ok(_)) => String::new(),
            Some(Err(error)) => format!("; the last call failed: {error}"),
        };
        format!("{what}{answer} [call {calls}]")
    }
}

impl<O, E: fmt::Display> fmt::Display for WaiterError<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print(
            f,
            &format_args!("{}: {}", self.0.operation, self.0.describe()),
        )
    }
}

impl<O: fmt::Debug, E: fmt::Debug> fmt::Debug for WaiterError<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            waiter,
            operation,
            kind,
            calls,
            last,
        } = &*self.0;
        f.debug_struct("WaiterError")
            .field("waiter", waiter)
            .field("operation", operation)
            .field("kind", kind)
            .field("calls", calls)
            .field("last", last)
            .finish()
    }
}

impl<O: fmt::Debug, E: StdError + 'static> StdError for WaiterError<O, E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.last {
            Some(Err(error)) => Some(error),
            _ => None,
        }
    }
}

impl<O, E: CrateError> WaiterError<O, E> {
    /// The error of the call, if a call ended the wait; else an error of kind [`Waiter`](ErrorKind::Waiter) with the
    /// same text.
    #[must_use]
    pub fn into_error(self) -> E {
        let message = self.0.describe();
        let Inner {
            operation,
            kind,
            last,
            ..
        } = *self.0;
        let failure = Failure::new(ErrorKind::Waiter, operation);
        match (kind, last) {
            (WaiterErrorKind::Call, Some(Err(error))) => error,
            (_, Some(Err(source))) => failure.with_message(message).with_source(source).into(),
            _ => failure.with_message(message).into(),
        }
    }
}

impl<O, E: ReadServiceError + fmt::Debug + Send + Sync + 'static> From<WaiterError<O, Error<E>>>
    for Error<E>
{
    fn from(error: WaiterError<O, Error<E>>) -> Self {
        error.into_error()
    }
}
