//! Connections: what a request without a body says of it, answers that come early, runtimes that end, and how many
//! connections are kept.

use crate::support::{CallError, GetTinOutput, SERVICE, complete, get_tin};
use crate::wire::{
    SOON, Wire, answer_all, header_of, read_head, read_request, until_client_leaves,
};
use bytes::Bytes;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tinsmith_runtime::{
    Blob, Body, ByteStream, Client, ErrorKind, HttpClient, HttpError, HttpErrorKind, HyperClient,
    Method, Operation, RequestWriter, SendOptions, WriteInput, WriteStructure,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"size\":4}";
const OK_AND_CLOSE: &str =
    "HTTP/1.1 200 OK\r\ncontent-length: 10\r\nconnection: close\r\n\r\n{\"size\":4}";
const TOO_LARGE: &str = "HTTP/1.1 413 Content Too Large\r\ncontent-length: 53\r\nconnection: close\r\n\r\n\
                         {\"code\":\"TooLargeException\",\"message\":\"four at most\"} ";
/// More than two sockets take that nobody reads from, which may be 36 MiB.
const LARGE: usize = 48 << 20;

/// An operation without members.
struct Nothing;

impl WriteStructure for Nothing {}

impl WriteInput for Nothing {
    fn write_request(&self, _: &mut RequestWriter) {}
}

#[tokio::test]
async fn put_and_post_without_a_body_send_content_length_0() {
    static OPERATIONS: [Operation; 6] = {
        const fn operation(method: Method) -> Operation {
            Operation {
                name: "Nothing",
                method,
                uri: "/nothing",
                service: &SERVICE,
                ..Operation::DEFAULT
            }
        }
        [
            operation(Method::PUT),
            operation(Method::POST),
            operation(Method::PATCH),
            operation(Method::GET),
            operation(Method::DELETE),
            operation(Method::HEAD),
        ]
    };
    let heads = Arc::new(Mutex::new(Vec::new()));
    let wire = Wire::start({
        let heads = heads.clone();
        move |_, mut stream| {
            let heads = heads.clone();
            async move {
                while let Some(head) = read_head(&mut stream).await {
                    heads.lock().unwrap().push(head);
                    stream
                        .write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
                        .await
                        .unwrap();
                }
            }
        }
    })
    .await;
    let client = Client::new(&SERVICE, complete().endpoint_url(&wire.url).build());
    for operation in &OPERATIONS {
        let output: Result<GetTinOutput, CallError> = client.call(operation, &Nothing).await;
        output.unwrap();
        let head = heads.lock().unwrap().pop().unwrap();
        let expected = match operation.method.as_str() {
            "PUT" | "POST" | "PATCH" => Some("0"),
            _ => None,
        };
        assert_eq!(header_of(&head, "content-length"), expected, "{head}");
        assert_eq!(header_of(&head, "transfer-encoding"), None);
    }
    assert_eq!(
        wire.accepted(),
        1,
        "the next request is distinguished from the one before it"
    );
}

/// A body to be sent, as a blob that is in memory or as a stream.
#[derive(Clone, Copy, Debug)]
enum Large {
    Blob,
    Stream,
}

impl WriteStructure for Large {}

impl WriteInput for Large {
    fn write_request(&self, request: &mut RequestWriter) {
        match self {
            Self::Blob => {
                let blob = Some(Blob::from(vec![b'x'; LARGE]));
                request.payload_blob("tin", &blob, "application/octet-stream");
            }
            Self::Stream => {
                let stream = ByteStream::from_stream(Pieces(LARGE / PIECE));
                request.payload_stream(&Some(stream), "application/octet-stream");
            }
        }
    }
}

const PIECE: usize = 64 << 10;

/// So many pieces.
struct Pieces(usize);

impl futures_core::Stream for Pieces {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(left) = self.0.checked_sub(1) else {
            return Poll::Ready(None);
        };
        self.0 = left;
        Poll::Ready(Some(Ok(Bytes::from_static(&[b'x'; PIECE]))))
    }
}

static PUT_TIN: Operation = Operation {
    name: "PutTin",
    method: Method::PUT,
    uri: "/tin",
    service: &SERVICE,
    unsigned_payload: true,
    ..Operation::DEFAULT
};

