//! Requests that are streams.

use super::server::{Reply, Seen, Server};
use super::support::{Pieces, client, client_with, file, once, within};
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, SignableBody, SignableRequest, SigningSettings, sign,
};
use aws_sigv4::sign::v4;
use bytes::Bytes;
use futures_core::Stream;
use golden_streams::{ByteStream, ErrorKind};
use jiff::{civil, tz::TimeZone};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

const OK: Reply = Reply::Json(200, "{}");

/// The signature that aws-sigv4 computes for a request, from the bytes that arrived.
fn reference(url: &str, seen: &Seen) -> String {
    let date = civil::DateTime::strptime("%Y%m%dT%H%M%SZ", seen.header("x-amz-date")).unwrap();
    let time = SystemTime::from(date.to_zoned(TimeZone::UTC).unwrap().timestamp());
    let (_, signed) = seen
        .header("authorization")
        .split_once("SignedHeaders=")
        .unwrap();
    let signed = signed.split(',').next().unwrap().split(';');
    let headers = signed
        .filter(|name| !["x-amz-date", "x-amz-content-sha256"].contains(name))
        .map(|name| (name, seen.header(name)));
    let mut settings = SigningSettings::default();
    settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    let identity = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test").into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region("eu-west-1")
        .name("golden-streams")
        .time(time)
        .settings(settings)
        .build()
        .unwrap()
        .into();
    let url = format!("{url}{}", seen.head.uri);
    let body = match seen.header("x-amz-content-sha256") {
        "UNSIGNED-PAYLOAD" => SignableBody::UnsignedPayload,
        _ => SignableBody::Bytes(&seen.start),
    };
    let request = SignableRequest::new(seen.head.method.as_str(), url, headers, body).unwrap();
    sign(request, &params).unwrap().into_parts().1
}

#[track_caller]
fn assert_signed(server: &Server, seen: &Seen) {
    let reference = format!("Signature={}", reference(&server.url, seen));
    let authorization = seen.header("authorization");
    assert!(authorization.ends_with(&reference), "{authorization}");
}

#[tokio::test]
async fn a_file_is_hashed_signed_and_sent_with_its_length() {
    let (_folder, path) = file(60_000);
    let server = Server::start([Reply::Echo]).await;
    let output = client(&server)
        .convert()
        .name("a")
        .format("mp3")
        .tape(ByteStream::from_path(&path));
    let output = within(output.send()).await.unwrap();
    assert_eq!(output.format.as_deref(), Some("mp3"));
    let echo = within(output.tape.collect()).await.unwrap();
    assert_eq!(echo, std::fs::read(&path).unwrap());

    let [seen] = &server.seen()[..] else { panic!() };
    assert_eq!(seen.length, 60_000);
    assert_eq!(seen.header("content-length"), "60000");
    assert_eq!(seen.header("content-type"), "application/octet-stream");
    assert_eq!(seen.header("x-amz-content-sha256").len(), 64);
    assert_signed(&server, seen);
}

#[tokio::test]
async fn a_stream_is_sent_in_chunks_if_the_body_is_not_signed() {
    let server = Server::start([OK]).await;
    let call = client(&server)
        .put_tape()
        .name("a")
        .content_type("audio/mpeg")
        .tape(once(200_000));
    within(call.send()).await.unwrap();
    let [seen] = &server.seen()[..] else { panic!() };
    assert!(seen.length == 200_000 && seen.is_pattern);
    assert_eq!(seen.header("transfer-encoding"), "chunked");
    assert_eq!(seen.header("content-length"), "");
    assert_eq!(seen.header("content-type"), "audio/mpeg");
    assert_eq!(seen.header("x-amz-content-sha256"), "UNSIGNED-PAYLOAD");
    assert_signed(&server, seen);
}

