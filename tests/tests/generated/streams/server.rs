//! A loopback server for bodies of any size: it looks at what it is sent piece by piece and keeps the pieces only of
//! small ones, and what it sends may be long, slow, cut or endless.

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::http::request::Parts;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// What one request is answered with, once its body is read; except where it says otherwise.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// A status and a JSON body.
    Json(u16, &'static str),
    /// The body of the request, which must be a small one, with its header `x-format`.
    Echo,
    /// So many bytes of the [`pattern`].
    Long(u64),
    /// So many bytes are said to come, half of them do, and then the connection ends.
    Cut(u64),
    /// So many bytes, and then nothing for ever.
    Silent(u64),
    /// One byte after another, for ever.
    Endless,
    /// The connection ends when so many bytes of the request were read.
    HangUp(u64),
    /// No byte of the request is read any more after so many, and nothing is answered.
    Stall(u64),
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) head: Parts,
    /// The first 64 KiB.
    pub(crate) start: Vec<u8>,
    pub(crate) length: u64,
    /// Whether its bytes are those of the [`pattern`].
    pub(crate) is_pattern: bool,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.head.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

struct Shared {
    replies: Vec<Reply>,
    seen: Mutex<Vec<Seen>>,
    number: Mutex<usize>,
    /// Told when a body that was being sent is dropped.
    dropped: Arc<Notify>,
}

impl Server {
    /// Answers the requests with the replies in order, and all further ones with the last.
    pub(crate) async fn start(replies: impl Into<Vec<Reply>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            replies: replies.into(),
            seen: Mutex::default(),
            number: Mutex::default(),
            dropped: Arc::default(),
        });
        let accepting = tokio::spawn(accept(listener, shared.clone()));
        Self {
            url,
            shared,
            accepting,
        }
    }

    /// The requests so far, those that were not read to their end too.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        lock(&self.shared.seen).clone()
    }

    /// Waits until a response's body is dropped before its end, or has ended.
    pub(crate) async fn dropped(&self) {
        self.shared.dropped.notified().await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap()
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let shared = shared.clone();
        connections.spawn(async move {
            let service = service_fn(|request| answer(shared.clone(), request));
            let connection = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service);
            // Connections that break are what many of the tests are about.
            let _ = connection.await;
        });
    }
}

async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> io::Result<Response<Answer>> {
    let number = {
        let mut number = lock(&shared.number);
        *number += 1;
        *number
    };
    let last = shared.replies.len() - 1;
    let reply = shared.replies[(number - 1).min(last)].clone();
    let most = match reply {
        Reply::HangUp(most) | Reply::Stall(most) => most,
        _ => u64::MAX,
    };
    let (head, mut received) = request.into_parts();
    let seen = read(head, &mut received, most).await;
    let (format, start) = (seen.header("x-format").to_owned(), seen.start.clone());
    lock(&shared.seen).push(seen);

    let body = |length, until, end| Answer {
        length,
        sent: 0,
        until,
        end,
        whole: None,
        dropped: shared.dropped.clone(),
    };
    let whole = |bytes: Bytes| {
        let length = bytes.len() as u64;
        let mut body = body(Some(length), length, End::Clean);
        body.whole = Some(bytes);
        body
    };
    let response = Response::builder().header("x-amzn-requestid", format!("request-{number}"));
    let response = match reply {
        Reply::Json(status, text) => response.status(status).body(whole(text.into())),
        Reply::Echo => response
            .header("x-format", format)
            .body(whole(start.into())),
        Reply::Long(length) => response.body(body(Some(length), length, End::Clean)),
        Reply::Cut(length) => response.body(body(Some(length), length / 2, End::Cut)),
        Reply::Silent(length) => response.body(body(None, length, End::Silent)),
        Reply::Endless => response.body(body(None, u64::MAX, End::Clean)),
        Reply::HangUp(_) => return Err(io::Error::other("hung up")),
        Reply::Stall(_) => std::future::pending().await,
    };
    Ok(response.unwrap())
}

/// Reads a request's body, up to `most` bytes.
async fn read(head: Parts, body: &mut Incoming, most: u64) -> Seen {
    let mut seen = Seen {
        head,
        start: Vec::new(),
        length: 0,
        is_pattern: true,
    };
    while seen.length < most {
        let Some(Ok(frame)) = body.frame().await else {
            break;
        };
        let piece = frame.into_data().unwrap_or_default();
        seen.is_pattern &= is_pattern(seen.length, &piece);
        seen.length += piece.len() as u64;
        let wanted = piece.len().min((64 << 10) - seen.start.len());
        seen.start.extend_from_slice(&piece[..wanted]);
    }
    seen
}

/// How a response's body ends.
#[derive(Clone, Copy, Debug)]
enum End {
    Clean,
    Cut,
    Silent,
}

struct Answer {
    length: Option<u64>,
    sent: u64,
    until: u64,
    end: End,
    /// All of it, where it is not the pattern.
    whole: Option<Bytes>,
    dropped: Arc<Notify>,
}

impl Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.sent == self.until {
            return match self.end {
                End::Clean => Poll::Ready(None),
                End::Cut => Poll::Ready(Some(Err(io::Error::other("cut")))),
                End::Silent => Poll::Pending,
            };
        }
        let piece = match self.whole.take() {
            Some(whole) => whole,
            None => pattern(self.sent, (self.until - self.sent).min(64 << 10)),
        };
        self.sent += piece.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.until == 0 && matches!(self.end, End::Clean)
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.dropped.notify_one();
    }
}

/// Bytes of a pattern that tells one place from another, from `offset` on.
pub(crate) fn pattern(offset: u64, length: u64) -> Bytes {
    let start = (offset % 251) as usize;
    Bytes::from_static(&PATTERN).slice(start..start + length as usize)
}

/// Whether these are the bytes of the pattern from `offset` on.
pub(crate) fn is_pattern(mut offset: u64, mut bytes: &[u8]) -> bool {
    while !bytes.is_empty() {
        let (piece, rest) = bytes.split_at(bytes.len().min(64 << 10));
        if pattern(offset, piece.len() as u64) != piece {
            return false;
        }
        offset += piece.len() as u64;
        bytes = rest;
    }
    true
}

static PATTERN: [u8; 251 + (64 << 10)] = {
    let mut bytes = [0; 251 + (64 << 10)];
    let mut index = 0;
    while index < bytes.len() {
        bytes[index] = (index % 251) as u8;
        index += 1;
    }
    bytes
};
