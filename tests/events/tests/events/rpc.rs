//! Protocols without HTTP bindings: the rest of the output comes in a message ahead of the events.

use crate::support::{Answer, Piece, bytes, config, event, exception};
use bytes::Bytes;
use golden_event_streams_json::operation::tail::TailOutput;
use golden_event_streams_json::types::Lines;
use golden_event_streams_json::{Client, ServiceError};

async fn tail(pieces: Vec<Piece>) -> TailOutput {
    let client = Client::new(config().http_client(Answer(pieces)).build());
    client.tail().group("web").send().await.unwrap()
}

async fn lines(mut output: TailOutput) -> Vec<String> {
    let mut lines = Vec::new();
    while let Some(line) = output.lines.next().await {
        match line.unwrap() {
            Lines::Line(line) => lines.push(line.text.unwrap_or_default()),
            other => panic!("{other:?}"),
        }
    }
    lines
}

#[tokio::test]
async fn the_rest_of_the_output_comes_ahead_of_the_events_however_the_bytes_are_cut() {
    let whole = bytes(&[
        event("initial-response", r#"{"session": "s-1"}"#),
        event("line", r#"{"text": "one"}"#),
        event("line", r#"{"text": "two"}"#),
    ]);
    for cut in 0..=whole.len() {
        let pieces = [whole.slice(..cut), whole.slice(cut..)].map(Piece::Bytes);
        let output = tail(pieces.to_vec()).await;
        assert_eq!(output.session.as_deref(), Some("s-1"), "cut at {cut}");
        assert_eq!(lines(output).await, ["one", "two"], "cut at {cut}");
    }
}

#[tokio::test]
async fn without_it_the_events_are_all_there() {
    let whole = bytes(&[event("line", r#"{"text": "one"}"#)]);
    let output = tail(vec![Piece::Bytes(whole)]).await;
    assert_eq!(output.session, None);
    assert_eq!(lines(output).await, ["one"]);
    assert!(
        lines(tail(vec![Piece::Bytes(Bytes::new())]).await)
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn an_exception_instead_of_it_is_the_first_item() {
    let mut output = tail(vec![Piece::Bytes(bytes(&[exception(
        "Closed",
        r#"{"message": "not now"}"#,
    )]))])
    .await;
    let error = output.lines.next().await.unwrap().unwrap_err();
    let Some(ServiceError::Closed(closed)) = error.service_error() else {
        panic!("{error:?}");
    };
    assert_eq!(closed.message.as_deref(), Some("not now"));
    assert!(output.lines.next().await.is_none());
}
