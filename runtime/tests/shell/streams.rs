//! Bodies that are streams, at the seam to HTTP: what a client of another library may do with them.

use crate::support::{CallError, GetTinOutput, SERVICE, complete};
use bytes::Bytes;
use futures_core::Stream;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tinsmith_runtime::{
    Body, BoxFuture, ByteStream, Client, HttpClient, HttpError, HttpErrorKind, Operation,
    RequestBody, RequestWriter, SendOptions, WriteInput, WriteStructure,
};

/// The words of a text, and then perhaps an error.
struct Words(Vec<&'static str>, Option<io::Error>);

impl Words {
    fn of(text: &'static str) -> Self {
        Self(text.split_inclusive(' ').rev().collect(), None)
    }
}

impl Stream for Words {
    type Item = Result<Bytes, io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let word = self
            .0
            .pop()
            .map(|word| Ok(Bytes::from_static(word.as_bytes())));
        Poll::Ready(word.or_else(|| self.1.take().map(Err)))
    }
}

#[tokio::test]
async fn a_body_is_collected_up_to_its_limit_and_never_beyond() {
    let body = || Body::from_stream(Words::of("four pieces of tin"));
    let all = Bytes::from_static(b"four pieces of tin");
    assert_eq!(body().collect(18).await.unwrap(), all);
    assert_eq!(Body::from(all.clone()).collect(18).await.unwrap(), all);
    for (body, max) in [(body(), 17), (body(), 4), (all.into(), 17)] {
        let error = body.collect(max).await.unwrap_err();
        assert_eq!(error.kind(), HttpErrorKind::TooLarge);
        assert_eq!(
            error.to_string(),
            format!("the body is larger than {max} bytes")
        );
    }
}

#[tokio::test]
async fn a_body_of_another_library_keeps_its_length_and_its_errors_become_ours() {
    let mut body = Body::wrap(Body::from("tin"));
    assert_eq!(body.content_length(), Some(3));
    assert_eq!(body.next().await.unwrap().unwrap(), "tin");
    assert!(body.next().await.is_none());

    let mut words = Words::of("tin ");
    words.1 = Some(io::Error::other("the pipe burst"));
    let mut body = Body::wrap(Body::from_stream(words));
    assert_eq!(body.content_length(), None);
    assert_eq!(body.next().await.unwrap().unwrap(), "tin ");
    let error = body.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), HttpErrorKind::Reset);
    assert_eq!(error.to_string(), "the body ended early: the pipe burst");
    assert!(body.next().await.is_none(), "it is over");
}

/// Fails to connect at first, and then takes what is sent.
#[derive(Clone, Default)]
struct ThirdTime(Arc<Mutex<(u32, Vec<Bytes>)>>);

impl HttpClient for ThirdTime {
    fn send(
        &self,
        request: http::Request<Body>,
        _: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        Box::pin(async move {
            let number = {
                let mut state = self.0.lock().unwrap();
                state.0 += 1;
                state.0
            };
            if number < 3 {
                return Err(HttpError::new(HttpErrorKind::Connect, "nobody there"));
            }
            let body = request.into_body().collect(100).await?;
            self.0.lock().unwrap().1.push(body);
            Ok(http::Response::new("{}".into()))
        })
    }
}

static PUT_TIN: Operation = Operation {
    name: "PutTin",
    unsigned_payload: true,
    uri: "/tins",
    service: &SERVICE,
    ..Operation::DEFAULT
};

struct PutTin(Option<ByteStream>);

impl WriteStructure for PutTin {}

