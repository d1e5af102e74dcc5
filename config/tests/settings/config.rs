//! Where settings come from, in which order.

use crate::shop::nowhere;
use crate::support::{SERVICE, get_tin};
use crate::world::World;
use tinsmith_config::meta::region::RegionProviderChain;
use tinsmith_config::{Environment, Loader, Region};
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{Client, Config, Credentials, ErrorKind, HttpError, HttpErrorKind};

/// A configuration that is loaded from what is said here, off the network, with keys set outright.
pub(crate) async fn load(variables: &[(&str, &str)], config_file: &str) -> Result<Config, String> {
    load_with(variables, config_file, complete_but_region()).await
}

pub(crate) fn complete_but_region() -> Loader {
    tinsmith_config::from_env().credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
}

/// The same with a region.
pub(crate) fn complete() -> Loader {
    complete_but_region().region("eu-west-1")
}

pub(crate) async fn load_with(
    variables: &[(&str, &str)],
    file: &str,
    builder: Loader,
) -> Result<Config, String> {
    let mut environment = Environment::empty()
        .with_home("/home/me")
        .with_variable("AWS_EC2_METADATA_DISABLED", "true")
        .with_file("/home/me/.aws/config", file);
    for (name, value) in variables {
        environment = environment.with_variable(*name, *value);
    }
    builder
        .environment(environment)
        .load()
        .await
        .map_err(|error| error.to_string())
}

/// The URI that a call with this configuration goes to.
async fn uri(
    variables: &[(&str, &str)],
    file: &str,
    change: impl FnOnce(Loader) -> Loader,
) -> String {
    let replay = ReplayClient::new().json(200, "{}");
    let config = load_with(
        variables,
        file,
        change(complete()).http_client(replay.clone()),
    )
    .await
    .unwrap();
    get_tin(&Client::new(&SERVICE, config)).await.unwrap();
    replay.requests()[0].uri().to_string()
}

#[tokio::test]
async fn the_region_is_looked_for_in_order() {
    let file = "[default]\nregion = from-default\n[profile x]\nregion=from-x # and a comment\n";
    for (variables, expected) in [
        (&[][..], "from-default"),
        (&[("AWS_PROFILE", "x")], "from-x"),
        (&[("AWS_DEFAULT_PROFILE", "x")], "from-x"),
        (
            &[
                ("AWS_DEFAULT_REGION", "from-default-region"),
                ("AWS_PROFILE", "x"),
            ],
            "from-default-region",
        ),
        (
            &[
                ("AWS_REGION", "from-region"),
                ("AWS_DEFAULT_REGION", "other"),
            ],
            "from-region",
        ),
        (
            &[("AWS_REGION", ""), ("AWS_DEFAULT_REGION", " ")],
            "from-default",
        ),
    ] {
        let config = load(variables, file).await.unwrap();
        assert_eq!(config.region(), Some(expected), "{variables:?}");
    }
    let outright = complete_but_region().region("outright");
    let config = load_with(&[("AWS_REGION", "from-region")], file, outright)
        .await
        .unwrap();
    assert_eq!(config.region(), Some("outright"));
}

#[tokio::test]
async fn the_region_comes_from_instance_metadata_last() {
    let replay = ReplayClient::new()
        .json(200, "TOKEN")
        .json(200, "eu-north-1");
    let environment = Environment::empty();
    let config = tinsmith_config::from_env()
        .environment(environment)
        .http_client(replay.clone())
        .load()
        .await
        .unwrap();
    assert_eq!(config.region(), Some("eu-north-1"));
    let [token, region] = &replay.requests()[..] else {
        panic!("two requests")
    };
    assert_eq!(
        (token.method().as_str(), token.uri().path()),
        ("PUT", "/latest/api/token")
    );
    assert_eq!(
        region.uri(),
        "http://169.254.169.254/latest/meta-data/placement/region"
    );
    assert_eq!(region.headers()["x-aws-ec2-metadata-token"], "TOKEN");
}

#[tokio::test]
async fn a_missing_region_is_an_error_of_the_call_that_says_where_it_was_looked_for() {
    let replay = ReplayClient::new();
    let built = Config::builder()
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .http_client(replay.clone())
        .build();
    let loaded = load_with(
        &[],
        "[default]\n",
        complete_but_region().http_client(replay.clone()),
    )
    .await
    .unwrap();
    for (config, expected) in [
        (
            built,
            "GetTin: no region: none was set; set one with Config::builder().region(…), or let \
             tinsmith_config::load() look into the environment and the shared files",
        ),
        (
            loaded,
            "GetTin: no region: AWS_REGION and AWS_DEFAULT_REGION are not set; no `region` in profile `default` of \
             /home/me/.aws/config (read) and /home/me/.aws/credentials (not there); instance metadata: switched off by \
             AWS_EC2_METADATA_DISABLED",
        ),
    ] {
        let error = get_tin(&Client::new(&SERVICE, config)).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.to_string().as_str()),
            (ErrorKind::Configuration, expected)
        );
    }
    assert_eq!(replay.requests().len(), 0);
}

