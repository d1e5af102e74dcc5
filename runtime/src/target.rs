//! Where requests are sent, and what they are signed for: an endpoint of a service, and the scope of signatures.

use crate::endpoint::BaseUrl;
use crate::endpoint::EndpointParams;
use crate::error::ConfigError;
use crate::http_binding::is_reserved;
use crate::protocol::{Operation, Service, SessionScheme};
use crate::sign::{Credentials, Signer};
use http::request::Parts;
use http::uri::{Authority, PathAndQuery, Scheme, Uri};
use http::{HeaderName, HeaderValue};
use std::time::SystemTime;

/// An endpoint, parsed and checked.
#[derive(Clone)]
pub(crate) struct Target {
    /// Its path is usually empty.
    url: BaseUrl,
    authority: Authority,
    takes_prefixes: bool,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The only authentication scheme that the endpoint accepts, if it is not Signature Version 4.
    only_auth: Option<String>,
    pub(crate) signing_name: String,
    /// The region to sign for; an error if none was found.
    signing_region: Result<String, ConfigError>,
}

/// What a request is signed for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    pub(crate) service: String,
    /// A region, or a set of regions where the key is asymmetric.
    pub(crate) region: String,
    /// Whether it is signed with an asymmetric key, for a set of regions.
    #[cfg_attr(
        not(feature = "sigv4a"),
        allow(dead_code, reason = "such a call is refused before")
    )]
    pub(crate) is_asymmetric: bool,
    /// The sessions whose credentials sign it; `None`: the client's credentials do.
    pub(crate) sessions: Option<&'static dyn SessionScheme>,
}

impl Scope {
    /// The signer of requests in this scope, at this time by the service's clock.
    pub(crate) fn signer<'a>(&'a self, credentials: &'a Credentials, at: SystemTime) -> Signer<'a> {
        let mut signer = Signer::new(credentials, &self.region, &self.service, at);
        if let Some(sessions) = self.sessions {
            signer = signer.token_names(sessions.token_names());
        }
        #[cfg(feature = "sigv4a")]
        let signer = match self.is_asymmetric {
            true => signer.asymmetric(),
            false => signer,
        };
        signer
    }
}

impl Target {
    /// The endpoint for these parameters. `takes_prefixes`: whether prefixes of operations are put before its host;
    /// `no_region`: the error if a region is needed and the parameters have none.
    pub(crate) fn resolve(
        service: &Service,
        params: &EndpointParams,
        takes_prefixes: bool,
        no_region: &dyn Fn() -> ConfigError,
    ) -> Result<Self, ConfigError> {
        let endpoint = (service.endpoint)(params).map_err(|error| {
            match (&params.region, &params.endpoint) {
                (None, None) => no_region(),
                _ => ConfigError::new(format!("no endpoint for {}: {error}", service.id)),
            }
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
            takes_prefixes: takes_prefixes && !url.is_this_machine() && url.address().is_none(),
            url,
            authority,
            headers,
            only_auth: endpoint.only_auth,
            signing_name: endpoint
                .signing_name
                .unwrap_or_else(|| service.signing_name.to_owned()),
            signing_region: match endpoint.signing_region {
                Some(region) => Ok(region),
                None => params.region.clone().ok_or_else(no_region),
            },
        })
    }

    /// The URL of the endpoint.
    pub(crate) fn url(&self) -> &BaseUrl {
        &self.url
    }

    /// Host and port, without the prefix of an operation.
    pub(crate) fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Completes the head of a request: its URI, and the headers of the endpoint.
    pub(crate) fn complete(
        &self,
        head: &mut Parts,
        host_prefix: Option<&str>,
    ) -> Result<(), ConfigError> {
        head.uri = self.uri(&head.uri, host_prefix)?;
        for (name, value) in &self.headers {
            head.headers.append(name, value.clone());
        }
        Ok(())
    }

    /// What a request of `operation` is signed for.
    pub(crate) fn scope(&self, operation: &Operation) -> Result<Scope, ConfigError> {
        let mut is_asymmetric = false;
        let mut sessions = None;
        match self.only_auth.as_deref() {
            None => {}
            Some("sigv4a") if cfg!(feature = "sigv4a") => is_asymmetric = true,
            Some(scheme) => {
                let extension = operation.service.extension;
                sessions = extension.and_then(|extension| extension.sessions(scheme));
                if sessions.is_none() {
                    return Err(not_spoken(operation, scheme));
                }
            }
        }
        Ok(Scope {
            service: self.signing_name.clone(),
            region: self.signing_region.clone()?,
            is_asymmetric,
            sessions,
        })
    }

    /// The absolute URI for a request's path and query.
    fn uri(&self, request: &Uri, prefix: Option<&str>) -> Result<Uri, ConfigError> {
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
    pub(crate) fn is_safe_for_tokens(&self) -> Result<(), ConfigError> {
        if self.url.is_https || self.url.is_this_machine() {
            return Ok(());
        }
        Err(ConfigError::new(format!(
            "a token is sent over https only, or within this machine; found the endpoint {}",
            self.url
        )))
    }
}

fn not_spoken(operation: &Operation, scheme: &str) -> ConfigError {
    let expected = match scheme {
        "sigv4a" => "the feature `sigv4a` of tinsmith-runtime",
        _ => "an endpoint that accepts Signature Version 4",
    };
    ConfigError::new(format!(
        "the endpoint of {} accepts only requests that are signed with `{scheme}`, which this client does not support; expected {expected}",
        operation.name
    ))
}