async fn put(client: &Client, body: Large) -> Result<GetTinOutput, CallError> {
    tokio::time::timeout(SOON, client.call(&PUT_TIN, &body))
        .await
        .unwrap()
}

fn assert_too_large(error: &CallError, body: Large) {
    assert_eq!(
        (error.kind(), error.status(), error.code()),
        (ErrorKind::Service, Some(413), Some("TooLargeException")),
        "{body:?}: {error}"
    );
    assert_eq!(error.attempts(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_before_a_large_upload_is_read_is_reported() {
    // How much is read before the answer, and whether the answer comes in two pieces.
    for (read, in_two) in [(0, false), (100_000, false), (100_000, true)] {
        let wire = Wire::start(move |_, mut stream| async move {
            read_head(&mut stream).await.unwrap();
            let mut taken = vec![0; read];
            stream.read_exact(&mut taken).await.unwrap();
            let (first, second) = TOO_LARGE.split_at(if in_two { 20 } else { TOO_LARGE.len() });
            stream.write_all(first.as_bytes()).await.unwrap();
            if in_two {
                tokio::time::sleep(Duration::from_millis(20)).await;
                stream.write_all(second.as_bytes()).await.unwrap();
            }
            // With bytes that nobody read, closing is a reset.
        })
        .await;
        let client = Client::new(&SERVICE, complete().endpoint_url(&wire.url).build());
        for _ in 0..3 {
            for body in [Large::Blob, Large::Stream] {
                assert_too_large(&put(&client, body).await.unwrap_err(), body);
            }
        }
        assert_eq!(wire.accepted(), 6, "none of them was used again");
        wire.until_open(0).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_early_answer_of_a_server_that_neither_reads_on_nor_closes_ends_the_connection() {
    for answer in [
        TOO_LARGE.replace("connection: close\r\n", ""),
        TOO_LARGE.to_owned(),
    ] {
        let wire = Wire::start(move |_, mut stream| {
            let answer = answer.clone();
            async move {
                read_head(&mut stream).await.unwrap();
                stream.write_all(answer.as_bytes()).await.unwrap();
                until_client_leaves(stream).await;
            }
        })
        .await;
        let client = Client::new(&SERVICE, complete().endpoint_url(&wire.url).build());
        for body in [Large::Blob, Large::Stream] {
            assert_too_large(&put(&client, body).await.unwrap_err(), body);
        }
        wire.until_open(0).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_breaks_within_a_large_upload_without_an_answer_is_retried() {
    let wire = Wire::start(|number, mut stream| async move {
        read_head(&mut stream).await.unwrap();
        if number == 3 {
            let mut taken = vec![0; LARGE];
            stream.read_exact(&mut taken).await.unwrap();
            stream.write_all(OK.as_bytes()).await.unwrap();
        }
    })
    .await;
    let client = Client::new(&SERVICE, complete().endpoint_url(&wire.url).build());
    assert_eq!(put(&client, Large::Blob).await.unwrap().size, Some(4));
    assert_eq!(wire.accepted(), 3);
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
}

#[test]
fn one_client_is_used_from_runtimes_that_end() {
    let server = runtime();
    let wire = server.block_on(Wire::start(|_, stream| answer_all(stream, OK)));
    let client = Client::new(&SERVICE, complete().endpoint_url(&wire.url).build());
    for _ in 0..3 {
        let calls = runtime();
        for _ in 0..2 {
            let output = calls.block_on(get_tin(&client)).unwrap();
            assert_eq!(output.size, Some(4));
        }
        drop(calls);
    }
    assert!(wire.accepted() >= 3, "a connection ends with its runtime");
}

/// A server whose first connection answers once and then says when it is asked again, and does not answer. All other
/// connections end with their answer: one that stays would be used for each further call, and the first for none.
fn silent_after_one(
    server: &tokio::runtime::Runtime,
) -> (Wire, tokio::sync::mpsc::UnboundedReceiver<()>) {
    let (asked, was_asked) = tokio::sync::mpsc::unbounded_channel();
    let wire = server.block_on(Wire::start(move |number, mut stream| {
        let asked = asked.clone();
        async move {
            if number > 1 {
                let _ = read_request(&mut stream).await;
                let _ = stream.write_all(OK_AND_CLOSE.as_bytes()).await;
                return;
            }
            read_request(&mut stream).await.unwrap();
            stream.write_all(OK.as_bytes()).await.unwrap();
            read_request(&mut stream).await.unwrap();
            asked.send(()).unwrap();
            until_client_leaves(stream).await;
        }
    }));
    (wire, was_asked)
}

/// A call in a runtime of its own that waits for an answer over the connection of another.
fn pending_over_the_first<T: Send + 'static, C: Future<Output = T> + Send + 'static>(
    runtime: &tokio::runtime::Runtime,
    call: impl Fn() -> C,
    was_asked: &mut tokio::sync::mpsc::UnboundedReceiver<()>,
) -> tokio::task::JoinHandle<T> {
    for _ in 0..500 {
        let mut pending = runtime.spawn(call());
        let is_over_the_first = runtime.block_on(async {
            tokio::select! {
                _ = was_asked.recv() => true,
                _ = &mut pending => false,
                () = tokio::time::sleep(SOON) => panic!("nobody asks"),
            }
        });
        if is_over_the_first {
            return pending;
        }
        // The connection was not back in the pool.
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("the first connection is never used again");
}

#[test]
fn a_call_over_a_connection_whose_runtime_ends_is_a_reset_and_is_retried() {
    let server = runtime();
    let (wire, mut was_asked) = silent_after_one(&server);
    let (first, second) = (runtime(), runtime());
    let client = Client::new(&SERVICE, complete().endpoint_url(&wire.url).build());
    first.block_on(get_tin(&client)).unwrap();
    let call = || {
        let client = client.clone();
        async move { get_tin(&client).await }
    };
    let pending = pending_over_the_first(&second, call, &mut was_asked);
    drop(first);
    let output = second.block_on(async { tokio::time::timeout(SOON, pending).await });
    assert_eq!(output.unwrap().unwrap().unwrap().size, Some(4));
}

#[test]
fn a_call_whose_runtime_ends_says_that_the_connection_broke() {
    let server = runtime();
    let (wire, mut was_asked) = silent_after_one(&server);
    let http = HyperClient::new();
    let send = || {
        let (http, url) = (http.clone(), wire.url.clone());
        async move {
            let request = http::Request::get(url).body(Body::empty()).unwrap();
            let response = http.send(request, &SendOptions::default()).await?;
            response.into_body().collect(100).await
        }
    };
    let (first, second) = (runtime(), runtime());
    first.block_on(send()).unwrap();
    let pending = pending_over_the_first(&second, send, &mut was_asked);
    drop(first);
    let outcome = second.block_on(async { tokio::time::timeout(SOON, pending).await });
    let error: HttpError = outcome.unwrap().unwrap().unwrap_err();
    assert_eq!(error.kind(), HttpErrorKind::Reset, "{error}");
    assert!(error.is_retryable());
}

#[tokio::test(flavor = "multi_thread")]
async fn idle_connections_have_a_cap() {
    const CALLS: usize = 100;
    let all = Arc::new(tokio::sync::Barrier::new(CALLS));
    let wire = Wire::start({
        let all = all.clone();
        move |_, mut stream: TcpStream| {
            let all = all.clone();
            async move {
                // Answered only when each of them has a connection of its own.
                if read_request(&mut stream).await.is_some() {
                    all.wait().await;
                    stream.write_all(OK.as_bytes()).await.unwrap();
                }
                answer_all(stream, OK).await;
            }
        }
    })
    .await;
    let client = Client::new(&SERVICE, complete().endpoint_url(&wire.url).build());
    let calls: Vec<_> = (0..CALLS)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get_tin(&client).await.map(|tin| tin.size) })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), Some(4));
    }
    assert_eq!(wire.accepted(), CALLS);
    wire.until_open(64).await;
    assert_eq!(get_tin(&client).await.unwrap().size, Some(4));
    assert_eq!(wire.accepted(), CALLS, "those that are left are used");
}
