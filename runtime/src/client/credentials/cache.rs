//! Caches credentials until shortly before they expire, and runs one refresh at a time.
//!
//! A refresh is a separate task with a limit of time, so that it does not end with the call that started it, and does
//! not delay calls whose credentials are still valid.

#[cfg(test)]
mod tests;

use super::{CredentialsError, ProvideCredentials};
use crate::sign::Credentials;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use tracing::Instrument;
use tracing::instrument::WithSubscriber;

/// How long before they expire credentials are fetched again, plus up to [`JITTER`], so that many processes which
/// started together do not refresh together.
const AHEAD: Duration = Duration::from_secs(5 * 60);
const JITTER: Duration = Duration::from_secs(60);

/// How long credentials are still used after a refresh failed or returned nothing newer.
const PAUSE: Duration = Duration::from_secs(60);

/// The longest time that a source may take. Some wait for a person to sign in.
const LIMIT: Duration = Duration::from_secs(2 * 60);

/// How long the call that starts a refresh waits for its outcome while the present credentials are valid.
const GRACE: Duration = Duration::from_secs(1);

/// The credentials of a configuration, shared by all its clones.
#[derive(Clone)]
pub(crate) struct Cache(Arc<Shared>);

struct Shared {
    provider: Arc<dyn ProvideCredentials>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    current: Option<Current>,
    /// The outcome of the running refresh, when it is available.
    refresh: Option<Pending>,
    /// The credentials that a service last refused as expired, and when the source was asked again because of that.
    refused: Option<(Credentials, SystemTime)>,
}

struct Current {
    credentials: Credentials,
    refresh_at: Option<SystemTime>,
}

type Outcome = Result<Credentials, CredentialsError>;
type Pending = watch::Receiver<Option<Outcome>>;

impl Current {
    fn is_fresh(&self, now: SystemTime) -> bool {
        self.refresh_at.is_none_or(|at| now < at)
    }

    fn is_valid(&self, now: SystemTime) -> bool {
        self.credentials.expires_at().is_none_or(|at| now < at)
    }
}

impl Cache {
    pub(crate) fn new(provider: Arc<dyn ProvideCredentials>) -> Self {
        Self(Arc::new(Shared {
            provider,
            state: Mutex::default(),
        }))
    }

    /// The name of their source.
    pub(crate) fn name(&self) -> &str {
        self.0.provider.name()
    }

    /// The credentials to use at `now`. Callers without valid credentials wait for the running refresh and share its
    /// outcome; others use theirs meanwhile.
    pub(crate) async fn get(&self, now: SystemTime) -> Outcome {
        loop {
            let (valid, mut pending, refresh) = {
                let mut state = self.0.state();
                let valid = match &state.current {
                    Some(current) if current.is_fresh(now) => {
                        return Ok(current.credentials.clone());
                    }
                    Some(current) if current.is_valid(now) => Some(current.credentials.clone()),
                    _ => None,
                };
                match (&state.refresh, valid) {
                    (Some(_), Some(valid)) => return Ok(valid),
                    (Some(pending), None) => (None, pending.clone(), None),
                    (None, valid) => {
                        let (refresh, pending) = Refresh::new(self.0.clone(), now);
                        state.refresh = Some(pending.clone());
                        (valid, pending, Some(refresh))
                    }
                }
            };
            let began = refresh.is_some();
            if let Some(refresh) = refresh {
                // With the state unlocked: a runtime that is shutting down drops the task at once, which locks the
                // state.
                refresh.spawn();
            }
            let outcome = outcome(&mut pending);
            if let Some(valid) = valid {
                return match timeout(GRACE, outcome).await {
                    Ok(Some(Ok(fresh))) => Ok(fresh),
                    _ => Ok(valid),
                };
            }
            match outcome.await {
                Some(outcome) => return outcome,
                // The runtime of the call that started the refresh has ended, and the refresh with it.
                None if !began => {}
                None => {
                    return Err(CredentialsError::new(format!(
                        "{} ended without an answer",
                        self.0.provider.name()
                    )));
                }
            }
        }
    }

