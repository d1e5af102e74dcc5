//! A plain HTTP client that knows nothing of signatures: whoever is given a presigned request has one like it.

use crate::case::Failure;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Sends a request to the host in its URL and reads the whole response.
pub(crate) async fn send(mut request: Request<Bytes>) -> Result<Response<Bytes>, Failure> {
    let uri = std::mem::take(request.uri_mut());
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let stream = TcpStream::connect(host).await?;
    let host = host.parse::<http::HeaderValue>()?;
    request.headers_mut().insert(http::header::HOST, host);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    *request.uri_mut() = path.parse()?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let response = sender.send_request(request.map(Full::new)).await?;
    let (head, body) = response.into_parts();
    let body = body.collect().await?.to_bytes();
    connection.abort();
    Ok(Response::from_parts(head, body))
}