#[tokio::test]
async fn the_endpoint_is_looked_for_in_order() {
    const FILE: &str = "[default]\n\
                        endpoint_url = http://profile\n\
                        services = mine\n\
                        [services mine]\n\
                        other =\n  endpoint_url = http://wrong\n\
                        tin_shop =\n  some = thing\n  endpoint_url = http://section ; a comment\n";
    const OWN: (&str, &str) = ("AWS_ENDPOINT_URL_TIN_SHOP", "http://own-variable");
    const ALL: (&str, &str) = ("AWS_ENDPOINT_URL", "http://variable");
    const IGNORE: (&str, &str) = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    const RULES: &str = "https://tinshop.eu-west-1.amazonaws.com/tins/a";
    let plain = |config| config;
    assert_eq!(uri(&[], "", plain).await, RULES);
    assert_eq!(
        uri(&[], "[default]\nendpoint_url = http://profile", plain).await,
        "http://profile/tins/a"
    );
    assert_eq!(uri(&[], FILE, plain).await, "http://section/tins/a");
    assert_eq!(uri(&[ALL], FILE, plain).await, "http://variable/tins/a");
    assert_eq!(
        uri(&[ALL, OWN], FILE, plain).await,
        "http://own-variable/tins/a"
    );
    assert_eq!(uri(&[ALL, OWN, IGNORE], FILE, plain).await, RULES);
    let outright = |config: Loader| config.endpoint_url("http://outright");
    assert_eq!(
        uri(&[ALL, OWN, IGNORE], FILE, outright).await,
        "http://outright/tins/a"
    );
}

#[tokio::test]
async fn fips_and_dual_stack_come_from_the_environment_and_the_profile() {
    let file = "[default]\nuse_fips_endpoint = true\nuse_dualstack_endpoint = True\n";
    let plain = |config| config;
    let (fips, dual) = (
        ("AWS_USE_FIPS_ENDPOINT", "true"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "FALSE"),
    );
    assert_eq!(
        uri(&[fips], "", plain).await,
        "https://tinshop-fips.eu-west-1.amazonaws.com/tins/a"
    );
    assert_eq!(
        uri(&[], file, plain).await,
        "https://tinshop-fips.eu-west-1.api.aws/tins/a"
    );
    assert_eq!(
        uri(&[dual], file, plain).await,
        "https://tinshop-fips.eu-west-1.amazonaws.com/tins/a"
    );
    let outright = |config: Loader| config.use_fips(false);
    assert_eq!(
        uri(&[fips], file, outright).await,
        "https://tinshop.eu-west-1.api.aws/tins/a"
    );
}

#[tokio::test(start_paused = true)]
async fn retries_come_from_the_environment_and_the_profile() {
    let file = "[default]\nmax_attempts = 2\nretry_mode = legacy\n";
    for (variables, file, expected) in [
        (&[][..], "", 3),
        (&[], file, 2),
        (&[("AWS_MAX_ATTEMPTS", "1")], file, 1),
    ] {
        let broken = || HttpError::new(HttpErrorKind::Connect, "no");
        let replay = ReplayClient::new()
            .error(broken())
            .error(broken())
            .error(broken());
        let config = load_with(variables, file, complete().http_client(replay.clone()))
            .await
            .unwrap();
        get_tin(&Client::new(&SERVICE, config)).await.unwrap_err();
        assert_eq!(replay.requests().len(), expected);
    }
}

/// The rules show in how many retries a full quota allows.
#[tokio::test(start_paused = true)]
async fn the_rules_of_retries_come_from_the_environment() {
    for (variables, expected) in [
        (&[][..], 100),
        (&[("AWS_NEW_RETRIES_2026", "false")], 100),
        (&[("AWS_NEW_RETRIES_2026", " True ")], 35),
    ] {
        let replay = (0..101).fold(ReplayClient::new(), |replay, _| {
            replay.error(HttpError::new(HttpErrorKind::Connect, "no"))
        });
        let config = complete().max_attempts(101).operation_timeout(None);
        let config = load_with(variables, "", config.http_client(replay.clone()));
        get_tin(&Client::new(&SERVICE, config.await.unwrap()))
            .await
            .unwrap_err();
        assert_eq!(replay.requests().len(), expected + 1, "{variables:?}");
    }
}

#[tokio::test]
async fn a_chain_of_regions_is_asked_in_its_order() {
    let of = |environment: Environment, chain: RegionProviderChain| async {
        let loader = tinsmith_config::from_env()
            .environment(environment)
            .region(chain);
        let config = loader.http_client(World::default()).load().await.unwrap();
        config.region().map(str::to_owned)
    };
    let said = || nowhere().with_variable("AWS_REGION", "eu-west-1");
    let default = || RegionProviderChain::default_provider().or_else("us-east-2");
    assert_eq!(of(said(), default()).await.unwrap(), "eu-west-1");
    assert_eq!(of(nowhere(), default()).await.unwrap(), "us-east-2");
    let first = RegionProviderChain::first_try(Region::new("us-west-1")).or_default_provider();
    assert_eq!(of(said(), first).await.unwrap(), "us-west-1");
    let none = || RegionProviderChain::first_try(None::<Region>);
    assert_eq!(
        of(said(), none().or_else("us-west-2")).await.unwrap(),
        "us-west-2"
    );
    assert_eq!(of(said(), none()).await, None);
}
