//! Events as they come: each kind of member in its place, however the bytes are cut, and every way in which a stream ends.

use crate::support::{Answer, Piece, bytes, config, event, exception};
use bytes::Bytes;
use golden_event_streams::operation::watch::WatchOutput;
use golden_event_streams::runtime::event_stream::{HeaderValue, Message};
use golden_event_streams::runtime::{ErrorKind, UnknownEvent};
use golden_event_streams::types::{Direction, Gust, Weather};
use golden_event_streams::{Blob, Client, Error, ServiceError, Timestamp};
use std::time::Duration;

async fn watch(pieces: Vec<Piece>) -> WatchOutput {
    let client = Client::new(config().http_client(Answer(pieces)).build());
    client.watch().station("north").send().await.unwrap()
}

/// All events, and what the stream ended with.
async fn all(pieces: Vec<Piece>) -> (Vec<Weather>, Option<Error>) {
    let mut weather = watch(pieces).await.weather;
    let mut events = Vec::new();
    loop {
        match weather.next().await {
            Some(Ok(event)) => events.push(event),
            Some(Err(error)) => {
                assert!(weather.next().await.is_none(), "an error is the last item");
                return (events, Some(error));
            }
            None => return (events, None),
        }
    }
}

/// Events and exceptions, and then the end of the body.
async fn of(messages: &[Message]) -> (Vec<Weather>, Option<Error>) {
    all(vec![Piece::Bytes(bytes(messages))]).await
}

fn gust(speed: f64) -> Weather {
    Weather::Gust(Gust::default().speed(speed))
}

