//! Waiting: a call that is repeated until the service returns the result that is waited for.
//!
//! [`WaiterPlan`] is a waiter of the model, as data; [`Waiter`] holds the settings of a wait; the client makes the
//! calls. `plan` decides what a response means, `delay` how long to wait before the next call, both without I/O.

mod delay;
mod error;
pub mod jmespath;
mod plan;

pub(crate) use delay::delay;
pub use error::{WaiterError, WaiterErrorKind};
pub use plan::{Acceptor, Outcome, WaiterPlan};

use std::fmt;
use std::time::Duration;

use crate::error::{CrateError, ErrorKind, ProvideErrorMetadata};
use crate::repeat::{AnswerWithStatus, Repeatable};
use plan::Observed;

/// The minimum: twice a zero delay would still be zero, and calls without any delay would overload the service.
const LEAST_DELAY: Duration = Duration::from_millis(10);

/// The settings of a wait. Nothing is sent until `send` is awaited.
///
/// The time before each further call is random, between the waiter's delay and twice, four times, … as long, at most
/// 120 s. That is the backoff of Smithy's specification of waiters.
#[must_use = "a waiter does nothing until it is sent"]
pub struct Waiter<C: Repeatable> {
    pub(crate) call: C,
    pub(crate) plan: &'static WaiterPlan<C>,
    pub(crate) delay: Duration,
    pub(crate) max_wait: Duration,
}

impl<C: Repeatable> Waiter<C> {
    /// A wait that repeats `call` by the rules of `plan`.
    pub fn new(call: C, plan: &'static WaiterPlan<C>) -> Self {
        let delay = Duration::from_secs(plan.delay).max(LEAST_DELAY);
        let attempts = u32::try_from(plan.max_attempts).unwrap_or(u32::MAX);
        Self {
            call,
            plan,
            delay,
            max_wait: delay.saturating_mul(attempts),
        }
    }

    /// The maximum time in total, including the calls: a call that is still running at the end is dropped. The default
    /// is the waiter's own delay times the number of calls that its model allows. A wait without enough time left for
    /// the delay and another call ends at once, so with less than the delay there is one call.
    pub fn max_wait(mut self, max_wait: Duration) -> Self {
        self.max_wait = max_wait;
        self
    }

    /// The minimum time between two calls, in place of the waiter's own: at least 10 ms; the time between calls grows
    /// from it. The maximum time does not change.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay.max(LEAST_DELAY);
        self
    }
}

/// What to do after a response.
pub(crate) enum Decision {
    Succeed,
    Fail(WaiterErrorKind),
    GoOn,
}

/// What a response means.
pub(crate) fn decide<C: Repeatable<Error: CrateError>>(
    plan: &WaiterPlan<C>,
    call: &C,
    answer: &AnswerWithStatus<C::Output, C::Error>,
) -> Decision {
    let observed = match answer {
        Ok((output, status)) => Observed::Output {
            call,
            output,
            status: *status,
        },
        // Only a response of the service says something about the resource; an error of the connection does not.
        Err(error) if error.meta().kind != ErrorKind::Service => {
            return Decision::Fail(WaiterErrorKind::Call);
        }
        Err(error) => Observed::Error {
            code: error.code(),
            status: error.meta().status,
        },
    };
    match plan.evaluate(&observed) {
        Some((Outcome::Success, _)) => Decision::Succeed,
        Some((Outcome::Failure, matched)) => Decision::Fail(WaiterErrorKind::Failed { matched }),
        Some((Outcome::Retry, _)) => Decision::GoOn,
        None if answer.is_err() => Decision::Fail(WaiterErrorKind::Call),
        None => Decision::GoOn,
    }
}

impl<C: Repeatable> Clone for Waiter<C> {
    fn clone(&self) -> Self {
        Self {
            call: self.call.clone(),
            ..*self
        }
    }
}

impl<C: Repeatable> fmt::Debug for Waiter<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiter")
            .field("name", &self.plan.name)
            .field("delay", &self.delay)
            .field("max_wait", &self.max_wait)
            .finish_non_exhaustive()
    }
}

/// The result of a wait that succeeded.
#[derive(Debug)]
#[non_exhaustive]
pub struct Waited<O, E> {
    /// The result of the last call. Usually that is the output; if the wait is for something to be deleted, it may be
    /// the error that reports it.
    pub answer: Result<O, E>,
    /// The number of calls.
    pub calls: u32,
    /// How long it took.
    pub elapsed: Duration,
}
