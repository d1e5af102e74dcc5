//! Credentials that were fetched, until shortly before they expire; and one refresh at a time.

use super::{Credentials, CredentialsError, ProvideCredentials};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// How long before they expire credentials are fetched anew, plus up to [`JITTER`], so that many processes which
/// began together do not ask together.
const AHEAD: Duration = Duration::from_secs(5 * 60);
const JITTER: Duration = Duration::from_secs(60);

/// How long credentials are used on after a refresh failed, or brought nothing fresher.
const PAUSE: Duration = Duration::from_secs(60);

/// The credentials of a configuration, shared by all its clones.
pub(crate) struct Cache {
    provider: Arc<dyn ProvideCredentials>,
    state: Mutex<State>,
    turn: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    current: Option<Current>,
    /// How many refreshes have ended, and what the last of them failed with.
    refreshes: u64,
    failure: Option<CredentialsError>,
}

struct Current {
    credentials: Credentials,
    refresh_at: Option<SystemTime>,
}

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
        Self {
            provider,
            state: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        }
    }

    /// The credentials to use at `now`. Callers that have none wait for the one refresh that is under way and share
    /// its outcome; callers whose credentials are still valid use them meanwhile.
    pub(crate) async fn get(&self, now: SystemTime) -> Result<Credentials, CredentialsError> {
        let (valid, refreshes) = {
            let state = self.state();
            match &state.current {
                Some(current) if current.is_fresh(now) => return Ok(current.credentials.clone()),
                Some(current) if current.is_valid(now) => {
                    (Some(current.credentials.clone()), state.refreshes)
                }
                _ => (None, state.refreshes),
            }
        };
        let _turn = match &valid {
            None => self.turn.lock().await,
            Some(valid) => match self.turn.try_lock() {
                Ok(turn) => turn,
                Err(_) => return Ok(valid.clone()),
            },
        };
        {
            let state = self.state();
            if state.refreshes != refreshes {
                match (&state.failure, &state.current) {
                    (Some(failure), _) => return valid.ok_or_else(|| failure.clone()),
                    (None, Some(current)) => return Ok(current.credentials.clone()),
                    (None, None) => {}
                }
            }
        }

        let result = self.provider.provide().await;
        let mut state = self.state();
        state.refreshes += 1;
        match result {
            Ok(credentials) => {
                let refresh_at = refresh_at(now, credentials.expires_at(), fastrand::f64());
                state.failure = None;
                state.current = Some(Current {
                    credentials: credentials.clone(),
                    refresh_at,
                });
                Ok(credentials)
            }
            Err(error) => {
                state.failure = Some(error.clone());
                let Some(valid) = valid else {
                    return Err(error);
                };
                if let Some(current) = &mut state.current {
                    current.refresh_at = Some(now + PAUSE);
                }
                tracing::warn!(
                    provider = self.provider.name(),
                    %error,
                    "credentials were not refreshed; the old ones are used"
                );
                Ok(valid)
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When to fetch anew what was fetched at `now`; `random` is in 0..1. What lives only a few minutes is used for half
/// of them; what has already expired is used on for a while, since an instance's metadata service gives out such
/// credentials on purpose when it cannot renew them.
fn refresh_at(now: SystemTime, expires_at: Option<SystemTime>, random: f64) -> Option<SystemTime> {
    let left = expires_at?.duration_since(now).unwrap_or_default();
    if left.is_zero() {
        return Some(now + PAUSE);
    }
    let ahead = (AHEAD + JITTER.mul_f64(random)).min(left / 2);
    Some(now + (left - ahead))
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_core::future::BoxFuture;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// Gives keys `1`, `2`, … that live for `life`; fails while `down`.
    struct Counting {
        asked: AtomicU32,
        life: Duration,
        down: Mutex<bool>,
    }

    impl ProvideCredentials for Counting {
        fn name(&self) -> &str {
            "counting"
        }

        fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
            Box::pin(async {
                let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
                tokio::time::sleep(Duration::from_millis(20)).await;
                if *self.down.lock().unwrap() {
                    return Err(CredentialsError::new("the source is down"));
                }
                Ok(Credentials::new(number.to_string(), "secret", None)
                    .with_expiry(START + self.life * number))
            })
        }
    }

    const START: SystemTime = SystemTime::UNIX_EPOCH;
    const HOUR: Duration = Duration::from_secs(3600);

    fn cache() -> (Arc<Counting>, Arc<Cache>) {
        let provider = Arc::new(Counting {
            asked: AtomicU32::new(0),
            life: HOUR,
            down: Mutex::new(false),
        });
        (provider.clone(), Arc::new(Cache::new(provider)))
    }

    async fn key(cache: &Cache, at: Duration) -> Result<String, String> {
        let credentials = cache
            .get(START + at)
            .await
            .map_err(|error| error.to_string())?;
        Ok(credentials.access_key_id().to_owned())
    }

    #[tokio::test(start_paused = true)]
    async fn they_are_fetched_anew_five_to_six_minutes_before_they_expire() {
        let (_, cache) = cache();
        let minutes = |count: u64| Duration::from_secs(60 * count);
        assert_eq!(key(&cache, Duration::ZERO).await.unwrap(), "1");
        assert_eq!(key(&cache, minutes(53)).await.unwrap(), "1");
        assert_eq!(key(&cache, minutes(55)).await.unwrap(), "2");
    }

    #[tokio::test(start_paused = true)]
    async fn fifty_tasks_make_one_refresh_and_share_its_outcome() {
        for down in [false, true] {
            let (provider, cache) = cache();
            *provider.down.lock().unwrap() = down;
            let tasks: Vec<_> = (0..50)
                .map(|_| {
                    let cache = cache.clone();
                    tokio::spawn(async move { key(&cache, Duration::ZERO).await })
                })
                .collect();
            for task in tasks {
                let expected = if down {
                    Err("the source is down".to_owned())
                } else {
                    Ok("1".to_owned())
                };
                assert_eq!(task.await.unwrap(), expected);
            }
            assert_eq!(provider.asked.load(Ordering::SeqCst), 1);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_refresh_that_fails_leaves_valid_credentials_in_use_and_expired_ones_not() {
        let (provider, cache) = cache();
        assert_eq!(key(&cache, Duration::ZERO).await.unwrap(), "1");
        *provider.down.lock().unwrap() = true;
        assert_eq!(
            key(&cache, HOUR - Duration::from_secs(200)).await.unwrap(),
            "1"
        );
        assert_eq!(
            key(&cache, HOUR - Duration::from_secs(199)).await.unwrap(),
            "1"
        );
        assert_eq!(
            provider.asked.load(Ordering::SeqCst),
            2,
            "the source is left alone for a minute"
        );
        assert_eq!(key(&cache, HOUR).await.unwrap_err(), "the source is down");
        *provider.down.lock().unwrap() = false;
        assert_eq!(key(&cache, HOUR).await.unwrap(), "4");
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_has_valid_credentials_does_not_wait_for_the_refresh() {
        let (_, cache) = cache();
        let late = HOUR - Duration::from_secs(60);
        assert_eq!(key(&cache, Duration::ZERO).await.unwrap(), "1");
        let refresh = tokio::spawn({
            let cache = cache.clone();
            async move { key(&cache, late).await }
        });
        tokio::task::yield_now().await;
        assert_eq!(key(&cache, late).await.unwrap(), "1");
        assert_eq!(refresh.await.unwrap().unwrap(), "2");
    }

    #[tokio::test(start_paused = true)]
    async fn a_refresh_that_is_dropped_does_not_block_the_next() {
        let (_, cache) = cache();
        let dropped =
            tokio::time::timeout(Duration::from_millis(1), key(&cache, Duration::ZERO)).await;
        assert!(dropped.is_err());
        assert_eq!(key(&cache, Duration::ZERO).await.unwrap(), "2");
    }

    #[test]
    fn short_lived_credentials_are_used_for_half_their_life_and_expired_ones_for_a_minute() {
        let at = |seconds| START + Duration::from_secs(seconds);
        assert_eq!(refresh_at(at(0), Some(at(240)), 0.5), Some(at(120)));
        assert_eq!(refresh_at(at(0), Some(at(3600)), 0.5), Some(at(3600 - 330)));
        assert_eq!(refresh_at(at(100), Some(at(50)), 0.5), Some(at(160)));
        assert_eq!(refresh_at(at(0), None, 0.5), None);
    }
}
