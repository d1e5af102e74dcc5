//! The loopback services: they check no signatures, since their own time is not what is measured, and stay on a core of
//! their own. The Image Builder among them lists as many images as the last number of the image version says, page by page.

use crate::page::page;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper::header::CONTENT_TYPE;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use nix::sched::{CpuSet, sched_setaffinity};
use nix::unistd::Pid;
use serde::Deserialize;
use std::convert::Infallible;
use std::io::Read;
use tokio::net::TcpListener;
use tokio::task::LocalSet;

/// What a request for a page says.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Input<'a> {
    image_version_arn: &'a str,
    max_results: Option<usize>,
    next_token: Option<&'a str>,
}

/// Serves Image Builder.
pub fn image_builder() -> Result<(), String> {
    serve(answer)
}

/// Prints its URL and serves until standard input is closed.
pub fn serve<A, F, B>(answer: A) -> Result<(), String>
where
    A: Fn(Request<Incoming>) -> F + Clone + 'static,
    F: Future<Output = Result<Response<B>, hyper::Error>> + 'static,
    B: Body<Data = Bytes, Error = Infallible> + 'static,
{
    let mut cores = CpuSet::new();
    if cores.set(1).is_ok() {
        // With one core only, both sides share it.
        let _ = sched_setaffinity(Pid::from_raw(0), &cores);
    }
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start a runtime: {error}"))?;
    runtime
        .block_on(LocalSet::new().run_until(listen(answer)))
        .map_err(|error| format!("cannot serve on the loopback interface: {error}"))
}

async fn listen<A, F, B>(answer: A) -> std::io::Result<()>
where
    A: Fn(Request<Incoming>) -> F + Clone + 'static,
    F: Future<Output = Result<Response<B>, hyper::Error>> + 'static,
    B: Body<Data = Bytes, Error = Infallible> + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let service = service_fn(answer.clone());
        tokio::task::spawn_local(async move {
            // A client that goes away ends its connection and nothing else.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let body = request.into_body().collect().await?.to_bytes();
    let mut response = match listing(&body) {
        Some(page) => Response::new(Full::new(page.into())),
        None => {
            let mut response = Response::new(Full::default());
            *response.status_mut() = hyper::StatusCode::BAD_REQUEST;
            response
        }
    };
    let json = hyper::header::HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    Ok(response)
}

fn listing(body: &[u8]) -> Option<String> {
    let input: Input<'_> = serde_json::from_slice(body).ok()?;
    let images: usize = input.image_version_arn.rsplit('.').next()?.parse().ok()?;
    let start = input
        .next_token
        .map_or(Some(0), |token| token.parse().ok())?;
    let end = images.min(start + input.max_results.unwrap_or(25));
    Some(page(start..end, (end < images).then_some(end)))
}
