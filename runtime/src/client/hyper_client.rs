//! The default [`HttpClient`]: HTTP/1.1, and HTTP/2 for requests that need it, over pooled connections (hyper) and TLS
//! (rustls with ring), with the certificates that the system trusts.

mod connection;
mod connector;
mod exchange;
mod failure;
mod proxy;
mod trust;

use crate::client::http_client::{HttpClient, SendOptions};
use crate::error::ConfigError;
use crate::error::{HttpError, HttpErrorKind};
use crate::http_binding::is_of_transport;
use crate::stream::Body;
use connection::Line;
use connector::{CONNECT_TIMEOUT, Connector};
use exchange::{Received, Sent};
use failure::{Target, send_error};
use futures_core::future::BoxFuture;
use http::header::{
    CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, PROXY_AUTHORIZATION, TRANSFER_ENCODING,
};
use http::{Method, Version};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use proxy::Proxies;
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::task::Poll;
use std::time::Duration;
use tokio::sync::Notify;
use trust::Trust;

/// How long a connection may be idle in the pool. Load balancers in front of AWS services close theirs after about a
/// minute.
const IDLE: Duration = Duration::from_secs(50);

/// How many idle connections to one host are kept. Each holds a descriptor, of which a process has 256 to 1,024 by
/// default, and after a burst of calls most would not be needed; this many calls at a time need no new connection.
const MAX_IDLE_PER_HOST: usize = 64;

/// How many interim responses (1xx) may precede the response. No request of ours asks for one; a server that sends them
/// without end would keep a call busy until its time limit.
const MAX_INTERIM: u32 = 16;

/// Sends requests over a pool of connections, which its clones share. It needs a tokio runtime and may be used from
/// several. At most 64 idle connections to a host are kept, each for 50 s.
#[derive(Clone)]
pub struct HyperClient {
    http1: Client<Connector, Sent>,
    /// For requests that need HTTP/2: other connections, and therefore another pool.
    #[cfg(feature = "http2")]
    http2: Client<Connector, Sent>,
    proxies: Proxies,
}

/// Configures how a [`HyperClient`] connects to hosts, and which certificates it trusts.
#[derive(Clone, Debug, Default)]
#[must_use = "a builder does nothing until `build`"]
pub struct HyperClientBuilder {
    trust: Trust,
    proxies: Proxies,
}

impl HyperClientBuilder {
    /// Trusts the certificate authorities in this PEM text, in place of the system's.
    ///
    /// # Errors
    /// The text contains no certificates, or one that cannot be read.
    pub fn ca_bundle(mut self, pem: impl AsRef<[u8]>) -> Result<Self, ConfigError> {
        self.trust = Trust::bundle(pem.as_ref())?;
        Ok(self)
    }

    /// Uses HTTP proxies: `http` is the address of the proxy for plain connections, `https` that of the proxy for TLS
    /// connections, which tunnels them (`CONNECT`); an address may contain a user and a password. `no_proxy` lists the
    /// hosts for which no proxy is used, like the variable `NO_PROXY`. Hosts on this machine and on its link
    /// (169.254.0.0/16, fe80::/10) are always connected to directly: credentials come from there.
    ///
    /// # Errors
    /// An address is not that of an HTTP proxy. The error does not quote it, as it may contain a password.
    pub fn proxies(
        self,
        http: Option<&str>,
        https: Option<&str>,
        no_proxy: Option<&str>,
    ) -> Result<Self, ConfigError> {
        let http = http.map(|address| ("the proxy for http", address));
        let https = https.map(|address| ("the proxy for https", address));
        self.proxies_named(http, https, no_proxy)
    }

    /// The same, each address with the name of its setting, such as `HTTPS_PROXY`, for the error.
    ///
    /// # Errors
    /// An address is not that of an HTTP proxy. The error does not quote it.
    pub fn proxies_named(
        mut self,
        http: Option<(&str, &str)>,
        https: Option<(&str, &str)>,
        no_proxy: Option<&str>,
    ) -> Result<Self, ConfigError> {
        self.proxies = Proxies::new(http, https, no_proxy)?;
        Ok(self)
    }

    /// The client, with an empty pool.
    pub fn build(self) -> HyperClient {
        HyperClient::with(&self.trust, self.proxies)
    }
}

impl HyperClient {
    /// A client with an empty pool, which trusts the system's certificates and uses no proxy. They are read when the
    /// first `https` connection is made.
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A builder, for other certificates or proxies.
    pub fn builder() -> HyperClientBuilder {
        HyperClientBuilder::default()
    }

