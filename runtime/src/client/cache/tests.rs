//! The cache with a simulated clock: each test sets the time.

use super::*;
use crate::client::credentials::{CachedCredentials, ProvideCredentials, Provided};
use crate::sign::Credentials;
use std::sync::atomic::{AtomicU32, Ordering};

/// What the source does when it is called.
#[derive(Clone, Copy, PartialEq)]
enum Behaviour {
    Succeeds,
    Fails,
    NeverReturns,
    Panics,
    ReturnsExpired,
    ReturnsTheSameAgain,
}

/// Returns keys `1`, `2`, …, each valid for an hour after the one before it ends.
struct Counting {
    calls: AtomicU32,
    behaviour: Mutex<Behaviour>,
}

impl ProvideCredentials for Counting {
    fn name(&self) -> &str {
        "counting"
    }

    fn provide(&self) -> BoxFuture<'_, Outcome<Credentials>> {
        Box::pin(async {
            let number = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
            tokio::time::sleep(Duration::from_millis(20)).await;
            let behaviour = *self.behaviour.lock().unwrap();
            let keys = |number: u32| Credentials::new(number.to_string(), "secret", None);
            match behaviour {
                Behaviour::Succeeds => Ok(keys(number).with_expiry(START + HOUR * number)),
                Behaviour::ReturnsTheSameAgain => Ok(keys(1).with_expiry(START + HOUR)),
                Behaviour::ReturnsExpired => Ok(keys(number).with_expiry(START)),
                Behaviour::Fails => Err(CredentialsError::new("the source is down")),
                Behaviour::NeverReturns => std::future::pending().await,
                Behaviour::Panics => panic!("the source has a fault"),
            }
        })
    }
}

const START: SystemTime = SystemTime::UNIX_EPOCH;
const HOUR: Duration = Duration::from_secs(3600);
/// In the period in which credentials are fetched again, while they are still valid.
const LATE: Duration = Duration::from_secs(3600 - 200);

#[derive(Clone)]
struct Scene {
    source: Arc<Counting>,
    cache: CachedCredentials,
}

impl Scene {
    fn new(behaviour: Behaviour) -> Self {
        let source = Arc::new(Counting {
            calls: AtomicU32::new(0),
            behaviour: Mutex::new(behaviour),
        });
        Self {
            cache: Cache::new(Provided(source.clone())),
            source,
        }
    }

    /// One with key `1`, whose source is in this behaviour afterwards.
    async fn with_key(behaviour: Behaviour) -> Self {
        let scene = Self::new(Behaviour::Succeeds);
        assert_eq!(scene.key(Duration::ZERO).await.unwrap(), "1");
        scene.turns(behaviour);
        scene
    }

    fn turns(&self, behaviour: Behaviour) {
        *self.source.behaviour.lock().unwrap() = behaviour;
    }

    fn calls(&self) -> u32 {
        self.source.calls.load(Ordering::SeqCst)
    }

    async fn key(&self, at: Duration) -> Result<String, String> {
        let credentials = self.cache.get(START + at).await;
        credentials
            .map(|credentials| credentials.access_key_id().to_owned())
            .map_err(|error| error.to_string())
    }
}

#[tokio::test(start_paused = true)]
async fn they_are_fetched_again_five_to_six_minutes_before_they_expire() {
    let scene = Scene::new(Behaviour::Succeeds);
    let minutes = |count: u64| Duration::from_secs(60 * count);
    assert_eq!(scene.key(Duration::ZERO).await.unwrap(), "1");
    assert_eq!(scene.key(minutes(53)).await.unwrap(), "1");
    assert_eq!(scene.key(minutes(55)).await.unwrap(), "2");
}

