//! Providers of `aws_credential_types`, passed in by whoever already holds one.

use crate::support::{SERVICE, get_tin, header};
use aws_credential_types::Credentials as AwsCredentials;
use aws_credential_types::provider::error::CredentialsError as AwsError;
use aws_credential_types::provider::{ProvideCredentials as AwsProvideCredentials, future};
use std::time::{Duration, SystemTime};
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{AwsCredentialTypes, Client, Config, Credentials, ErrorKind};

fn client(replay: &ReplayClient, provider: impl AwsProvideCredentials + 'static) -> Client {
    let config = Config::builder()
        .region("eu-west-1")
        .credentials_provider(AwsCredentialTypes(provider));
    Client::new(&SERVICE, config.http_client(replay.clone()).build())
}

#[tokio::test]
async fn their_credentials_sign_our_calls() {
    let replay = ReplayClient::new().json(200, "{}");
    let theirs = AwsCredentials::from_keys("AKIDTHEIRS", "secret", Some("their-token".to_owned()));
    get_tin(&client(&replay, theirs)).await.unwrap();
    let request = &replay.requests()[0];
    assert!(header(request, "authorization").contains("Credential=AKIDTHEIRS/"));
    assert_eq!(header(request, "x-amz-security-token"), "their-token");
}

#[test]
fn their_expiry_is_kept() {
    let expiry = SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000);
    let theirs = AwsCredentials::new("AKID", "secret", None, Some(expiry), "test");
    assert_eq!(Credentials::from(theirs).expires_at(), Some(expiry));
}

#[tokio::test]
async fn the_error_of_a_provider_has_its_cause() {
    #[derive(Debug)]
    struct Broken;
    impl AwsProvideCredentials for Broken {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::ready(Err(AwsError::provider_error("the vault is closed")))
        }
    }
    let error = get_tin(&client(&ReplayClient::new(), Broken))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(
        error.to_string().ends_with(": the vault is closed"),
        "{error}"
    );
}