#[tokio::test]
async fn a_stream_that_can_be_read_only_once_cannot_be_signed() {
    let server = Server::start([OK]).await;
    let call = client(&server).convert().name("a").tape(once(3));
    let error = within(call.send()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert_eq!(
        error.to_string(),
        "Convert: the body is a stream that can be read only once, but the service needs its hash before it is \
         sent; give bytes or a file (ByteStream::from_path), or collect the stream first"
    );
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_length_that_is_required_must_be_known() {
    let server = Server::start([OK]).await;
    let call = client(&server).put_reel().name("a");
    let error = within(call.clone().reel(once(3)).send()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "PutReel: reel: the service needs its length in advance, and that of this stream is not known; give \
         bytes, a file (ByteStream::from_path), or the length (ByteStream::from_sized_stream)"
    );
    assert!(server.seen().is_empty());

    let (_folder, path) = file(100);
    let sized = ByteStream::from_sized_stream(Pieces::of(100), 100);
    for stream in [sized, ByteStream::from_path(path), vec![7; 100].into()] {
        within(call.clone().reel(stream).send()).await.unwrap();
    }
    for seen in server.seen() {
        assert_eq!((seen.length, seen.header("content-length")), (100, "100"));
    }
    // Nothing is required of a body that is not there.
    within(call.send()).await.unwrap();
    assert_eq!(server.seen()[3].length, 0);
}

#[tokio::test]
async fn a_stream_of_another_length_than_was_said_fails() {
    let server = Server::start([OK]).await;
    for (given, said, expected) in [
        (
            99,
            100,
            "PutReel: the stream of the body ended after 99 of the announced 100 bytes",
        ),
        (
            101,
            100,
            "PutReel: the stream of the body returned more than the announced 100 bytes",
        ),
    ] {
        let stream = ByteStream::from_sized_stream(Pieces::of(given), said);
        let call = client(&server).put_reel().name("a").reel(stream);
        let error = within(call.send()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Input, 1));
        assert_eq!(error.to_string(), format!("{expected} [attempt 1 of 3]"));
    }
}

#[tokio::test]
async fn what_can_be_read_again_is_sent_again_after_an_error_and_after_a_cut() {
    let (_folder, path) = file(1 << 20);
    for first in [Reply::Json(500, "{}"), Reply::HangUp(100_000)] {
        let server = Server::start([first.clone(), OK]).await;
        let tape = ByteStream::from_path(&path);
        let call = client(&server).put_tape().name("a").tape(tape);
        within(call.send()).await.unwrap();
        let seen = server.seen();
        assert_eq!(seen.len(), 2, "{first:?}");
        assert!(seen[1].length == 1 << 20 && seen[1].is_pattern);
        assert!(seen[1].header("amz-sdk-request").starts_with("attempt=2"));
    }
}

#[tokio::test]
async fn what_can_be_read_only_once_is_not_sent_again_and_the_error_says_so() {
    let why =
        "attempt 1 of 3; not retried, because its body is a stream that can be read only once";
    let server = Server::start([Reply::Json(500, r#"{"message": "no"}"#), OK]).await;
    let call = client(&server).put_tape().name("a").tape(once(100));
    let again = call.clone();
    let error = within(call.send()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("PutTape: error without a code (500): no [request id request-1, {why}]")
    );
    // The clone shares the stream.
    let error = within(again.send()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string().as_str()),
        (
            ErrorKind::Input,
            "PutTape: the body is a stream that was read already, and can be read only once"
        )
    );
    assert_eq!(server.seen().len(), 1);

    let server = Server::start([Reply::HangUp(100_000), OK]).await;
    let call = client(&server).put_tape().name("a").tape(once(10 << 20));
    let error = within(call.send()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.to_string().ends_with(&format!(" [{why}]")), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_stream_or_a_file_that_fails_is_an_error_of_the_input() {
    struct Broken;
    impl Stream for Broken {
        type Item = io::Result<Bytes>;
        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(Some(Err(io::Error::other("the needle slipped"))))
        }
    }
    let server = Server::start([OK]).await;
    let call = client(&server).put_tape().name("a");
    let error = within(call.clone().tape(ByteStream::from_stream(Broken)).send())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    let text = error.to_string();
    let expected = "PutTape: the stream of the body failed: the needle slipped [attempt 1 of 3]";
    assert_eq!(text, expected);

    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("nowhere"), folder.path().to_owned()] {
        let tape = ByteStream::from_path(&path);
        let error = within(call.clone().tape(tape).send()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input);
        let expected = format!("PutTape: the file {} cannot be read: ", path.display());
        assert!(error.to_string().starts_with(&expected), "{error}");
    }
}

#[tokio::test]
async fn timeouts_restart_with_every_piece_that_is_sent() {
    /// Six pieces, 40 ms apart: longer in all than the limit, and never as long without one.
    struct Slow(tokio::time::Interval, usize);
    impl Stream for Slow {
        type Item = io::Result<Bytes>;
        fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            std::task::ready!(self.0.poll_tick(cx));
            self.1 += 1;
            Poll::Ready((self.1 <= 6).then(|| Ok(Bytes::from_static(b"tick"))))
        }
    }
    let server = Server::start([OK]).await;
    let limited = |server: &Server| {
        client_with(server, |config| {
            let limit = Duration::from_millis(150);
            config.attempt_timeout(limit).operation_timeout(limit)
        })
    };
    let ticks = Slow(tokio::time::interval(Duration::from_millis(40)), 0);
    let call = limited(&server).put_tape().name("a");
    let call = call.tape(ByteStream::from_stream(ticks));
    within(call.send()).await.unwrap();
    assert_eq!(server.seen()[0].length, 24);

    // One that stalls is ended: the server takes nothing more, or answers nothing.
    let server = Server::start([Reply::Stall(1)]).await;
    let call = limited(&server).put_tape().name("a").tape(once(64 << 20));
    let error = within(call.send()).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_response_can_be_the_body_of_another_call() {
    let from = Server::start([Reply::Long(1 << 20)]).await;
    let to = Server::start([OK]).await;
    let sound = within(client(&from).play().name("a").send())
        .await
        .unwrap()
        .sound;
    within(client(&to).put_reel().name("b").reel(sound).send())
        .await
        .unwrap();
    let [seen] = &to.seen()[..] else { panic!() };
    assert!(seen.length == 1 << 20 && seen.is_pattern);
    assert_eq!(seen.header("content-length"), "1048576");
}
