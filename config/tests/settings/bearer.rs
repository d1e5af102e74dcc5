//! Bearer tokens: where they come from, when they take the place of a signature, and where they are never sent.

use crate::support::{GET_TIN, SERVICE, call, header};
use std::time::{Duration, SystemTime};
use tinsmith_config::{Environment, Loader};
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{
    AuthScheme, BearerToken, Client, Config, Credentials, ErrorKind, Member, Operation, OutputBody,
};

static TOKEN_ONLY: Operation = with(&[AuthScheme::Bearer]);
static TOKEN_FIRST: Operation = with(&[AuthScheme::Bearer, AuthScheme::SigV4]);
static TOKEN_SECOND: Operation = with(&[AuthScheme::SigV4, AuthScheme::Bearer]);

/// `GetTin`, authorised so.
const fn with(auth: &'static [AuthScheme]) -> Operation {
    Operation {
        name: "GetTin",
        method: http::Method::POST,
        uri: "/tins/{name}",
        service: &SERVICE,
        root: Member::new(""),
        unwrapped_output: false,
        host_prefix: None,
        auth,
        unsigned_payload: false,
        compression: None,
        checksum: None,
        validation: None,
        output_body: OutputBody::Whole,
        long_poll: None,
        region_copy: None,
        expects_body: false,
    }
}

/// What stands in the `authorization` header of a call, or why it was not sent.
async fn authorization(
    operation: &'static Operation,
    environment: Environment,
    set: impl FnOnce(Loader) -> Loader,
) -> Result<String, String> {
    let replay = ReplayClient::new().json(200, "{}");
    let builder = set(tinsmith_config::from_env().region("eu-west-1"));
    let config = builder
        .environment(environment)
        .http_client(replay.clone())
        .load()
        .await
        .unwrap();
    let client = Client::new(&SERVICE, config);
    match call(&client, operation).await {
        Ok(_) => Ok(header(&replay.requests()[0], "authorization").to_owned()),
        Err(error) => {
            assert!(replay.requests().is_empty(), "nothing was sent");
            Err(error.to_string())
        }
    }
}

fn nothing() -> Environment {
    Environment::empty()
        .with_home("/home/me")
        .with_variable("AWS_EC2_METADATA_DISABLED", "true")
}

fn keys() -> Environment {
    nothing()
        .with_variable("AWS_ACCESS_KEY_ID", "AKID")
        .with_variable("AWS_SECRET_ACCESS_KEY", "secret")
}

