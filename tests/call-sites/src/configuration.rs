//! Settings and what is special to S3: of these, generated code decides only what a client is created from.

use crate::Row;
use aws_sdk_store::presigning::{PresignedRequest, PresigningConfig};
use aws_sdk_store::{Client, Config};
use std::error::Error;
use std::time::{Duration, SystemTime};

const CONFIG: &str = "one `Config` for all services: `shared_config::from_env()….load().await?`, `Config::to_builder`";
const PROFILE: &str =
    "`.profile(…)`, `.region_or(…)`, `.assume_role(arn)` of `shared_config::from_env()`";
const SETTINGS: &str = "settings of `Config::builder()` itself: `operation_timeout`, `max_attempts`, `retry_mode`, `http_client`";
const NONE: &str = "none";

pub(crate) const ROWS: &[Row] = &[
    Row::elsewhere("`SdkConfig`", CONFIG, 112, 21),
    Row::elsewhere("`aws_config::defaults(…)`, `from_env()`", CONFIG, 60, 21),
    Row::unchanged("`Client::new(&shared)`", 174, 21, one_for_several),
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
    Row::unchanged(
        "`.presigned(PresigningConfig::expires_in(…)?)`",
        4,
        0,
        presigned,
    ),
    Row::elsewhere("`.customize()`", NONE, 4, 0),
];

/// What is shared is a `Config` here; clients of other services take it as well.
fn one_for_several(shared: &Config) -> (Client, Client) {
    (Client::new(shared), Client::new(shared))
}

/// A URL for someone else, and the request with its method and headers. A `Duration` is enough, too.
async fn presigned(client: &Client) -> Result<(PresignedRequest, String), Box<dyn Error>> {
    let call = client.get_object().bucket("tins").key("a");
    let config = PresigningConfig::expires_in(Duration::from_secs(900))?;
    let request = call.clone().presigned(config).await?;
    let _: (&str, &str) = (request.method(), request.uri());
    let _: Vec<(&str, &str)> = request.headers().collect();
    let dated = PresigningConfig::builder()
        .expires_in(Duration::from_secs(900))
        .start_time(SystemTime::now())
        .build()?;
    let url = call.clone().presigned(dated).await?.uri().to_string();
    call.presigned(Duration::from_secs(900)).await?;
    Ok((request, url))
}
