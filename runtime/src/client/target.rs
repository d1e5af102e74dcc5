//! Where a client's requests are sent, and what they are signed for: the endpoint, resolved once, or for each call that
//! adds parameters.

use crate::client::config::Config;
use crate::endpoint::BaseUrl;
use crate::endpoint::{EndpointContext, EndpointParams};
use crate::error::ConfigError;
use crate::http_binding::is_reserved;
use crate::protocol::Service;
use http::uri::{Authority, PathAndQuery, Scheme, Uri};
use http::{HeaderName, HeaderValue};

/// An endpoint, parsed and checked.
#[derive(Clone)]
pub(super) struct Target {
    /// Its path is usually empty.
    url: BaseUrl,
    authority: Authority,
    takes_prefixes: bool,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// The only authentication scheme that the endpoint accepts, if it is not one that we support.
    pub(super) only_auth: Option<String>,
    pub(super) signing_name: String,
    /// The region to sign for; an error if none was found.
    pub(super) signing_region: Result<String, ConfigError>,
}

impl Target {
    /// `context`: the parameters from the operation and its input, in addition to the settings.
    pub(super) fn resolve(
        service: &Service,
        config: &Config,
        context: EndpointContext,
    ) -> Result<Self, ConfigError> {
        let params = EndpointParams {
            region: config.checked_region()?.map(str::to_owned),
            use_fips: config.use_fips(),
            use_dual_stack: config.use_dual_stack(),
            endpoint: config.endpoint(service.id)?.map(|url| url.to_string()),
            context,
            ..config.rules().params()
        };
        let endpoint =
            (service.endpoint)(&params).map_err(|error| match config.require_region() {
                Err(no_region) if params.endpoint.is_none() => no_region,
                _ => ConfigError::new(format!("no endpoint for {}: {error}", service.id)),
            })?;
        let bad = |why| ConfigError::new(format!("endpoint of {}: {why}", service.id));
        let url = BaseUrl::parse_base(&endpoint.url).map_err(bad)?;
        let authority = url.authority("").map_err(bad)?;
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
            // Names below an IP address or `localhost` do not resolve, so a server there is called without the prefix.
            takes_prefixes: config.takes_host_prefixes()
                && !url.is_this_machine()
                && url.address().is_none(),
            url,
            authority,
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

    /// The URL of the endpoint.
    pub(super) fn url(&self) -> &BaseUrl {
        &self.url
    }

    /// The absolute URI for a request's path and query.
    pub(super) fn uri(&self, request: &Uri, prefix: Option<&str>) -> Result<Uri, ConfigError> {
        self.join(request, prefix).map_err(|error| {
            ConfigError::new(format!(
                "no URI for {} at {}: {error}",
                request.path(),
                self.url
            ))
        })
    }

    fn join(&self, request: &Uri, prefix: Option<&str>) -> Result<Uri, String> {
        let path = request.path_and_query().map_or("/", PathAndQuery::as_str);
        let path_and_query = match (request.path_and_query(), self.url.path.is_empty()) {
            (Some(path), true) => path.clone(),
            _ => PathAndQuery::try_from(format!("{}{path}", self.url.path))
                .map_err(|error| error.to_string())?,
        };
        let authority = match prefix {
            Some(prefix) if self.takes_prefixes => self.url.authority(prefix)?,
            _ => self.authority.clone(),
        };
        Uri::builder()
            .scheme(self.scheme())
            .authority(authority)
            .path_and_query(path_and_query)
            .build()
            .map_err(|error| error.to_string())
    }

    fn scheme(&self) -> Scheme {
        match self.url.is_https {
            true => Scheme::HTTPS,
            false => Scheme::HTTP,
        }
    }

    /// Anybody who reads a token can use it, so it is sent only over HTTPS or to this machine.
    pub(super) fn is_safe_for_tokens(&self) -> Result<(), ConfigError> {
        if self.url.is_https || self.url.is_this_machine() {
            return Ok(());
        }
        Err(ConfigError::new(format!(
            "a bearer token is sent over https only, or within this machine; found the endpoint {}",
            self.url
        )))
    }
}
