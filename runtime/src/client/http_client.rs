//! The interface to HTTP libraries.

use crate::error::HttpError;
#[cfg(not(feature = "hyper"))]
use crate::error::HttpErrorKind;
use crate::stream::Body;
use futures_core::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;

/// Sends requests. The default implementation is `HyperClient`; another HTTP library, a proxy or a recording can
/// replace it through [`ConfigBuilder::http_client`](crate::ConfigBuilder).
///
/// The request's URI is absolute, and all headers except those of the transport (`host`, `content-length` or
/// `transfer-encoding`) are set. The caller limits the time of each attempt and the size of the response by dropping
/// the future or the body.
///
/// Any library whose bodies are [`http_body::Body`] can send and return [`Body`]; for example reqwest:
///
/// ```ignore
/// struct Reqwest(reqwest::Client);
///
/// impl HttpClient for Reqwest {
///     fn send(
///         &self,
///         request: http::Request<Body>,
///         _: &SendOptions,
///     ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
///         Box::pin(async move {
///             let failed = |error: reqwest::Error| {
///                 let kind = match () {
///                     _ if error.is_connect() => HttpErrorKind::Connect,
///                     _ if error.is_timeout() => HttpErrorKind::Timeout,
///                     _ => HttpErrorKind::Other,
///                 };
///                 HttpError::new(kind, error.to_string()).with_source(error)
///             };
///             let request = request.map(reqwest::Body::wrap).try_into().map_err(failed)?;
///             let response = self.0.execute(request).await.map_err(failed)?;
///             Ok(http::Response::from(response).map(Body::wrap))
///         })
///     }
/// }
/// ```
pub trait HttpClient: Send + Sync {
    /// Sends one request and waits for the head of the response; the body is received while it is read. A response with
    /// any status is a success here. Dropping a body before its end closes the connection.
    ///
    /// # Errors
    /// No response was received within the limits of `options`; the kind of the error decides whether it is retried.
    fn send(
        &self,
        request: http::Request<Body>,
        options: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>>;
}

impl<C: HttpClient + ?Sized> HttpClient for Arc<C> {
    fn send(
        &self,
        request: http::Request<Body>,
        options: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        (**self).send(request, options)
    }
}

/// Limits of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendOptions {
    /// The longest time to connect, TLS included; `None`: no limit.
    pub connect_timeout: Option<Duration>,
    /// Whether the bodies of request and response are transferred at the same time, which requires HTTP/2: over TLS it
    /// is negotiated (ALPN `h2`), without TLS the server is assumed to support it.
    pub http2: bool,
}

impl Default for SendOptions {
    /// 3.1 s for a connection.
    fn default() -> Self {
        Self {
            connect_timeout: Some(Duration::from_millis(3100)),
            http2: false,
        }
    }
}

/// The client where the crate was built without one; every request is an error.
#[cfg(not(feature = "hyper"))]
pub(crate) struct NoHttpClient;

#[cfg(not(feature = "hyper"))]
impl HttpClient for NoHttpClient {
    fn send(
        &self,
        _: http::Request<Body>,
        _: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        let message = "no HTTP client: set one with Config::builder().http_client(…), or enable the feature `hyper`";
        Box::pin(std::future::ready(Err(HttpError::new(
            HttpErrorKind::Other,
            message,
        ))))
    }
}
