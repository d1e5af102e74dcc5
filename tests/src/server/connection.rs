//! One connection: hyper reads the requests and writes the ordinary answers; faults of the wire go around it.

use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::net;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

use super::answer::Answer;
use super::fault::Fault;
use super::record::Recorded;
use super::{Shared, listing, lock, signature, strange};

const OPERATION: &str = "/ListImageBuildVersions";
/// Time for the bytes before a reset to reach the client; a reset discards what is still on its way.
const HEADSTART: Duration = Duration::from_millis(20);

/// Serves one connection until the client closes it or a fault breaks it.
pub(super) async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    // A broken connection is what some faults are for; the client's side of it is what tests look at.
    let _ = try_serve(stream, shared).await;
}

async fn try_serve(stream: TcpStream, shared: Arc<Shared>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let stream = stream.into_std()?;
    let wire = Arc::new(stream.try_clone()?);
    let stream = TcpStream::from_std(stream)?;
    let service = service_fn(move |request| {
        let (shared, wire) = (Arc::clone(&shared), Arc::clone(&wire));
        async move { respond(request, &shared, &wire).await }
    });
    hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await
        .map_err(io::Error::other)
}

/// How bytes that go around hyper end.
enum Ending {
    Close,
    Reset,
    Silence,
}

async fn respond(
    request: Request<Incoming>,
    shared: &Shared,
    wire: &net::TcpStream,
) -> io::Result<Response<Full<Bytes>>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let refusal = signature::verify(&head, &body).err();
    let request_id = record(shared, &head, &body, refusal.as_ref());
    let ordinary = |change: fn(serde_json::Value) -> Bytes| {
        ordinary(shared, &head, &body, &request_id, change)
    };
    let plain = |page: serde_json::Value| page.to_string().into();
    if let Some(refusal) = refusal {
        return http(refusal.answer(), &request_id);
    }
    let fault = lock(&shared.script).next();
    let answer = match fault {
        None => ordinary(plain),
        Some(Fault::Answer(answer)) => answer,
        Some(Fault::Wire(bytes)) => return Err(broken(wire, &bytes, Ending::Close).await),
        Some(Fault::SlowFirstByte(delay)) => {
            sleep(delay).await;
            ordinary(plain)
        }
        Some(Fault::Stall) => return Err(half(wire, &ordinary(plain), Ending::Silence).await),
        Some(Fault::Reset) => return Err(half(wire, &ordinary(plain), Ending::Reset).await),
        Some(Fault::Cut) => return Err(half(wire, &ordinary(plain), Ending::Close).await),
        Some(Fault::HugePage) => Answer::json(200, strange::huge_page()),
        Some(Fault::UnknownEnumValues) => ordinary(strange::unknown_enum_values),
        Some(Fault::UnknownMembers) => ordinary(strange::unknown_members),
        Some(Fault::NullMembers) => ordinary(strange::null_members),
        Some(Fault::EscapedStrings) => ordinary(strange::escaped_strings),
        Some(Fault::UnicodeStrings) => ordinary(strange::unicode_strings),
        Some(Fault::HugeNumbers) => ordinary(strange::huge_numbers),
        Some(Fault::DeepNesting) => ordinary(strange::deep_nesting),
    };
    http(answer, &request_id)
}

/// Keeps the request and gives it an ID, counted from 1.
fn record(
    shared: &Shared,
    head: &Parts,
    body: &Bytes,
    refusal: Option<&signature::Refusal>,
) -> String {
    let mut requests = lock(&shared.requests);
    let request_id = format!("00000000-0000-4000-8000-{:012}", requests.len() + 1);
    requests.push(Recorded {
        at: Instant::now(),
        method: head.method.to_string(),
        target: head.uri.to_string(),
        headers: head.headers.clone(),
        body: body.clone(),
        request_id: request_id.clone(),
        refused: refusal.map(|refusal| refusal.message.clone()),
    });
    request_id
}

/// The answer of a service in good health; `change` writes its page.
fn ordinary(
    shared: &Shared,
    head: &Parts,
    body: &Bytes,
    request_id: &str,
    change: fn(serde_json::Value) -> Bytes,
) -> Answer {
    if head.method != "POST" || head.uri.path() != OPERATION {
        let message = format!("there is no operation at {} {}", head.method, head.uri);
        return Answer::exception(404, "UnknownOperationException", &message);
    }
    let media_type = head.headers.get("content-type");
    if media_type.is_none_or(|value| value != "application/json") {
        let message = "the content type must be application/json";
        return Answer::exception(415, "UnsupportedMediaTypeException", message);
    }
    match listing::page(&shared.catalogue, body, request_id) {
        Ok(page) => Answer::json(200, change(page)),
        Err(exception) => exception,
    }
}

fn http(answer: Answer, request_id: &str) -> io::Result<Response<Full<Bytes>>> {
    let answer = with_id(answer, request_id);
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    response
        .body(Full::new(answer.body))
        .map_err(io::Error::other)
}

fn with_id(answer: Answer, request_id: &str) -> Answer {
    const NAME: &str = "x-amzn-requestid";
    if answer.has(NAME) {
        return answer;
    }
    answer.header(NAME, request_id)
}

/// Half of an answer's body; then the connection ends as said.
async fn half(wire: &net::TcpStream, answer: &Answer, ending: Ending) -> io::Error {
    broken(wire, &answer.wire(answer.body.len() / 2), ending).await
}

/// Writes past hyper, which then gets an error and closes the connection.
async fn broken(wire: &net::TcpStream, bytes: &[u8], ending: Ending) -> io::Error {
    match write(wire, bytes, ending).await {
        Ok(never) => match never {},
        Err(error) => error,
    }
}

async fn write(wire: &net::TcpStream, bytes: &[u8], ending: Ending) -> io::Result<Infallible> {
    let mut stream = TcpStream::from_std(wire.try_clone()?)?;
    stream.write_all(bytes).await?;
    match ending {
        Ending::Close => {}
        Ending::Reset => {
            sleep(HEADSTART).await;
            stream.set_zero_linger()?;
        }
        Ending::Silence => pending().await,
    }
    Err(io::Error::other("a fault broke the connection"))
}
