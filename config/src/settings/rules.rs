//! What is said outside of the program of settings that the endpoint rules of some services ask for.
//!
//! The names are those of AWS's reference of shared settings. What only the AWS CLI and boto3 read, the section `s3` within a
//! profile, is not read.

use super::Lookup;
use tinsmith_runtime::ConfigError;
use tinsmith_runtime::loading::RuleSettings;

/// Fills in what is not set.
pub(super) fn fill(rules: &mut RuleSettings, outside: &Lookup<'_>) -> Result<(), ConfigError> {
    let flags = [
        (
            &mut rules.use_arn_region,
            "AWS_S3_USE_ARN_REGION",
            "s3_use_arn_region",
        ),
        (
            &mut rules.disable_multi_region_access_points,
            "AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS",
            "s3_disable_multiregion_access_points",
        ),
        (
            &mut rules.disable_s3_express_session_auth,
            "AWS_S3_DISABLE_EXPRESS_SESSION_AUTH",
            "s3_disable_express_session_auth",
        ),
    ];
    for (flag, variable, name) in flags {
        flag.or_find(|| outside.boolean(variable, name))?;
    }
    let endpoints = [
        (
            &mut rules.s3_use_global_endpoint,
            "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT",
            "s3_us_east_1_regional_endpoint",
        ),
        (
            &mut rules.sts_use_global_endpoint,
            "AWS_STS_REGIONAL_ENDPOINTS",
            "sts_regional_endpoints",
        ),
    ];
    for (is_global, variable, name) in endpoints {
        is_global.or_find(|| outside.read(variable, name, "`regional` or `legacy`", is_legacy))?;
    }
    Ok(())
}

fn is_legacy(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "regional" => Some(false),
        "legacy" => Some(true),
        _ => None,
    }
}
