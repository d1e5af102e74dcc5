//! Credentials that have expired: by their own date, or in the service's eyes.

use crate::server::{Server, ok, response};
use crate::shop::header;
use crate::support::{SERVICE, get_tin};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};
use tinsmith_runtime::{
    BoxFuture, Client, Config, Credentials, CredentialsError, ProvideCredentials,
};

/// Gives keys `AKID1`, `AKID2`, …, up to the last, which it gives again and again.
struct Numbered {
    last: u32,
    asked: AtomicU32,
}

impl Numbered {
    fn up_to(last: u32) -> Self {
        let asked = AtomicU32::new(0);
        Self { last, asked }
    }
}

impl ProvideCredentials for Numbered {
    fn name(&self) -> &str {
        "numbered"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let id = format!("AKID{}", number.min(self.last));
        Box::pin(std::future::ready(Ok(Credentials::new(id, "s", None))))
    }
}

/// A service that takes all keys but `AKID1` for expired.
async fn shop(code: &'static str) -> Server {
    Server::start(move |_, request| {
        if !header(request, "authorization")
            .unwrap()
            .contains("=AKID1/")
        {
            return ok(r#"{"size": 3}"#);
        }
        let body = format!(r#"{{"__type": "{code}", "message": "it is over"}}"#);
        response("403 Forbidden", &body)
    })
    .await
}

fn client(shop: &Server, source: impl ProvideCredentials + 'static) -> Client {
    let builder = Config::builder()
        .region("eu-west-1")
        .endpoint_url(&shop.url)
        .credentials_provider(source);
    Client::new(&SERVICE, builder.build())
}

#[tokio::test]
async fn settings_08_expired_token_makes_the_client_ask_its_source_again() {
    for code in ["ExpiredToken", "ExpiredTokenException"] {
        let shop = shop(code).await;
        let client = client(&shop, Numbered::up_to(2));
        let both = tokio::join!(get_tin(&client), get_tin(&client));
        both.0.unwrap();
        both.1.unwrap();
        let by_first = shop.requests();
        let by_first = by_first.iter().filter(|it| it.contains("=AKID1/")).count();
        assert!((1..=2).contains(&by_first), "{by_first}");
        get_tin(&client).await.unwrap();
    }
}

#[tokio::test]
async fn settings_08_expired_token_is_the_error_where_the_source_has_no_other_keys() {
    let shop = shop("ExpiredToken").await;
    for client in [
        client(&shop, Numbered::up_to(1)),
        client(&shop, Credentials::new("AKID1", "s", None)),
    ] {
        let before = shop.requests().len();
        for _ in 0..3 {
            let error = get_tin(&client).await.unwrap_err();
            assert_eq!(error.code(), Some("ExpiredToken"), "{error}");
        }
        assert_eq!(shop.requests().len() - before, 3, "one attempt a call");
    }
    // Another answer is no reason to ask again.
    let shop = self::shop("AccessDenied").await;
    let error = get_tin(&client(&shop, Numbered::up_to(2))).await;
    assert_eq!(error.unwrap_err().code(), Some("AccessDenied"));
}

#[tokio::test]
async fn settings_27_already_expired_from_a_provider_of_the_programs_own() {
    let shop = shop("").await;
    let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_577_836_800);
    let expired = Credentials::new("AKID9", "s", None).with_expiry(past);
    let error = get_tin(&client(&shop, expired)).await.unwrap_err();
    let expected =
        "GetTin: explicit credentials gave credentials that expired at 2020-01-01T00:00:00Z: ";
    assert!(error.to_string().starts_with(expected), "{error}");
    assert_eq!(shop.requests().len(), 0);
}

#[tokio::test]
async fn settings_26_empty_session_token_of_the_programs_own_is_none() {
    let shop = shop("").await;
    let keys = Credentials::new("AKID9", "s", Some(String::new()));
    assert_eq!(keys.session_token(), None);
    get_tin(&client(&shop, keys)).await.unwrap();
    assert_eq!(header(&shop.requests()[0], "x-amz-security-token"), None);
}