/// One of each kind.
fn messages() -> Vec<Message> {
    let named = |name: &str| {
        Message::default()
            .with(":message-type", "event")
            .with(":event-type", name)
    };
    let with = |payload: &'static str, message: Message| Message {
        payload: Bytes::from_static(payload.as_bytes()),
        ..message
    };
    vec![
        event("gust", r#"{"speed": 12.5, "at": 1600000000}"#).with("direction", "NORTH"),
        named("headers")
            .with("yes", true)
            .with("small", -7)
            .with("large", i64::MAX)
            .with("bytes", Bytes::from_static(b"\0\x01"))
            .with("name", "a name")
            .with("direction", "UP")
            .with("when", HeaderValue::Timestamp(1_600_000_000_250)),
        with("\x01\x02", named("picture").with("format", "png")),
        with("just text", named("note")),
        event("summary", r#"{"name": "Monday", "gusts": 3}"#),
        event("calm", "{}"),
        named("calm"),
        event("quake", r#"{"strength": 3}"#),
    ]
}

#[tokio::test]
async fn every_member_is_found_in_its_place() {
    let output = watch(vec![Piece::Bytes(bytes(&messages()))]).await;
    assert_eq!(output.session.as_deref(), Some("session-1"));
    assert_eq!(output.status, Some(200));
    let (events, error) = of(&messages()).await;
    assert!(error.is_none());
    let [
        first,
        headers,
        picture,
        note,
        summary,
        calm,
        calm_too,
        unknown,
    ] = events.as_slice()
    else {
        panic!("{events:?}");
    };
    let expected = Gust::default()
        .speed(12.5)
        .at(Timestamp::from_seconds(1_600_000_000))
        .direction(Direction::North);
    assert_eq!(*first, Weather::Gust(expected));
    let Weather::Headers(headers) = headers else {
        panic!("{headers:?}");
    };
    assert_eq!(
        (headers.yes, headers.small, headers.large),
        (Some(true), Some(-7), Some(i64::MAX))
    );
    assert_eq!(headers.bytes, Some(Blob::new(vec![0, 1])));
    assert_eq!(headers.name.as_deref(), Some("a name"));
    assert_eq!(headers.direction, Some(Direction::Unknown("UP".to_owned())));
    assert_eq!(headers.when, Timestamp::new(1_600_000_000, 250_000_000));
    assert!(matches!(picture, Weather::Picture(picture)
        if picture.pixels == Some(Blob::new(vec![1, 2])) && picture.format.as_deref() == Some("png")));
    assert!(matches!(note, Weather::Note(note) if note.text.as_deref() == Some("just text")));
    assert!(matches!(summary, Weather::Summary(summary)
        if summary.day.as_ref().is_some_and(|day| day.name.as_deref() == Some("Monday") && day.gusts == Some(3))));
    assert!(matches!(
        (calm, calm_too),
        (Weather::Calm(_), Weather::Calm(_))
    ));
    let mut expected = UnknownEvent::new("quake", r#"{"strength": 3}"#);
    expected.content_type = Some("application/json".to_owned());
    assert_eq!(*unknown, Weather::Unknown(expected));
}

#[tokio::test]
async fn it_does_not_matter_where_the_bytes_are_cut() {
    let whole = bytes(&messages());
    let (expected, _) = of(&messages()).await;
    for cut in 0..=whole.len() {
        let pieces = [whole.slice(..cut), whole.slice(cut..)].map(Piece::Bytes);
        let (events, error) = all(pieces.to_vec()).await;
        assert!(
            error.is_none() && events == expected,
            "cut at {cut}: {error:?}"
        );
    }
}

#[tokio::test]
async fn an_exception_within_the_stream_is_the_modelled_one_and_ends_it() {
    let slow = exception("tooSlow", r#"{"message": "slow down", "seconds": 5}"#);
    let (events, error) = of(&[event("gust", r#"{"speed": 1}"#), slow, event("calm", "{}")]).await;
    assert_eq!(events, [gust(1.0)]);
    let error = error.unwrap();
    let Some(ServiceError::TooSlowException(exception)) = error.service_error() else {
        panic!("{error:?}");
    };
    assert_eq!(
        (exception.message.as_deref(), exception.seconds),
        (Some("slow down"), Some(5))
    );
    assert_eq!(
        (error.kind(), error.code(), error.message()),
        (ErrorKind::Service, Some("TooSlow"), Some("slow down"))
    );
    assert!(error.is_throttling());
    assert_eq!(
        error.to_string(),
        "Watch: TooSlow: slow down [request id request-1, attempt 1 of 3]"
    );
}

#[tokio::test]
async fn an_unmodelled_exception_and_an_error_have_code_and_message() {
    let (_, error) = of(&[exception("Meltdown", r#"{"Message": "too hot"}"#)]).await;
    let error = error.unwrap();
    assert_eq!(
        (error.code(), error.message(), error.service_error()),
        (Some("Meltdown"), Some("too hot"), None)
    );
    let message = Message::default()
        .with(":message-type", "error")
        .with(":error-code", "InternalError")
        .with(":error-message", "something broke");
    let (_, error) = of(&[message]).await;
    let error = error.unwrap();
    assert_eq!(
        (error.kind(), error.code(), error.message()),
        (
            ErrorKind::Service,
            Some("InternalError"),
            Some("something broke")
        )
    );
}

#[tokio::test]
async fn a_stream_that_breaks_says_how() {
    let whole = bytes(&[event("gust", r#"{"speed": 1}"#), event("calm", "{}")]);
    let mut turned = whole.to_vec();
    let last = turned.len() - 1;
    turned[last] ^= 1;
    let one = event("gust", r#"{"speed": 1}"#).encode().unwrap().len();
    let cases = [
        (
            vec![Piece::Bytes(whole.slice(..one + 9))],
            ErrorKind::Connection,
            "the event stream ended within an event, of which 9 bytes had arrived",
        ),
        (
            vec![Piece::Bytes(whole.slice(..one)), Piece::Broken],
            ErrorKind::Connection,
            "the connection broke",
        ),
        (
            vec![Piece::Bytes(turned.into())],
            ErrorKind::Response,
            "not a message of an event stream: the checksum of the message is ",
        ),
        (
            vec![
                Piece::Bytes(whole.slice(..one)),
                Piece::Bytes("<html>Bad Gateway".into()),
            ],
            ErrorKind::Response,
            "not a message of an event stream: the checksum of the prelude is ",
        ),
        (
            vec![
                Piece::Bytes(whole.slice(..one)),
                Piece::Bytes(bytes(&[Message::new("?")])),
            ],
            ErrorKind::Response,
            "expected text in the header `:message-type` of a message",
        ),
    ];
    for (pieces, kind, text) in cases {
        let (events, error) = all(pieces).await;
        assert_eq!(events, [gust(1.0)]);
        let error = error.unwrap();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(
            error.to_string().starts_with(&format!("Watch: {text}")),
            "{error}"
        );
    }
}

#[tokio::test]
async fn an_unreadable_event_is_reported_and_skipped() {
    let messages = [
        event("gust", r#"{"speed": "fast"}"#),
        event("headers", "").with("small", "7"),
        event("gust", r#"{"speed": 2}"#),
    ];
    let mut weather = watch(vec![Piece::Bytes(bytes(&messages))]).await.weather;
    let error = weather.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    assert!(
        error
            .to_string()
            .starts_with("Watch: gust.speed: expected a number"),
        "{error}"
    );
    let error = weather.next().await.unwrap().unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("Watch: headers.small: expected an integer, found a string in a header"),
        "{error}"
    );
    assert_eq!(weather.next().await.unwrap().unwrap(), gust(2.0));
    assert!(weather.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_silent_service_is_waited_for_as_long_as_the_setting_says() {
    let one = bytes(&[event("gust", r#"{"speed": 1}"#)]);
    let pieces = || vec![Piece::Bytes(one.clone()), Piece::Silence];
    let waited = |client: Client| async move {
        let mut weather = client
            .watch()
            .station("north")
            .send()
            .await
            .unwrap()
            .weather;
        assert!(weather.next().await.unwrap().is_ok());
        // What the program does between two events is no silence of the service.
        tokio::time::sleep(Duration::from_secs(3600)).await;
        let start = tokio::time::Instant::now();
        let next = tokio::time::timeout(Duration::from_secs(86_400), weather.next()).await;
        (start.elapsed(), next)
    };
    let default = Client::new(config().http_client(Answer(pieces())).build());
    let (elapsed, next) = waited(default).await;
    let error = next.unwrap().unwrap().unwrap_err();
    assert!(
        error.is_timeout() && elapsed.as_secs() == 300,
        "{elapsed:?}"
    );
    assert!(
        error
            .to_string()
            .starts_with("Watch: the service sent nothing for 300s (event_timeout)"),
        "{error}"
    );
    let patient = Client::new(
        config()
            .http_client(Answer(pieces()))
            .event_timeout(None)
            .build(),
    );
    let (_, next) = waited(patient).await;
    assert!(next.is_err(), "it waits on");
}
