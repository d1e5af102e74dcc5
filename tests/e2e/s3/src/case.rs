//! Cases and what becomes of them: each is one line of the output.

use crate::limits;
use std::fmt::Debug;
use std::future::Future;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The longest time for one case: a hang is a failure.
const LONGEST: Duration = Duration::from_secs(120);

/// What a case ended with.
pub(crate) enum Verdict {
    /// The server did what was expected.
    Passed,
    /// The server refused it, and what was sent is right: says both.
    Refused(String),
}

/// Why a case failed: what was expected, and what was found.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

pub(crate) type Outcome = Result<Verdict, Failure>;

/// The end of a case in which the server did what was expected.
pub(crate) const PASSED: Outcome = Ok(Verdict::Passed);

/// An error where an answer was expected.
impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(format!("expected an answer, got: {error}"))
    }
}

/// Fails unless the two are the same.
pub(crate) fn same<T: PartialEq + Debug>(what: &str, expected: T, got: T) -> Result<(), Failure> {
    match expected == got {
        true => Ok(()),
        false => Err(Failure(format!(
            "expected {what} {expected:?}, got {got:?}"
        ))),
    }
}

/// Fails unless `holds`, which `what` says in words.
pub(crate) fn holds(what: &str, holds: bool, got: impl Debug) -> Result<(), Failure> {
    match holds {
        true => Ok(()),
        false => Err(Failure(format!("expected {what}, got {got:?}"))),
    }
}

/// Fails unless the bytes are the same; says where they differ, not what they are.
pub(crate) fn same_bytes(expected: &[u8], got: &[u8]) -> Result<(), Failure> {
    if expected == got {
        return Ok(());
    }
    let equal = expected.iter().zip(got).take_while(|(a, b)| a == b);
    Err(Failure(format!(
        "expected {} bytes, got {} that differ from byte {} on",
        expected.len(),
        got.len(),
        equal.count()
    )))
}

/// The cases so far.
pub(crate) struct Cases<'a> {
    server: &'a str,
    filter: &'a str,
    begun: Instant,
    passed: usize,
    refused: usize,
    impossible: usize,
    failed: usize,
}

impl<'a> Cases<'a> {
    pub(crate) fn new(server: &'a str, filter: &'a str) -> Self {
        Self {
            server,
            filter,
            begun: Instant::now(),
            passed: 0,
            refused: 0,
            impossible: 0,
            failed: 0,
        }
    }

    /// Whether a case of this name is to be run: what several cases need is prepared for one that is.
    pub(crate) fn wants(&self, name: &str) -> bool {
        name.contains(self.filter)
    }

    /// Runs a case and prints its line. One that fails does not keep the next from being tried.
    pub(crate) async fn case(&mut self, name: &str, case: impl Future<Output = Outcome>) {
        if !self.wants(name) {
            return;
        }
        let begun = Instant::now();
        let outcome = match tokio::time::timeout(LONGEST, Box::pin(case)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Failure(format!("expected an end within {LONGEST:?}"))),
        };
        let limit = limits::of(self.server, name);
        let (word, said) = match (outcome, limit) {
            (Ok(_), Some(limit)) => {
                let what = "which limits.rs lists as more than the server can do: ";
                ("failed", format!("it passed, {what}{}", limit.reason))
            }
            (Ok(Verdict::Passed), None) => ("passed", String::new()),
            (Ok(Verdict::Refused(said)), None) => ("refused", said),
            (Err(Failure(why)), Some(limit)) if why.contains(limit.says) => {
                ("cannot", format!("{} ({why})", limit.reason))
            }
            (Err(Failure(why)), _) => ("failed", why),
        };
        *match word {
            "passed" => &mut self.passed,
            "refused" => &mut self.refused,
            "cannot" => &mut self.impossible,
            _ => &mut self.failed,
        } += 1;
        let took = begun.elapsed().as_millis();
        let separator = if said.is_empty() { "" } else { ": " };
        println!(
            "{word:8}{took:6} ms  {name}{separator}{}",
            on_one_line(&said)
        );
    }

    /// Prints how many there were of each kind.
    pub(crate) fn end(self) -> ExitCode {
        let all = self.passed + self.refused + self.impossible + self.failed;
        println!(
            "total: {} of {all} cases passed on {}, {} were refused by the server with the right request sent, {} are more \
             than it can do, {} failed; {:.1} s",
            self.passed,
            self.server,
            self.refused,
            self.impossible,
            self.failed,
            self.begun.elapsed().as_secs_f64()
        );
        match all > 0 && self.failed == 0 {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        }
    }
}

/// A text of several lines, or with control characters, on one.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_control() {
            true => line.extend(c.escape_default()),
            false => line.push(c),
        }
    }
    line
}
