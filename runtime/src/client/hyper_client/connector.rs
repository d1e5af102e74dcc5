//! New connections, plain and over TLS, within the time limit of the request that needs one.

use super::connection::Watched;
use super::proxy::Proxies;
use super::trust::Trust;
use futures_core::future::BoxFuture;
use http::Uri;
use hyper_rustls::builderstates::WantsSchemes;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tower_service::Service;

type BoxError = Box<dyn Error + Send + Sync>;

tokio::task_local! {
    // The pool calls the connector within the request's own future, so this passes it the limit of that request.
    pub(super) static CONNECT_TIMEOUT: Option<Duration>;
}

/// Makes watched connections: to the host itself, or to the proxy in front of it.
#[derive(Clone)]
pub(super) struct Tcp {
    direct: Direct,
    proxies: Proxies,
}

/// Makes plain connections to the host itself.
#[derive(Clone)]
struct Direct(HttpConnector);

impl Service<Uri> for Direct {
    type Response = TokioIo<Watched>;
    type Error = BoxError;
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

impl Service<Uri> for Tcp {
    type Response = TokioIo<Watched>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.direct.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let Some(proxy) = self.proxies.of(&uri) else {
            return self.direct.call(uri);
        };
        if uri.scheme_str() == Some("https") {
            let mut tunnel = Tunnel::new(proxy.uri().clone(), self.direct.clone());
            if let Some(authorization) = proxy.basic_auth() {
                tunnel = tunnel.with_auth(authorization.clone());
            }
            let tunnel = tunnel.call(uri);
            return Box::pin(async move { Ok(tunnel.await?) });
        }
        let connecting = self.direct.call(proxy.uri().clone());
        Box::pin(async move {
            let stream = connecting.await?.into_inner();
            Ok(TokioIo::new(stream.with_proxy()))
        })
    }
}

/// Makes plain and TLS connections within the request's time limit.
#[derive(Clone)]
pub(super) struct Connector {
    tcp: Tcp,
    trust: Trust,
    tls: Arc<OnceLock<Result<HttpsConnector<Tcp>, NoCertificates>>>,
    /// Whether to negotiate HTTP/2.
    #[cfg(feature = "http2")]
    http2: bool,
}

impl Connector {
    pub(super) fn new(trust: Trust, proxies: Proxies) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.set_nodelay(true);
        tcp.enforce_http(false);
        Self {
            tcp: Tcp {
                direct: Direct(tcp),
                proxies,
            },
            trust,
            tls: Arc::default(),
            #[cfg(feature = "http2")]
            http2: false,
        }
    }

    /// The same connector for HTTP/2, which it negotiates over TLS.
    #[cfg(feature = "http2")]
    pub(super) fn with_http2(self) -> Self {
        Self {
            http2: true,
            ..self
        }
    }

    fn tls(&self) -> Result<HttpsConnector<Tcp>, NoCertificates> {
        let connector = self.tls.get_or_init(|| {
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let builder = match &self.trust {
                Trust::System => of_system(&provider)?,
                Trust::Bundle(roots) => {
                    let config = ClientConfig::builder_with_provider(provider)
                        .with_safe_default_protocol_versions()
                        .map_err(|error| NoCertificates(error.to_string()))?
                        .with_root_certificates(roots.clone());
                    HttpsConnectorBuilder::new().with_tls_config(config.with_no_client_auth())
                }
            };
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
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        // Neither of the inner connectors delays a call: both are always ready.
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

/// Trusts the certificates of the crate's features: the system's, or Mozilla's where it has none.
fn of_system(
    provider: &Arc<CryptoProvider>,
) -> Result<HttpsConnectorBuilder<WantsSchemes>, NoCertificates> {
    #[cfg(feature = "native-roots")]
    let trusting = HttpsConnectorBuilder::new()
        .with_provider_and_native_roots(Arc::clone(provider))
        .map_err(|error| {
            NoCertificates(format!(
                "the system's trusted certificates could not be read: {error}"
            ))
        });
    #[cfg(not(feature = "native-roots"))]
    let trusting = {
        let _ = provider;
        Err(NoCertificates(
            "no trusted certificates: name some in the configuration or in AWS_CA_BUNDLE, or enable the feature `native-roots` or `webpki-roots`".to_owned(),
        ))
    };
    #[cfg(feature = "webpki-roots")]
    let trusting = trusting.or_else(|_| {
        HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(Arc::clone(provider))
            .map_err(|error| NoCertificates(error.to_string()))
    });
    trusting
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
        f.write_str(&self.0)
    }
}

impl Error for NoCertificates {}
