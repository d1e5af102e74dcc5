//! Which requests use a proxy. The rules for `NO_PROXY` and for the proxies' addresses are hyper-util's, which are
//! curl's.

use crate::error::ConfigError;
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

/// The proxies of a client; none by default.
#[derive(Clone, Default)]
pub(super) struct Proxies(Option<Arc<Matcher>>);

impl Proxies {
    /// Proxies for plain and for TLS connections, by their addresses, and the hosts for which none is used. Each has
    /// the name of its setting, for the error.
    pub(super) fn new(
        http: Option<(&str, &str)>,
        https: Option<(&str, &str)>,
        no_proxy: Option<&str>,
    ) -> Result<Self, ConfigError> {
        if http.is_none() && https.is_none() {
            return Ok(Self(None));
        }
        for (setting, address) in http.into_iter().chain(https) {
            check(setting, address)?;
        }
        let address = |setting: Option<(&str, &str)>| match setting {
            Some((_, address)) => address.trim().to_owned(),
            None => String::new(),
        };
        let matcher = Matcher::builder()
            .http(address(http))
            .https(address(https))
            .no(no_proxy.unwrap_or_default().to_owned());
        Ok(Self(Some(Arc::new(matcher.build()))))
    }

    /// The proxy for a URI. Hosts on this machine or on its link, such as the metadata service of an instance, are
    /// connected to directly: credentials come from there.
    pub(super) fn of(&self, uri: &Uri) -> Option<Intercept> {
        let matcher = self.0.as_deref()?;
        matcher.intercept(uri).filter(|_| !is_near(uri))
    }

    /// The authorisation that a proxy requires for a plain request.
    pub(super) fn authorization(&self, uri: &Uri) -> Option<HeaderValue> {
        if uri.scheme_str() != Some("http") {
            return None;
        }
        self.of(uri)?.basic_auth().cloned()
    }
}

/// An address may contain a password, so the error only names the setting.
fn check(setting: &str, address: &str) -> Result<(), ConfigError> {
    let matcher = Matcher::builder().all(address.trim().to_owned()).build();
    let proxy = matcher.intercept(&Uri::from_static("http://example.com"));
    let found = match proxy.as_ref().map(|proxy| proxy.uri().scheme_str()) {
        Some(Some("http")) => return Ok(()),
        Some(Some(scheme)) => format!("one of the scheme `{scheme}`"),
        _ => "another text".to_owned(),
    };
    Err(ConfigError::new(format!(
        "{setting}: expected the address of an HTTP proxy, such as `http://proxy.example.com:3128`, found {found}"
    )))
}

/// Whether a host is this machine or one on the same link.
fn is_near(uri: &Uri) -> bool {
    /// The metadata service of an EC2 instance over IPv6, which has an address outside of the link.
    const METADATA_IPV6: [u16; 8] = [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254];
    let host = uri.host().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match host.parse() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => {
            address.is_loopback()
                || address.is_unicast_link_local()
                || address.segments() == METADATA_IPV6
        }
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

/// Shows the hosts of the proxies; their credentials are omitted.
impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Proxies").field(&self.0).finish()
    }
}
