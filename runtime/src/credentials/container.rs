//! Credentials from the agent of a container: ECS, Fargate, EKS Pod Identity, Greengrass.

use super::chain::Answer;
use super::context::{AGENT, Outside};
use http::Uri;
use reqsign_aws_v4::ECSCredentialProvider;
use std::net::IpAddr;

const RELATIVE_URI: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL_URI: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// Where a relative URI leads: ECS.
const ECS_HOST: &str = "http://169.254.170.2";

pub(super) async fn credentials(outside: &Outside) -> Answer {
    let environment = &outside.environment;
    let url = match (
        environment.variable(RELATIVE_URI),
        environment.variable(FULL_URI),
    ) {
        (Some(path), _) => format!("{ECS_HOST}/{}", path.trim_start_matches('/')),
        (None, Some(url)) => match check_full_uri(&url) {
            Ok(()) => url,
            Err(why) => return Answer::Failed(format!("{FULL_URI} {why}")),
        },
        (None, None) => {
            return Answer::Nothing(format!("neither {RELATIVE_URI} nor {FULL_URI} is set"));
        }
    };
    let mut provider = ECSCredentialProvider::new().with_endpoint(&url);
    // The file wins: it is renewed while the process runs, the variable is not.
    if let Some(file) = environment.variable(TOKEN_FILE) {
        provider = provider.with_auth_token_file(file);
    } else if let Some(token) = environment.variable(TOKEN) {
        provider = provider.with_auth_token(token);
    }
    match outside.ask(AGENT, |_| provider).await {
        Ok(credentials) => Answer::Found(credentials),
        Err(why) => Answer::Failed(why),
    }
}

/// The token is sent in clear text over `http`, so only to this machine or to the agents' own addresses.
fn check_full_uri(url: &str) -> Result<(), String> {
    let uri: Uri = url.parse().map_err(|error| format!("is no URL: {error}"))?;
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let is_agent = match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || matches!(ip.octets(), [169, 254, 170, 2 | 23]),
        Ok(IpAddr::V6(ip)) => {
            ip.is_loopback() || matches!(ip.segments(), [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23])
        }
        Err(_) => host == "localhost",
    };
    match uri.scheme_str() {
        Some("https") => Ok(()),
        Some("http") if is_agent => Ok(()),
        Some("http") => Err(format!(
            "leads to `{host}`: without https it must lead to this machine, 169.254.170.2, 169.254.170.23 or fd00:ec2::23"
        )),
        _ => Err("must begin with http:// or https://".to_owned()),
    }
}
