//! The `User-Agent` header.

use crate::protocol::Service;
use http::HeaderValue;

/// `tinsmith/0.1.0 api/imagebuilder#2019-12-02 os/linux lang/rust app/name`.
pub(super) fn user_agent(service: &Service, app_name: Option<&str>) -> HeaderValue {
    let mut text = format!(
        "tinsmith/{} api/{}#{} os/{} lang/rust",
        env!("CARGO_PKG_VERSION"),
        token(service.id),
        token(service.api_version),
        std::env::consts::OS,
    );
    if let Some(name) = app_name {
        text.push_str(" app/");
        text.push_str(&token(name));
    }
    // All of it is visible ASCII at this point.
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("tinsmith"))
}

/// The text with `-` in place of characters that a token of HTTP must not contain (RFC 9110, section 5.6.2).
fn token(text: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!$%&'*+-.^_`|~".contains(c);
    text.chars()
        .map(|c| if allowed(c) { c } else { '-' })
        .collect()
}
