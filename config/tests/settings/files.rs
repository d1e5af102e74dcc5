//! The shared files as people write them.

use crate::world::{
    call, call_with, instance, refusal, signer, with_config, with_credentials, with_keys,
};
use std::error::Error as _;
use tinsmith_config::Environment;
use tinsmith_runtime::Client;

const KEYS: &str = "aws_access_key_id = AKIDFILE\naws_secret_access_key = FILESECRET\n";

fn profile(environment: Environment, name: &str) -> Environment {
    environment.with_variable("AWS_PROFILE", name)
}

#[tokio::test]
async fn settings_01_indented_profile() {
    for first in [
        "region = eu-west-1",
        "sdk_ua_app_id = app\n  region = eu-west-1",
    ] {
        let file = format!(
            "[default]\n  {first}\n  aws_access_key_id = AKIDFILE\n  aws_secret_access_key = FILESECRET\n"
        );
        for file in [
            file.clone(),
            file.replace("  ", "\t"),
            file.replace('\n', "\r\n"),
        ] {
            let arrived = call(with_config(&file)).await.unwrap();
            assert_eq!(arrived.id, "AKIDFILE");
            assert_eq!(
                arrived.uri,
                "https://tinshop.eu-west-1.amazonaws.com/tins/a"
            );
            assert!(!arrived.user_agent.contains("SECRET"), "{arrived:?}");
        }
    }
}

#[tokio::test]
async fn a_setting_with_a_continuation_line_is_refused_and_not_shown() {
    // One space more than the setting before makes a line part of its value.
    for setting in [
        "region = eu-west-1",
        "sdk_ua_app_id = app",
        "endpoint_url = http://127.0.0.1:1",
        "max_attempts = 3",
        "retry_mode = standard",
        "use_fips_endpoint = false",
        "use_dualstack_endpoint = false",
        "services = s",
        "auth_scheme_preference = sigv4",
        "sso_session = s",
        "role_arn = arn",
        "role_arn = arn\nsource_profile = default",
        "credential_process = true",
        "aws_access_key_id = AKIDFILE",
        "ec2_metadata_service_endpoint = http://127.0.0.1:1",
        "ec2_metadata_service_endpoint_mode = IPv4",
    ] {
        let file = format!("[default]\n{setting}\n aws_secret_access_key = FILESECRET\n");
        let (_, called) = call_with(with_config(&file), |builder| builder).await;
        let error = called.unwrap_err();
        let (line, setting) = setting.lines().enumerate().last().unwrap();
        let (line, name) = (line + 2, setting.split(' ').next().unwrap());
        assert!(
            error.contains(&format!("`{name}` in line {line} of /home/me/.aws/config"))
                && !error.contains("FILESECRET"),
            "{error}"
        );
    }
    // Those of others may: the AWS CLI has some.
    let file = format!("[default]\ncli_pager = less\n  -R\nregion = eu-west-1\n{KEYS}");
    assert_eq!(signer(with_config(&file)).await.unwrap(), "AKIDFILE");
}

