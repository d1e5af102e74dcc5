//! What a profile leads to: which of its sources counts, and halves of them.

use crate::order::{BASE, FILE_KEYS, PROCESS, REGION, ROLE, SSO, default};
use crate::world::{call, call_with, refusal, signer, with_config, with_credentials};
use tinsmith_config::Environment;

/// The token that `aws sso login` leaves behind for the start URL of [`SSO`], or for the session `corp`.
fn signed_in(environment: Environment) -> Environment {
    let token = r#"{"accessToken": "SSOTOKEN", "expiresAt": "2099-01-01T00:00:00Z"}"#;
    [
        "c9b3672f76e742f69ec03b6efb9332359eb11210",
        "ee0bfd2552fbd840c02cc48b6e823320543c450f",
    ]
    .into_iter()
    .fold(environment, |environment, name| {
        environment.with_file(format!("/home/me/.aws/sso/cache/{name}.json"), token)
    })
}

#[tokio::test]
async fn settings_21_half_counts_as_nothing() {
    for (settings, expected) in [
        ("web_identity_token_file = /token", "role_arn"),
        ("web_identity_token_file =", "role_arn"),
        ("sso_role_name = Deploy", "`sso_start_url` is missing"),
        ("sso_account_id = 1", "`sso_start_url` is missing"),
        (
            "sso_region = eu-west-1\nsso_role_name = Deploy",
            "`sso_start_url` is missing",
        ),
        ("sso_start_url = https://x", "`sso_region` is missing"),
        (
            "sso_start_url = https://x\nsso_region = eu-west-1",
            "`sso_account_id` is missing",
        ),
        (
            "sso_session = gone",
            "section [sso-session gone], which does not exist",
        ),
        ("sso_session =", "sso_session of profile `default` is empty"),
        (
            "source_profile = base",
            "has source_profile but no role_arn",
        ),
        (
            "credential_source = Environment",
            "has credential_source but no role_arn",
        ),
        (
            "credential_process =",
            "credential_process of profile `default` is empty",
        ),
        (
            "role_arn =\nsource_profile = base",
            "role_arn of profile `default` is empty",
        ),
        ("role_arn = arn:aws:iam::1:role/x", "no source_profile"),
        (
            "role_arn = arn:aws:iam::1:role/x\nsource_profile =",
            "source_profile of profile `default` is empty",
        ),
        ("aws_access_key_id = AKIDFILE", "no aws_secret_access_key"),
        (
            "aws_access_key_id =\naws_secret_access_key = s",
            "aws_access_key_id of profile `default` is empty",
        ),
        (
            "aws_access_key_id = AKIDFILE\naws_secret_access_key =",
            "aws_secret_access_key of profile `default` is empty",
        ),
        (
            "aws_secret_access_key = s",
            "has aws_secret_access_key but no aws_access_key_id",
        ),
        (
            "aws_session_token = s",
            "has aws_session_token but no aws_access_key_id",
        ),
    ] {
        let error = refusal(default(&format!("{settings}\n{BASE}"))).await;
        assert!(
            error.contains("profile `default` failed: ") && error.contains(expected),
            "{settings}: {error}"
        );
    }
    // What has nothing to do with credentials says nothing of them.
    let settings = "output = json\nservices = s\nmax_attempts = 2\n[services s]\n";
    assert_eq!(signer(default(settings)).await.unwrap(), "ASIAINSTANCE");
    // Halves beside something whole do no harm.
    for half in [
        "source_profile = base",
        "sso_region = eu-west-1",
        "aws_session_token = t",
    ] {
        let file = format!("{half}\n{PROCESS}\n");
        assert_eq!(
            signer(default(&file)).await.unwrap(),
            "ASIAPROCESS",
            "{half}"
        );
    }
}

