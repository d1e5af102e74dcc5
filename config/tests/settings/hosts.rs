//! Which host a call reaches: regions, endpoint URLs, prefixes, parts of paths.

use crate::support::{GET_TIN, GetTinInput, GetTinOutput, NoException, SERVICE};
use crate::world::{World, call, call_with, instance, refusal, with_config, with_keys};
use tinsmith_config::{Environment, Loader};
use tinsmith_runtime::{Client, Error, Operation};

fn keys() -> Environment {
    with_keys(instance())
}

fn in_ireland() -> Environment {
    keys().with_variable("AWS_REGION", "eu-west-1")
}

const NO_REGIONS: [&str; 8] = [
    "eu-west-1-",
    "-eu-west-1",
    "169254169254",
    "eu.west.1",
    "eu-west-1/",
    "evil.example#",
    " eu-west-1",
    "a123456789-123456789-123456789-123456789-123456789-123456789-123",
];

#[tokio::test]
async fn settings_28_region_no_host_label() {
    for region in NO_REGIONS {
        let file = |name: &str| format!("[default]\nregion = {region}\n# {name}");
        let cases: Vec<(Environment, &str)> = vec![
            (
                keys().with_variable("AWS_REGION", region),
                "AWS_REGION: expected",
            ),
            (
                keys().with_variable("AWS_DEFAULT_REGION", region),
                "AWS_DEFAULT_REGION: expected",
            ),
            (
                keys().with_file("/home/me/.aws/config", file("")),
                "region of profile `default`: expected",
            ),
            (
                keys().with_file("/home/me/.aws/credentials", file("")),
                "region of profile `default`: expected",
            ),
        ];
        for (environment, place) in cases {
            if region.trim() != region && place.starts_with("region") {
                continue;
            }
            let error = refusal(environment).await;
            assert!(
                error.contains(place) && error.contains("`eu-west-1`"),
                "{region}: {error}"
            );
        }
        let (world, called) = call_with(keys(), |builder| builder.region(region)).await;
        assert!(called.unwrap_err().contains("region: expected"), "{region}");
        assert!(world.is_untouched(), "{region}");
        // IAM Identity Center is asked at a host of its own.
        let sso = format!(
            "[default]\nregion = eu-west-1\nsso_start_url = https://x\nsso_region = '{region}'\nsso_account_id = 1\nsso_role_name = R\n"
        );
        let error = refusal(with_config(&sso.replace('\'', ""))).await;
        if region.trim() == region {
            assert!(
                error.contains("sso_region of profile `default`: expected"),
                "{region}: {error}"
            );
        }
    }
    // Set to nothing is not the instance's.
    let error = refusal(with_keys(with_config("[default]\nregion =\n"))).await;
    assert!(
        error.contains("region of profile `default` is empty"),
        "{error}"
    );
    for region in ["eu-west-1", "us-iso-b", "1a", "EU-WEST-1", "aws-global"] {
        let arrived = call(keys().with_variable("AWS_REGION", region))
            .await
            .unwrap();
        let host = format!("https://tinshop.{region}.amazonaws.com/tins/a").to_lowercase();
        assert_eq!(arrived.uri.to_lowercase(), host);
    }
}

#[tokio::test]
async fn a_region_of_an_instance_is_checked_too() {
    let world = World::of_region("evil.example/");
    let builder = tinsmith_config::from_env()
        .environment(keys())
        .http_client(world.clone());
    let client = Client::new(&SERVICE, builder.load().await.unwrap());
    let error = crate::support::get_tin(&client).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("region of the instance: expected"),
        "{error}"
    );
}

const NO_URLS: [&str; 16] = [
    "http://127.0.0.1:99999",
    "http://127.0.0.1:x",
    "http://127.0.0.1:",
    "http://127.0.0.1:0",
    "http://127.0.0.1:80:80",
    "http://[::1]:99999",
    "http://127.0.0.1/#fragment",
    "http://127.0.0.1#",
    "http://127.0.0.1/?query",
    "http://me:URLSECRET@127.0.0.1",
    "http://2130706433",
    "http://127.1",
    "http://ho st",
    "ftp://127.0.0.1",
    "127.0.0.1:80",
    "http://127.0.0.1/a/../b",
];

