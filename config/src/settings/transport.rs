//! The default HTTP client as configured by the environment and the shared files: `AWS_CA_BUNDLE` or `ca_bundle`, and
//! the variables for proxies.

use crate::environment::Environment;
use crate::settings::Lookup;
use tinsmith_runtime::loading::Found;
use tinsmith_runtime::{ConfigError, Explained, HyperClient, HyperClientBuilder};

/// A client with the certificates and the proxies that are set outside of the program, and what there is to say of the
/// proxies.
pub(crate) async fn http_client(
    lookup: &Lookup<'_>,
) -> Result<(HyperClient, Vec<Explained>), ConfigError> {
    let client = trusting(HyperClient::builder(), lookup).await?;
    let proxies = Proxies::of(lookup.environment);
    let client = proxies.set(client)?.build();
    Ok((client, proxies.explain()))
}

async fn trusting(
    client: HyperClientBuilder,
    lookup: &Lookup<'_>,
) -> Result<HyperClientBuilder, ConfigError> {
    let environment = lookup.environment;
    let Some(Found { place, value: path }) = lookup.find("AWS_CA_BUNDLE", "ca_bundle")? else {
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

/// The proxies that are set in an environment, each with the name of its variable.
struct Proxies {
    http: Option<(&'static str, String)>,
    https: Option<(&'static str, String)>,
    none_for: Option<(&'static str, String)>,
}

impl Proxies {
    /// The name in lower case has priority, as in curl and botocore.
    fn of(environment: &Environment) -> Self {
        let find = |names: &[&'static str]| {
            let mut set = names.iter();
            set.find_map(|name| Some((*name, environment.variable(name)?)))
        };
        Self {
            // A CGI server sets HTTP_PROXY to a header of the request, which its caller chooses.
            http: match environment.variable("REQUEST_METHOD") {
                Some(_) => find(&["http_proxy", "all_proxy", "ALL_PROXY"]),
                None => find(&["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]),
            },
            https: find(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]),
            none_for: find(&["no_proxy", "NO_PROXY"]),
        }
    }

    fn set(&self, client: HyperClientBuilder) -> Result<HyperClientBuilder, ConfigError> {
        fn named<'a>(proxy: &'a Option<(&'static str, String)>) -> Option<(&'static str, &'a str)> {
            let (name, value) = proxy.as_ref()?;
            Some((name, value))
        }
        let no_proxy = named(&self.none_for).map(|(_, hosts)| hosts);
        client.proxies_named(named(&self.http), named(&self.https), no_proxy)
    }

    /// What is set, in words. What stands before an `@` is a user and a password.
    fn explain(&self) -> Vec<Explained> {
        let proxies = [
            ("proxy for http", &self.http, "HTTP_PROXY"),
            ("proxy for https", &self.https, "HTTPS_PROXY"),
        ];
        let proxies = proxies.map(|(what, proxy, expected)| match proxy {
            Some((name, value)) => {
                let shown = value.rsplit('@').next().unwrap_or_default();
                Explained::new(what, shown, *name)
            }
            None => Explained::new(
                what,
                "none",
                format!("neither {expected} nor ALL_PROXY is set"),
            ),
        });
        let none_for = self.none_for.iter();
        let none_for =
            none_for.map(|(name, hosts)| Explained::new("hosts without a proxy", hosts, *name));
        proxies.into_iter().chain(none_for).collect()
    }
}