impl WriteInput for PutTin {
    fn write_request(&self, request: &mut RequestWriter) {
        request.payload_stream(&self.0, "application/octet-stream");
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_of_which_nothing_was_read_is_sent_again() {
    let http = ThirdTime::default();
    let client = Client::new(&SERVICE, complete().http_client(http.clone()).build());
    let input = PutTin(Some(ByteStream::from_stream(Words::of(
        "four pieces of tin",
    ))));
    let output: Result<GetTinOutput, CallError> = client.call(&PUT_TIN, &input).await;
    output.unwrap();
    let (sent, bodies) = &*http.0.lock().unwrap();
    assert_eq!(
        (*sent, bodies.as_slice()),
        (3, &[Bytes::from("four pieces of tin")][..])
    );
}

#[test]
fn the_request_of_a_stream_is_made_without_reading_it() {
    let stream = |stream: ByteStream| PUT_TIN.request(&PutTin(Some(stream)), String::new).unwrap();
    let request = stream(ByteStream::from_path("nowhere"));
    assert!(matches!(request.body, RequestBody::Stream(_)));
    // Bytes are the body, as they are of any operation.
    let request = stream("tin".into());
    assert_eq!(request.body.as_bytes().unwrap(), "tin");
}

#[tokio::test]
async fn a_clone_shares_a_stream_that_can_be_read_once_and_otherwise_starts_at_the_beginning() {
    let whole = ByteStream::from("tin");
    assert_eq!(whole.clone().collect().await.unwrap(), "tin");
    assert_eq!(whole.collect().await.unwrap(), "tin");

    let mut first = ByteStream::from_stream(Words::of("four pieces of tin"));
    let second = first.clone();
    assert_eq!(first.next().await.unwrap().unwrap(), "four ");
    let error = second.collect().await.unwrap_err();
    let expected = "the stream was read already, and it can be read only once";
    assert_eq!(error.to_string(), expected);
    assert_eq!(first.collect().await.unwrap(), "pieces of tin");
}

/// Takes a piece every 40 seconds.
#[derive(Clone, Default)]
struct Slow(Arc<Mutex<Vec<usize>>>);

impl HttpClient for Slow {
    fn send(
        &self,
        request: http::Request<Body>,
        _: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        Box::pin(async move {
            let mut body = request.into_body();
            assert_eq!(body.content_length(), Some(1 << 20));
            while let Some(piece) = body.next().await {
                self.0.lock().unwrap().push(piece?.len());
                tokio::time::sleep(Duration::from_secs(40)).await;
            }
            Ok(http::Response::new("{}".into()))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_long_body_is_not_ended_by_a_limit_of_time_while_it_is_sent() {
    // An attempt may take 60 seconds, and a call four minutes.
    let http = Slow::default();
    let client = Client::new(&SERVICE, complete().http_client(http.clone()).build());
    let input = PutTin(Some(vec![7; 1 << 20].into()));
    let output: Result<GetTinOutput, CallError> = client.call(&PUT_TIN, &input).await;
    output.unwrap();
    assert_eq!(*http.0.lock().unwrap(), [128 << 10; 8]);
}

#[tokio::test]
async fn a_part_is_of_bytes_and_files_only_and_is_read_when_it_is_sent() {
    let path = std::env::temp_dir().join(format!("tinsmith-part-{}", std::process::id()));
    std::fs::write(&path, "four pieces of tin").unwrap();
    for whole in [
        ByteStream::from("four pieces of tin"),
        ByteStream::from_path(&path),
    ] {
        assert_eq!(whole.measure().await.unwrap(), Some(18));
        let part = whole.part(5, 9).unwrap();
        assert_eq!(part.measure().await.unwrap(), Some(9));
        assert_eq!(part.clone().collect().await.unwrap(), "pieces of");
        // A part of a part, which ends where that does.
        let part = part.part(7, 100).unwrap();
        assert_eq!(part.collect().await.unwrap(), "of");
        assert_eq!(whole.part(18, 0).unwrap().collect().await.unwrap(), "");
    }
    // Bytes that a file does not have are an error, before and after it was opened.
    let beyond = ByteStream::from_path(&path).part(10, 9).unwrap();
    for error in [
        beyond.measure().await.unwrap_err(),
        beyond.clone().collect().await.unwrap_err(),
    ] {
        let text = error.to_string();
        assert!(
            text.contains("expected at least 19 bytes, found 18"),
            "{text}"
        );
    }
    let shown = format!("{beyond:?}");
    assert!(shown.starts_with("ByteStream(9 bytes of file"), "{shown}");
    std::fs::remove_file(&path).unwrap();
    let once = ByteStream::from_stream(Words::of("four pieces of tin"));
    assert!(once.part(0, 4).is_none());
    assert_eq!(once.measure().await.unwrap(), None);
}

#[tokio::test]
async fn a_reader_is_a_stream_with_its_errors() {
    let reader = std::io::Cursor::new(vec![7; 200_000]);
    let mut stream = ByteStream::from_async_read(reader);
    let first = stream.next().await.unwrap().unwrap();
    assert_eq!(first.len(), 64 << 10);
    assert_eq!(stream.collect().await.unwrap().len(), 200_000 - first.len());
    let error = ByteStream::from_async_read(Broken)
        .collect()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("the pipe burst"), "{error}");
}

/// A reader that fails.
struct Broken;

impl tokio::io::AsyncRead for Broken {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut tokio::io::ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Poll::Ready(Err(io::Error::other("the pipe burst")))
    }
}

#[test]
fn what_is_printed_of_a_stream_is_its_length_and_not_its_content() {
    let printed = |stream: ByteStream| format!("{stream:?}");
    assert_eq!(printed(ByteStream::default()), "ByteStream(0 bytes)");
    assert_eq!(printed("secret".into()), "ByteStream(6 bytes)");
    let words = || Words::of("top secret");
    assert_eq!(
        printed(ByteStream::from_sized_stream(words(), 10)),
        "ByteStream(10 bytes)"
    );
    assert_eq!(
        printed(ByteStream::from_stream(words())),
        "ByteStream(of unknown length)"
    );
    assert_eq!(
        printed(ByteStream::from_path("tape.mp3")),
        r#"ByteStream(file "tape.mp3")"#
    );
    fn is_shared<T: Send + Sync + 'static>() {}
    is_shared::<ByteStream>();
}
