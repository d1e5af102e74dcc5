//! STS: query. It has no lists and no waiters, and the server raises none of its exceptions: errors are known by their codes.

use crate::steps::{Outcome, Steps, fails_with_code, holds, same};
use sts::{Client, Config};

/// The role that the server has to begin with.
const ROLE: &str = "arn:aws:iam::123456789012:role/e2e";

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    steps.step("create", assume(client)).await;
    steps.step("read", read(client)).await;
    steps.step("error", too_long(client)).await;
}

async fn assume(client: &Client) -> Outcome {
    let assume = client.assume_role().role_arn(ROLE);
    let assumed = assume.role_session_name("a_b=c").send().await?;
    let credentials = assumed.credentials.unwrap_or_default();
    let is_key = !credentials.secret_access_key.unwrap_or_default().is_empty();
    holds("a secret", is_key, is_key)?;
    holds(
        "a date",
        credentials.expiration.is_some(),
        &credentials.expiration,
    )?;
    let user = assumed.assumed_role_user.unwrap_or_default();
    let arn = user.arn.unwrap_or_default();
    holds("the session's name", arn.ends_with("/e2e/a_b=c"), arn)
}

async fn read(client: &Client) -> Outcome {
    let identity = client.get_caller_identity().send().await?;
    same("account", Some("123456789012"), identity.account.as_deref())
}

async fn too_long(client: &Client) -> Outcome {
    let assume = client.assume_role().role_arn(ROLE);
    let assume = assume.role_session_name("x".repeat(65));
    fails_with_code!(assume.send().await, "ValidationError")
}