#[tokio::test]
async fn settings_22_token_of_other_file() {
    let token = |text: &str| format!("aws_session_token = {text}\n");
    let keys = "aws_access_key_id = AKIDCREDENTIALS\naws_secret_access_key = s\n";
    let both = |credentials: &str, config: &str| {
        with_credentials(default(config), &format!("[default]\n{credentials}"))
    };
    let config_token = format!("{FILE_KEYS}{}", token("of-config"));
    for (environment, id, expected) in [
        (both(keys, &config_token), "AKIDCREDENTIALS", None),
        (
            both(&format!("{keys}{}", token("own")), &config_token),
            "AKIDCREDENTIALS",
            Some("own"),
        ),
        (
            both(&token("stray"), &config_token),
            "AKIDFILE",
            Some("of-config"),
        ),
        (
            both("aws_secret_access_key = s", FILE_KEYS),
            "AKIDFILE",
            None,
        ),
        // An older name of the same, which botocore reads first.
        (
            both(&format!("{keys}aws_security_token = old\n"), ""),
            "AKIDCREDENTIALS",
            Some("old"),
        ),
    ] {
        let arrived = call(environment).await.unwrap();
        assert_eq!(
            (arrived.id.as_str(), arrived.token.as_deref()),
            (id, expected)
        );
    }
    // A key id in one file is not made whole by the other.
    let error = refusal(both("aws_access_key_id = AKIDCREDENTIALS", FILE_KEYS)).await;
    assert!(
        error.contains("aws_access_key_id but no aws_secret_access_key"),
        "{error}"
    );
    // The role that a profile assumes with its own keys does so with the whole of them.
    let role = format!("{config_token}{ROLE}x\nsource_profile = default\n");
    let (world, arrived) = call_with(both(keys, &role), |builder| builder).await;
    assert_eq!(
        (arrived.unwrap().id.as_str(), world.asked_sts()),
        ("ASIAROLEX", vec!["AKIDCREDENTIALS".to_owned()])
    );
    // All else is merged setting by setting.
    let arrived = call(both(
        &format!("{keys}region = eu-west-3\n"),
        "sdk_ua_app_id = app",
    ))
    .await
    .unwrap();
    assert_eq!(
        arrived.uri,
        "https://tinshop.eu-west-3.amazonaws.com/tins/a"
    );
    assert!(arrived.user_agent.ends_with(" app/app"), "{arrived:?}");
}

#[tokio::test]
async fn settings_24_sso_contradiction() {
    let profile = "sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Deploy\n";
    let session = "[sso-session corp]\nsso_region = us-west-2\nsso_start_url = https://corp.awsapps.com/start\n";
    for (own, setting) in [
        ("sso_region = eu-north-1\n", "sso_region"),
        (
            "sso_start_url = https://other.awsapps.com/start\n",
            "sso_start_url",
        ),
        ("sso_region =\n", "sso_region"),
    ] {
        let error = refusal(default(&format!("{profile}{own}{session}"))).await;
        assert!(
            error.contains(&format!("{setting} of profile `default`"))
                && error.contains("[sso-session corp]"),
            "{error}"
        );
    }
    // Equal ones are fine, and each may stand in one place alone.
    for file in [
        format!("{profile}sso_region = us-west-2\n{session}"),
        format!(
            "{profile}sso_region = us-west-2\n{}",
            session.replace("sso_region = us-west-2\n", "")
        ),
    ] {
        let (_, arrived) = call_with(signed_in(default(&file)), |builder| builder).await;
        assert_eq!(arrived.unwrap().id, "ASIASSO");
    }
}

#[tokio::test]
async fn settings_05_sso_over_stale_keys() {
    let stale = "[default]\naws_access_key_id = AKIDSTALE\naws_secret_access_key = s\naws_session_token = STALE\n";
    let environment = signed_in(with_credentials(default(SSO), stale));
    let arrived = call(environment.clone()).await.unwrap();
    assert_eq!(
        (arrived.id.as_str(), arrived.token.as_deref()),
        ("ASIASSO", Some("sso-token"))
    );
    // As a source of a role too.
    let role = format!(
        "[profile r]\n{REGION}{ROLE}x\nsource_profile = default\n[default]\n{SSO}{FILE_KEYS}"
    );
    let environment = signed_in(with_config(&role)).with_variable("AWS_PROFILE", "r");
    let (world, arrived) = call_with(environment, |builder| builder).await;
    assert_eq!(
        (arrived.unwrap().id.as_str(), world.asked_sts()),
        ("ASIAROLEX", vec!["ASIASSO".to_owned()])
    );
    // Who has not signed in is not signed for with the keys.
    let error = refusal(with_credentials(default(SSO), stale)).await;
    assert!(error.contains("profile `default` failed: "), "{error}");
    // A session alone is for tokens, not for keys.
    let session = "sso_session = corp\n[sso-session corp]\nsso_region = us-west-2\n";
    let environment = with_credentials(default(session), stale);
    assert_eq!(signer(environment).await.unwrap(), "AKIDSTALE");
}

