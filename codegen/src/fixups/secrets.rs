//! Values that prove who somebody is although the models do not mark them as sensitive: `Debug` does not show them.

use crate::model::Model;

/// Services, and the shapes of such values.
const SECRETS: [(&str, &[&str]); 3] = [
    // The code that a user sees once, and its verifier; the token, which has the claims about the user.
    ("Signin", &["AuthorizationCode", "CodeVerifier", "IdToken"]),
    // What a token is given for.
    ("SSO OIDC", &["AuthCode", "DeviceCode"]),
    // What a role's owner and its user share, a password for one use, and the token without which temporary keys are of no use.
    // The secret key is marked.
    ("STS", &["externalIdType", "tokenCodeType", "tokenType"]),
];

pub(super) fn apply(model: &mut Model) {
    let service = model.service.id.as_str();
    let own = SECRETS.iter().filter(|(id, _)| *id == service);
    for name in own.flat_map(|(_, shapes)| *shapes) {
        if let Some(shape) = model.shapes.get_mut(*name) {
            shape.sensitive = true;
        }
    }
}
