//! A wait: makes the calls and waits between them.

use crate::error::CrateError;
use crate::repeat::Repeatable;
use crate::waiter::{Decision, Waited, Waiter, WaiterError, WaiterErrorKind};
use crate::waiter::{decide, delay as next_delay};
use tokio::time::Instant;

impl<C: Repeatable<Error: CrateError>> Waiter<C> {
    /// Calls until there is an outcome.
    ///
    /// # Errors
    /// See [`WaiterErrorKind`]: the service returned something that means that the wait cannot succeed, the time limit
    /// passed, or a call failed with an error that the waiter does not list.
    pub async fn send(
        self,
    ) -> Result<Waited<C::Output, C::Error>, WaiterError<C::Output, C::Error>> {
        let Self {
            call,
            plan,
            delay,
            max_wait,
        } = self;
        let started = Instant::now();
        let deadline = started.checked_add(max_wait);
        let mut calls = 0;
        let mut last = None;
        loop {
            calls += 1;
            let answer = match deadline {
                None => Ok(call.repeat().await),
                Some(deadline) => tokio::time::timeout_at(deadline, call.repeat()).await,
            };
            let Ok(answer) = answer else {
                let kind = WaiterErrorKind::TimedOut { max_wait };
                return Err(WaiterError::new(plan, kind, calls, last));
            };
            let outcome = decide(plan, &call, &answer);
            let answer = answer.map(|(output, _)| output);
            let elapsed = started.elapsed();
            match outcome {
                Decision::Succeed => {
                    return Ok(Waited {
                        answer,
                        calls,
                        elapsed,
                    });
                }
                Decision::Fail(kind) => {
                    return Err(WaiterError::new(plan, kind, calls, Some(answer)));
                }
                Decision::GoOn => last = Some(answer),
            }
            let remaining = max_wait.saturating_sub(elapsed);
            let Some(wait) = next_delay(delay, calls, remaining, fastrand::f64()) else {
                let kind = WaiterErrorKind::TimedOut { max_wait };
                return Err(WaiterError::new(plan, kind, calls, last));
            };
            tracing::debug!(waiter = plan.name, operation = plan.operation, calls, wait = ?wait, "not yet");
            tokio::time::sleep(wait).await;
        }
    }
}
