//! The input and the output of a service's endpoint rules.

mod arn;
mod base_url;
mod bucket;
mod context;
mod partitions;
pub(crate) mod region;
mod text;
mod url;

use std::fmt;

pub use arn::{Arn, parse_arn};
pub use base_url::BaseUrl;
pub use bucket::is_virtual_hostable_s3_bucket;
pub use context::{ContextValue, EndpointContext};
pub use partitions::{Partition, partition};
pub use region::{Region, check as check_region};
pub use text::{is_valid_host_label, substring, uri_encode};
pub use url::{ParsedUrl, parse_url};

/// What an endpoint depends on: the built-in parameters of the rule language, and parameters of the operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointParams {
    /// The region, such as `eu-west-1`.
    pub region: Option<String>,
    /// Whether a FIPS endpoint is required.
    pub use_fips: bool,
    /// Whether an endpoint that can also be reached over IPv6 is required.
    pub use_dual_stack: bool,
    /// An endpoint that was set in the program, as a URL.
    pub endpoint: Option<String>,
    /// The account that makes the call, if it is known.
    pub account_id: Option<String>,
    /// Whether an endpoint of the account is used: `preferred`, `required` or `disabled`.
    pub account_id_endpoint_mode: Option<String>,
    /// Whether buckets stand in the path, never in the host (`AWS::S3::ForcePathStyle`).
    pub force_path_style: bool,
    /// Whether buckets are reached over the edge of the network (`AWS::S3::Accelerate`).
    pub accelerate: bool,
    /// Whether access points of several regions are refused (`AWS::S3::DisableMultiRegionAccessPoints`).
    pub disable_multi_region_access_points: bool,
    /// Whether the region of an ARN counts rather than the client's (`AWS::S3::UseArnRegion`); `None`: as the rules have it.
    pub use_arn_region: Option<bool>,
    /// The same of `AWS::S3Control::UseArnRegion`.
    pub s3_control_use_arn_region: Option<bool>,
    /// Whether directory buckets are called without sessions; `None`: as the operation says.
    pub disable_s3_express_session_auth: Option<bool>,
    /// Whether `us-east-1` is called at the endpoint of all regions (`AWS::S3::UseGlobalEndpoint`).
    pub s3_use_global_endpoint: bool,
    /// Whether the older regions are called at the endpoint of all regions (`AWS::STS::UseGlobalEndpoint`).
    pub sts_use_global_endpoint: bool,
    /// Parameters from the operation or its input.
    pub context: EndpointContext,
}

/// The address at which a service is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoint {
    /// Scheme, host and, if any, port and base path.
    pub url: String,
    /// Headers that the rules add to each request.
    pub headers: Vec<(String, Vec<String>)>,
    /// The service's name in signatures, if it differs from the service's usual one.
    pub signing_name: Option<String>,
    /// The region in signatures, if it differs from the region of the parameters; with Signature Version 4A, the set of regions:
    /// their names with commas between them, or `*`.
    pub signing_region: Option<String>,
    /// The only authentication scheme that this endpoint accepts, if it is not Signature Version 4.
    pub only_auth: Option<String>,
}

impl Endpoint {
    /// The endpoint at `url`, with the service's usual settings.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ..Self::default()
        }
    }

    /// Adds a header, which may have several values.
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

    /// Sets the service's name in signatures.
    #[must_use]
    pub fn signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Sets the region in signatures.
    #[must_use]
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Sets the only authentication scheme that the endpoint accepts, such as `sigv4a`.
    #[must_use]
    pub fn only_auth(mut self, scheme: impl Into<String>) -> Self {
        self.only_auth = Some(scheme.into());
        self
    }
}

/// There is no endpoint for these parameters; the message is the rules' own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointError(String);

impl EndpointError {
    /// An error with the message of the rules.
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
