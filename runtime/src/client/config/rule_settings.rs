//! Settings that only the endpoint rules of some services ask for: how buckets are addressed, and which of two endpoints is
//! called. Any client takes them, and a service whose rules have no such parameter ignores them.

use super::{ConfigBuilder, Setting};
use crate::endpoint::EndpointParams;

/// What is set of them.
#[derive(Clone, Debug, Default)]
#[allow(
    missing_docs,
    reason = "the builder's setters of these names say what each means"
)]
pub struct RuleSettings {
    pub force_path_style: Setting<bool>,
    pub accelerate: Setting<bool>,
    pub use_arn_region: Setting<bool>,
    pub disable_multi_region_access_points: Setting<bool>,
    pub disable_s3_express_session_auth: Setting<bool>,
    pub s3_use_global_endpoint: Setting<bool>,
    pub sts_use_global_endpoint: Setting<bool>,
}

impl RuleSettings {
    /// The parameters of the rules, each with its default.
    pub(crate) fn params(&self) -> EndpointParams {
        let is_set = |setting: &Setting<bool>| setting.value().unwrap_or_default();
        EndpointParams {
            force_path_style: is_set(&self.force_path_style),
            accelerate: is_set(&self.accelerate),
            use_arn_region: self.use_arn_region.value(),
            // The rules of S3 take an ARN's region unless it is said otherwise, and those of S3 Control would; botocore,
            // and AWS's reference of settings, say that it does not.
            s3_control_use_arn_region: Some(is_set(&self.use_arn_region)),
            disable_multi_region_access_points: is_set(&self.disable_multi_region_access_points),
            disable_s3_express_session_auth: self.disable_s3_express_session_auth.value(),
            s3_use_global_endpoint: is_set(&self.s3_use_global_endpoint),
            sts_use_global_endpoint: is_set(&self.sts_use_global_endpoint),
            ..EndpointParams::default()
        }
    }
}

impl ConfigBuilder {
    fn rule(mut self, set: impl FnOnce(&mut RuleSettings)) -> Self {
        set(&mut self.settings.rules);
        self
    }

    /// Whether the names of S3 buckets always stand in the path, as many servers that are compatible with S3 want it, and
    /// never in the host. Default: only where a name cannot be part of a host's. An ARN as the bucket is then an error.
    pub fn force_path_style(self, force: bool) -> Self {
        self.rule(|rules| rules.force_path_style.set(force))
    }

    /// Whether to reach S3 buckets by Transfer Acceleration, which a bucket must be configured for. Default: no.
    pub fn accelerate(self, accelerate: bool) -> Self {
        self.rule(|rules| rules.accelerate.set(accelerate))
    }

    /// Whether the region in an ARN that is given as a bucket, or to S3 Control, counts rather than the client's. Without it
    /// another region than the client's is an error. Default: yes for S3, no for S3 Control. When loaded:
    /// `AWS_S3_USE_ARN_REGION`, `s3_use_arn_region`.
    pub fn use_arn_region(self, use_it: bool) -> Self {
        self.rule(|rules| rules.use_arn_region.set(use_it))
    }

    /// Whether ARNs of S3's multi-region access points are errors. Default: no. When loaded:
    /// `AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS`, `s3_disable_multiregion_access_points`.
    pub fn disable_multi_region_access_points(self, disable: bool) -> Self {
        self.rule(|rules| rules.disable_multi_region_access_points.set(disable))
    }

    /// Whether calls of S3's directory buckets (`…--x-s3`) are signed with the client's credentials, without a session of the
    /// bucket's. Default: no. When loaded:
    /// `AWS_S3_DISABLE_EXPRESS_SESSION_AUTH`, `s3_disable_express_session_auth`.
    pub fn disable_s3_express_session_auth(self, disable: bool) -> Self {
        self.rule(|rules| rules.disable_s3_express_session_auth.set(disable))
    }

    /// Whether `us-east-1` is S3's endpoint of all regions, `s3.amazonaws.com`, instead of its own. Default: no. When loaded:
    /// `legacy` rather than `regional` in `AWS_S3_US_EAST_1_REGIONAL_ENDPOINT`, `s3_us_east_1_regional_endpoint`.
    pub fn s3_use_global_endpoint(self, use_it: bool) -> Self {
        self.rule(|rules| rules.s3_use_global_endpoint.set(use_it))
    }

    /// Whether STS is called at its endpoint of all regions, `sts.amazonaws.com`, by clients of the older regions. Default: no.
    /// When loaded: `legacy` rather than `regional` in `AWS_STS_REGIONAL_ENDPOINTS`, `sts_regional_endpoints`.
    pub fn sts_use_global_endpoint(self, use_it: bool) -> Self {
        self.rule(|rules| rules.sts_use_global_endpoint.set(use_it))
    }
}