#[tokio::test]
async fn the_sources_of_a_profile_come_in_botocores_order() {
    let credentials = "[default]\naws_access_key_id = AKIDCREDENTIALS\naws_secret_access_key = s\n";
    let own = format!("{PROCESS}\n{FILE_KEYS}");
    assert_eq!(
        signer(with_credentials(default(&own), credentials))
            .await
            .unwrap(),
        "AKIDCREDENTIALS"
    );
    assert_eq!(signer(default(&own)).await.unwrap(), "ASIAPROCESS");
    assert_eq!(signer(default(FILE_KEYS)).await.unwrap(), "AKIDFILE");
    let all = format!("{ROLE}x\nsource_profile = base\n{SSO}{own}{BASE}");
    assert_eq!(
        signer(signed_in(with_credentials(default(&all), credentials)))
            .await
            .unwrap(),
        "ASIAROLEX"
    );
}

#[tokio::test]
async fn a_chain_of_roles_ends_where_a_profile_has_keys_or_not_at_all() {
    for (file, expected) in [
        // A source that has keys stands for them, even where it names a role.
        (
            format!(
                "{ROLE}a\nsource_profile = b\n[profile b]\n{ROLE}b\nsource_profile = base\n{FILE_KEYS}{BASE}"
            ),
            "AKIDFILE",
        ),
        (
            format!("{ROLE}a\nsource_profile = base\n{BASE}"),
            "AKIDBASE",
        ),
        (
            format!("{ROLE}a\nsource_profile = default\n{FILE_KEYS}"),
            "AKIDFILE",
        ),
    ] {
        let (world, arrived) = call_with(default(&file), |builder| builder).await;
        assert_eq!(
            (arrived.unwrap().id.as_str(), world.asked_sts()),
            ("ASIAROLEA", vec![expected.to_owned()])
        );
    }
    for (file, expected) in [
        (
            format!("{ROLE}a\nsource_profile = default\n"),
            "default -> default",
        ),
        (
            format!(
                "{ROLE}a\nsource_profile = b\n[profile b]\n{ROLE}b\nsource_profile = default\n"
            ),
            "default -> b -> default",
        ),
        // Keys do not open a circle of more than one.
        (
            format!(
                "{ROLE}a\nsource_profile = b\n{FILE_KEYS}[profile b]\n{ROLE}b\nsource_profile = default\n"
            ),
            "default -> b -> default",
        ),
        (
            format!("{ROLE}a\nsource_profile = b\n[profile b]\n{ROLE}b\nsource_profile = b\n"),
            "default -> b -> b",
        ),
        (
            format!("{ROLE}a\nsource_profile = b\n[profile b]\naws_secret_access_key = s\n"),
            "no aws_access_key_id",
        ),
        (
            format!("{ROLE}a\ncredential_source = environment\n"),
            "found `environment`",
        ),
    ] {
        let error = refusal(default(&file)).await;
        assert!(error.contains(expected), "{error}");
    }
}

#[tokio::test]
async fn settings_06_login_session() {
    let login = "login_session = arn:aws:iam::123456789012:user/alice\n";
    for environment in [
        default(login),
        default(&format!("{login}{FILE_KEYS}{PROCESS}\n")),
        default(&format!(
            "{ROLE}x\nsource_profile = l\n[profile l]\n{login}"
        )),
    ] {
        let error = refusal(environment).await;
        assert!(
            error.contains("profile `default` failed: ") && error.contains("login session"),
            "{error}"
        );
    }
    // What comes before it in botocore's order signs.
    let keys = format!("[default]\n{FILE_KEYS}");
    let environment = with_credentials(default(login), &keys);
    assert_eq!(signer(environment).await.unwrap(), "AKIDFILE");
    let environment = signed_in(default(&format!("{login}{SSO}")));
    assert_eq!(signer(environment).await.unwrap(), "ASIASSO");
}
