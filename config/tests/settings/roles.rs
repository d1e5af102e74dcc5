//! Roles: where STS is asked, how often, and the role that the program names.

use crate::shop::with_config;
use crate::support::{SERVICE, get_tin, header};
use crate::world::{World, call_with};
use tinsmith_config::{AssumeRole, Environment, Loader};
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{Client, Config, Credentials};

const ROLE: &str = "[default]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/x\nexternal_id = hush\n\
    source_profile = b\n[profile b]\naws_access_key_id = AKIDB\naws_secret_access_key = s\n";

/// The URI at which STS is asked for the role of the profile.
async fn asked_at(environment: Environment, change: impl FnOnce(Loader) -> Loader) -> String {
    let (world, arrived) = call_with(environment, change).await;
    assert_eq!(arrived.unwrap().id, "ASIAROLEX");
    world.first().uri
}

#[tokio::test]
async fn settings_04_sts_is_called_where_any_service_would_be() {
    let config = || with_config(ROLE);
    let local = "[services local]\nsts =\n  endpoint_url = http://sts.localhost:4566\n";
    let with = |line: &str| {
        with_config(&format!(
            "{}{local}",
            ROLE.replacen('\n', &format!("\n{line}\n"), 1)
        ))
    };
    let table = [
        (config(), "https://sts.eu-west-1.amazonaws.com/"),
        (
            config().with_variable("AWS_ENDPOINT_URL_STS", "http://sts.one:1"),
            "http://sts.one:1/",
        ),
        (
            config().with_variable("AWS_ENDPOINT_URL", "http://sts.all:1"),
            "http://sts.all:1/",
        ),
        (with("services = local"), "http://sts.localhost:4566/"),
        (
            with("use_dualstack_endpoint = true"),
            "https://sts.eu-west-1.api.aws/",
        ),
        (
            with_config(&ROLE.replace("eu-west-1", "us-east-1"))
                .with_variable("AWS_USE_FIPS_ENDPOINT", "true"),
            "https://sts-fips.us-east-1.amazonaws.com/",
        ),
        (
            with_config(&ROLE.replace("eu-west-1", "cn-north-1")),
            "https://sts.cn-north-1.amazonaws.com.cn/",
        ),
    ];
    for (environment, expected) in table {
        assert_eq!(asked_at(environment, |it| it).await, expected);
    }
    // An endpoint that the program sets is that of its own service.
    let set = asked_at(config(), |it| it.endpoint_url("http://tins.example")).await;
    assert_eq!(set, "https://sts.eu-west-1.amazonaws.com/");
    let set = asked_at(with("services = local"), |it| {
        it.endpoint_url("http://tins.example")
    });
    assert_eq!(set.await, "http://sts.localhost:4566/");
}

const FOUND: &str = "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE111111111</AccessKeyId>\
    <SecretAccessKey>secret</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>\
    </Credentials></AssumeRoleResult></AssumeRoleResponse>";

fn refused(code: &str) -> String {
    format!(
        r#"<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>{code}</Code>
            <Message>Rate exceeded</Message></Error><RequestId>r</RequestId></ErrorResponse>"#
    )
}

#[tokio::test(start_paused = true)]
async fn settings_03_sts_is_asked_again_as_any_service_is() {
    let of_profile = with_config(ROLE);
    let of_web = with_config(
        "[default]\nregion = eu-west-1\nrole_arn = arn:x\nweb_identity_token_file = /token\n",
    )
    .with_file("/token", "TOKEN");
    let table = [
        (&of_profile, "Throttling"),
        (&of_web, "Throttling"),
        (&of_web, "IDPCommunicationError"),
        (&of_web, "InvalidIdentityToken"),
    ];
    for (environment, code) in table {
        let found = match std::ptr::eq(environment, &of_web) {
            true => FOUND.replace("AssumeRole", "AssumeRoleWithWebIdentity"),
            false => FOUND.to_owned(),
        };
        let replay = ReplayClient::new()
            .json(400, refused(code))
            .json(200, found)
            .json(200, "{}");
        let config = tinsmith_config::from_env()
            .environment(environment.clone())
            .http_client(replay.clone());
        let called = get_tin(&Client::new(&SERVICE, config.load().await.unwrap())).await;
        assert!(called.is_ok(), "{code}: {called:?}");
        assert_eq!(replay.requests().len(), 3, "{code}");
    }
}

