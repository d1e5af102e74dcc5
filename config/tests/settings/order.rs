//! Whose credentials sign where several are at hand, and what ends the search. On an instance, the mistake shows as a
//! call that the instance signs.

use crate::world::{
    Arrived, call, call_with, instance, refusal, signer, with_config, with_keys, with_pod,
};
use tinsmith_config::Environment;

pub(crate) const REGION: &str = "region = eu-west-1\n";
pub(crate) const FILE_KEYS: &str = "aws_access_key_id = AKIDFILE\naws_secret_access_key = s\n";
pub(crate) const BASE: &str =
    "[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n";
pub(crate) const ROLE: &str = "role_arn = arn:aws:iam::123456789012:role/";
pub(crate) const SSO: &str = "sso_account_id = 123456789012\nsso_role_name = R\nsso_region = eu-north-1\n\
                   sso_start_url = https://tin.awsapps.com/start\n";
pub(crate) const PROCESS: &str = r#"credential_process = printf '{"Version": 1, "AccessKeyId": "ASIAPROCESS", "SecretAccessKey": "s"}'"#;

pub(crate) fn default(settings: &str) -> Environment {
    with_config(&format!("[default]\n{REGION}{settings}"))
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
