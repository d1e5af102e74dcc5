//! What the endpoint rules of a service work on and answer with.

mod arn;
mod base_url;
mod context;
mod partitions;
pub(crate) mod region;
mod text;
mod url;

use std::fmt;

pub use arn::{Arn, parse_arn};
pub(crate) use base_url::BaseUrl;
pub use context::{ContextValue, EndpointContext};
pub use partitions::{Partition, partition};
pub use region::Region;
pub use text::{is_valid_host_label, substring};
pub use url::{ParsedUrl, parse_url};

/// What an endpoint depends on: the built-in parameters of the rule language, and what an operation says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointParams {
    /// The region, such as `eu-west-1`.
    pub region: Option<String>,
    /// Whether a FIPS endpoint is asked for.
    pub use_fips: bool,
    /// Whether an endpoint that can be reached over IPv6 as well is asked for.
    pub use_dual_stack: bool,
    /// An endpoint that was set in the program, as a URL.
    pub endpoint: Option<String>,
    /// The account that calls, where it is known.
    pub account_id: Option<String>,
    /// Whether an endpoint of the account's own is taken: `preferred`, `required` or `disabled`.
    pub account_id_endpoint_mode: Option<String>,
    /// Parameters that the operation or its input gives.
    pub context: EndpointContext,
}

/// Where a service is to be called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoint {
    /// Scheme, host and, if any, port and base path.
    pub url: String,
    /// Headers that the rules add to each request.
    pub headers: Vec<(String, Vec<String>)>,
    /// The service's name in signatures, where it is not the service's usual one.
    pub signing_name: Option<String>,
    /// The region in signatures, where it is not the region that was asked for.
    pub signing_region: Option<String>,
    /// The way of authenticating that alone opens this endpoint, where that is not Signature Version 4.
    pub only_auth: Option<String>,
}

impl Endpoint {
    /// The endpoint at `url`, with nothing out of the ordinary.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ..Self::default()
        }
    }

    /// With one more header, which may have several values.
    #[must_use]
    pub fn header(
        mut self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.headers
            .push((name.into(), values.into_iter().map(Into::into).collect()));
        self
    }

    /// Signed in the name of this service.
    #[must_use]
    pub fn signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Signed for this region.
    #[must_use]
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Open to no other way of authenticating than this one, such as `sigv4a`.
    #[must_use]
    pub fn only_auth(mut self, scheme: impl Into<String>) -> Self {
        self.only_auth = Some(scheme.into());
        self
    }
}

/// No endpoint for these parameters: the rules' own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointError(String);

impl EndpointError {
    /// An error with the message that the rules give.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl<T: Into<String>> From<T> for EndpointError {
    fn from(message: T) -> Self {
        Self::new(message)
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::shape::print(f, &self.0)
    }
}

impl std::error::Error for EndpointError {}
