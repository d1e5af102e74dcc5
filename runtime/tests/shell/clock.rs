//! Clocks that differ: a signature that a service refuses for its date is made again by the service's clock, which is
//! learned from the `Date` of its error, and only where that makes sense.

use crate::support::{CallError, GET_TIN, SERVICE, call, client_with, complete, get_tin, header};
use std::time::{Duration, SystemTime};
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{Client, Operation, Timestamp, TimestampFormat};

const HOUR: i64 = 3600;
/// Every code that a date may be the reason for.
const CODES: [&str; 7] = [
    "RequestTimeTooSkewed",
    "RequestExpired",
    "RequestInTheFuture",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "AuthFailure",
    "AccessDeniedException",
];

fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap().as_secs().try_into().unwrap()
}

/// An HTTP date, `skew` seconds from now.
fn http_date(skew: i64) -> String {
    let date = Timestamp::from_seconds(now() + skew);
    date.format(TimestampFormat::HttpDate).unwrap()
}

fn refusal(code: &str, dates: &[&str]) -> http::Response<String> {
    let mut response = http::Response::builder().status(403);
    for date in dates {
        response = response.header("date", *date);
    }
    let body = format!(r#"{{"__type":"{code}","message":"Signature expired"}}"#);
    response.body(body).unwrap()
}

/// How far the date that a request is signed with is from now, in seconds.
fn skew(request: &http::Request<bytes::Bytes>) -> i64 {
    let compact = header(request, "x-amz-date");
    let digit = |range: std::ops::Range<usize>| &compact[range];
    let text = format!(
        "{}-{}-{}T{}:{}:{}Z",
        digit(0..4),
        digit(4..6),
        digit(6..8),
        digit(9..11),
        digit(11..13),
        digit(13..15)
    );
    let scope = header(request, "authorization");
    assert!(scope.contains(&compact[..8]), "{scope} is of another day");
    text.parse::<Timestamp>().unwrap().seconds() - now()
}

fn near(skew: i64, expected: i64) -> bool {
    skew.abs_diff(expected) < 60
}

fn sent(replay: &ReplayClient) -> Vec<i64> {
    replay.requests().iter().map(skew).collect()
}

#[tokio::test(start_paused = true)]
async fn clock_skew_is_corrected_from_the_date_of_the_error_and_the_call_made_again() {
    for code in CODES {
        for difference in [-10 * 365 * 24 * HOUR, -HOUR, HOUR, 6 * 365 * 24 * HOUR] {
            let replay = ReplayClient::new()
                .response(refusal(code, &[&http_date(difference)]))
                .json(200, r#"{"size":4}"#)
                .json(200, r#"{"size":5}"#);
            let client = client_with(&replay, |config| config);
            assert_eq!(get_tin(&client).await.unwrap().size, Some(4), "{code}");
            // A clone knows it as well.
            assert_eq!(get_tin(&client.clone()).await.unwrap().size, Some(5));
            let sent = sent(&replay);
            assert!(near(sent[0], 0), "{sent:?}");
            assert!(
                near(sent[1], difference) && near(sent[2], difference),
                "{sent:?}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn clock_skew_that_is_over_is_forgotten() {
    let replay = ReplayClient::new()
        .response(refusal("RequestTimeTooSkewed", &[&http_date(HOUR)]))
        .json(200, "{}")
        // Meanwhile somebody set one of the clocks.
        .response(refusal("RequestTimeTooSkewed", &[&http_date(0)]))
        .json(200, "{}")
        .json(200, "{}");
    let client = client_with(&replay, |config| config);
    for _ in 0..3 {
        get_tin(&client).await.unwrap();
    }
    let sent = sent(&replay);
    for (skew, expected) in sent.iter().zip([0, HOUR, HOUR, 0, 0]) {
        assert!(near(*skew, expected), "{sent:?}");
    }
}

async fn fail(replay: &ReplayClient) -> CallError {
    let client = client_with(replay, |config| config);
    get_tin(&client).await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn clock_skew_is_corrected_once_a_call() {
    let replay = ReplayClient::new()
        .response(refusal("RequestTimeTooSkewed", &[&http_date(HOUR)]))
        .response(refusal("RequestTimeTooSkewed", &[&http_date(-HOUR)]))
        .json(200, "{}");
    let error = fail(&replay).await;
    assert_eq!(
        (error.code(), error.attempts()),
        (Some("RequestTimeTooSkewed"), 2)
    );
}

#[tokio::test(start_paused = true)]
async fn clock_skew_is_within_the_attempts_of_a_call_and_is_learned_all_the_same() {
    let replay = ReplayClient::new()
        .response(refusal("RequestTimeTooSkewed", &[&http_date(HOUR)]))
        .json(200, "{}");
    let client = client_with(&replay, |config| config.max_attempts(1));
    let error = get_tin(&client).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    get_tin(&client).await.unwrap();
    assert!(near(sent(&replay)[1], HOUR));
}

#[tokio::test(start_paused = true)]
async fn clock_skew_from_a_hostile_or_missing_date_is_ignored() {
    let rfc3339 = Timestamp::from_seconds(now() + HOUR)
        .format(TimestampFormat::DateTime)
        .unwrap();
    let seconds = (now() + HOUR).to_string();
    let hour = http_date(HOUR);
    let table: [(&str, Vec<&str>); 13] = [
        ("no date", vec![]),
        ("our own", vec!["now"]),
        ("within the tolerance", vec!["3 minutes"]),
        ("two", vec![&hour, &hour]),
        ("empty", vec![""]),
        ("no date at all", vec!["yesterday"]),
        ("seconds", vec![&seconds]),
        ("another form", vec![&rfc3339]),
        (
            "before there were signatures",
            vec!["Thu, 01 Jan 1970 00:00:00 GMT"],
        ),
        ("far in the future", vec!["Fri, 31 Dec 9999 23:59:59 GMT"]),
        (
            "no day of the calendar",
            vec!["Mon, 31 Feb 2028 00:00:00 GMT"],
        ),
        ("another zone", vec!["Tue, 28 Nov 2028 00:00:00 EST"]),
        (
            "a number out of range",
            vec!["Tue, 28 Nov 99999999999 00:00:00 GMT"],
        ),
    ];
    for (what, dates) in table {
        let (own, three) = (http_date(0), http_date(180));
        let dates: Vec<_> = dates
            .into_iter()
            .map(|date| match date {
                "now" => own.as_str(),
                "3 minutes" => three.as_str(),
                date => date,
            })
            .collect();
        let replay = ReplayClient::new()
            .response(refusal("SignatureDoesNotMatch", &dates))
            .json(200, "{}");
        let client = client_with(&replay, |config| config);
        let error = get_tin(&client).await.unwrap_err();
        assert_eq!(
            (error.code(), error.attempts()),
            (Some("SignatureDoesNotMatch"), 1),
            "{what}"
        );
        get_tin(&client).await.unwrap();
        assert!(near(sent(&replay)[1], 0), "{what}");
    }
}

#[tokio::test(start_paused = true)]
async fn clock_skew_is_no_reason_for_other_errors_nor_a_kept_response_a_clock() {
    let date = http_date(HOUR);
    let kept = http::Response::builder()
        .status(403)
        .header("date", &date)
        .header("age", "3600")
        .body(r#"{"__type":"RequestTimeTooSkewed"}"#)
        .unwrap();
    let other = refusal("ValidationException", &[&date]);
    for response in [other, kept.map(str::to_owned)] {
        let error = fail(&ReplayClient::new().response(response).json(200, "{}")).await;
        assert_eq!(error.attempts(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn clock_skew_matters_to_signatures_only() {
    static UNSIGNED: Operation = Operation {
        name: "GetTin",
        uri: "/tins/{name}",
        service: &SERVICE,
        auth: &[],
        ..Operation::DEFAULT
    };
    let replay = ReplayClient::new()
        .response(refusal("AccessDeniedException", &[&http_date(HOUR)]))
        .json(200, "{}");
    let client = client_with(&replay, |config| config);
    let error = call(&client, &UNSIGNED).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn clock_skew_is_that_of_one_client_and_of_one_endpoint() {
    let replay = ReplayClient::new()
        .response(refusal("RequestTimeTooSkewed", &[&http_date(HOUR)]))
        .json(200, "{}")
        .json(200, "{}");
    let client = client_with(&replay, |config| config);
    get_tin(&client).await.unwrap();
    let config = complete()
        .http_client(replay.clone())
        .endpoint_url("https://other.example");
    call(&Client::new(&SERVICE, config.build()), &GET_TIN)
        .await
        .unwrap();
    let sent = sent(&replay);
    assert!(near(sent[1], HOUR) && near(sent[2], 0), "{sent:?}");
}

#[tokio::test(start_paused = true)]
async fn clock_skew_of_a_throttled_call_still_waits_as_the_service_asks() {
    let mut refusal = refusal("RequestTimeTooSkewed", &[&http_date(HOUR)]);
    *refusal.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
    refusal
        .headers_mut()
        .insert("x-amz-retry-after", "4000".parse().unwrap());
    let replay = ReplayClient::new().response(refusal).json(200, "{}");
    let client = client_with(&replay, |config| config);
    let start = tokio::time::Instant::now();
    get_tin(&client).await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(4));
    assert!(near(sent(&replay)[1], HOUR));
}