    fn with(trust: &Trust, proxies: Proxies) -> Self {
        let connector = || Connector::new(trust.clone(), proxies.clone());
        let mut pool = Client::builder(TokioExecutor::new());
        pool.pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(MAX_IDLE_PER_HOST)
            .pool_timer(TokioTimer::new());
        Self {
            http1: pool.build(connector()),
            #[cfg(feature = "http2")]
            http2: pool.http2_only(true).build(connector().with_http2()),
            proxies,
        }
    }

    #[cfg(feature = "http2")]
    fn pool(&self, http2: bool) -> Option<&Client<Connector, Sent>> {
        Some(if http2 { &self.http2 } else { &self.http1 })
    }

    #[cfg(not(feature = "http2"))]
    fn pool(&self, http2: bool) -> Option<&Client<Connector, Sent>> {
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
        mut request: http::Request<Body>,
        options: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        let options = *options;
        let target = Target(request.uri().clone());
        set_own_headers(&mut request);
        if let Some(authorization) = self.proxies.authorization(request.uri()) {
            request
                .headers_mut()
                .insert(PROXY_AUTHORIZATION, authorization);
        }
        let (head, body) = request.into_parts();
        let (body, whole_request) = Sent::new(body);
        let mut request = http::Request::from_parts(head, body);
        let flood = count_interim(&mut request);
        let response = self.pool(options.http2).map(|pool| pool.request(request));
        Box::pin(async move {
            let Some(response) = response else {
                return Err(HttpError::new(HttpErrorKind::Other, NO_HTTP2));
            };
            let mut response = pin!(CONNECT_TIMEOUT.scope(options.connect_timeout, response));
            let mut flood = pin!(flood.notified());
            let response = poll_fn(|context| match response.as_mut().poll(context) {
                Poll::Ready(response) => Poll::Ready(Some(response)),
                Poll::Pending => flood.as_mut().poll(context).map(|()| None),
            });
            let Some(response) = response.await else {
                let message = format!(
                    "{target} sent more than {MAX_INTERIM} interim responses (1xx) and no response"
                );
                return Err(HttpError::new(HttpErrorKind::Other, message));
            };
            let response = response.map_err(|error| send_error(&target, error))?;
            Ok(received(response, target, whole_request))
        })
    }
}

const NO_HTTP2: &str = "the request needs HTTP/2: enable the feature `http2` of tinsmith-runtime";

/// The headers of HTTP itself are set by the transport, even if the caller set them.
fn set_own_headers(request: &mut http::Request<Body>) {
    let foreign: Vec<HeaderName> = request
        .headers()
        .keys()
        .filter(|name| is_of_transport(name))
        .cloned()
        .collect();
    for name in foreign {
        request.headers_mut().remove(name);
    }
    // hyper sends the length of a body, but not a length of zero, which these methods need (RFC 9110, section 8.6).
    let takes_body = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    if takes_body && request.body().content_length() == Some(0) {
        let nothing = HeaderValue::from_static("0");
        request.headers_mut().insert(CONTENT_LENGTH, nothing);
    }
}

/// Notifies when there are more interim responses than [`MAX_INTERIM`].
fn count_interim(request: &mut http::Request<Sent>) -> Arc<Notify> {
    let flood = Arc::new(Notify::new());
    let (count, notify) = (AtomicU32::new(0), flood.clone());
    hyper::ext::on_informational(request, move |_| {
        if count.fetch_add(1, Ordering::Relaxed) >= MAX_INTERIM {
            notify.notify_one();
        }
    });
    flood
}

/// The response, whose body signals when the connection is free.
fn received(
    response: http::Response<hyper::body::Incoming>,
    target: Target,
    whole_request: Arc<AtomicBool>,
) -> http::Response<Body> {
    let (mut head, body) = response.into_parts();
    let line = head.extensions.remove::<Line>();
    let line = line.filter(|_| head.version < Version::HTTP_2);
    // If there are two lengths, one is wrong. The chunks count (RFC 9112, section 6.3), but the connection is not used
    // again.
    let whole = if has_two_lengths(&head.headers) {
        Arc::default()
    } else {
        whole_request
    };
    let body = Received::new(body, target, line.map(|line| (line, whole)));
    http::Response::from_parts(head, Body::streamed(body))
}

fn has_two_lengths(headers: &HeaderMap) -> bool {
    headers.contains_key(CONTENT_LENGTH) && headers.contains_key(TRANSFER_ENCODING)
}
