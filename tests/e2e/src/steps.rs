//! Steps that pass or fail, and the report on them.

use std::fmt::Debug;
use std::future::Future;
use std::time::Instant;
use tokio::task::JoinSet;

/// How many items each service gets, to be listed in pages.
pub(crate) const ITEMS: usize = 230;

/// The same where the server takes longer, and pages are as small as the client asks for.
pub(crate) const FEW: usize = 60;

/// How many calls are under way at a time.
const AT_ONCE: usize = 8;

/// Why a step failed: what was expected, and what was found.
pub(crate) struct Failure(String);

pub(crate) type Outcome = Result<(), Failure>;

/// An error where an answer was expected.
impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(format!("expected an answer\n  got      {error}"))
    }
}

/// Fails unless the two are the same.
pub(crate) fn same<T: PartialEq + Debug>(what: &str, expected: T, got: T) -> Outcome {
    holds(&format!("{what} {expected:?}"), got == expected, got)
}

/// Fails unless `holds`, which `what` says in words.
pub(crate) fn holds(what: &str, holds: bool, got: impl Debug) -> Outcome {
    match holds {
        true => Ok(()),
        false => Err(Failure(format!("expected {what}\n  got      {got:?}"))),
    }
}

/// The steps of one service so far.
pub(crate) struct Steps {
    service: &'static str,
    begun: Instant,
    pub(crate) passed: usize,
    pub(crate) failures: Vec<String>,
}

impl Steps {
    pub(crate) fn new(service: &'static str) -> Self {
        Self {
            service,
            begun: Instant::now(),
            passed: 0,
            failures: Vec::new(),
        }
    }

    /// Takes a step. One that fails does not keep the next from being tried.
    pub(crate) async fn step(&mut self, name: &str, step: impl Future<Output = Outcome>) {
        match step.await {
            Ok(()) => self.passed += 1,
            Err(Failure(why)) => self
                .failures
                .push(format!("{}, {name}: {why}", self.service)),
        }
    }

    /// The service's row.
    pub(crate) fn row(&self) -> String {
        format!(
            "{:16}{:2} of {:2}  {:6.1} s",
            self.service,
            self.passed,
            self.passed + self.failures.len(),
            self.begun.elapsed().as_secs_f64()
        )
    }
}

/// Fails unless a call ended with this exception of its service's `ServiceError`, which is in scope.
macro_rules! fails_with {
    ($result:expr, $exception:ident) => {{
        let result = $result;
        let is_expected = matches!(
            &result,
            Err(error) if matches!(error.service_error(), Some(ServiceError::$exception(_)))
        );
        $crate::steps::holds(stringify!($exception), is_expected, result)
    }};
}
pub(crate) use fails_with;

/// Fails unless a call ended with an error of this code, for services whose models do not name their exceptions.
macro_rules! fails_with_code {
    ($result:expr, $code:literal) => {{
        let result = $result;
        let is_expected = matches!(&result, Err(error) if error.code() == Some($code));
        $crate::steps::holds($code, is_expected, result)
    }};
}
pub(crate) use fails_with_code;

/// Does `work` for each number below `count`, a few at a time.
pub(crate) async fn each<F, T, E>(count: usize, work: impl Fn(usize) -> F) -> Outcome
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
    Failure: From<E>,
{
    let mut under_way = JoinSet::new();
    for index in 0..count {
        if under_way.len() == AT_ONCE
            && let Some(done) = under_way.join_next().await
        {
            done??;
        }
        under_way.spawn(work(index));
    }
    while let Some(done) = under_way.join_next().await {
        done??;
    }
    Ok(())
}

/// The name of one item: `item-007`.
pub(crate) fn name(index: usize) -> String {
    format!("item-{index:03}")
}

/// Fails unless the names are those of the first `count` items, each once.
pub(crate) fn all_names(count: usize, names: impl Iterator<Item = Option<String>>) -> Outcome {
    let mut got: Vec<String> = names.flatten().collect();
    got.sort();
    same("all items, each once:", (0..count).map(name).collect(), got)
}
