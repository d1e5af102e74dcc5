//! Where a client's requests go, and what they are signed for: the endpoint, resolved once, or for a call that says more.

use crate::config::{Config, ConfigError};
use crate::endpoint::{EndpointContext, EndpointParams};
use crate::http_binding::{HostPrefix, is_reserved};
use crate::operation::Service;
use http::uri::{Authority, PathAndQuery, Scheme, Uri};
use http::{HeaderName, HeaderValue};
use std::net::IpAddr;

/// An endpoint, taken apart and checked.
#[derive(Clone)]
pub(super) struct Target {
    scheme: Scheme,
    authority: Authority,
    /// Without a slash at its end; mostly empty.
    base_path: String,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// The only way of authenticating there, where that is none that we know.
    pub(super) only_auth: Option<String>,
    pub(super) signing_name: String,
    /// The region to sign for; an error where none was found.
    pub(super) signing_region: Result<String, ConfigError>,
}

impl Target {
    /// `context`: what the operation and its input say besides the settings.
    pub(super) fn resolve(
        service: &Service,
        config: &Config,
        context: EndpointContext,
    ) -> Result<Self, ConfigError> {
        if let Some(region) = config.region() {
            check_region(region)?;
        }
        let params = EndpointParams {
            region: config.region().map(str::to_owned),
            use_fips: config.use_fips(),
            use_dual_stack: config.use_dual_stack(),
            endpoint: config.endpoint_url(service.id).map(str::to_owned),
            context,
            ..EndpointParams::default()
        };
        let endpoint =
            (service.endpoint)(&params).map_err(|error| match config.require_region() {
                Err(no_region) if params.endpoint.is_none() => no_region,
                _ => ConfigError::new(format!("no endpoint for {}: {error}", service.id)),
            })?;
        let (scheme, authority, base_path) = take_apart(&endpoint.url)?;
        let mut headers = Vec::new();
        for (name, values) in &endpoint.headers {
            for value in values {
                let pair = HeaderName::try_from(name)
                    .ok()
                    .zip(HeaderValue::try_from(value).ok());
                let bad = || {
                    ConfigError::new(format!(
                        "the endpoint rules give a header that cannot be sent: `{name}`"
                    ))
                };
                let pair = pair.filter(|(name, _)| !is_reserved(name));
                headers.push(pair.ok_or_else(bad)?);
            }
        }
        Ok(Self {
            scheme,
            authority,
            base_path,
            headers,
            only_auth: endpoint.only_auth,
            signing_name: endpoint
                .signing_name
                .unwrap_or_else(|| service.signing_name.to_owned()),
            signing_region: match endpoint.signing_region {
                Some(region) => Ok(region),
                None => config.require_region().map(str::to_owned),
            },
        })
    }

    /// The absolute URI for a request's path and query.
    pub(super) fn uri(
        &self,
        request: &Uri,
        prefix: Option<&HostPrefix>,
    ) -> Result<Uri, ConfigError> {
        self.join(request, prefix).map_err(|error| {
            let Self {
                scheme,
                authority,
                base_path,
                ..
            } = self;
            ConfigError::new(format!(
                "no URI for {} at {scheme}://{authority}{base_path}: {error}",
                request.path()
            ))
        })
    }

    fn join(&self, request: &Uri, prefix: Option<&HostPrefix>) -> Result<Uri, http::Error> {
        let path = request.path_and_query().map_or("/", PathAndQuery::as_str);
        let path_and_query = match (request.path_and_query(), self.base_path.is_empty()) {
            (Some(path), true) => path.clone(),
            _ => PathAndQuery::try_from(format!("{}{path}", self.base_path))?,
        };
        let authority = match prefix {
            Some(HostPrefix(prefix)) if self.takes_prefix() => {
                Authority::try_from(format!("{prefix}{}", self.authority))?
            }
            _ => self.authority.clone(),
        };
        Uri::builder()
            .scheme(self.scheme.clone())
            .authority(authority)
            .path_and_query(path_and_query)
            .build()
    }

    /// A token is worth as much to whoever reads it on the way, so it goes by HTTPS, or does not leave this machine.
    pub(super) fn is_safe_for_tokens(&self) -> Result<(), ConfigError> {
        let host = self.authority.host();
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        if self.scheme == Scheme::HTTPS
            || host == "localhost"
            || address.is_ok_and(|address| address.is_loopback())
        {
            return Ok(());
        }
        Err(ConfigError::new(format!(
            "a bearer token is sent over https only, or within this machine; found the endpoint {}://{}",
            self.scheme, self.authority
        )))
    }

    /// Names below an IP address or `localhost` lead nowhere, so a server there is called as it is.
    fn takes_prefix(&self) -> bool {
        let host = self.authority.host();
        host != "localhost" && host.trim_matches(['[', ']']).parse::<IpAddr>().is_err()
    }
}

/// A region becomes part of host names, so it must not be able to end them.
fn check_region(region: &str) -> Result<(), ConfigError> {
    if !region.is_empty()
        && region.len() <= 63
        && region
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    {
        return Ok(());
    }
    let message = format!(
        "region: expected a name of letters, digits and hyphens such as `eu-west-1`, found `{region}`"
    );
    Err(ConfigError::new(message))
}

fn take_apart(url: &str) -> Result<(Scheme, Authority, String), ConfigError> {
    let bad = |why: &str| {
        ConfigError::new(format!(
            "endpoint URL: {why}; expected one such as https://host:8443/path"
        ))
    };
    if url.contains('@') {
        // Not quoted: it may hold a password.
        return Err(bad("a user name or a password in it is not supported"));
    }
    let uri: Uri = url
        .parse()
        .map_err(|error| bad(&format!("`{url}` is not a URL ({error})")))?;
    if uri.query().is_some() {
        return Err(bad(&format!("`{url}` has a query")));
    }
    let parts = uri.into_parts();
    match (parts.scheme, parts.authority) {
        (Some(scheme), Some(authority)) if scheme == Scheme::HTTP || scheme == Scheme::HTTPS => {
            let path = parts.path_and_query.map_or(String::new(), |path| {
                path.path().trim_end_matches('/').to_owned()
            });
            Ok((scheme, authority, path))
        }
        _ => Err(bad(&format!(
            "`{url}` does not begin with http:// or https:// and a host"
        ))),
    }
}
