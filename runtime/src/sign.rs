//! Signing of requests with AWS Signature Version 4, in headers or in the query. It uses no clock: the caller passes the
//! date, corrected for the service's clock.
//!
//! The rules are those of [AWS's documentation of the signing process][rules]; the tests run AWS's signing test suite.
//!
//! [rules]: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

mod bearer_token;
mod canonical;
mod credentials;
mod date;
#[cfg(feature = "event-streams")]
mod events;
mod hash;
mod headers;
mod keys;
mod query;
mod secret;
mod signer;
#[cfg(feature = "sigv4a")]
mod v4a;

pub use bearer_token::BearerToken;
pub use credentials::Credentials;
#[cfg(feature = "event-streams")]
pub use events::EventSigner;
pub use hash::hex;
pub(crate) use hash::hex_sha256;
pub use keys::SigningKeys;
pub use secret::Secret;
pub use signer::{SignError, SignedPayload, Signer, SigningSettings, TextScope, TokenNames};
