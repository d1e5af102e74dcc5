//! Where each setting came from, in words and without secrets.

use crate::shop::{nowhere, with_config};
use crate::support::{SERVICE, get_tin};
use crate::world::World;
use tinsmith_config::{Environment, Loader};
use tinsmith_runtime::{Client, Config, HyperClient};

async fn explained(loader: Loader) -> String {
    let config = loader.load().await.unwrap();
    Client::new(&SERVICE, config).explain().await.to_string()
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

#[tokio::test]
async fn each_setting_names_the_variable_the_section_or_the_default_that_gave_it() {
    let file = "[profile ci]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = b\n\
                max_attempts = 7\n[profile b]\naws_access_key_id = AKIDB\naws_secret_access_key = HUSH\n";
    let environment = with_config(file)
        .with_variable("AWS_PROFILE", "ci")
        .with_variable("AWS_ENDPOINT_URL_TIN_SHOP", "http://tins.example:81")
        .with_variable("AWS_RETRY_MODE", "adaptive");
    let loader = tinsmith_config::from_env()
        .environment(environment)
        .use_dual_stack(false)
        .http_client(World::default());
    assert_eq!(
        lines(&explained(loader).await),
        [
            "profile: ci (selected by AWS_PROFILE; /home/me/.aws/config (read) and /home/me/.aws/credentials (not there))",
            "proxies: those of the HTTP client (which is set in the program)",
            "region: eu-west-1 (region of profile `ci`)",
            "FIPS endpoints: false (default)",
            "dual-stack endpoints: false (set in the program)",
            "attempts: 7 (max_attempts of profile `ci`)",
            "retry mode: adaptive (AWS_RETRY_MODE)",
            "retry rules: 2.0 (default)",
            "bearer token: none (no `sso_session` in profile `ci`; for one service: AWS_BEARER_TOKEN_<SIGNING NAME>)",
            "endpoint of Tin Shop: http://tins.example:81 (AWS_ENDPOINT_URL_TIN_SHOP)",
            "credentials: ASIAROLEX00000000000 (profile `ci`: keys, then role arn:aws:iam::123456789012:role/x)",
        ]
    );
}

#[tokio::test]
async fn proxies_are_named_without_their_passwords() {
    let environment = nowhere()
        .with_variable("AWS_REGION", "eu-west-1")
        .with_variable("HTTPS_PROXY", "http://tin:HUSH@proxy.example:3128")
        .with_variable("NO_PROXY", ".internal");
    let text = explained(tinsmith_config::from_env().environment(environment)).await;
    for line in [
        "proxy for http: none (neither HTTP_PROXY nor ALL_PROXY is set)",
        "proxy for https: proxy.example:3128 (HTTPS_PROXY)",
        "hosts without a proxy: .internal (NO_PROXY)",
    ] {
        assert!(lines(&text).contains(&line), "{text}");
    }
    assert!(!text.contains("HUSH"), "{text}");
}

#[tokio::test]
async fn another_http_client_takes_what_was_said_of_the_first_with_it() {
    let environment = nowhere().with_variable("HTTPS_PROXY", "http://proxy.example:3128");
    let config = tinsmith_config::from_env().environment(environment);
    let config = config.load().await.unwrap();
    let of_proxies = |config: &Config| -> Vec<String> {
        let text = config.explain().to_string();
        let lines = text.lines().filter(|line| line.contains("prox"));
        lines.map(str::to_owned).collect()
    };
    let found = [
        "proxy for http: none (neither HTTP_PROXY nor ALL_PROXY is set)",
        "proxy for https: http://proxy.example:3128 (HTTPS_PROXY)",
    ];
    assert_eq!(of_proxies(&config), found);
    let same_client = config.to_builder().region("eu-west-1").build();
    assert_eq!(of_proxies(&same_client), found);
    let other = config.to_builder().http_client(HyperClient::new()).build();
    assert_eq!(
        of_proxies(&other),
        ["proxies: those of the HTTP client (which is set in the program)"]
    );
}

#[tokio::test]
async fn the_sources_of_bearer_tokens_are_named_and_the_tokens_are_not() {
    let file = "[default]\nsso_session = ours\n[sso-session ours]\nsso_region = eu-west-1\n";
    let environment = with_config(file).with_variable("AWS_BEARER_TOKEN_BEDROCK", "HUSH");
    let found = tinsmith_config::from_env().environment(environment);
    let found = found.load().await.unwrap();
    let tokens = |config: &Config| -> Vec<String> {
        let text = config.explain().to_string();
        assert!(!text.contains("HUSH"), "{text}");
        let lines = text.lines().filter(|line| line.starts_with("bearer"));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(
        tokens(&found),
        [
            "bearer token of BEDROCK: set (AWS_BEARER_TOKEN_BEDROCK)",
            "bearer token: that of sso_session `ours` (sso_session of profile `default`)",
        ]
    );
    let set = found.to_builder().bearer_token("HUSH").build();
    assert_eq!(tokens(&set), ["bearer token: set (set in the program)"]);
    let neither = Config::builder().build();
    assert_eq!(tokens(&neither), ["bearer token: none (none was set)"]);
}

#[tokio::test]
async fn what_is_missing_is_explained_as_the_error_of_a_call_says_it() {
    let loader = tinsmith_config::from_env()
        .environment(nowhere())
        .http_client(HyperClient::new());
    let client = Client::new(
        &SERVICE,
        loader.region_or("eu-west-1").load().await.unwrap(),
    );
    let error = get_tin(&client).await.unwrap_err().to_string();
    let why = error.strip_prefix("GetTin: ").unwrap();
    let text = client.explain().await.to_string();
    assert!(
        text.ends_with(&format!("\ncredentials: none ({why})")),
        "{text}"
    );
    assert!(text.contains("\nregion: eu-west-1 (region_or)\n"), "{text}");
    let nothing = tinsmith_config::from_env()
        .environment(Environment::empty().with_variable("AWS_EC2_METADATA_DISABLED", "true"));
    let text = explained(nothing).await;
    let missing = "region: none (AWS_REGION and AWS_DEFAULT_REGION are not set; no `region` in profile `default`";
    assert!(text.contains(missing), "{text}");
}
