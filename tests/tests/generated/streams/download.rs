//! Responses that are streams.

use super::server::{Reply, Server, is_pattern};
use super::support::{client, client_with, within};
use golden_streams::{Error, ErrorKind, ServiceError};
use std::time::Duration;
use tokio::io::AsyncReadExt;

#[tokio::test]
async fn a_response_is_read_piece_by_piece_beside_its_headers() {
    let server = Server::start([Reply::Long(1 << 20)]).await;
    let mut output = within(client(&server).play().name("a").send())
        .await
        .unwrap();
    assert_eq!(output.status, Some(200));
    assert_eq!(output.sound.content_length(), Some(1 << 20));
    let (mut length, mut pieces) = (0, 0);
    while let Some(piece) = within(output.sound.next()).await {
        let piece = piece.unwrap();
        assert!(!piece.is_empty() && is_pattern(length, &piece));
        length += piece.len() as u64;
        pieces += 1;
    }
    assert_eq!(length, 1 << 20);
    assert!(pieces > 1, "it came in pieces");
    assert!(within(output.sound.next()).await.is_none(), "it is over");
}

#[tokio::test]
async fn a_response_can_be_collected_up_to_a_limit_and_read_as_a_tokio_reader() {
    let server = Server::start([Reply::Long(100_000)]).await;
    let client = client_with(&server, |config| config.max_response_bytes(100_000));
    let play = || async {
        within(client.play().name("a").send())
            .await
            .map(|output| output.sound)
            .unwrap()
    };
    let bytes = within(play().await.collect()).await.unwrap();
    assert!(bytes.len() == 100_000 && is_pattern(0, &bytes));
    let error = within(play().await.collect_up_to(99_999))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "Play: the stream is longer than the 99999 bytes that are collected at most; read it piece by piece, or \
         allow more with collect_up_to or max_response_bytes"
    );

    let mut reader = play().await.into_async_read();
    let (mut start, mut rest) = ([0; 10], Vec::new());
    within(reader.read_exact(&mut start)).await.unwrap();
    within(reader.read_to_end(&mut rest)).await.unwrap();
    assert!(is_pattern(0, &start) && is_pattern(10, &rest));
    assert_eq!(rest.len(), 99_990);
}

#[tokio::test]
async fn an_error_is_read_whole_and_retried_as_ever() {
    let torn = r#"{"__type": "TornTapeException", "message": "torn", "inch": 3}"#;
    let server = Server::start([Reply::Json(500, "{}"), Reply::Json(409, torn)]).await;
    let error = within(client(&server).play().name("a").send())
        .await
        .unwrap_err();
    assert!(matches!(
        error.service_error(),
        Some(ServiceError::TornTapeException(torn)) if torn.inch == Some(3)
    ));
    assert_eq!(
        error.to_string(),
        "Play: TornTapeException (409): torn [request id request-2, attempt 2 of 3]"
    );
}

#[tokio::test]
async fn a_stream_that_is_cut_is_an_error_that_names_the_operation() {
    async fn play(server: &Server) -> Result<usize, Error> {
        let output = client(server).play().name("a").send().await?;
        Ok(output.sound.collect().await?.len())
    }
    let server = Server::start([Reply::Cut(1 << 20)]).await;
    let error = within(play(&server)).await.unwrap_err();
    let text = error.to_string();
    assert_eq!(error.kind(), ErrorKind::Connection);
    let expected = format!(
        "Play: the connection to {} broke within the response: ",
        server.url
    );
    assert!(text.starts_with(&expected), "{text}");
    assert_eq!(server.seen().len(), 1, "the call itself had succeeded");
}

#[tokio::test]
async fn a_server_that_stops_sending_is_an_error_after_the_idle_timeout() {
    let server = Server::start([Reply::Silent(3)]).await;
    let client = client_with(&server, |config| {
        config
            .idle_timeout(Duration::from_millis(100))
            .attempt_timeout(Duration::from_millis(50))
            .operation_timeout(Duration::from_millis(50))
    });
    let mut sound = within(client.play().name("a").send()).await.unwrap().sound;
    assert_eq!(within(sound.next()).await.unwrap().unwrap().len(), 3);
    // What the reader does between two pieces does not count.
    tokio::time::sleep(Duration::from_millis(150)).await;
    let start = std::time::Instant::now();
    let error = within(sound.next()).await.unwrap().unwrap_err();
    assert!(start.elapsed() >= Duration::from_millis(90));
    assert!(error.is_timeout());
    assert_eq!(
        (error.kind(), error.operation()),
        (ErrorKind::Timeout, "Play")
    );
    assert_eq!(
        error.to_string(),
        format!(
            "Play: no more bytes of the response of {} within 100ms (idle_timeout)",
            server.url
        )
    );
    assert!(within(sound.next()).await.is_none(), "it is over");
}

#[tokio::test]
async fn a_stream_that_is_dropped_ends_its_connection() {
    let server = Server::start([Reply::Endless]).await;
    let mut sound = within(client(&server).play().name("a").send())
        .await
        .unwrap()
        .sound;
    within(sound.next()).await.unwrap().unwrap();
    drop(sound);
    within(server.dropped()).await;

    let output = within(client(&server).play().name("a").send()).await;
    drop(output.unwrap());
    within(server.dropped()).await;
}
