//! Settings that make no sense, shared files in odd shapes, and what may be printed.

use crate::config::{complete, load, load_with};
use crate::support::{self, NoException, SERVICE, get_tin};
use std::time::Duration;
use tinsmith_config::Environment;
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{Client, Config, ConfigBuilder, Credentials, Error, ErrorKind};

#[tokio::test]
async fn an_invalid_setting_is_an_error_with_its_place() {
    /// Variables, the configuration file, and what is said about them.
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);
    let cases: &[Case<'_>] = &[
        (
            &[("AWS_MAX_ATTEMPTS", "0")],
            "",
            "AWS_MAX_ATTEMPTS: expected a whole number from 1, found `0`",
        ),
        (
            &[],
            "[default]\nretry_mode = wild",
            "retry_mode of profile `default`: expected `standard`, `adaptive` or `legacy`, found `wild`",
        ),
        (
            &[("AWS_USE_FIPS_ENDPOINT", "yes")],
            "",
            "AWS_USE_FIPS_ENDPOINT: expected `true` or `false`, found `yes`",
        ),
        (
            &[("AWS_NEW_RETRIES_2026", "2026")],
            "",
            "AWS_NEW_RETRIES_2026: expected `true` or `false`, found `2026`",
        ),
        (
            &[("AWS_PROFILE", "x")],
            "[profile y]\n[profile z]\n[sso-session x]\n",
            "profile `x`, selected by AWS_PROFILE, does not exist; looked in /home/me/.aws/config (read) and \
             /home/me/.aws/credentials (not there); profiles found: `y`, `z`",
        ),
        (
            &[],
            "[default]\nservices = gone\n",
            "profile `default` refers to section [services gone], which does not exist",
        ),
        (
            &[],
            "[default]\nregion = a\nsecret",
            "/home/me/.aws/config line 3: expected `name = value` or `[section]`",
        ),
        (
            &[],
            "# fine\n[default",
            "/home/me/.aws/config line 2: expected `]` at the end of a section's name",
        ),
        (
            &[],
            "region = a",
            "/home/me/.aws/config line 1: expected a section such as `[default]` before the first setting",
        ),
        (
            &[],
            "[services s]\ntin_shop =\n  endpoint_url http://x",
            "/home/me/.aws/config line 3: expected `name = value` in an indented line below a setting without a value",
        ),
    ];
    for (variables, file, expected) in cases {
        assert_eq!(load(variables, file).await.unwrap_err(), *expected);
    }
    let error = load_with(&[], "", complete().profile("x"))
        .await
        .unwrap_err();
    assert!(
        error.starts_with("profile `x`, selected by profile(…) of the loader, does not exist"),
        "{error}"
    );
}

#[tokio::test]
async fn the_files_are_found_and_merged_as_other_clients_do_it() {
    let environment = Environment::empty()
        .with_home("/home/me")
        .with_variable("AWS_CONFIG_FILE", "~/conf")
        .with_variable("AWS_SHARED_CREDENTIALS_FILE", "/keys")
        .with_variable("AWS_EC2_METADATA_DISABLED", "true")
        .with_file(
            "/home/me/conf",
            "\u{feff}; comment\n[profile default]\nREGION = wins\n[default]\nregion = loses\nuse_fips_endpoint=true\n\
             [plugins]\nx=y\n[profile \"two words\"]\nregion = two#words\n",
        )
        .with_file("/keys", "[default]\nuse_dualstack_endpoint = true\n[other]\nregion = from-keys\n");
    let load = |variables: &[(&str, &str)]| {
        let environment = variables
            .iter()
            .fold(environment.clone(), |all, (name, value)| {
                all.with_variable(*name, *value)
            });
        tinsmith_config::from_env().environment(environment).load()
    };
    let config = load(&[]).await.unwrap();
    assert_eq!(config.region(), Some("wins"));
    let text = format!("{config:?}");
    assert!(
        text.contains("use_fips: None") && text.contains("use_dual_stack: Some(true)"),
        "{text}"
    );
    assert_eq!(
        load(&[("AWS_PROFILE", "two words")])
            .await
            .unwrap()
            .region(),
        Some("two#words")
    );
    assert_eq!(
        load(&[("AWS_PROFILE", "other")]).await.unwrap().region(),
        Some("from-keys")
    );
}

#[tokio::test]
async fn a_region_or_an_endpoint_that_cannot_be_a_host_is_an_error_of_the_call() {
    type Change = fn(ConfigBuilder) -> ConfigBuilder;
    let cases: &[(Change, &str)] = &[
        (
            |config| config.region("evil.example/"),
            "region: expected a name of letters, digits and hyphens such as `eu-west-1`, found `evil.example/`",
        ),
        (
            |config| config.endpoint_url("localhost:80"),
            "endpoint URL: `localhost:80` does not begin with http:// or https:// and a host; expected one such as \
             https://host:8443/path",
        ),
        (
            |config| config.endpoint_url("http://me:VERYSECRET@host"),
            "endpoint URL: a user name or a password in it is not supported; expected one such as https://host:8443/path",
        ),
        (
            |config| config.endpoint_url("http://host/?a=b"),
            "endpoint URL: `http://host/` has a query; expected one such as https://host:8443/path",
        ),
    ];
    for (change, expected) in cases {
        let client = Client::new(
            &SERVICE,
            change(support::complete().http_client(ReplayClient::new())).build(),
        );
        let error = get_tin(&client).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.to_string()),
            (ErrorKind::Configuration, format!("GetTin: {expected}"))
        );
    }
}

#[test]
fn nothing_that_is_printed_shows_a_secret() {
    let credentials = Credentials::new("AKIDEXAMPLE", "VERYSECRET", Some("TOKENSECRET".to_owned()));
    let environment = Environment::empty().with_variable("AWS_SECRET_ACCESS_KEY", "ENVSECRET");
    let builder = Config::builder()
        .region("eu-west-1")
        .credentials(credentials.clone())
        .endpoint_url("http://me:URLSECRET@host")
        .attempt_timeout(Some(Duration::from_secs(1)));
    let client = Client::new(&SERVICE, builder.clone().build());
    let loader = tinsmith_config::from_env()
        .credentials(credentials.clone())
        .environment(environment.clone())
        .endpoint_url("http://me:URLSECRET@host");
    let printed = [
        ("credentials", format!("{credentials:?}")),
        ("environment", format!("{environment:?}")),
        ("builder", format!("{builder:?}")),
        ("config", format!("{:?}", builder.build())),
        ("client", format!("{client:?}")),
        ("loader", format!("{loader:?}")),
    ];
    for (what, text) in &printed {
        assert!(!text.contains("SECRET"), "{what}: {text}");
    }
}

#[tokio::test]
async fn an_error_of_loading_becomes_the_error_of_a_generated_crate() {
    let environment = Environment::empty().with_variable("AWS_PROFILE", "gone");
    let load = || async {
        Ok::<_, Error<NoException>>(
            tinsmith_config::from_env()
                .environment(environment)
                .load()
                .await?,
        )
    };
    let error = load().await.map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(
        error
            .to_string()
            .starts_with("profile `gone`, selected by AWS_PROFILE"),
        "{error}"
    );
}
