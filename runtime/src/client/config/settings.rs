//! The settings that may come from outside of the program, before defaults are applied.

use super::{Endpoints, RuleSettings};
use crate::retry::{RetryMode, RetryRules};

/// Settings that may come from outside of the program; `None`: not set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) region: Option<String>,
    /// Where the region was found, if it was not set in the program.
    pub(crate) region_place: Option<String>,
    pub(crate) endpoints: Endpoints,
    pub(crate) use_fips: Option<bool>,
    pub(crate) use_dual_stack: Option<bool>,
    pub(crate) max_attempts: Option<u32>,
    pub(crate) retry_mode: Option<RetryMode>,
    pub(crate) retry_rules: Option<RetryRules>,
    pub(crate) disable_request_compression: Option<bool>,
    pub(crate) request_min_compression_size_bytes: Option<usize>,
    pub(crate) app_name: Option<String>,
    pub(crate) auth_scheme_preference: Option<Vec<String>>,
    pub(crate) disable_host_prefix: Option<bool>,
    pub(crate) rules: RuleSettings,
}
