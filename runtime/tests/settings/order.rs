//! Whose credentials sign where several are at hand, and what ends the search. On an instance, the mistake shows as a
//! call that the instance signs.

use crate::world::{
    Arrived, call, call_with, instance, refusal, signer, with_config, with_credentials, with_keys,
    with_pod,
};
use tinsmith_runtime::Environment;

const REGION: &str = "region = eu-west-1\n";
const FILE_KEYS: &str = "aws_access_key_id = AKIDFILE\naws_secret_access_key = s\n";
const BASE: &str = "[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n";
const ROLE: &str = "role_arn = arn:aws:iam::123456789012:role/";
const SSO: &str = "sso_account_id = 123456789012\nsso_role_name = R\nsso_region = eu-north-1\n\
                   sso_start_url = https://tin.awsapps.com/start\n";
const PROCESS: &str = r#"credential_process = printf '{"Version": 1, "AccessKeyId": "ASIAPROCESS", "SecretAccessKey": "s"}'"#;

fn default(settings: &str) -> Environment {
    with_config(&format!("[default]\n{REGION}{settings}"))
}

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
async fn settings_07_profile_role_vs_web_identity() {
    let file = format!(
        "[profile cross]\n{REGION}{ROLE}cross\nsource_profile = pod\n\
         [profile pod]\n{ROLE}inner\nweb_identity_token_file = /token\n"
    );
    let environment = with_pod(with_config(&file)).with_variable("AWS_PROFILE", "cross");
    let (world, arrived) = call_with(environment, |builder| builder).await;
    assert_eq!(arrived.unwrap().id, "ASIAROLECROSS");
    // The profile that is the source is asked by itself: its role, not the variable's.
    assert_eq!(world.asked_sts(), ["", "ASIAROLEINNER"]);

    // Without a role of the profile, the pod's is assumed.
    for settings in ["", FILE_KEYS, SSO, PROCESS] {
        let environment = with_pod(default(settings));
        assert_eq!(
            signer(environment).await.unwrap(),
            "ASIAROLEPOD",
            "{settings}"
        );
    }
    // Variables are keys before all of it.
    let environment = with_keys(with_pod(default(&format!(
        "{ROLE}x\nsource_profile = base\n{BASE}"
    ))));
    assert_eq!(signer(environment).await.unwrap(), "AKIDVARIABLE");
    // A role that cannot be assumed is an error, not the pod's.
    let error = refusal(with_pod(default(&format!("{ROLE}x\n")))).await;
    assert!(error.contains("profile `default` failed: "), "{error}");
}

#[tokio::test]
async fn a_web_identity_is_of_variables_and_else_of_the_profile() {
    let token = |settings: &str| {
        default(settings)
            .with_file("/other", "JWT")
            .with_file("/token", "JWT")
    };
    let arn = "arn:aws:iam::123456789012:role/variable";
    let whole = format!("{ROLE}file\nweb_identity_token_file = /other\n");
    for (environment, expected) in [
        (token(&whole), "ASIAROLEFILE"),
        (
            token(&whole).with_variable("AWS_ROLE_ARN", arn),
            "ASIAROLEVARIABLE",
        ),
        (
            token(&whole).with_variable("AWS_WEB_IDENTITY_TOKEN_FILE", "/token"),
            "ASIAROLEFILE",
        ),
        (
            token("web_identity_token_file = /other\n").with_variable("AWS_ROLE_ARN", arn),
            "ASIAROLEVARIABLE",
        ),
    ] {
        assert_eq!(signer(environment).await.unwrap(), expected);
    }
    let error = refusal(token("").with_variable("AWS_WEB_IDENTITY_TOKEN_FILE", "/token")).await;
    assert!(
        error.contains("web identity failed: ") && error.contains("AWS_ROLE_ARN"),
        "{error}"
    );
}

async fn named(environment: Environment) -> Result<Arrived, String> {
    call_with(environment, |builder| builder.profile("reports"))
        .await
        .1
}

