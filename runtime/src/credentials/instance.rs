//! The metadata service of an EC2 instance, version 2 only: credentials of its role, and its region.

use super::chain::Answer;
use super::context::{METADATA, Outside};
use crate::profile::Profiles;
use bytes::Bytes;
use http::{Method, Request};
use reqsign_aws_v4::IMDSv2CredentialProvider;

const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";
const ENDPOINT: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
const ENDPOINT_MODE: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";

pub(super) async fn credentials(outside: &Outside, profiles: &Profiles) -> Answer {
    let endpoint = match endpoint(outside, profiles) {
        Ok(endpoint) => endpoint,
        Err(why) => return Answer::Nothing(why),
    };
    match outside
        .ask(METADATA, |_| {
            IMDSv2CredentialProvider::new().with_endpoint(endpoint)
        })
        .await
    {
        Ok(credentials) => Answer::Found(credentials),
        Err(why) => Answer::Failed(why),
    }
}

/// The region that the instance runs in, or why it is not known.
pub(crate) async fn region(outside: &Outside, profiles: &Profiles) -> Result<String, String> {
    let endpoint = endpoint(outside, profiles)?;
    let token = Request::builder()
        .method(Method::PUT)
        .uri(format!("{endpoint}/latest/api/token"))
        .header("x-aws-ec2-metadata-token-ttl-seconds", "60");
    let token = get(outside, token).await?;
    let region = Request::builder()
        .uri(format!("{endpoint}/latest/meta-data/placement/region"))
        .header("x-aws-ec2-metadata-token", token);
    get(outside, region).await
}

async fn get(outside: &Outside, request: http::request::Builder) -> Result<String, String> {
    let request = request
        .body(Bytes::new())
        .map_err(|error| error.to_string())?;
    let path = request.uri().path().to_owned();
    let response = outside
        .send(METADATA, request)
        .await
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(response.body()).trim().to_owned();
    match response.status().is_success() && !text.is_empty() {
        true => Ok(text),
        false => Err(format!(
            "{path} was answered with status {}",
            response.status().as_u16()
        )),
    }
}

fn endpoint(outside: &Outside, profiles: &Profiles) -> Result<String, String> {
    let environment = &outside.environment;
    if environment
        .variable(DISABLED)
        .is_some_and(|value| value.trim().eq_ignore_ascii_case("true"))
    {
        return Err(format!("switched off by {DISABLED}"));
    }
    let setting = |variable: &str, name: &str| {
        environment
            .variable(variable)
            .or_else(|| profiles.setting(name).map(str::to_owned))
    };
    if let Some(endpoint) = setting(ENDPOINT, "ec2_metadata_service_endpoint") {
        return Ok(endpoint.trim_end_matches('/').to_owned());
    }
    let mode = setting(ENDPOINT_MODE, "ec2_metadata_service_endpoint_mode");
    Ok(
        match mode.is_some_and(|mode| mode.eq_ignore_ascii_case("ipv6")) {
            true => "http://[fd00:ec2::254]".to_owned(),
            false => "http://169.254.169.254".to_owned(),
        },
    )
}