/// A profile with an SSO session, and the token that was left behind for it.
fn signed_in(expires_at: &str) -> Environment {
    let token =
        format!(r#"{{"accessToken": "of-session", "expiresAt": "{expires_at}", "region": "x"}}"#);
    nothing()
        .with_file(
            "/home/me/.aws/config",
            "[default]\nsso_session = ours\n[sso-session ours]\nsso_region = eu-west-1\n",
        )
        // The SHA-1 of `ours`.
        .with_file(
            "/home/me/.aws/sso/cache/48537f613ab85111413f2369616ae97481429bd1.json",
            token,
        )
}

#[tokio::test]
async fn a_token_is_taken_from_where_it_was_set_then_the_services_variable_then_the_session() {
    let variable = keys().with_variable("AWS_BEARER_TOKEN_TINSHOP", " of-variable\n");
    let found = authorization(&TOKEN_ONLY, variable.clone(), |it| {
        it.bearer_token("outright")
    });
    assert_eq!(found.await.unwrap(), "Bearer outright");
    let found = authorization(&TOKEN_ONLY, variable, |it| it);
    assert_eq!(found.await.unwrap(), "Bearer of-variable");
    let found = authorization(&TOKEN_ONLY, signed_in("2099-01-01T00:00:00Z"), |it| it);
    assert_eq!(found.await.unwrap(), "Bearer of-session");
    let other = keys().with_variable("AWS_BEARER_TOKEN_BAKERY", "x");
    assert_eq!(
        authorization(&TOKEN_ONLY, other, |it| it)
            .await
            .unwrap_err(),
        "GetTin: no bearer token found: AWS_BEARER_TOKEN_TINSHOP is not set; the profile names no sso_session"
    );
}

#[tokio::test]
async fn where_a_service_takes_both_a_preference_decides_then_a_token_that_is_meant_for_it_then_its_own_order()
 {
    let token = || keys().with_variable("AWS_BEARER_TOKEN_TINSHOP", "t");
    let session = || {
        signed_in("2099-01-01T00:00:00Z")
            .with_variable("AWS_ACCESS_KEY_ID", "AKID")
            .with_variable("AWS_SECRET_ACCESS_KEY", "secret")
    };
    let outright = |it: Loader| it.credentials(Credentials::new("AKID", "secret", None));
    let preferring =
        |name: &'static str| move |it: Loader| it.auth_scheme_preference(["sigv4a", name]);
    let same = |it: Loader| it;
    let by_token = [
        authorization(&TOKEN_SECOND, token(), same).await,
        authorization(&TOKEN_SECOND, keys(), |it| it.bearer_token("t")).await,
        authorization(&TOKEN_SECOND, session(), preferring("httpBearerAuth")).await,
        authorization(&TOKEN_FIRST, token(), outright).await,
        authorization(&TOKEN_FIRST, session(), same).await,
    ];
    for found in by_token {
        assert!(
            found.as_ref().is_ok_and(|it| it.starts_with("Bearer ")),
            "{found:?}"
        );
    }
    let by_signature = [
        authorization(&GET_TIN, token(), preferring("httpBearerAuth")).await,
        authorization(&TOKEN_SECOND, keys(), same).await,
        authorization(&TOKEN_SECOND, keys(), preferring("httpBearerAuth")).await,
        authorization(&TOKEN_SECOND, session(), same).await,
        authorization(&TOKEN_SECOND, token(), outright).await,
        authorization(&TOKEN_SECOND, token(), preferring("sigv4")).await,
        authorization(&TOKEN_FIRST, token(), preferring("sigv4")).await,
        authorization(&TOKEN_FIRST, keys(), same).await,
    ];
    for found in by_signature {
        assert!(
            found
                .as_ref()
                .is_ok_and(|it| it.starts_with("AWS4-HMAC-SHA256 ")),
            "{found:?}"
        );
    }
    let from_outside = token().with_variable("AWS_AUTH_SCHEME_PREFERENCE", "sigv4a, sigv4");
    let found = authorization(&TOKEN_FIRST, from_outside, same)
        .await
        .unwrap();
    assert!(found.starts_with("AWS4-HMAC-SHA256 "), "{found}");
}

#[tokio::test]
async fn a_token_leaves_this_machine_over_https_only() {
    for (url, is_sent) in [
        ("https://tins.example", true),
        ("http://127.0.0.1:1", true),
        ("http://[::1]:1", true),
        ("http://localhost:1", true),
        ("http://tins.example", false),
        ("http://localhost.example", false),
    ] {
        let found = authorization(&TOKEN_ONLY, nothing(), |it| {
            it.bearer_token("t").endpoint_url(url)
        });
        let found = found.await;
        assert_eq!(found.is_ok(), is_sent, "{url}: {found:?}");
    }
    let http = |it: Loader| it.bearer_token("t").endpoint_url("http://tins.example:80");
    assert_eq!(
        authorization(&TOKEN_ONLY, nothing(), http)
            .await
            .unwrap_err(),
        "GetTin: a token is sent over https only, or within this machine; found the endpoint http://tins.example:80"
    );
}

#[tokio::test]
async fn an_unusable_token_is_reported_and_not_shown() {
    let past = SystemTime::now() - Duration::from_secs(1);
    let found = authorization(&TOKEN_ONLY, nothing(), |it| {
        it.bearer_token(BearerToken::new("hush").with_expiry(past))
    });
    assert_eq!(
        found.await.unwrap_err(),
        "GetTin: the bearer token that was set has expired"
    );
    let found = authorization(&TOKEN_ONLY, nothing(), |it| it.bearer_token("hu sh\n"));
    assert_eq!(
        found.await.unwrap_err(),
        "GetTin: the bearer token cannot be sent: expected visible ASCII without spaces, found something else"
    );
    let found = authorization(&TOKEN_ONLY, signed_in("2020-01-01T00:00:00UTC"), |it| it);
    let found = found.await.unwrap_err();
    assert!(
        found.ends_with("has expired; sign in with `aws sso login --sso-session ours`"),
        "{found}"
    );
    let found = authorization(&TOKEN_ONLY, signed_in("of-session"), |it| it);
    let found = found.await.unwrap_err();
    assert!(
        found.contains("cannot be read: expected a date and time with its zone as `expiresAt`, found something else; sign in"),
        "{found}"
    );
    let config = Config::builder().bearer_token("hush");
    let shown = format!(
        "{config:?} {:?} {:?}",
        config.clone().build(),
        BearerToken::new("hush")
    );
    assert!(!shown.contains("hush"), "{shown}");
    assert!(shown.contains("** redacted **"), "{shown}");
}

#[tokio::test]
async fn without_a_region_a_token_is_enough() {
    let replay = ReplayClient::new().json(200, "{}");
    let config = Config::builder()
        .bearer_token("t")
        .endpoint_url("https://tins.example")
        .http_client(replay.clone())
        .build();
    let client = Client::new(&SERVICE, config);
    let sent = call(&client, &TOKEN_ONLY).await;
    assert!(sent.is_ok(), "{sent:?}");
    let sent = call(&client, &GET_TIN).await;
    assert_eq!(sent.unwrap_err().kind(), ErrorKind::Configuration);
}
