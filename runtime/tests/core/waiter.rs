//! Waiting, on a call that answers what the test says: outcomes, delays, the longest time, and what errors tell. Time is
//! paused, so that minutes pass at once and every wait is seen exactly.

// A test says what it expects; a panic is how it fails, in its helpers too.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tinsmith_runtime::WireFormat as _;
use tinsmith_runtime::protocol::RestJson;
use tinsmith_runtime::{
    AnswerWithStatus, BoxFuture, Error, ErrorKind, Failure, Outcome, Repeatable, Waiter,
    WaiterErrorKind, WaiterPlan,
};
use tokio::time::Instant;

/// What `GetKiln` returns.
#[derive(Clone, Debug, Default, PartialEq)]
struct Kiln {
    status: Option<&'static str>,
    shelves: Vec<&'static str>,
    locked: Option<bool>,
}

#[derive(Clone, Debug)]
enum Answer {
    Kiln(Kiln),
    Error(u16, &'static str),
    NoConnection,
    Never,
}

use Answer::{Never, NoConnection};

fn status(status: &'static str) -> Answer {
    Answer::Kiln(Kiln {
        status: Some(status),
        ..Kiln::default()
    })
}

fn shelves<const N: usize>(shelves: [&'static str; N]) -> Answer {
    Answer::Kiln(Kiln {
        shelves: shelves.to_vec(),
        ..Kiln::default()
    })
}

/// A call that answers in order, the last answer again and again, and notes when it was made.
#[derive(Clone, Debug, Default)]
struct GetKiln {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    made: Arc<Mutex<Vec<Instant>>>,
}

impl Repeatable for GetKiln {
    type Output = Kiln;
    type Error = Error<Infallible>;

    fn repeat(&self) -> BoxFuture<'static, AnswerWithStatus<Kiln, Error<Infallible>>> {
        self.made.lock().unwrap().push(Instant::now());
        let mut answers = self.answers.lock().unwrap();
        let answer = match answers.len() {
            1 => answers[0].clone(),
            _ => answers.pop_front().unwrap(),
        };
        Box::pin(async move {
            match answer {
                Answer::Kiln(kiln) => Ok((kiln, 200)),
                Answer::Error(status, code) => {
                    let response = http::Response::builder()
                        .status(status)
                        .header("x-amzn-errortype", code);
                    let response = response.body(bytes::Bytes::new()).unwrap();
                    let failure = Failure::new(ErrorKind::Service, "GetKiln")
                        .with_answer(RestJson.error(&response), response);
                    Err(Error::from_failure(failure))
                }
                NoConnection => Err(Failure::new(ErrorKind::Connection, "GetKiln")
                    .with_message("refused")
                    .into()),
                Never => std::future::pending().await,
            }
        })
    }
}

const KILN_HOT: WaiterPlan<GetKiln> = WaiterPlan {
    name: "KilnHot",
    operation: "GetKiln",
    delay: 15,
    max_attempts: 40,
    acceptors: &[
        Outcome::Success.text("status", |kiln: &Kiln| kiln.status, "HOT"),
        Outcome::Failure.text("status", |kiln: &Kiln| kiln.status, "CRACKED"),
        Outcome::Retry.error("KilnGone"),
        Outcome::Retry.status(503),
        Outcome::Success.all("shelves[]", |kiln: &Kiln| kiln.shelves.clone(), "full"),
        Outcome::Failure.any("shelves[]", |kiln: &Kiln| kiln.shelves.clone(), "broken"),
        Outcome::Failure.flag("locked", |kiln: &Kiln| Ok(kiln.locked), false),
    ],
};

const KILN_GONE: WaiterPlan<GetKiln> = WaiterPlan {
    name: "KilnGone",
    operation: "GetKiln",
    delay: 300,
    max_attempts: 6,
    acceptors: &[
        Outcome::Success.error("KilnGone"),
        Outcome::Success.status(410),
        Outcome::Failure.any_error(),
        Outcome::Retry.no_error(),
    ],
};

fn waiter<const N: usize>(
    plan: &'static WaiterPlan<GetKiln>,
    answers: [Answer; N],
) -> (GetKiln, Waiter<GetKiln>) {
    let call = GetKiln {
        answers: Arc::new(Mutex::new(answers.into())),
        ..GetKiln::default()
    };
    (call.clone(), Waiter::new(call, plan))
}

/// How a wait ends, in a line.
async fn ends<const N: usize>(plan: &'static WaiterPlan<GetKiln>, answers: [Answer; N]) -> String {
    let (_, waiter) = waiter(plan, answers);
    match waiter.send().await {
        Ok(waited) => match waited.answer {
            Ok(kiln) => format!("{:?} after {}", kiln.status, waited.calls),
            Err(error) => format!("{} after {}", error.code().unwrap(), waited.calls),
        },
        Err(error) => error.to_string(),
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_acceptor_that_fits_decides() {
    let (hot, gone) = (&KILN_HOT, &KILN_GONE);
    let said = [
        ends(hot, [status("HOT")]).await,
        ends(hot, [status("COLD"), status("HOT")]).await,
        ends(
            hot,
            [
                Answer::Error(404, "KilnGone"),
                Answer::Error(503, "Busy"),
                status("HOT"),
            ],
        )
        .await,
        ends(hot, [status("COLD"), status("CRACKED")]).await,
        // All of no shelves are not full; one of several is broken.
        ends(
            hot,
            [
                shelves([]),
                shelves(["full", "empty"]),
                shelves(["full", "full"]),
            ],
        )
        .await,
        ends(hot, [shelves(["full", "broken"])]).await,
        ends(
            hot,
            [Answer::Kiln(Kiln {
                locked: Some(false),
                ..Kiln::default()
            })],
        )
        .await,
        // An error that no acceptor names ends the wait; so does one that is no answer of the service.
        ends(hot, [status("COLD"), Answer::Error(403, "NotYours")]).await,
        ends(gone, [status("HOT"), Answer::Error(404, "KilnGone")]).await,
        ends(gone, [Answer::Error(410, "Moved")]).await,
        ends(gone, [Answer::Error(403, "NotYours")]).await,
        ends(gone, [NoConnection]).await,
    ];
    assert_eq!(
        said,
        [
            r#"Some("HOT") after 1"#,
            r#"Some("HOT") after 2"#,
            r#"Some("HOT") after 3"#,
            r#"GetKiln: KilnHot failed: status is "CRACKED" [call 2]"#,
            "None after 3",
            r#"GetKiln: KilnHot failed: one of shelves[] is "broken" [call 1]"#,
            "GetKiln: KilnHot failed: locked is false [call 1]",
            "GetKiln: waiting for KilnHot ended early; the last call failed: GetKiln: NotYours (403) [call 2]",
            "KilnGone after 2",
            "Moved after 1",
            "GetKiln: KilnGone failed: there is an error; the last call failed: GetKiln: NotYours (403) [call 1]",
            "GetKiln: waiting for KilnGone ended early; the last call failed: GetKiln: refused [call 1]",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn no_delay_is_a_short_one_that_grows() {
    for delay in [Duration::ZERO, Duration::from_nanos(1)] {
        let (call, waiter) = waiter(&KILN_HOT, [status("COLD")]);
        let waiter = waiter.delay(delay).max_wait(Duration::from_secs(60));
        waiter.send().await.unwrap_err();
        let made = call.made.lock().unwrap().clone();
        // Of ever longer waits, the tenth is some seconds; without any, a minute holds calls without number.
        assert!((8..100).contains(&made.len()), "{} calls", made.len());
        assert!(made[1] - made[0] >= Duration::from_millis(10));
    }
}

#[tokio::test(start_paused = true)]
async fn waits_get_longer_up_to_two_minutes_and_vary() {
    let mut first = Vec::new();
    for _ in 0..20 {
        let (call, waiter) = waiter(&KILN_HOT, [status("COLD")]);
        waiter
            .max_wait(Duration::from_secs(3600))
            .send()
            .await
            .unwrap_err();
        let made = call.made.lock().unwrap().clone();
        let waits: Vec<f64> = made
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).as_secs_f64())
            .collect();
        // The last wait is cut to fit.
        for (index, wait) in waits[..waits.len() - 1].iter().enumerate() {
            let most = [15.0, 30.0, 60.0].get(index).copied().unwrap_or(120.0);
            assert!((15.0..=most + 0.002).contains(wait), "wait {index}: {wait}");
        }
        first.push(waits[3]);
    }
    // Twenty waits of 15 to 120 s that were all alike would be no jitter.
    let (least, most) = (
        first.iter().copied().fold(f64::MAX, f64::min),
        first.iter().copied().fold(0.0, f64::max),
    );
    assert!(most - least > 10.0, "{first:?}");
}

#[tokio::test(start_paused = true)]
async fn the_last_call_is_made_a_delay_before_the_end() {
    let (call, waiter) = waiter(&KILN_HOT, [status("COLD")]);
    let start = Instant::now();
    let error = waiter.send().await.unwrap_err();
    let made = call.made.lock().unwrap().clone();
    let last = made.last().unwrap().duration_since(start).as_secs_f64();
    // 40 attempts, 15 s each: ten minutes, whatever the waits in between.
    assert!((585.0..585.1).contains(&last), "{last}");
    assert_eq!(error.calls() as usize, made.len());
    assert!(error.is_timed_out());
    let last = error.last().unwrap().as_ref().unwrap();
    assert_eq!(last.status, Some("COLD"));
    assert_eq!(
        error.to_string(),
        format!(
            "GetKiln: KilnHot was not reached within 600s [call {}]",
            made.len()
        )
    );
}

#[tokio::test(start_paused = true)]
async fn no_call_outlasts_the_longest_time() {
    let (_, waiter) = waiter(&KILN_HOT, [Never]);
    let start = Instant::now();
    let error = waiter
        .max_wait(Duration::from_secs(40))
        .send()
        .await
        .unwrap_err();
    let passed = start.elapsed().as_secs_f64();
    assert!((40.0..40.1).contains(&passed), "{passed}");
    assert!(error.is_timed_out() && error.last().is_none() && error.calls() == 1);
    assert_eq!(
        error.to_string(),
        "GetKiln: KilnHot was not reached within 40s, without the result of a call [call 1]"
    );
}

#[tokio::test(start_paused = true)]
async fn delay_and_longest_time_can_be_set() {
    let (call, waiter) = waiter(&KILN_HOT, [status("COLD"), status("COLD"), status("HOT")]);
    let waited = waiter
        .delay(Duration::from_millis(10))
        .max_wait(Duration::from_secs(1))
        .send()
        .await
        .unwrap();
    assert_eq!(
        (waited.calls, waited.answer.unwrap().status),
        (3, Some("HOT"))
    );
    assert!(
        waited.elapsed <= Duration::from_millis(35),
        "{:?}",
        waited.elapsed
    );
    assert_eq!(call.made.lock().unwrap().len(), 3);

    // No room for a delay: one call.
    let (call, waiter) = self::waiter(&KILN_HOT, [status("COLD")]);
    let error = waiter
        .max_wait(Duration::from_secs(5))
        .send()
        .await
        .unwrap_err();
    assert!(error.is_timed_out());
    assert_eq!(call.made.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn becomes_the_error_of_a_call() {
    // What failed the call is that error itself.
    let (_, waiter) = waiter(&KILN_HOT, [Answer::Error(403, "NotYours")]);
    let error = waiter.send().await.unwrap_err();
    assert_eq!(*error.kind(), WaiterErrorKind::Call);
    assert_eq!(
        error.source().unwrap().to_string(),
        "GetKiln: NotYours (403)"
    );
    let error: Error<Infallible> = error.into();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Service, Some("NotYours"))
    );

    // What failed the wait keeps its text, and the error that said so.
    let (_, waiter) = self::waiter(&KILN_GONE, [Answer::Error(403, "NotYours")]);
    let error: Error<Infallible> = waiter.send().await.unwrap_err().into();
    assert_eq!(
        (error.kind(), error.operation()),
        (ErrorKind::Waiter, "GetKiln")
    );
    assert_eq!(
        error.to_string(),
        "GetKiln: KilnGone failed: there is an error; the last call failed: GetKiln: NotYours (403) [call 1]"
    );
    assert_eq!(
        error.source().unwrap().to_string(),
        "GetKiln: NotYours (403)"
    );
}

#[test]
fn a_wait_can_be_spawned_and_an_error_is_small() {
    fn spawned<T: Send + 'static>(_: T) {}
    let (_, waiter) = waiter(&KILN_HOT, [status("HOT")]);
    assert_eq!(
        format!("{waiter:?}"),
        r#"Waiter { name: "KilnHot", delay: 15s, max_wait: 600s, .. }"#
    );
    spawned(waiter.send());
    type WaiterError = tinsmith_runtime::WaiterError<Kiln, Infallible>;
    assert_eq!(size_of::<WaiterError>(), size_of::<usize>());
}
