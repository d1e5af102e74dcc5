//! Settings and what is special to S3: no generated code decides these.

use crate::Row;

const CONFIG: &str =
    "`Config` for each service: `Config::builder()….load().await?`, `Client::from_env().await?`";
const PROFILE: &str = "`Config::builder().profile(…).load()`; roles by the profile";
const SETTINGS: &str = "settings of `Config::builder()` itself: `operation_timeout`, `max_attempts`, `retry_mode`, `http_client`";
const NONE: &str = "none";

pub(crate) const ROWS: &[Row] = &[
    Row::elsewhere("`SdkConfig`", CONFIG, 112, 21),
    Row::elsewhere("`aws_config::defaults(…)`, `from_env()`", CONFIG, 60, 21),
    Row::elsewhere("`Client::new(&shared)`", CONFIG, 174, 21),
    Row::elsewhere("`config::Builder::from(&shared)`", CONFIG, 29, 21),
    Row::elsewhere("`ProfileFileCredentialsProvider`", PROFILE, 18, 0),
    Row::elsewhere("`RegionProviderChain`", PROFILE, 18, 0),
    Row::elsewhere("`AssumeRoleProvider`", PROFILE, 4, 0),
    Row::elsewhere("`.timeout_config`", SETTINGS, 28, 0),
    Row::elsewhere("`.retry_config`", SETTINGS, 50, 0),
    Row::elsewhere("`.identity_cache`", SETTINGS, 17, 0),
    Row::elsewhere("`.stalled_stream_protection`", SETTINGS, 8, 0),
    Row::elsewhere("`.http_client`", SETTINGS, 11, 0),
    Row::elsewhere("`.force_path_style`", NONE, 20, 0),
    Row::elsewhere("checksum settings", NONE, 3, 0),
    Row::elsewhere("`.presigned`", NONE, 4, 0),
    Row::elsewhere("`.customize()`", NONE, 4, 0),
];