#[tokio::test]
async fn an_invalid_endpoint_url_is_refused_wherever_it_is_set() {
    for url in NO_URLS {
        let file = |text: String| in_ireland().with_file("/home/me/.aws/config", text);
        let cases = [
            (
                in_ireland().with_variable("AWS_ENDPOINT_URL", url),
                "AWS_ENDPOINT_URL: ",
            ),
            (
                in_ireland().with_variable("AWS_ENDPOINT_URL_TIN_SHOP", url),
                "AWS_ENDPOINT_URL_TIN_SHOP: ",
            ),
            (
                file(format!("[default]\nendpoint_url = {url}")),
                "endpoint_url of profile `default`: ",
            ),
            (
                file(format!(
                    "[default]\nservices = s\n[services s]\ntin_shop =\n endpoint_url = {url}"
                )),
                "endpoint_url of `tin_shop` in section [services s]: ",
            ),
        ];
        for (environment, place) in cases {
            let (world, called) = call_with(environment, |builder| builder).await;
            let error = called.unwrap_err();
            assert!(
                error.contains(place) && !error.contains("SECRET"),
                "{url}: {error}"
            );
            assert!(world.is_untouched(), "{url}");
        }
        let (world, called) = call_with(in_ireland(), |builder| builder.endpoint_url(url)).await;
        assert!(called.unwrap_err().contains("endpoint URL: "), "{url}");
        assert!(world.is_untouched(), "{url}");
    }
    // What is set before is called, and what stands after does not matter.
    let environment = in_ireland()
        .with_variable("AWS_ENDPOINT_URL", "http://host:99999")
        .with_variable("AWS_ENDPOINT_URL_TIN_SHOP", "http://Host:8080/base/");
    assert_eq!(
        call(environment).await.unwrap().uri,
        "http://host:8080/base/tins/a"
    );
}

#[tokio::test]
async fn a_url_of_an_agent_or_of_instance_metadata_is_read_by_the_same_rules() {
    const METADATA: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
    const AGENT: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    let nobody = || instance().with_variable("AWS_REGION", "eu-west-1");
    for url in NO_URLS {
        let file = format!("[default]\nec2_metadata_service_endpoint = {url}\n");
        for (environment, place) in [
            (nobody().with_variable(METADATA, url), METADATA),
            (
                nobody().with_file("/home/me/.aws/config", file),
                "ec2_metadata_service_endpoint of profile `default`",
            ),
            (nobody().with_variable(AGENT, url), AGENT),
        ] {
            // An agent's URL may have a query.
            if place == AGENT && url.contains('?') {
                continue;
            }
            let (world, called) = call_with(environment, |builder| builder).await;
            let error = called.unwrap_err();
            assert!(
                error.contains(place) && !error.contains("URLSECRET"),
                "{url}: {error}"
            );
            assert!(world.is_untouched(), "{url}");
        }
    }
    // A query may hold what nobody else should read.
    let bad = nobody().with_variable(AGENT, "http://127.0.0.1:x/?token=URLSECRET");
    let error = refusal(bad).await;
    assert!(
        error.contains(AGENT) && !error.contains("URLSECRET"),
        "{error}"
    );
    // Names of this machine count in any case.
    let agent = nobody().with_variable(AGENT, "http://LocalHost:1338/creds?id=1");
    assert_eq!(call(agent).await.unwrap().id, "ASIACONTAINER");
}