    /// New credentials in place of `refused`, which a service reported as expired at `now`: the source is called again,
    /// at most once a minute. `None`: it has no others.
    pub(crate) async fn replace(
        &self,
        refused: &Credentials,
        now: SystemTime,
    ) -> Option<Credentials> {
        {
            let mut state = self.0.state();
            let is_current = |current: &Current| current.credentials.is_same(refused);
            let asked_lately = state
                .refused
                .as_ref()
                .is_some_and(|(credentials, at)| credentials.is_same(refused) && now < *at + PAUSE);
            if state.current.as_ref().is_some_and(is_current) && !asked_lately {
                state.refused = Some((refused.clone(), now));
                state.current = None;
            }
        }
        let others = self.get(now).await.ok()?;
        (!others.is_same(refused)).then_some(others)
    }
}

/// Waits for the outcome; `None`: there will be none.
async fn outcome(pending: &mut Pending) -> Option<Outcome> {
    pending.wait_for(Option::is_some).await.ok()?.clone()
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running refresh. One that is dropped before its end counts as failed.
struct Refresh {
    shared: Arc<Shared>,
    now: SystemTime,
    start: Instant,
    /// `None`: it has ended.
    sender: Option<watch::Sender<Option<Outcome>>>,
}

impl Refresh {
    fn new(shared: Arc<Shared>, now: SystemTime) -> (Self, Pending) {
        let (sender, pending) = watch::channel(None);
        let refresh = Self {
            shared,
            now,
            start: Instant::now(),
            sender: Some(sender),
        };
        (refresh, pending)
    }

    fn spawn(self) {
        let span = tracing::debug_span!("credentials", provider = self.shared.provider.name());
        tokio::spawn(self.run().instrument(span).with_current_subscriber());
    }

    async fn run(mut self) {
        let provider = self.shared.provider.clone();
        let name = provider.name();
        let provided = match timeout(LIMIT, provider.provide()).await {
            Ok(provided) => provided,
            Err(_) => Err(CredentialsError::new(format!(
                "{name} gave no answer within {LIMIT:?}"
            ))),
        };
        let outcome = provided.and_then(|credentials| {
            let checked = credentials.unless_expired(name, self.now);
            checked.map_err(CredentialsError::new)
        });
        let sender = self.sender.take();
        self.end(&outcome);
        if let Some(sender) = sender {
            // Possibly no call is waiting any more.
            let _ = sender.send(Some(outcome));
        }
    }

    fn end(&self, outcome: &Outcome) {
        let mut state = self.shared.state();
        state.refresh = None;
        match outcome {
            Ok(credentials) => {
                let expires_at = credentials.expires_at();
                state.current = Some(Current {
                    credentials: credentials.clone(),
                    refresh_at: refresh_at(self.now, expires_at, fastrand::f64()),
                });
            }
            Err(error) => {
                let now = self.now + self.start.elapsed();
                let valid = state
                    .current
                    .as_mut()
                    .filter(|current| current.is_valid(now));
                if let Some(current) = valid {
                    current.refresh_at = Some(now + PAUSE);
                    tracing::warn!(
                        provider = self.shared.provider.name(),
                        %error,
                        "credentials were not refreshed; the old ones are used"
                    );
                }
            }
        }
    }
}

impl Drop for Refresh {
    fn drop(&mut self) {
        if self.sender.is_some() {
            self.end(&Err(CredentialsError::new("the refresh was cancelled")));
        }
    }
}

/// When to fetch credentials again that were fetched at `now`; `random` is in 0..1. Credentials that live only a few
/// minutes are used for half of that time; expired ones that may still be used, for a while.
fn refresh_at(now: SystemTime, expires_at: Option<SystemTime>, random: f64) -> Option<SystemTime> {
    let left = expires_at?.duration_since(now).unwrap_or_default();
    if left.is_zero() {
        return Some(now + PAUSE);
    }
    let ahead = (AHEAD + JITTER.mul_f64(random)).min(left / 2);
    Some(now + (left - ahead))
}
