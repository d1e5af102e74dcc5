//! Malformed answers with keys, which agents of containers and instances share.

/// `good`, an answer with a session token and an expiry, with one error in each, and the error that is expected.
pub(crate) fn malformed(good: &str) -> Vec<(String, &'static str)> {
    let expiration = r#""2099-01-01T00:00:00Z""#;
    [
        ("AccessKeyId", "Id", "`AccessKeyId` is missing"),
        ("SecretAccessKey", "Key", "`SecretAccessKey` is missing"),
        (r#""Token": "t", "#, "", "`Token` is missing"),
        ("Expiration", "Expires", "`Expiration` is missing"),
        (expiration, "null", "`Expiration` is empty"),
        (
            "00Z",
            "00",
            "expected a date and time with its zone as `Expiration`",
        ),
    ]
    .map(|(part, other, expected)| (good.replace(part, other), expected))
    .into()
}