#[tokio::test]
async fn settings_25_imds_mode() {
    const VARIABLE: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";
    let nobody = || instance().with_variable("AWS_REGION", "eu-west-1");
    let file = |mode: &str| {
        let file = format!("[default]\nec2_metadata_service_endpoint_mode = {mode}\n");
        nobody().with_file("/home/me/.aws/config", file)
    };
    for (mode, host) in [
        ("IPv4", "http://169.254.169.254/"),
        ("ipv4", "http://169.254.169.254/"),
        ("IPv6", "http://[fd00:ec2::254]/"),
        ("IPV6", "http://[fd00:ec2::254]/"),
    ] {
        for environment in [nobody().with_variable(VARIABLE, mode), file(mode)] {
            let (world, called) = call_with(environment, |builder| builder).await;
            assert_eq!(called.unwrap().id, "ASIAINSTANCE");
            assert!(
                world.first().uri.starts_with(host),
                "{mode}: {:?}",
                world.first()
            );
        }
    }
    for mode in ["IPv5", "4", "IPv4 IPv6", "true"] {
        for (environment, place) in [
            (
                nobody().with_variable(VARIABLE, mode),
                format!("{VARIABLE}: "),
            ),
            (
                file(mode),
                "ec2_metadata_service_endpoint_mode of profile `default`: ".to_owned(),
            ),
        ] {
            let error = refusal(environment).await;
            let expected = format!("{place}expected `IPv4` or `IPv6`, found `{mode}`");
            assert!(error.contains(&expected), "{error}");
        }
    }
}

#[tokio::test]
async fn settings_30_services_not_asked() {
    let gone = "[default]\nregion = eu-west-1\nservices = gone\n";
    let file = || with_keys(with_config(gone));
    for (environment, expected) in [
        (
            file().with_variable("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"),
            "http://127.0.0.1:4566/tins/a",
        ),
        (
            file().with_variable("AWS_ENDPOINT_URL_TIN_SHOP", "http://own"),
            "http://own/tins/a",
        ),
        (
            file().with_variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
            "https://tinshop.eu-west-1.amazonaws.com/tins/a",
        ),
    ] {
        assert_eq!(call(environment).await.unwrap().uri, expected);
    }
    let (_, arrived) = call_with(file(), |builder| builder.endpoint_url("http://outright")).await;
    assert_eq!(arrived.unwrap().uri, "http://outright/tins/a");
    let error = refusal(with_keys(with_config(&gone.replace(" gone", "")))).await;
    assert!(
        error.contains("services of profile `default` is empty"),
        "{error}"
    );
    // Whoever asks it gets the error: all services, or those that no variable is for.
    for environment in [
        file(),
        file().with_variable("AWS_ENDPOINT_URL_OTHER", "http://other"),
        with_keys(with_config(&format!(
            "{gone}endpoint_url = http://profile\n"
        ))),
    ] {
        let error = refusal(environment).await;
        assert!(
            error.contains(
                "profile `default` refers to section [services gone], which does not exist"
            ),
            "{error}"
        );
    }
}

/// An operation whose host has a prefix with a label.
static AT_A_HOST: Operation = Operation {
    name: "GetTin",
    method: tinsmith_runtime::Method::POST,
    uri: "/tins",
    host_prefix: Some("data-{name}."),
    service: &SERVICE,
    ..Operation::DEFAULT
};

/// The same with a part of the path that keeps its slashes.
static AT_A_PATH: Operation = Operation {
    name: "GetTin",
    method: tinsmith_runtime::Method::POST,
    uri: "/shelves/{name+}/tins",
    service: &SERVICE,
    ..Operation::DEFAULT
};

async fn call_named(
    operation: &'static Operation,
    name: &str,
    environment: Environment,
    change: impl FnOnce(Loader) -> Loader,
) -> Result<String, String> {
    let world = World::default();
    let builder = tinsmith_config::from_env()
        .environment(environment)
        .http_client(world.clone());
    let config = change(builder).load().await.unwrap();
    let input = GetTinInput {
        name: Some(name.to_owned()),
        ..GetTinInput::default()
    };
    let called: Result<GetTinOutput, Error<NoException>> =
        Client::new(&SERVICE, config).call(operation, &input).await;
    match called {
        Ok(_) => Ok(world.last().uri),
        Err(error) => {
            assert!(world.is_untouched(), "{error}");
            Err(error.to_string())
        }
    }
}

