//! Keeps a value that expires, such as credentials or a token, until shortly before it does, and runs one refresh at a
//! time.
//!
//! A refresh is a separate task with a limit of time, so that it does not end with the call that started it, and does
//! not delay calls whose value is still valid.

#[cfg(test)]
mod tests;

use super::credentials::CredentialsError;
use futures_core::future::BoxFuture;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use tracing::Instrument;
use tracing::instrument::WithSubscriber;

/// How long a valid value is still used after a refresh failed or returned nothing newer.
pub const PAUSE: Duration = Duration::from_secs(60);

/// The longest time that a source may take. Some wait for a person to sign in.
const LIMIT: Duration = Duration::from_secs(2 * 60);

/// How long the call that starts a refresh waits for its outcome while the present value is valid.
const GRACE: Duration = Duration::from_secs(1);

/// A value that is no longer accepted after some time. Cheap to clone.
pub trait Expiring: Clone + Send + Sync + 'static {
    /// The time at which it expires; `None`: never, or unknown.
    fn expires_at(&self) -> Option<SystemTime>;

    /// Whether both are accepted or refused alike: their expiry is not compared.
    fn is_same(&self, other: &Self) -> bool;
}

/// Where a [`Cache`] gets its value from. It is never called twice at the same time.
pub trait Fetch: Send + Sync + 'static {
    /// What it fetches.
    type Value: Expiring;

    /// Its name in messages.
    fn name(&self) -> &str;

    /// Fetches a value that can be used at `now`.
    ///
    /// # Errors
    /// There is none, or it could not be fetched.
    fn fetch(&self, now: SystemTime) -> BoxFuture<'_, Result<Self::Value, CredentialsError>>;

    /// When a value that was fetched at `now` and expires at `expires_at` is fetched again. `None`: never.
    fn refresh_at(&self, now: SystemTime, expires_at: Option<SystemTime>) -> Option<SystemTime>;
}

/// The value of a source, shared by all clones.
pub struct Cache<F: Fetch>(Arc<Shared<F>>);

impl<F: Fetch> Clone for Cache<F> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

struct Shared<F: Fetch> {
    source: F,
    state: Mutex<State<F::Value>>,
}

struct State<V> {
    current: Option<Current<V>>,
    /// The outcome of the running refresh, when it is available.
    refresh: Option<Pending<V>>,
    /// The value that a service last refused as expired, and when the source was asked again because of that.
    refused: Option<(V, SystemTime)>,
}

struct Current<V> {
    value: V,
    refresh_at: Option<SystemTime>,
}

type Outcome<V> = Result<V, CredentialsError>;
type Pending<V> = watch::Receiver<Option<Outcome<V>>>;

impl<V: Expiring> Current<V> {
    fn is_fresh(&self, now: SystemTime) -> bool {
        self.refresh_at.is_none_or(|at| now < at)
    }

    fn is_valid(&self, now: SystemTime) -> bool {
        self.value.expires_at().is_none_or(|at| now < at)
    }
}

impl<F: Fetch> Cache<F> {
    /// An empty cache of what `source` gives.
    pub fn new(source: F) -> Self {
        Self(Arc::new(Shared {
            source,
            state: Mutex::new(State {
                current: None,
                refresh: None,
                refused: None,
            }),
        }))
    }

    /// Where its value comes from.
    pub fn source(&self) -> &F {
        &self.0.source
    }

    /// The value to use at `now`. Callers without a valid one wait for the running refresh and share its outcome; others
    /// use theirs meanwhile.
    ///
    /// # Errors
    /// The source's, if there is no valid value.
    pub async fn get(&self, now: SystemTime) -> Outcome<F::Value> {
        loop {
            let (valid, mut pending, refresh) = {
                let mut state = self.0.state();
                let valid = match &state.current {
                    Some(current) if current.is_fresh(now) => {
                        return Ok(current.value.clone());
                    }
                    Some(current) if current.is_valid(now) => Some(current.value.clone()),
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
                        self.0.source.name()
                    )));
                }
            }
        }
    }

    /// Another value in place of `refused`, which a service reported as expired at `now`: the source is called again, at
    /// most once a minute. `None`: it has no other.
    pub async fn replace(&self, refused: &F::Value, now: SystemTime) -> Option<F::Value> {
        {
            let mut state = self.0.state();
            let is_current = |current: &Current<F::Value>| current.value.is_same(refused);
            let asked_lately = state
                .refused
                .as_ref()
                .is_some_and(|(value, at)| value.is_same(refused) && now < *at + PAUSE);
            if state.current.as_ref().is_some_and(is_current) && !asked_lately {
                state.refused = Some((refused.clone(), now));
                state.current = None;
            }
        }
        let other = self.get(now).await.ok()?;
        (!other.is_same(refused)).then_some(other)
    }
}

/// Waits for the outcome; `None`: there will be none.
async fn outcome<V: Clone>(pending: &mut Pending<V>) -> Option<Outcome<V>> {
    pending.wait_for(Option::is_some).await.ok()?.clone()
}

impl<F: Fetch> Shared<F> {
    fn state(&self) -> MutexGuard<'_, State<F::Value>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running refresh. One that is dropped before its end counts as failed.
struct Refresh<F: Fetch> {
    shared: Arc<Shared<F>>,
    now: SystemTime,
    start: Instant,
    /// `None`: it has ended.
    sender: Option<watch::Sender<Option<Outcome<F::Value>>>>,
}

impl<F: Fetch> Refresh<F> {
    fn new(shared: Arc<Shared<F>>, now: SystemTime) -> (Self, Pending<F::Value>) {
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
        let span = tracing::debug_span!("credentials", provider = self.shared.source.name());
        tokio::spawn(self.run().instrument(span).with_current_subscriber());
    }

    async fn run(mut self) {
        let source = &self.shared.source;
        let outcome = match timeout(LIMIT, source.fetch(self.now)).await {
            Ok(fetched) => fetched,
            Err(_) => Err(CredentialsError::new(format!(
                "{} gave no answer within {LIMIT:?}",
                source.name()
            ))),
        };
        let sender = self.sender.take();
        self.end(&outcome);
        if let Some(sender) = sender {
            // Possibly no call is waiting any more.
            let _ = sender.send(Some(outcome));
        }
    }

    fn end(&self, outcome: &Outcome<F::Value>) {
        let mut state = self.shared.state();
        state.refresh = None;
        match outcome {
            Ok(value) => {
                let expires_at = value.expires_at();
                state.current = Some(Current {
                    value: value.clone(),
                    refresh_at: self.shared.source.refresh_at(self.now, expires_at),
                });
            }
            Err(error) => {
                let now = self.now + self.start.elapsed();
                let valid = state
                    .current
                    .as_mut()
                    .filter(|current| current.is_valid(now));
                if let Some(current) = valid {
                    let expires_at = current.value.expires_at();
                    let again = now + PAUSE;
                    current.refresh_at = Some(expires_at.map_or(again, |at| at.min(again)));
                    tracing::warn!(
                        provider = self.shared.source.name(),
                        %error,
                        "not refreshed; what was fetched before is used"
                    );
                }
            }
        }
    }
}

impl<F: Fetch> Drop for Refresh<F> {
    fn drop(&mut self) {
        if self.sender.is_some() {
            self.end(&Err(CredentialsError::new("the refresh was cancelled")));
        }
    }
}
