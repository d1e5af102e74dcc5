//! Sessions: the credentials that a service gives for one place, such as a bucket. Each is opened by a call, once for all
//! that wait for it, and kept until shortly before it expires.

use super::Shared;
use super::dispatch::dispatch;
use crate::endpoint::EndpointContext;
use crate::error::{ErrorKind, Failure};
use crate::protocol::{Operation, SessionScheme};
use crate::sign::Credentials;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// The largest number of sessions that are kept; the one that was not used for the longest time makes room, as in botocore.
const MOST: usize = 100;

/// How long before it expires a session is opened again: as in botocore.
const EARLY: Duration = Duration::from_secs(10);

/// The session that signs a request.
pub(super) struct Opening {
    scheme: &'static dyn SessionScheme,
    place: String,
    operation: &'static str,
}

impl Opening {
    /// The session for a request with these parameters of the endpoint rules, if it is signed by one.
    pub(super) fn of(
        scheme: Option<&'static dyn SessionScheme>,
        endpoint: &EndpointContext,
        operation: &Operation,
    ) -> Option<Self> {
        let scheme = scheme?;
        Some(Self {
            scheme,
            place: scheme.place(endpoint).unwrap_or_default().to_owned(),
            operation: operation.name,
        })
    }

    /// The credentials of the session, which is opened with the client's `credentials` if there is none.
    ///
    /// # Errors
    /// The session is not opened: the failure is that of the call which opens it.
    pub(super) async fn credentials(
        &self,
        shared: &Shared,
        credentials: &Credentials,
    ) -> Result<Credentials, Failure> {
        let session = shared.sessions.of(&self.place, credentials.access_key_id());
        if let Some(current) = session.current() {
            return Ok(current);
        }
        let _one_at_a_time = session.opening.lock().await;
        if let Some(current) = session.current() {
            return Ok(current);
        }
        tracing::debug!(place = self.place, "a session is opened");
        let call = self.scheme.open(&self.place);
        let call = call
            .map_err(|error| Failure::new(ErrorKind::Input, self.operation).with_source(error))?;
        let name = call.operation.name;
        let answer = Box::pin(dispatch(shared, call.operation, call.request)).await?;
        let opened = self.scheme.credentials(&answer.response);
        let opened =
            opened.map_err(|error| Failure::new(ErrorKind::Response, name).with_source(error))?;
        *session.state() = Some(opened.clone());
        Ok(opened)
    }
}

/// The sessions of a client.
#[derive(Default)]
pub(super) struct Sessions(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// By the place and the access key that it was opened with.
    sessions: HashMap<(String, String), (Arc<Session>, u64)>,
    /// How often one was asked for.
    uses: u64,
}

#[derive(Default)]
struct Session {
    state: Mutex<Option<Credentials>>,
    /// Held while it is opened.
    opening: tokio::sync::Mutex<()>,
}

impl Session {
    fn state(&self) -> MutexGuard<'_, Option<Credentials>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its credentials, unless they expire soon.
    fn current(&self) -> Option<Credentials> {
        let soon = SystemTime::now() + EARLY;
        let state = self.state();
        let lasts = |current: &&Credentials| current.expires_at().is_some_and(|at| soon < at);
        state.as_ref().filter(lasts).cloned()
    }
}

impl Sessions {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of(&self, place: &str, access_key_id: &str) -> Arc<Session> {
        let key = (place.to_owned(), access_key_id.to_owned());
        let mut kept = self.kept();
        kept.uses += 1;
        let uses = kept.uses;
        if kept.sessions.len() >= MOST && !kept.sessions.contains_key(&key) {
            let oldest = kept.sessions.iter().min_by_key(|(_, (_, used))| *used);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                kept.sessions.remove(&oldest);
            }
        }
        let (session, used) = kept.sessions.entry(key).or_default();
        *used = uses;
        session.clone()
    }

    /// Forgets the session whose credentials a service refused, so that the next attempt opens another one.
    pub(super) fn forget(&self, refused: &Credentials) {
        for (session, _) in self.kept().sessions.values() {
            let mut state = session.state();
            if state
                .as_ref()
                .is_some_and(|current| current.has_same_keys(refused))
            {
                *state = None;
            }
        }
    }
}
