//! An object store on 127.0.0.1 that speaks as much of S3 as uploads in parts and downloads in ranges need, with any bucket. It
//! records requests, and fails where a test asks for it. Signatures are not verified.
//!
//! The store stops, connections and all, when its [`Store`] is dropped.

mod body;
mod crc;
mod objects;
mod request;

use body::Sent;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use objects::Objects;
use std::fmt;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

pub use request::Seen;

/// What happens to a request instead of its ordinary answer, or to that.
#[derive(Clone, Debug)]
pub enum Fault {
    /// This status, with an error of this code.
    Answer(u16, &'static str),
    /// The connection breaks after so many bytes of the answer's body.
    Cut(usize),
    /// The first byte of the answer's body is another one.
    Flip,
    /// The answer comes later.
    Slow(Duration),
    /// There is no answer.
    Silence,
    /// The ordinary answer, without these headers.
    Without(&'static [&'static str]),
}

type Script = Box<dyn FnMut(&Seen) -> Option<Fault> + Send>;

/// A running store.
pub struct Store {
    url: String,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

struct Shared {
    objects: Mutex<Objects>,
    requests: Mutex<Vec<Seen>>,
    script: Mutex<Option<Script>>,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
}

/// A request that is being answered.
struct Answering<'s>(&'s Shared);

impl<'s> Answering<'s> {
    fn new(shared: &'s Shared) -> Self {
        let at_once = shared.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        shared.most_at_once.fetch_max(at_once, Ordering::SeqCst);
        Self(shared)
    }
}

impl Drop for Answering<'_> {
    fn drop(&mut self) {
        self.0.at_once.fetch_sub(1, Ordering::SeqCst);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Store {
    /// Starts an empty store on a free port of 127.0.0.1, in the current tokio runtime.
    ///
    /// # Errors
    /// The loopback interface gives no port.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared {
            objects: Mutex::default(),
            requests: Mutex::default(),
            script: Mutex::default(),
            at_once: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
        });
        let accepting = tokio::spawn(accept(listener, shared.clone()));
        Ok(Self {
            url,
            shared,
            accepting,
        })
    }

    /// Where the store listens: `http://127.0.0.1:<port>`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Is asked for a fault of each request, before it is answered.
    pub fn script(&self, script: impl FnMut(&Seen) -> Option<Fault> + Send + 'static) {
        *lock(&self.shared.script) = Some(Box::new(script));
    }

    /// Puts an object at a path, which is `/<bucket>/<key>`.
    pub fn put(&self, path: &str, bytes: impl Into<Bytes>) {
        lock(&self.shared.objects).put(path, bytes.into(), HeaderMap::new());
    }

    /// The bytes of an object.
    #[must_use]
    pub fn object(&self, path: &str) -> Option<Bytes> {
        lock(&self.shared.objects).bytes(path)
    }

    /// How many multipart uploads have begun and neither been completed nor aborted.
    #[must_use]
    pub fn open_uploads(&self) -> usize {
        lock(&self.shared.objects).open_uploads()
    }

    /// How many bytes of parts and objects the store has received.
    #[must_use]
    pub fn received(&self) -> u64 {
        lock(&self.shared.objects).received
    }

    /// The largest number of requests that were answered at the same time.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        self.shared.most_at_once.load(Ordering::SeqCst)
    }

    /// The requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen> {
        lock(&self.shared.requests).clone()
    }

    /// The requests of one operation so far.
    #[must_use]
    pub fn requests_of(&self, operation: &str) -> Vec<Seen> {
        let mut requests = self.requests();
        requests.retain(|seen| seen.operation == operation);
        requests
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let shared = shared.clone();
        connections.spawn(async move {
            let service = service_fn(move |request| respond(request, shared.clone()));
            // A broken connection is what some faults are for.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn respond(request: Request<Incoming>, shared: Arc<Shared>) -> io::Result<Response<Sent>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let seen = Seen::new(&head, &body);
    lock(&shared.requests).push(seen.clone());
    let _answering = Answering::new(&shared);
    let fault = lock(&shared.script)
        .as_mut()
        .and_then(|script| script(&seen));
    match fault {
        Some(Fault::Silence) => return std::future::pending().await,
        Some(Fault::Slow(time)) => sleep(time).await,
        Some(Fault::Answer(status, code)) => {
            let status = StatusCode::from_u16(status).map_err(io::Error::other)?;
            return Ok(objects::error(status, code).map(Sent::whole));
        }
        _ => {}
    }
    let mut answer = lock(&shared.objects).answer(&seen, &body);
    Ok(match fault {
        Some(Fault::Cut(after)) => answer.map(|bytes| Sent::cut(bytes, after)),
        Some(Fault::Flip) => answer.map(|bytes| {
            let mut bytes = bytes.to_vec();
            if let Some(first) = bytes.first_mut() {
                *first ^= 1;
            }
            Sent::whole(bytes.into())
        }),
        Some(Fault::Without(names)) => {
            for name in names {
                answer.headers_mut().remove(*name);
            }
            answer.map(Sent::whole)
        }
        _ => answer.map(Sent::whole),
    })
}