#[tokio::test(start_paused = true)]
async fn many_callers_make_one_refresh_and_share_its_outcome() {
    for behaviour in [Behaviour::Succeeds, Behaviour::Fails] {
        let scene = Scene::new(behaviour);
        let tasks: Vec<_> = (0..50)
            .map(|_| {
                let scene = scene.clone();
                tokio::spawn(async move { scene.key(Duration::ZERO).await })
            })
            .collect();
        for task in tasks {
            let expected = match behaviour {
                Behaviour::Succeeds => Ok("1".to_owned()),
                _ => Err("the source is down".to_owned()),
            };
            assert_eq!(task.await.unwrap(), expected);
        }
        assert_eq!(scene.calls(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_fails_leaves_valid_credentials_in_use_and_expired_ones_not() {
    let scene = Scene::with_key(Behaviour::Fails).await;
    assert_eq!(scene.key(LATE).await.unwrap(), "1");
    assert_eq!(scene.key(LATE + Duration::from_secs(1)).await.unwrap(), "1");
    assert_eq!(scene.calls(), 2, "the source is not called for a minute");
    assert_eq!(
        scene.key(LATE + Duration::from_secs(61)).await.unwrap(),
        "1"
    );
    assert_eq!(scene.calls(), 3, "and called again after it");
    assert_eq!(scene.key(HOUR).await.unwrap_err(), "the source is down");
    scene.turns(Behaviour::Succeeds);
    assert_eq!(scene.key(HOUR).await.unwrap(), "5");
}

#[tokio::test(start_paused = true)]
async fn calls_with_valid_credentials_do_not_wait_for_a_refresh() {
    let scene = Scene::with_key(Behaviour::Succeeds).await;
    let refresh = tokio::spawn({
        let scene = scene.clone();
        async move { scene.key(LATE).await }
    });
    tokio::task::yield_now().await;
    let start = Instant::now();
    assert_eq!(scene.key(LATE).await.unwrap(), "1");
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert_eq!(refresh.await.unwrap().unwrap(), "2");
}

#[tokio::test(start_paused = true)]
async fn a_source_that_does_not_respond_fails_no_call_while_credentials_are_valid() {
    let scene = Scene::with_key(Behaviour::NeverReturns).await;
    let start = Instant::now();
    assert_eq!(scene.key(LATE).await.unwrap(), "1");
    assert_eq!(
        start.elapsed(),
        GRACE,
        "the call that starts the refresh waits a second"
    );
    for _ in 0..10 {
        assert_eq!(scene.key(LATE).await.unwrap(), "1");
    }
    assert_eq!(start.elapsed(), GRACE);
    assert_eq!(scene.calls(), 2);

    tokio::time::sleep(LIMIT).await;
    let after = LATE + LIMIT + Duration::from_secs(2);
    assert_eq!(scene.key(after).await.unwrap(), "1");
    assert_eq!(scene.calls(), 2, "it is not called for a minute");
    scene.turns(Behaviour::Succeeds);
    assert_eq!(scene.key(LATE + LIMIT + PAUSE + GRACE).await.unwrap(), "3");
}

#[tokio::test(start_paused = true)]
async fn a_source_that_does_not_respond_is_an_error_without_credentials() {
    let scene = Scene::new(Behaviour::NeverReturns);
    let start = Instant::now();
    let both = tokio::join!(scene.key(Duration::ZERO), scene.key(Duration::ZERO));
    let expected = Err("counting gave no answer within 120s".to_owned());
    assert_eq!(both, (expected.clone(), expected));
    assert_eq!((start.elapsed(), scene.calls()), (LIMIT, 1));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_cancelled_leaves_the_refresh_that_it_began_to_the_others() {
    let scene = Scene::new(Behaviour::Succeeds);
    let cancelled = timeout(Duration::from_millis(1), scene.key(Duration::ZERO)).await;
    assert!(cancelled.is_err());
    assert_eq!(scene.key(Duration::ZERO).await.unwrap(), "1");
    assert_eq!(scene.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_cancelled_sets_the_pause_when_its_refresh_fails() {
    for behaviour in [Behaviour::Fails, Behaviour::Panics] {
        let scene = Scene::with_key(behaviour).await;
        let cancelled = timeout(Duration::from_millis(1), scene.key(LATE)).await;
        assert!(cancelled.is_err());
        tokio::time::sleep(Duration::from_millis(30)).await;
        for _ in 0..5 {
            assert_eq!(scene.key(LATE).await.unwrap(), "1");
        }
        assert_eq!(scene.calls(), 2);
    }
}

#[test]
fn a_refresh_whose_runtime_ends_is_begun_again_by_who_waits_for_it() {
    let scene = Scene::new(Behaviour::NeverReturns);
    let first = runtime();
    first.block_on(async {
        let cancelled = timeout(Duration::from_millis(50), scene.key(Duration::ZERO)).await;
        assert!(cancelled.is_err());
    });
    let waiting = std::thread::spawn({
        let scene = scene.clone();
        move || runtime().block_on(scene.key(Duration::ZERO))
    });
    std::thread::sleep(Duration::from_millis(50));
    scene.turns(Behaviour::Succeeds);
    drop(first);
    assert_eq!(waiting.join().unwrap().unwrap(), "2");
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_source_that_panics_is_an_error_of_the_call() {
    let scene = Scene::new(Behaviour::Panics);
    assert_eq!(
        scene.key(Duration::ZERO).await.unwrap_err(),
        "counting ended without an answer"
    );
    scene.turns(Behaviour::Succeeds);
    assert_eq!(scene.key(Duration::ZERO).await.unwrap(), "2");
}

#[tokio::test(start_paused = true)]
async fn credentials_that_come_expired_are_an_error_that_names_the_source() {
    let scene = Scene::new(Behaviour::ReturnsExpired);
    assert_eq!(
        scene.key(Duration::ZERO).await.unwrap_err(),
        "counting gave credentials that expired at 1970-01-01T00:00:00Z: expected some that are still valid"
    );
    let scene = Scene::with_key(Behaviour::ReturnsExpired).await;
    assert_eq!(
        scene.key(LATE).await.unwrap(),
        "1",
        "the present ones are still used"
    );
}

#[tokio::test(start_paused = true)]
async fn refused_credentials_are_replaced_once_a_minute() {
    let scene = Scene::with_key(Behaviour::ReturnsTheSameAgain).await;
    let refused = scene.cache.get(START).await.unwrap();
    let replace = |seconds: u64| {
        scene
            .cache
            .replace(&refused, START + Duration::from_secs(seconds))
    };
    assert!(replace(1).await.is_none());
    assert!(replace(2).await.is_none());
    assert_eq!(scene.calls(), 2, "the source returned the same again");
    scene.turns(Behaviour::Succeeds);
    assert_eq!(replace(62).await.unwrap().access_key_id(), "3");
    assert_eq!(
        replace(63).await.unwrap().access_key_id(),
        "3",
        "another call that was refused gets the present ones"
    );
    assert_eq!(scene.calls(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_value_is_not_used_after_its_end_because_a_refresh_failed_shortly_before_it() {
    let scene = Scene::with_key(Behaviour::Fails).await;
    let shortly_before = HOUR - Duration::from_secs(10);
    assert_eq!(scene.key(shortly_before).await.unwrap(), "1");
    assert_eq!(scene.key(HOUR).await.unwrap_err(), "the source is down");
}