#[tokio::test]
async fn a_variable_with_a_line_break_is_refused_and_not_shown() {
    let keys = format!("[default]\nregion = eu-west-1\n{KEYS}");
    for name in [
        "AWS_SDK_UA_APP_ID",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_TIN_SHOP",
        "AWS_MAX_ATTEMPTS",
        "AWS_USE_FIPS_ENDPOINT",
        "AWS_ACCESS_KEY_ID",
    ] {
        for line_break in ["\n", "\r", "\r\n"] {
            let environment = with_config(&keys)
                .with_variable(name, format!("x{line_break}ENVSECRET"))
                .with_variable("AWS_SECRET_ACCESS_KEY", "s");
            let error = refusal(environment).await;
            assert!(
                error.contains(name) && !error.contains("ENVSECRET"),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn what_is_printed_shows_nothing_of_a_file() {
    let file = format!(
        "[default]\nregion = eu-west-1\nendpoint_url = http://me:FILESECRET@host/\nsdk_ua_app_id = app\n{KEYS}\
         aws_session_token = TOKENSECRET\n"
    );
    let builder = tinsmith_config::from_env().environment(with_config(&file));
    let config = builder.clone().load().await.unwrap();
    let client = Client::new(&crate::support::SERVICE, config.clone());
    let error = crate::support::get_tin(&client).await.unwrap_err();
    let source = error.source().map(ToString::to_string).unwrap_or_default();
    for text in [
        format!("{builder:?}"),
        format!("{config:?}"),
        format!("{client:?}"),
        format!("{error} {error:?} {source}"),
    ] {
        assert!(!text.contains("SECRET"), "{text}");
    }
}

#[tokio::test]
async fn settings_02_quoted_profile_name() {
    let name = "Someone's MacBook Pro";
    for heading in [
        r#"profile 'Someone'"'"'s MacBook Pro'"#,
        r#"profile "Someone's MacBook Pro""#,
        r"profile Someone\'s\ MacBook\ Pro",
    ] {
        let file = format!("[{heading}]\nregion = eu-west-1\n{KEYS}");
        let found = signer(profile(with_config(&file), name)).await;
        assert_eq!(found.unwrap(), "AKIDFILE", "{heading}");
    }
    // The other kinds of sections are quoted alike.
    let file = format!(
        "[default]\nregion = eu-west-1\nservices = my own\n{KEYS}[services 'my own']\ntin_shop =\n  endpoint_url = \
         http://my.own\n"
    );
    let arrived = call(with_config(&file)).await.unwrap();
    assert_eq!(arrived.uri, "http://my.own/tins/a");
}

#[tokio::test]
async fn settings_23_space_in_credentials_name() {
    for name in ["my team", "profile x", "a 'b'", "[a]", "sso-session y"] {
        let environment = with_credentials(
            with_config("[default]\nregion = eu-west-1\n"),
            &format!("[{name}]\n{KEYS}region = eu-west-1\n"),
        );
        assert_eq!(
            signer(profile(environment, name)).await.unwrap(),
            "AKIDFILE",
            "{name}"
        );
    }
    // The heading of the configuration file, quoted, and this one are one profile.
    let environment = with_credentials(
        with_config("[profile 'my team']\nregion = eu-west-3\n"),
        &format!("[my team]\n{KEYS}"),
    );
    let arrived = call(profile(environment, "my team")).await.unwrap();
    assert_eq!(arrived.id, "AKIDFILE");
    assert_eq!(
        arrived.uri,
        "https://tinshop.eu-west-3.amazonaws.com/tins/a"
    );
}

#[tokio::test]
async fn a_heading_that_is_skipped_is_named_by_the_error() {
    let file = format!("[team]\n{KEYS}[profile my team]\n{KEYS}");
    let error = refusal(profile(with_config(&file), "team")).await;
    assert!(
        error.contains(
            "/home/me/.aws/config (read; skipped [team] in line 1, [profile my team] in line 4)"
        ),
        "{error}"
    );
    let nothing = call(with_config("[other]\n").with_variable("AWS_EC2_METADATA_DISABLED", "true"));
    let error = nothing.await.unwrap_err();
    assert!(error.contains("skipped [other] in line 1"), "{error}");
}

#[tokio::test]
async fn a_heading_that_only_spaces_keep_from_being_the_profiles_ends_the_search() {
    for (environment, heading) in [
        (with_config(&format!("[ default ]\n{KEYS}")), "[ default ]"),
        (
            with_credentials(instance(), &format!("[default ]\n{KEYS}")),
            "[default ]",
        ),
    ] {
        let error = refusal(environment).await;
        assert!(
            error.contains("profile `default` failed") && error.contains(heading),
            "{error}"
        );
    }
}

#[tokio::test]
async fn settings_06_credentials_file_that_is_not_utf_8() {
    let latin1 =
        b"[default]\n# caf\xe9\naws_access_key_id = AKIDBASE\naws_secret_access_key = BASESECRET\n";
    for path in ["/home/me/.aws/credentials", "/home/me/.aws/config"] {
        let error = refusal(instance().with_file(path, latin1.to_vec())).await;
        assert!(
            error.contains(&format!("{path}: expected text in UTF-8")) && !error.contains("SECRET"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_file_that_is_there_and_cannot_be_read_ends_the_search() {
    for path in ["/home/me/.aws/credentials", "/home/me/.aws/config"] {
        let unreadable = instance()
            .with_variable("AWS_REGION", "eu-west-1")
            .with_unreadable_file(path);
        let error = refusal(unreadable.clone()).await;
        assert!(
            error.contains("profile `default` failed: the content of") && error.contains(path),
            "{error}"
        );
        // It does not matter to whoever needs no profile.
        assert_eq!(signer(with_keys(unreadable)).await.unwrap(), "AKIDVARIABLE");
    }
}