#[tokio::test]
async fn settings_20_program_profile_yields() {
    let reports =
        |settings: &str| with_config(&format!("[profile reports]\n{REGION}{settings}\n{BASE}"));
    for environment in [
        with_keys(reports("")),
        with_pod(reports("")),
        with_keys(with_pod(reports(""))),
    ] {
        // After the profile come the container and the instance.
        assert_eq!(named(environment.clone()).await.unwrap().id, "ASIAINSTANCE");
        let container = environment
            .clone()
            .with_variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/task");
        assert_eq!(named(container).await.unwrap().id, "ASIACONTAINER");
        let nobody = environment.with_variable("AWS_EC2_METADATA_DISABLED", "true");
        let error = named(nobody).await.unwrap_err();
        assert!(
            error.contains("no credentials found: profile `reports`: "),
            "{error}"
        );
    }
    // The profile's own come first, and no variable changes a part of them.
    for (settings, expected) in [
        (FILE_KEYS.to_owned(), "AKIDFILE"),
        (format!("{ROLE}x\nsource_profile = base"), "ASIAROLEX"),
        (
            format!("{ROLE}x\nweb_identity_token_file = /token"),
            "ASIAROLEX",
        ),
        // …unless it asks for them.
        (
            format!("{ROLE}x\ncredential_source = Environment"),
            "ASIAROLEX",
        ),
    ] {
        let environment = with_keys(with_pod(reports(&settings)));
        assert_eq!(named(environment).await.unwrap().id, expected);
    }
    let error = named(with_pod(reports("web_identity_token_file = /token")))
        .await
        .unwrap_err();
    assert!(
        error.contains("has web_identity_token_file but no role_arn"),
        "{error}"
    );
    // A variable that names the profile leaves the variables in.
    let environment = with_keys(reports(FILE_KEYS)).with_variable("AWS_PROFILE", "reports");
    assert_eq!(signer(environment).await.unwrap(), "AKIDVARIABLE");
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
async fn settings_29_secret_alone() {
    let left_over = |environment: Environment| {
        environment.with_variable("AWS_SECRET_ACCESS_KEY", "not-a-secret-left-over")
    };
    assert_eq!(
        signer(left_over(default(FILE_KEYS))).await.unwrap(),
        "AKIDFILE"
    );
    assert_eq!(
        signer(left_over(default(""))).await.unwrap(),
        "ASIAINSTANCE"
    );
    let nobody = left_over(default("")).with_variable("AWS_EC2_METADATA_DISABLED", "true");
    let error = refusal(nobody).await;
    assert!(
        error.contains("environment: AWS_ACCESS_KEY_ID is not set, only AWS_SECRET_ACCESS_KEY; ")
            && !error.contains("not-a-secret"),
        "{error}"
    );
    // Without a secret, an id is an error.
    let error =
        refusal(default(FILE_KEYS).with_variable("AWS_ACCESS_KEY_ID", "AKIDVARIABLE")).await;
    assert!(error.contains("environment failed: "), "{error}");
}

#[tokio::test]
async fn keys_of_the_environment_come_with_a_token_and_a_date() {
    let keys = with_keys(default(""));
    for (variables, expected) in [
        (&[][..], None),
        (&[("AWS_SESSION_TOKEN", "new")], Some("new")),
        (&[("AWS_SESSION_TOKEN", "")], None),
        (&[("AWS_SECURITY_TOKEN", "old")], Some("old")),
        (
            &[("AWS_SECURITY_TOKEN", "old"), ("AWS_SESSION_TOKEN", "new")],
            Some("old"),
        ),
        (
            &[("AWS_CREDENTIAL_EXPIRATION", "2099-01-01T00:00:00Z")],
            None,
        ),
        (
            &[("AWS_CREDENTIAL_EXPIRATION", "2099-01-01T00:00:00UTC")],
            None,
        ),
        (
            &[("AWS_CREDENTIAL_EXPIRATION", "2099-01-01T00:00:00+00:00")],
            None,
        ),
    ] {
        let environment = variables
            .iter()
            .fold(keys.clone(), |environment, (name, value)| {
                environment.with_variable(*name, *value)
            });
        assert_eq!(
            call(environment).await.unwrap().token.as_deref(),
            expected,
            "{variables:?}"
        );
    }
    for bad in ["soon", "tomorrow UTC"] {
        let error = refusal(keys.clone().with_variable("AWS_CREDENTIAL_EXPIRATION", bad)).await;
        assert!(
            error.contains("AWS_CREDENTIAL_EXPIRATION: expected a date"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn the_older_of_the_two_variables_names_the_profile_first() {
    let profiles = format!(
        "[profile a]\n{REGION}aws_access_key_id = AKIDA\naws_secret_access_key = s\n\
         [profile b]\n{REGION}aws_access_key_id = AKIDB\naws_secret_access_key = s\n"
    );
    let both = with_config(&profiles)
        .with_variable("AWS_DEFAULT_PROFILE", "a")
        .with_variable("AWS_PROFILE", "b");
    assert_eq!(signer(both).await.unwrap(), "AKIDA");
    assert_eq!(
        signer(
            instance()
                .with_variable("AWS_REGION", "eu-west-1")
                .with_variable("AWS_PROFILE", "")
        )
        .await
        .unwrap(),
        "ASIAINSTANCE"
    );
}
