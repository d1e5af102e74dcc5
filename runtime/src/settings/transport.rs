//! The default HTTP client as configured by the environment and the shared files: `AWS_CA_BUNDLE` or `ca_bundle`, and
//! the variables for proxies.

use crate::client::environment::Environment;
use crate::client::hyper_client::{HyperClient, HyperClientBuilder};
use crate::error::ConfigError;
use crate::settings::Lookup;
use crate::settings::profile::Profiles;

/// A client with the certificates and the proxies that are set outside of the program.
pub(crate) async fn http_client(
    environment: &Environment,
    profiles: &Profiles,
) -> Result<HyperClient, ConfigError> {
    let client = trusting(HyperClient::builder(), environment, profiles).await?;
    Ok(through_proxies(client, environment)?.build())
}

async fn trusting(
    client: HyperClientBuilder,
    environment: &Environment,
    profiles: &Profiles,
) -> Result<HyperClientBuilder, ConfigError> {
    let lookup = Lookup {
        environment,
        profiles,
    };
    let Some((place, path)) = lookup.find("AWS_CA_BUNDLE", "ca_bundle")? else {
        return Ok(client);
    };
    let path = environment.expand(&path);
    let wrong = |what: String| ConfigError::new(format!("{place}: {}: {what}", path.display()));
    let pem = environment.read(&path).await;
    let pem = pem.map_err(|error| {
        wrong(format!(
            "expected a file of certificates in PEM, found none that can be read: {error}"
        ))
    })?;
    client
        .ca_bundle(pem)
        .map_err(|error| wrong(error.to_string()))
}

/// The name in lower case has priority, as in curl and botocore.
fn through_proxies(
    client: HyperClientBuilder,
    environment: &Environment,
) -> Result<HyperClientBuilder, ConfigError> {
    let find = |names: &[&'static str]| {
        let mut set = names.iter();
        set.find_map(|name| Some((*name, environment.variable(name)?)))
    };
    // A CGI server sets HTTP_PROXY to a header of the request, which its caller chooses.
    let http = match environment.variable("REQUEST_METHOD") {
        Some(_) => find(&["http_proxy", "all_proxy", "ALL_PROXY"]),
        None => find(&["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]),
    };
    let https = find(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]);
    let none = find(&["no_proxy", "NO_PROXY"]);
    fn named<'a>(setting: &'a Option<(&'static str, String)>) -> Option<(&'static str, &'a str)> {
        let (name, value) = setting.as_ref()?;
        Some((name, value))
    }
    let no_proxy = named(&none).map(|(_, hosts)| hosts);
    client.proxies_named(named(&http), named(&https), no_proxy)
}