#[tokio::test]
async fn the_host_prefix_can_be_switched_off_at_an_endpoint_with_a_name() {
    const NAMED: &str = "http://local.example:4566";
    let at = |url: &str| in_ireland().with_variable("AWS_ENDPOINT_URL", url);
    let plain = |config| config;
    for (url, expected) in [
        (NAMED, "http://data-a.local.example:4566/tins"),
        (
            "http://Local.Example:4566",
            "http://data-a.local.example:4566/tins",
        ),
        // A server on this machine has no hosts below it, in whatever case it is written.
        ("http://LocalHost:4566", "http://localhost:4566/tins"),
        ("http://localhost.:4566", "http://localhost.:4566/tins"),
        ("http://127.0.0.1:4566", "http://127.0.0.1:4566/tins"),
        ("http://[::1]:4566", "http://[::1]:4566/tins"),
    ] {
        assert_eq!(
            call_named(&AT_A_HOST, "a", at(url), plain).await.as_deref(),
            Ok(expected)
        );
    }
    let off = Ok("http://local.example:4566/tins");
    let variable = at(NAMED).with_variable("AWS_DISABLE_HOST_PREFIX_INJECTION", "true");
    let file = at(NAMED).with_file(
        "/home/me/.aws/config",
        "[default]\ndisable_host_prefix_injection = True\n",
    );
    assert_eq!(
        call_named(&AT_A_HOST, "a", variable.clone(), plain)
            .await
            .as_deref(),
        off
    );
    assert_eq!(
        call_named(&AT_A_HOST, "a", file, plain).await.as_deref(),
        off
    );
    let outright = |config: Loader| config.disable_host_prefix(true);
    assert_eq!(
        call_named(&AT_A_HOST, "a", at(NAMED), outright)
            .await
            .as_deref(),
        off
    );
    let on = |config: Loader| config.disable_host_prefix(false);
    let on = call_named(&AT_A_HOST, "a", variable, on).await;
    assert_eq!(on.as_deref(), Ok("http://data-a.local.example:4566/tins"));
}

#[tokio::test]
async fn a_label_of_a_host_or_a_path_that_leads_elsewhere_is_refused() {
    let plain = |config| config;
    let long = "a".repeat(60);
    for label in [
        ".", "..", "a.b", "", "-", "-a", "a-", "a/b", "a@b", "a:80", "a#", "a?", "a b", "\u{f6}",
        "%2e", &long,
    ] {
        let called = call_named(&AT_A_HOST, label, in_ireland(), plain).await;
        assert!(called.is_err(), "{label:?}: {called:?}");
    }
    for label in [".", ".."] {
        for operation in [&GET_TIN, &AT_A_PATH] {
            let error = call_named(operation, label, in_ireland(), plain)
                .await
                .unwrap_err();
            assert!(error.contains("other than `.` or `..`"), "{error}");
        }
    }
    for label in ["../b", "a/..", "a/./b", "a/../../b"] {
        let called = call_named(&AT_A_PATH, label, in_ireland(), plain).await;
        assert!(called.is_err(), "{label}: {called:?}");
    }
    for (operation, label, expected) in [
        (&GET_TIN, "a..b", "/tins/a..b"),
        (&GET_TIN, "...", "/tins/..."),
        (&GET_TIN, "a/../b", "/tins/a%2F..%2Fb"),
        (&GET_TIN, "%2e%2e", "/tins/%252e%252e"),
        (&AT_A_PATH, "a/.b/c", "/shelves/a/.b/c/tins"),
    ] {
        let called = call_named(operation, label, in_ireland(), plain).await;
        assert_eq!(
            called.unwrap(),
            format!("https://tinshop.eu-west-1.amazonaws.com{expected}")
        );
    }
}
