//! Settings on the way to a call: found in an environment, missing, or at odds with each other.

use crate::support::{config, server, within};
use imagebuilder::{Client, Config, Credentials};
use tinsmith_config::Environment;
use tinsmith_runtime::ErrorKind;
use tinsmith_tests::server::{ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY, SESSION_TOKEN};

/// An environment without files, container and instance.
fn environment() -> Environment {
    Environment::empty().with_variable("AWS_EC2_METADATA_DISABLED", "true")
}

/// A call with this configuration, which must fail before anything is sent.
async fn unsent(config: Config) -> (ErrorKind, String) {
    let call = Client::new(config).list_image_build_versions().send();
    let error = within(call).await.unwrap_err();
    assert_eq!((error.attempts(), error.status()), (0, None));
    (error.kind(), error.to_string())
}

#[tokio::test]
async fn an_environment_is_enough_for_a_call() {
    let server = server(3).await;
    let environment = environment()
        .with_variable("AWS_REGION", REGION)
        .with_variable("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID)
        .with_variable("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY)
        .with_variable("AWS_SESSION_TOKEN", SESSION_TOKEN)
        .with_variable("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        .with_variable("AWS_ENDPOINT_URL_IMAGEBUILDER", server.url())
        .with_variable("AWS_MAX_ATTEMPTS", "5");
    let config = tinsmith_config::from_env()
        .environment(environment)
        .load()
        .await
        .unwrap();
    let page = within(Client::new(config).list_image_build_versions().send())
        .await
        .unwrap();
    assert_eq!(page.image_summary_list.map(|images| images.len()), Some(3));
    let request = &server.requests()[0];
    assert_eq!(request.attempt(), "attempt=1; max=5");
    assert_eq!(request.header("x-amz-security-token"), SESSION_TOKEN);
}

#[tokio::test]
async fn a_missing_region_is_an_error_that_says_where_it_was_looked_for() {
    let keys = Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None);
    let loading = tinsmith_config::from_env()
        .credentials(keys)
        .environment(environment())
        .load();
    let (kind, text) = unsent(loading.await.unwrap()).await;
    assert_eq!(kind, ErrorKind::Configuration);
    for place in [
        "no region",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_EC2_METADATA_DISABLED",
    ] {
        assert!(text.contains(place), "{text}");
    }
}

#[tokio::test]
async fn missing_credentials_are_an_error_that_lists_each_source() {
    let loading = tinsmith_config::from_env()
        .region(REGION)
        .environment(environment())
        .load();
    let (kind, text) = unsent(loading.await.unwrap()).await;
    assert_eq!(kind, ErrorKind::Credentials);
    for source in [
        "no credentials found",
        "AWS_ACCESS_KEY_ID",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "profile `default`",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_EC2_METADATA_DISABLED",
    ] {
        assert!(text.contains(source), "{text}");
    }
}

#[tokio::test]
async fn a_built_configuration_looks_nothing_up() {
    let (kind, text) = unsent(Config::builder().region(REGION).build()).await;
    assert_eq!(kind, ErrorKind::Credentials);
    assert!(
        text.starts_with("ListImageBuildVersions: no credentials"),
        "{text}"
    );
    let (kind, text) = unsent(Config::builder().build()).await;
    assert_eq!(kind, ErrorKind::Configuration);
    assert!(
        text.starts_with("ListImageBuildVersions: no region"),
        "{text}"
    );
}

#[tokio::test]
async fn what_the_endpoint_rules_forbid_is_not_sent() {
    let server = server(1).await;
    let (kind, text) = unsent(config(server.url()).use_fips(true).build()).await;
    assert_eq!(kind, ErrorKind::Configuration);
    let reason = "FIPS and custom endpoint are not supported";
    assert!(text.contains(reason), "{text}");
    assert_eq!(server.requests().len(), 0);
}
