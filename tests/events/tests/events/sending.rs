//! Events both ways at once: framed, signed, each on its way before the next is asked for.

use crate::support::{Answer, Piece, config, within};
use futures_core::Stream;
use golden_event_streams::runtime::event_stream::{HeaderValue, Message};
use golden_event_streams::runtime::{ErrorKind, UnknownEvent};
use golden_event_streams::types::{
    Audio, Calm, Day, Direction, Gust, HeadersOnly, Note, Speech, Summary,
};
use golden_event_streams::{Blob, Client, Timestamp};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use tinsmith_events_tests::{Manner, Server};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Events from a channel, and how many were taken.
struct Said {
    events: UnboundedReceiver<Speech>,
    taken: Arc<AtomicUsize>,
}

impl Stream for Said {
    type Item = Speech;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Speech>> {
        let event = self.events.poll_recv(context);
        if matches!(event, Poll::Ready(Some(_))) {
            self.taken.fetch_add(1, Ordering::SeqCst);
        }
        event
    }
}

fn said() -> (UnboundedSender<Speech>, Said, Arc<AtomicUsize>) {
    let (sender, events) = unbounded_channel();
    let taken = Arc::new(AtomicUsize::new(0));
    let said = Said {
        events,
        taken: taken.clone(),
    };
    (sender, said, taken)
}

fn audio(bytes: &'static [u8]) -> Speech {
    Speech::Audio(Audio::default().chunk(bytes))
}

fn client(url: &str) -> Client {
    Client::new(config().endpoint_url(url).build())
}

#[tokio::test]
async fn each_event_is_answered_before_the_next_is_sent_and_every_signature_is_right() {
    let server = Server::start(Manner::Echo).await.unwrap();
    let (sender, said, _) = said();
    let call = client(&server.url)
        .talk()
        .station("north")
        .language("de")
        .speech(said);
    let mut echo = within(call.send()).await.unwrap().echo;
    let events = [
        audio(b"\0\x01\x02"),
        Speech::Text(Note::default().text("grüße")),
        Speech::Mark(
            HeadersOnly::default()
                .yes(false)
                .small(7)
                .large(-7)
                .bytes(b"b".as_slice())
                .name("n")
                .direction(Direction::South)
                .when(Timestamp::from_seconds(1_600_000_000)),
        ),
        Speech::Summary(Summary::default().day(Day::default().name("Monday"))),
        Speech::End(Calm::default()),
    ];
    for event in &events {
        sender.send(event.clone()).unwrap();
        let answer = within(echo.next()).await.unwrap().unwrap();
        assert_eq!(answer, *event, "answered while the request goes on");
    }
    let unknown = UnknownEvent::new("later", "of another version");
    sender.send(Speech::Unknown(unknown.clone())).unwrap();
    assert_eq!(
        within(echo.next()).await.unwrap().unwrap(),
        Speech::Unknown(unknown)
    );
    drop(sender);
    assert!(within(echo.next()).await.is_none());
    let seen = server.seen();
    assert_eq!(seen.faults, Vec::<String>::new());
    assert_eq!(
        seen.requests,
        ["POST /stations/north/talk application/vnd.amazon.eventstream"]
    );
    assert!(seen.ended, "the last message is a signature of nothing");
    let header = |index: usize, name: &str| seen.events[index].header(name).cloned();
    let types = ["audio", "text", "mark", "summary", "end", "later"]
        .map(|name| Some(HeaderValue::from(name)));
    assert_eq!(
        [0, 1, 2, 3, 4, 5].map(|index| header(index, ":event-type")),
        types
    );
    let content_types = [
        "application/octet-stream",
        "text/plain",
        "",
        "application/json",
        "application/json",
        "",
    ];
    for (index, expected) in content_types.into_iter().enumerate() {
        let expected = (!expected.is_empty()).then(|| HeaderValue::from(expected));
        assert_eq!(header(index, ":content-type"), expected);
    }
    let payloads = [
        "\0\x01\x02",
        "grüße",
        "",
        r#"{"name":"Monday"}"#,
        "{}",
        "of another version",
    ];
    assert_eq!(
        [0, 1, 2, 3, 4, 5].map(|index| seen.events[index].payload.clone()),
        payloads
    );
    assert_eq!(header(2, "small"), Some(HeaderValue::Integer(7)));
    assert_eq!(header(2, "large"), Some(HeaderValue::Long(-7)));
    assert_eq!(
        header(2, "when"),
        Some(HeaderValue::Timestamp(1_600_000_000_000))
    );
}

