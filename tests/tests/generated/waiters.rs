//! Generated waiters against answers of a service: what each matcher and each path makes of them.

use golden_waiters::runtime::replay::ReplayClient;
use golden_waiters::runtime::{CrateError, Repeatable, Waiter, WaiterErrorKind};
use golden_waiters::{Client, Config, Credentials};
use std::time::Duration;

/// What one answer of the service means to a waiter.
async fn means<C: Repeatable<Error: CrateError>>(
    wait: impl Fn(Client) -> Waiter<C>,
    status: u16,
    body: &str,
) -> &'static str {
    let replay = ReplayClient::new().json(status, body.to_owned());
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .http_client(replay)
        .max_attempts(1)
        .build();
    // There is room for one call and no further one.
    let waiter = wait(Client::new(config))
        .delay(Duration::from_secs(300))
        .max_wait(Duration::from_secs(300));
    match waiter.send().await {
        Ok(_) => "success",
        Err(error) => match error.kind() {
            WaiterErrorKind::Failed { .. } => "failure",
            WaiterErrorKind::TimedOut { .. } => "goes on",
            _ => "error",
        },
    }
}

macro_rules! assert_means {
    ($call:ident . $wait:ident: $($status:literal $body:expr => $outcome:literal,)*) => {
        $(
            let outcome = means(|client| client.$call().$wait(), $status, $body).await;
            assert_eq!(outcome, $outcome, "{} {}", $status, $body);
        )*
    };
}

/// A call that has its required member.
trait Named {
    fn kiln(&self) -> golden_waiters::operation::get_kiln::GetKiln;
}

impl Named for Client {
    fn kiln(&self) -> golden_waiters::operation::get_kiln::GetKiln {
        self.get_kiln().name("a")
    }
}

#[tokio::test(start_paused = true)]
async fn of_texts_flags_errors_and_statuses() {
    assert_means!(kiln.wait_until_kiln_hot:
        200 r#"{"kiln": {"state": {"status": "HOT"}}}"# => "success",
        200 r#"{"kiln": {"state": {"status": "CRACKED"}}, "type": "toy"}"# => "failure",
        200 r#"{"type": "toy"}"# => "failure",
        200 r#"{"kiln": {"state": {"status": "hot"}}}"# => "goes on",
        200 r#"{"kiln": {"state": {}}}"# => "goes on",
        200 "{}" => "goes on",
        404 r#"{"__type": "KilnGone"}"# => "goes on",
        404 r#"{"__type": "a#KilnGoneException"}"# => "goes on",
        503 "" => "goes on",
        404 r#"{"__type": "Other"}"# => "error",
    );
    assert_means!(kiln.wait_until_kiln_gone:
        404 r#"{"__type": "KilnGone"}"# => "success",
        404 r#"{"__type": "KilnGoneException"}"# => "success",
        410 "" => "success",
        403 "" => "error",
        200 r#"{"kiln": {"state": {"status": "COLD"}, "heat": 20}}"# => "goes on",
        200 r#"{"kiln": {"state": {"status": "COLD"}, "heat": 1300}}"# => "failure",
        200 r#"{"kiln": {"state": {"status": "COLD", "locked": true}}}"# => "failure",
        200 r#"{"kiln": {"state": {"status": "HOT"}}}"# => "failure",
        // What is not there is not the same as what is compared with.
        200 "{}" => "failure",
    );
    assert_means!(kiln.wait_until_kiln_ready:
        200 r#"{"ready": true}"# => "success",
        200 r#"{"ready": false}"# => "goes on",
        200 r#"{"kiln": {"running": 2, "wanted": 2, "spare": {"heat": 20}}}"# => "success",
        200 r#"{"kiln": {"running": 1, "wanted": 2, "spare": {"heat": 20}}}"# => "goes on",
        200 r#"{"kiln": {"running": 2, "wanted": 2, "spare": {"heat": 19.9}}}"# => "goes on",
        // The order counts: this one says retry before the next one says success.
        200 r#"{"kiln": {"running": 2, "wanted": 2, "spare": {"heat": 20, "state": {"locked": false}}}}"# => "goes on",
    );
    assert_means!(touch.wait_until_operation:
        200 "" => "success",
        400 r#"{"__type": "Whatever"}"# => "goes on",
    );
}

#[tokio::test(start_paused = true)]
async fn of_several_values() {
    assert_means!(describe_kilns.wait_until_kilns_full:
        200 r#"{"kilns": [{"shelves": [{"status": "full"}]}, {"shelves": [{"status": "full"}, {"status": "full"}]}]}"# => "success",
        200 r#"{"kilns": [{"shelves": [{"status": "full"}]}, {"shelves": [{"status": "full"}, {"status": "empty"}]}]}"# => "goes on",
        200 r#"{"kilns": []}"# => "goes on",
        200 "{}" => "goes on",
        200 r#"{"byName": {"a": {"state": {"status": "HOT"}}, "b": {"state": {"status": "HOT"}}}}"# => "success",
        200 r#"{"byName": {"a": {"state": {"status": "HOT"}}, "b": {"state": {"status": "COLD"}}}}"# => "goes on",
        200 r#"{"kilns": [{"spare": {"shelves": [{"pots": ["whole"]}, {"pots": ["whole", "broken"]}]}}]}"# => "failure",
        200 r#"{"failures": ["BUSY", "MISSING"]}"# => "failure",
        200 r#"{"failures": ["BUSY"]}"# => "goes on",
        200 r#"{"kilns": [{"name": "a"}, {"name": ""}]}"# => "failure",
    );
}

#[tokio::test(start_paused = true)]
async fn of_conditions() {
    assert_means!(describe_kilns.wait_until_kilns_stable:
        200 r#"{"kilns": [{"shelves": [{}], "running": 1, "wanted": 1}]}"# => "success",
        200 r#"{"kilns": []}"# => "success",
        // Two members that are both missing are equal.
        200 r#"{"kilns": [{"shelves": [{"pots": ["a", "b", "c"]}]}]}"# => "success",
        200 r#"{"kilns": [{"shelves": [{"pots": ["a", "b"]}, {"pots": ["c"]}], "running": 1, "wanted": 1}]}"# => "goes on",
        200 r#"{"kilns": [{"shelves": [{"pots": ["a", "b"]}, {"pots": []}], "running": 1, "wanted": 1}]}"# => "failure",
        200 r#"{"kilns": [{"shelves": [{"pots": ["a", "b", "c"]}], "running": 1, "wanted": 2}]}"# => "goes on",
        200 r#"{"kilns": [{"state": {"status": "COLD"}}, {"state": {"status": "CRACKED"}}]}"# => "failure",
        200 r#"{"byName": {"a": {"name": "a"}, "b": {"name": "b"}, "c": {}}, "nextToken": "éa"}"# => "failure",
        200 r#"{"byName": {"a": {"name": "a"}, "b": {"name": "b"}}, "nextToken": "abc"}"# => "goes on",
    );
}
