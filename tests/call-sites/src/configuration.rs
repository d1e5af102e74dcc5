//! Settings and what is special to S3: of these, generated code decides only what a client is created from.

use crate::Row;
use aws_config::meta::region::RegionProviderChain;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_store::config::{Builder, RequestChecksumCalculation, ResponseChecksumValidation};
use aws_sdk_store::presigning::{PresignedRequest, PresigningConfig};
use aws_sdk_store::{Client, Config};
use std::error::Error;
use std::time::{Duration, SystemTime};

const PROFILE: &str = "`.profile(…)`, `.assume_role(arn)` of `aws_config::from_env()`";
const SETTINGS: &str =
    "settings of `Config::builder()` and of the loader: `idle_timeout`, `http_client`";
const NONE: &str = "none";

pub(crate) const ROWS: &[Row] = &[
    Row::unchanged("`SdkConfig`", 112, 21, one_for_several),
    Row::changed(
        "`aws_config::defaults(…)`, `from_env()`",
        "`.load().await?`, `load_defaults(…).await?`: what cannot be read is an error there, not of the first call",
        60,
        21,
        loaded,
    ),
    Row::unchanged("`Client::new(&shared)`", 174, 21, one_for_several),
    Row::unchanged("`config::Builder::from(&shared)`", 29, 21, of_one_service),
    Row::elsewhere("`ProfileFileCredentialsProvider`", PROFILE, 18, 0),
    Row::unchanged("`RegionProviderChain`", 18, 0, region),
    Row::elsewhere("`AssumeRoleProvider`", PROFILE, 4, 0),
    Row::unchanged("`.timeout_config`", 28, 0, limits),
    Row::unchanged("`.retry_config`", 50, 0, retries),
    Row::elsewhere("`.identity_cache`", SETTINGS, 17, 0),
    Row::elsewhere("`.stalled_stream_protection`", SETTINGS, 8, 0),
    Row::elsewhere("`.http_client`", SETTINGS, 11, 0),
    Row::unchanged("`.force_path_style`", 20, 0, of_one_service),
    Row::unchanged("checksum settings", 3, 0, checksums),
    Row::unchanged(
        "`.presigned(PresigningConfig::expires_in(…)?)`",
        4,
        0,
        presigned,
    ),
    Row::elsewhere("`.customize()`", NONE, 4, 0),
];

/// Clients of other services take it as well.
fn one_for_several(shared: &SdkConfig) -> (Client, Client) {
    (Client::new(shared), Client::new(shared))
}

async fn loaded() -> Result<[SdkConfig; 4], Box<dyn Error>> {
    let set = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .profile_name("ci");
    Ok([
        set.load().await?,
        aws_config::from_env().region("eu-west-1").load().await?,
        aws_config::load_defaults(BehaviorVersion::latest()).await?,
        aws_config::load_from_env().await?,
    ])
}

fn of_one_service(shared: &SdkConfig) -> Client {
    let config: Config = aws_sdk_store::config::Builder::from(shared)
        .region(Region::new("us-east-1"))
        .force_path_style(true)
        .build();
    Client::from_conf(config)
}

fn region(named: Option<String>) -> aws_config::ConfigLoader {
    let chain = RegionProviderChain::first_try(named.map(Region::new))
        .or_default_provider()
        .or_else(Region::new("us-east-1"));
    aws_config::from_env()
        .region(RegionProviderChain::default_provider().or_else("us-east-1"))
        .region(chain)
}

fn retries() -> aws_config::ConfigLoader {
    let retries = RetryConfig::standard().with_max_attempts(5);
    aws_config::from_env().retry_config(retries)
}

fn limits(shared: &SdkConfig) -> Client {
    let limits = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(2))
        .operation_attempt_timeout(Duration::from_secs(5))
        .operation_timeout(Duration::from_secs(30))
        .build();
    let config = aws_sdk_store::config::Builder::from(shared).timeout_config(limits);
    Client::from_conf(config.build())
}

/// The settings of checksums, and their values.
fn checksums(builder: Builder) -> Builder {
    builder
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
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