#[tokio::test]
async fn no_events_at_all_are_a_signature_of_nothing() {
    let server = Server::start(Manner::Echo).await.unwrap();
    within(client(&server.url).report().send()).await.unwrap();
    // The answer is there before the last of the request is.
    within(async {
        while !server.seen().ended {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let seen = server.seen();
    assert_eq!(
        (seen.faults.len(), seen.events.len()),
        (0, 0),
        "{:?}",
        seen.faults
    );
}

#[tokio::test]
async fn a_protocol_without_bindings_sends_the_rest_of_the_input_ahead() {
    use golden_event_streams_json::types::{Line, Lines};
    let server = Server::start(Manner::Echo).await.unwrap();
    let client = golden_event_streams_json::Client::new(config().endpoint_url(&server.url).build());
    let (sender, mut events) = unbounded_channel();
    let events = futures(move |context| events.poll_recv(context));
    let line = Lines::Line(Line::default().text("hello"));
    sender.send(line.clone()).unwrap();
    let mut lines = within(client.talk().room("r-1").lines(events).send())
        .await
        .unwrap()
        .lines;
    assert_eq!(within(lines.next()).await.unwrap().unwrap(), line);
    drop(sender);
    assert!(within(lines.next()).await.is_none());
    let seen = server.seen();
    assert_eq!(seen.faults, Vec::<String>::new());
    let initial = Message::new(r#"{"room":"r-1"}"#)
        .with(":message-type", "event")
        .with(":event-type", "initial-request")
        .with(":content-type", "application/x-amz-json-1.1");
    assert_eq!(seen.events[0], initial);
    assert_eq!(seen.requests, ["POST / application/vnd.amazon.eventstream"]);
}

fn futures<T>(
    poll: impl FnMut(&mut Context<'_>) -> Poll<Option<T>> + Unpin,
) -> impl Stream<Item = T> {
    struct Polled<F>(F);
    impl<T, F: FnMut(&mut Context<'_>) -> Poll<Option<T>> + Unpin> Stream for Polled<F> {
        type Item = T;
        fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
            (self.0)(context)
        }
    }
    Polled(poll)
}

#[tokio::test]
async fn a_call_is_never_sent_again_once_events_were_taken() {
    let server = Server::start(Manner::Fail).await.unwrap();
    let (sender, said, taken) = said();
    sender.send(audio(b"one")).unwrap();
    sender.send(audio(b"two")).unwrap();
    let error = within(
        client(&server.url)
            .talk()
            .station("north")
            .speech(said)
            .send(),
    )
    .await
    .unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(500), 1));
    assert_eq!(server.seen().requests.len(), 1);
    assert!(taken.load(Ordering::SeqCst) >= 1);
}

#[tokio::test]
async fn a_call_whose_events_were_not_taken_is_sent_again() {
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let (_sender, said, taken) = said();
    let error = within(client(&url).talk().station("north").speech(said).send())
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 3));
    assert_eq!(taken.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_event_that_cannot_be_sent_says_why_wherever_the_call_is() {
    let server = Server::start(Manner::Echo).await.unwrap();
    let (sender, said, _) = said();
    sender.send(audio(b"one")).unwrap();
    let mut echo = within(
        client(&server.url)
            .talk()
            .station("north")
            .speech(said)
            .send(),
    )
    .await
    .unwrap()
    .echo;
    assert_eq!(within(echo.next()).await.unwrap().unwrap(), audio(b"one"));
    sender.send(Speech::Mark(HeadersOnly::default())).unwrap();
    let error = within(echo.next()).await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert!(
        error
            .to_string()
            .starts_with("Talk: mark.name: required, but not set"),
        "{error}"
    );
}

#[tokio::test]
async fn events_that_are_missing_or_sent_already_are_an_error_before_anything_is_sent() {
    let client = Client::new(config().http_client(Answer(vec![Piece::Silence])).build());
    let error = client.talk().station("north").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert_eq!(error.to_string(), "Talk: speech: required, but not set");

    let server = Server::start(Manner::Echo).await.unwrap();
    let client = Client::new(config().endpoint_url(&server.url).build());
    let (sender, said, _) = said();
    sender.send(audio(b"one")).unwrap();
    let call = client.talk().station("north").speech(said);
    let mut first = within(call.clone().send()).await.unwrap().echo;
    assert!(within(first.next()).await.unwrap().is_ok());
    let error = within(call.send()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert!(
        error
            .to_string()
            .contains("its events were taken by another call"),
        "{error}"
    );
    assert_eq!(server.seen().requests.len(), 1);
}

#[test]
fn neither_events_nor_secrets_are_shown() {
    let (_, said, _) = said();
    let client = Client::new(config().build());
    let shown = format!("{:?} {:?}", client.talk().speech(said), audio(b"hidden"));
    assert!(
        shown.contains("EventInput(to be sent)") && shown.contains("** redacted **"),
        "{shown}"
    );
    let gust = golden_event_streams::types::Sightings::Gust(Gust::default().speed(1.0));
    assert!(format!("{gust:?} {:?}", Blob::default()).contains("speed: Some(1.0)"));
}

#[tokio::test]
async fn http2_refused_stream_is_sent_again_with_unread_events() {
    let server = Server::start(Manner::Refuse).await.unwrap();
    let (sender, said, taken) = said();
    let call = client(&server.url).talk().station("north").speech(said);
    let mut echo = within(call.send()).await.unwrap().echo;
    assert_eq!(taken.load(Ordering::SeqCst), 0);
    sender.send(audio(b"\x01")).unwrap();
    assert_eq!(within(echo.next()).await.unwrap().unwrap(), audio(b"\x01"));
    drop(sender);
    assert!(within(echo.next()).await.is_none());
    let seen = server.seen();
    assert_eq!((seen.requests.len(), seen.events.len()), (2, 1));
    assert_eq!(seen.faults, Vec::<String>::new());
}

#[tokio::test]
async fn events_belong_to_one_call_at_a_time() {
    let server = Server::start(Manner::Echo).await.unwrap();
    let (sender, said, _) = said();
    let call = client(&server.url).talk().station("north").speech(said);
    let mut echo = within(call.clone().send()).await.unwrap().echo;
    // None was taken yet, but they are the first call's all the same.
    let error = within(call.send()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input, "{error}");
    sender.send(audio(b"\x01")).unwrap();
    assert_eq!(within(echo.next()).await.unwrap().unwrap(), audio(b"\x01"));
    assert_eq!(server.seen().requests.len(), 1);
}
