//! A loopback service over HTTP/2 that is sent events and answers each at once: it verifies the signature of the request
//! and of every event with other code than the client's.

mod chain;

use bytes::Bytes;
use chain::Chain;
use http_body_util::channel::Channel;
use http_body_util::{BodyExt, Either, Full};
use hyper::body::{Frame, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::sync::{Arc, Mutex, PoisonError};
use tinsmith_runtime::event_stream::{Decoder, HeaderValue, Message};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// Of the most wrong client it takes no more than this.
const MOST_EVENTS: usize = 1000;

/// What the server does with events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Sends each back as it comes.
    Echo,
    /// Answers with status 500 when the first has come.
    Fail,
    /// Refuses the first request, and echoes those after it.
    Refuse,
}

/// The service. It ends with this.
pub struct Server {
    /// Where it listens.
    pub url: String,
    seen: Arc<Mutex<Seen>>,
    task: tokio::task::JoinHandle<()>,
}

/// What the server was sent.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The heads of requests, as `METHOD path content-type`.
    pub requests: Vec<String>,
    /// The events, without the messages around them.
    pub events: Vec<Message>,
    /// Whether the last request ended with a signature of nothing.
    pub ended: bool,
    /// What was wrong.
    pub faults: Vec<String>,
}

impl Server {
    /// Begins to listen.
    ///
    /// # Errors
    /// The loopback interface gives no port.
    pub async fn start(manner: Manner) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let seen = Arc::new(Mutex::new(Seen::default()));
        let task = tokio::spawn({
            let seen = seen.clone();
            async move {
                while let Ok((socket, _)) = listener.accept().await {
                    let seen = seen.clone();
                    let service = service_fn(move |request| answer(manner, request, seen.clone()));
                    let connection = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                        .serve_connection(TokioIo::new(socket), service);
                    tokio::spawn(connection);
                }
            }
        });
        Ok(Self { url, seen, task })
    }

    /// What it was sent so far.
    pub fn seen(&self) -> Seen {
        lock(&self.seen).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(seen: &Mutex<Seen>) -> std::sync::MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

type Body = Either<Full<Bytes>, Channel<Bytes>>;

async fn answer(
    manner: Manner,
    request: Request<Incoming>,
    seen: Arc<Mutex<Seen>>,
) -> Result<Response<Body>, h2::Error> {
    let (head, body) = request.into_parts();
    let content_type = head.headers.get("content-type");
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let requests = {
        let mut seen = lock(&seen);
        seen.requests.push(format!(
            "{} {} {}",
            head.method,
            head.uri.path(),
            content_type.unwrap_or("none")
        ));
        seen.requests.len()
    };
    if manner == Manner::Refuse && requests == 1 {
        return Err(h2::Reason::REFUSED_STREAM.into());
    }
    let chain = match Chain::begin(&head) {
        Ok(chain) => chain,
        Err(fault) => {
            lock(&seen).faults.push(fault);
            return Ok(status(403));
        }
    };
    let (events, mut received) = unbounded_channel();
    tokio::spawn(receive(body, chain, seen, events));
    if manner == Manner::Fail {
        received.recv().await;
        return Ok(status(500));
    }
    let (mut sender, body) = Channel::new(1);
    tokio::spawn(async move {
        while let Some(event) = received.recv().await {
            if sender.send(Frame::data(event)).await.is_err() {
                return;
            }
        }
    });
    Ok(Response::new(Either::Right(body)))
}

fn status(code: u16) -> Response<Body> {
    let mut response = Response::new(Either::Left(Full::default()));
    if let Ok(code) = hyper::StatusCode::from_u16(code) {
        *response.status_mut() = code;
    }
    response
}

/// Takes the request's body apart, and hands on the bytes of each event when its signature is right.
async fn receive(
    mut body: Incoming,
    mut chain: Chain,
    seen: Arc<Mutex<Seen>>,
    events: UnboundedSender<Bytes>,
) {
    let mut decoder = Decoder::default();
    let fault = |fault: String| lock(&seen).faults.push(fault);
    loop {
        let message = match decoder.next_message() {
            Ok(message) => message,
            Err(error) => return fault(error.to_string()),
        };
        let Some(message) = message else {
            match body.frame().await {
                Some(Ok(frame)) => decoder.push(frame.data_ref().map_or(&[], |data| data)),
                Some(Err(error)) => return fault(error.to_string()),
                None => return,
            }
            continue;
        };
        if let Err(error) = chain.verify(&message) {
            return fault(error);
        }
        if message.payload.is_empty() {
            lock(&seen).ended = true;
            continue;
        }
        match inner(&message.payload) {
            Ok(event) => {
                let is_initial =
                    event.header(":event-type") == Some(&HeaderValue::from("initial-request"));
                let mut seen = lock(&seen);
                seen.events.push(event);
                if seen.ended || seen.events.len() > MOST_EVENTS {
                    seen.faults.push("events without an end".to_owned());
                    return;
                }
                drop(seen);
                if !is_initial && events.send(message.payload).is_err() {
                    return;
                }
            }
            Err(error) => return fault(error),
        }
    }
}

/// The event within a signed message.
fn inner(payload: &[u8]) -> Result<Message, String> {
    let mut decoder = Decoder::default();
    decoder.push(payload);
    let message = decoder.next_message().map_err(|error| error.to_string())?;
    message
        .filter(|_| decoder.pending() == 0)
        .ok_or_else(|| "a signed message holds something else than an event".to_owned())
}
