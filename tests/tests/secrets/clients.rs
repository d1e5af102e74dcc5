//! What the clients of the sources of credentials send and receive.

use std::fmt::Debug;

const SECRET: &str = "tin-and-solder";

/// Expects a `Debug` that has the name of each part and no secret.
#[track_caller]
fn hides(value: &impl Debug, parts: &[&str]) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!text.contains(SECRET), "{text}");
        for part in parts {
            assert!(text.contains(&format!("{part}: ** redacted **")), "{text}");
        }
    }
}

#[test]
fn sts() {
    use tinsmith_sts::operation::assume_role::AssumeRoleInput;
    use tinsmith_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityInput;
    let mut found = tinsmith_sts::types::Credentials::default();
    found.secret_access_key = Some(SECRET.to_owned());
    found.session_token = Some(SECRET.to_owned());
    hides(&found, &["secret_access_key", "session_token"]);
    let mut role = AssumeRoleInput::default();
    role.token_code = Some(SECRET.to_owned());
    hides(&role, &["token_code"]);
    let mut identity = AssumeRoleWithWebIdentityInput::default();
    identity.web_identity_token = Some(SECRET.to_owned());
    hides(&identity, &["web_identity_token"]);
}

#[test]
fn sso() {
    use tinsmith_sso::operation::get_role_credentials::GetRoleCredentialsInput;
    let mut call = GetRoleCredentialsInput::default();
    call.access_token = Some(SECRET.to_owned());
    hides(&call, &["access_token"]);
    let mut found = tinsmith_sso::types::RoleCredentials::default();
    found.secret_access_key = Some(SECRET.to_owned());
    found.session_token = Some(SECRET.to_owned());
    hides(&found, &["secret_access_key", "session_token"]);
}

#[test]
fn sso_oidc() {
    use tinsmith_sso_oidc::operation::create_token::{CreateTokenInput, CreateTokenOutput};
    let mut call = CreateTokenInput::default();
    call.client_secret = Some(SECRET.to_owned());
    call.code = Some(SECRET.to_owned());
    call.code_verifier = Some(SECRET.to_owned());
    call.device_code = Some(SECRET.to_owned());
    call.refresh_token = Some(SECRET.to_owned());
    let parts = [
        "client_secret",
        "code",
        "code_verifier",
        "device_code",
        "refresh_token",
    ];
    hides(&call, &parts);
    let mut found = CreateTokenOutput::default();
    found.access_token = Some(SECRET.to_owned());
    found.id_token = Some(SECRET.to_owned());
    found.refresh_token = Some(SECRET.to_owned());
    hides(&found, &["access_token", "id_token", "refresh_token"]);
}

#[test]
fn signin() {
    use tinsmith_signin::types::{
        AccessToken, CreateOauth2TokenRequestBody, CreateOauth2TokenResponseBody,
    };
    let call = CreateOauth2TokenRequestBody::default()
        .code(SECRET)
        .code_verifier(SECRET)
        .refresh_token(SECRET);
    hides(&call, &["code", "code_verifier", "refresh_token"]);
    let mut keys = AccessToken::default();
    keys.secret_access_key = Some(SECRET.to_owned());
    keys.session_token = Some(SECRET.to_owned());
    hides(&keys, &["secret_access_key", "session_token"]);
    let mut found = CreateOauth2TokenResponseBody::default();
    found.access_token = Some(keys);
    found.id_token = Some(SECRET.to_owned());
    found.refresh_token = Some(SECRET.to_owned());
    hides(&found, &["access_token", "id_token", "refresh_token"]);
}
