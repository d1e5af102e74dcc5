//! The default [`HttpClient`]: HTTP/1.1, and HTTP/2 where a request needs it, over pooled connections (hyper) and TLS
//! (rustls with ring), trusting the certificates that the system trusts.

use crate::body::Body;
use crate::http_client::{HttpClient, HttpError, HttpErrorKind, SendOptions};
use bytes::Bytes;
use futures_core::future::BoxFuture;
use http::Uri;
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::error::Error;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;
use std::{fmt, io};
use tower_service::Service;

/// How long a connection may lie idle in the pool. Load balancers in front of AWS services close theirs at about a
/// minute.
const IDLE: Duration = Duration::from_secs(50);

tokio::task_local! {
    // The pool calls the connector within the request's own future, so this hands it that request's limit.
    static CONNECT_TIMEOUT: Option<Duration>;
}

/// Sends requests over a pool of connections, which its clones share. Needs a tokio runtime.
#[derive(Clone)]
pub struct HyperClient {
    http1: Client<Connector, Body>,
    /// For requests that ask for it: other connections, and so another pool.
    #[cfg(feature = "http2")]
    http2: Client<Connector, Body>,
}

impl HyperClient {
    /// A client with an empty pool. Certificates are read when the first `https` connection is made.
    pub fn new() -> Self {
        let mut pool = Client::builder(TokioExecutor::new());
        pool.pool_idle_timeout(IDLE).pool_timer(TokioTimer::new());
        Self {
            http1: pool.build(Connector::new()),
            #[cfg(feature = "http2")]
            http2: pool.http2_only(true).build(Connector {
                http2: true,
                ..Connector::new()
            }),
        }
    }

    #[cfg(feature = "http2")]
    fn pool(&self, http2: bool) -> Option<&Client<Connector, Body>> {
        Some(if http2 { &self.http2 } else { &self.http1 })
    }

    #[cfg(not(feature = "http2"))]
    fn pool(&self, http2: bool) -> Option<&Client<Connector, Body>> {
        (!http2).then_some(&self.http1)
    }
}

impl Default for HyperClient {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for HyperClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HyperClient")
    }
}

impl HttpClient for HyperClient {
    fn send(
        &self,
        request: http::Request<Body>,
        options: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        let options = *options;
        let target = Target(request.uri().clone());
        let response = self.pool(options.http2).map(|pool| pool.request(request));
        Box::pin(async move {
            let Some(response) = response else {
                return Err(HttpError::new(HttpErrorKind::Other, NO_HTTP2));
            };
            let response = CONNECT_TIMEOUT
                .scope(options.connect_timeout, response)
                .await
                .map_err(|error| send_error(&target, error))?;
            Ok(response.map(|body| Body::streamed(Received { body, target })))
        })
    }
}

const NO_HTTP2: &str = "the request needs HTTP/2: enable the feature `http2` of tinsmith-runtime";

/// The body of a response, whose errors name where it came from.
struct Received {
    body: Incoming,
    target: Target,
}