#[tokio::test]
async fn a_role_of_the_program_is_assumed_with_what_is_set_or_found() {
    let role = "arn:aws:iam::123456789012:role/mine";
    let keys =
        "[default]\nregion = eu-west-1\naws_access_key_id = AKIDFILE\naws_secret_access_key = s\n";
    let (world, arrived) = call_with(with_config(keys), |it| it.assume_role(role)).await;
    assert_eq!(arrived.unwrap().id, "ASIAROLEMINE");
    assert_eq!(world.asked_sts(), ["AKIDFILE"]);
    let set = Credentials::new("AKIDSET", "s", None);
    let (world, arrived) = call_with(with_config(keys), |it| {
        it.credentials(set).assume_role(AssumeRole::new(role))
    })
    .await;
    assert_eq!(arrived.unwrap().id, "ASIAROLEMINE");
    assert_eq!(world.asked_sts(), ["AKIDSET"]);
}

#[test]
fn an_external_id_is_not_shown() {
    let role = AssumeRole::new("arn:aws:iam::123456789012:role/mine").external_id("HUSH");
    let loader = tinsmith_config::from_env().assume_role(role.clone());
    for shown in [format!("{role:?}"), format!("{loader:?}")] {
        assert!(
            shown.contains("role/mine") && !shown.contains("HUSH"),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn limits_of_the_program_are_not_those_of_sts() {
    let (_, arrived) = call_with(with_config(ROLE), |it| {
        it.max_response_bytes(20).operation_timeout(None)
    })
    .await;
    assert_eq!(arrived.unwrap().id, "ASIAROLEX");
}

#[tokio::test]
async fn a_region_to_fall_back_on_is_used_where_none_is_found() {
    let at = |environment: Environment| async {
        let config = tinsmith_config::from_env()
            .environment(environment)
            .region_or("eu-south-1")
            .http_client(World::default());
        config.load().await.unwrap().region().map(str::to_owned)
    };
    let off = Environment::empty().with_variable("AWS_EC2_METADATA_DISABLED", "true");
    assert_eq!(at(off.clone()).await.as_deref(), Some("eu-south-1"));
    let found = off.with_variable("AWS_REGION", "eu-west-3");
    assert_eq!(at(found).await.as_deref(), Some("eu-west-3"));
    assert_eq!(
        at(Environment::empty()).await.as_deref(),
        Some("eu-north-1")
    );
}

#[tokio::test]
async fn one_configuration_makes_clients_that_share_the_credentials() {
    let environment = with_config(ROLE);
    let replay = ReplayClient::new()
        .json(200, FOUND)
        .json(200, "{}")
        .json(200, "{}")
        .json(200, "{}");
    let shared = tinsmith_config::from_env()
        .environment(environment)
        .http_client(replay.clone());
    let shared: Config = shared.load().await.unwrap();
    let elsewhere = shared.to_builder().region("us-east-2").build();
    for config in [&shared, &elsewhere, &shared] {
        get_tin(&Client::new(&SERVICE, config.into()))
            .await
            .unwrap();
    }
    let requests = replay.requests();
    assert_eq!(requests.len(), 4);
    for (request, region) in requests[1..]
        .iter()
        .zip(["eu-west-1", "us-east-2", "eu-west-1"])
    {
        let authorization = header(request, "authorization");
        assert!(
            authorization.contains("Credential=ASIAROLE111111111/"),
            "{authorization}"
        );
        assert!(
            authorization.contains(&format!("/{region}/")),
            "{authorization}"
        );
    }
}
