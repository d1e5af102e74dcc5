//! Waiting: a call that is made again and again until the service answers what is waited for.
//!
//! [`WaiterPlan`] is what a model says of a waiter, as data; [`Waiter`] holds the settings of
//! a wait; the client makes the calls. What an answer means is decided in `plan`, how long to wait before the next call in
//! `delay`: both without I/O.

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
use plan::Seen;

/// What less counts as: twice no time is no time, and calls without any between them are a flood.
const LEAST_DELAY: Duration = Duration::from_millis(10);

/// The settings of a wait. Nothing is sent until `send` is awaited.
///
/// Before each further call it waits between the waiter's delay and twice, four times, … as long, at most 120 s, at
/// random. That is the backoff of Smithy's specification of waiters.
#[must_use = "a waiter does nothing until it is sent"]
pub struct Waiter<C: Repeatable> {
    pub(crate) call: C,
    pub(crate) plan: &'static WaiterPlan<C>,
    pub(crate) delay: Duration,
    pub(crate) max_wait: Duration,
}

impl<C: Repeatable> Waiter<C> {
    /// A wait on `call` by `plan`.
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

    /// The longest time in all, whatever the calls take: one that is under way when it is over is dropped. Unless it is
    /// set, it is the waiter's own delay times the number of calls that its model allows. A wait that has no room for
    /// another call and the delay after it ends at once, so with less than the delay there is one call.
    pub fn max_wait(mut self, max_wait: Duration) -> Self {
        self.max_wait = max_wait;
        self
    }

    /// The least time between two calls, instead of the waiter's own: 10 ms at least, from which the time between calls
    /// grows. It leaves the longest time in all as it is.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay.max(LEAST_DELAY);
        self
    }
}

/// What to do after an answer.
pub(crate) enum Decision {
    Succeed,
    Fail(WaiterErrorKind),
    GoOn,
}

/// What an answer means.
pub(crate) fn decide<C: Repeatable<Error: CrateError>>(
    plan: &WaiterPlan<C>,
    call: &C,
    answer: &AnswerWithStatus<C::Output, C::Error>,
) -> Decision {
    let seen = match answer {
        Ok((output, status)) => Seen::Output {
            call,
            output,
            status: *status,
        },
        // Only an answer of the service says something of what is waited for; no connection says nothing.
        Err(error) if error.meta().kind != ErrorKind::Service => {
            return Decision::Fail(WaiterErrorKind::Call);
        }
        Err(error) => Seen::Error {
            code: error.code(),
            status: error.meta().status,
        },
    };
    match plan.judge(&seen) {
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

/// A wait that has what it waited for.
#[derive(Debug)]
#[non_exhaustive]
pub struct Waited<O, E> {
    /// What the last call answered. Mostly that is the output; where something is waited for to be gone, it may be the
    /// error that says so.
    pub answer: Result<O, E>,
    /// The number of calls.
    pub calls: u32,
    /// How long it took.
    pub elapsed: Duration,
}
