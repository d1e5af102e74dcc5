//! New connections, plain and over TLS, within the limit of time of the request that needs one.

use super::connection::Watched;
use futures_core::future::BoxFuture;
use http::Uri;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tower_service::Service;

tokio::task_local! {
    // The pool calls the connector within the request's own future, so this hands it that request's limit.
    pub(super) static CONNECT_TIMEOUT: Option<Duration>;
}

/// Makes plain connections that are watched.
#[derive(Clone)]
pub(super) struct Tcp(HttpConnector);

impl Service<Uri> for Tcp {
    type Response = TokioIo<Watched>;
    type Error = <HttpConnector as Service<Uri>>::Error;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        ready!(self.0.poll_ready(context))?;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = self.0.call(uri);
        Box::pin(async move {
            let stream = connecting.await?.into_inner();
            Ok(TokioIo::new(Watched::new(stream)))
        })
    }
}

/// Makes plain and TLS connections within the request's limit of time.
#[derive(Clone)]
pub(super) struct Connector {
    tcp: Tcp,
    tls: Arc<OnceLock<Result<HttpsConnector<Tcp>, NoCertificates>>>,
    /// Agree on HTTP/2.
    #[cfg(feature = "http2")]
    http2: bool,
}

impl Connector {
    pub(super) fn new() -> Self {
        let mut tcp = HttpConnector::new();
        tcp.set_nodelay(true);
        tcp.enforce_http(false);
        Self {
            tcp: Tcp(tcp),
            tls: Arc::default(),
            #[cfg(feature = "http2")]
            http2: false,
        }
    }

    /// The same for HTTP/2, which it agrees on over TLS.
    #[cfg(feature = "http2")]
    pub(super) fn with_http2(self) -> Self {
        Self {
            http2: true,
            ..self
        }
    }

    fn tls(&self) -> Result<HttpsConnector<Tcp>, NoCertificates> {
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
    type Response = MaybeHttpsStream<<Tcp as Service<Uri>>::Response>;
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
pub(super) struct ConnectTimeout(pub(super) Duration);

impl fmt::Display for ConnectTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no connection within {:?}", self.0)
    }
}

impl Error for ConnectTimeout {}

#[derive(Clone, Debug)]
pub(super) struct NoCertificates(String);

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