impl http_body::Body for Received {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        let frame = std::task::ready!(Pin::new(&mut self.body).poll_frame(context));
        Poll::Ready(frame.map(|frame| frame.map_err(|error| body_error(&self.target, error))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Scheme, host and port of a request: what an error may say of it. The path and query may be anybody's secret.
struct Target(Uri);

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://", self.0.scheme_str().unwrap_or("http"))?;
        f.write_str(self.0.host().unwrap_or("?"))?;
        self.0.port().map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

fn send_error(target: &Target, error: hyper_util::client::legacy::Error) -> HttpError {
    let cause = root_cause(&error).to_string();
    let chain = || causes(&error);
    let (kind, message) =
        if let Some(body) = chain().find_map(<dyn Error>::downcast_ref::<HttpError>) {
            (body.kind(), body.to_string())
        } else if let Some(ConnectTimeout(limit)) = chain().find_map(<dyn Error>::downcast_ref) {
            (
                HttpErrorKind::Timeout,
                format!("could not connect to {target} within {limit:?}"),
            )
        } else if chain().any(|cause| cause.is::<NoCertificates>())
            || chain().any(|cause| {
                matches!(
                    cause.downcast_ref(),
                    Some(rustls::Error::InvalidCertificate(_))
                )
            })
        {
            (
                HttpErrorKind::Other,
                format!("could not connect to {target}: {cause}"),
            )
        } else if error.is_connect() {
            (
                HttpErrorKind::Connect,
                format!("could not connect to {target}: {cause}"),
            )
        } else if chain().any(is_cut) {
            (
                HttpErrorKind::Reset,
                format!("the connection to {target} broke before the response: {cause}"),
            )
        } else {
            (
                HttpErrorKind::Other,
                format!("the request to {target} failed: {cause}"),
            )
        };
    HttpError::new(kind, message).with_source(error)
}

fn body_error(target: &Target, error: hyper::Error) -> HttpError {
    let message = format!(
        "the connection to {target} broke within the response: {}",
        root_cause(&error)
    );
    HttpError::new(HttpErrorKind::Reset, message).with_source(error)
}

/// Whether the other side, or the network, ended the connection.
fn is_cut(error: &(dyn Error + 'static)) -> bool {
    if let Some(error) = error.downcast_ref::<hyper::Error>() {
        return error.is_incomplete_message() || error.is_canceled() || error.is_closed();
    }
    error.is::<io::Error>()
}

/// The error and what is below it, including what an [`io::Error`] wraps, which its `source` leaves out.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(inner) => Some(inner as _),
            None => error.source(),
        }
    })
}

fn root_cause<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    causes(error).last().unwrap_or(error)
}

/// Makes plain and TLS connections within the request's limit of time.
#[derive(Clone)]
struct Connector {
    tcp: HttpConnector,
    tls: Arc<OnceLock<Result<HttpsConnector<HttpConnector>, NoCertificates>>>,
    /// Agree on HTTP/2.
    #[cfg(feature = "http2")]
    http2: bool,
}

impl Connector {
    fn new() -> Self {
        let mut tcp = HttpConnector::new();
        tcp.set_nodelay(true);
        tcp.enforce_http(false);
        Self {
            tcp,
            tls: Arc::default(),
            #[cfg(feature = "http2")]
            http2: false,
        }
    }

    fn tls(&self) -> Result<HttpsConnector<HttpConnector>, NoCertificates> {
        let connector = self.tls.get_or_init(|| {
            let provider = rustls::crypto::ring::default_provider();
            let builder = HttpsConnectorBuilder::new()
                .with_provider_and_native_roots(provider)
                .map_err(|error| NoCertificates(error.to_string()))?;
            let builder = builder.https_only();
            #[cfg(feature = "http2")]
            if self.http2 {
                return Ok(builder.enable_http2().wrap_connector(self.tcp.clone()));
            }
            Ok(builder.enable_http1().wrap_connector(self.tcp.clone()))
        });
        connector.clone()
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<<HttpConnector as Service<Uri>>::Response>;
    type Error = Box<dyn Error + Send + Sync>;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        // Neither connector below holds anything back: both are always ready.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let limit = CONNECT_TIMEOUT.try_with(|limit| *limit).ok().flatten();
        let connect: Self::Future = if uri.scheme_str() == Some("https") {
            match self.tls() {
                Ok(mut tls) => Box::pin(tls.call(uri)),
                Err(error) => Box::pin(std::future::ready(Err(error.into()))),
            }
        } else {
            let plain = self.tcp.call(uri);
            Box::pin(async { Ok(MaybeHttpsStream::Http(plain.await?)) })
        };
        match limit {
            None => connect,
            Some(limit) => Box::pin(async move {
                tokio::time::timeout(limit, connect)
                    .await
                    .unwrap_or_else(|_| Err(ConnectTimeout(limit).into()))
            }),
        }
    }
}

#[derive(Debug)]
struct ConnectTimeout(Duration);

impl fmt::Display for ConnectTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no connection within {:?}", self.0)
    }
}

impl Error for ConnectTimeout {}

#[derive(Clone, Debug)]
struct NoCertificates(String);

impl fmt::Display for NoCertificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the system's trusted certificates could not be read: {}",
            self.0
        )
    }
}

impl Error for NoCertificates {}
