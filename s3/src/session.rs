//! Sessions of directory buckets (S3's documentation, "CreateSession"): requests for their objects are signed with
//! credentials that the bucket gives, for five minutes, and whose token has a name of its own.

use crate::own::{self, SERVICE};
use http::Response;
use tinsmith_runtime::endpoint::EndpointContext;
use tinsmith_runtime::protocol::RestXml;
use tinsmith_runtime::{
    BuildError, Credentials, Method, Operation, OwnCall, ReadError, ResponseReader, SessionScheme,
    Timestamp, TokenNames,
};

/// The scheme of the endpoint rules that asks for a session.
pub(crate) const SCHEME: &str = "sigv4-s3express";

/// The sessions of directory buckets.
#[derive(Debug)]
pub(crate) struct Sessions;

static CREATE_SESSION: Operation = Operation {
    name: "CreateSession",
    method: Method::GET,
    uri: "/?session",
    service: &SERVICE,
    expects_body: true,
    ..Operation::DEFAULT
};

tinsmith_runtime::structure! {
    /// The output of CreateSession.
    #[derive(Clone, Debug)]
    pub struct Opened: read {
        /// The session's credentials.
        pub credentials: Option<Keys> = "Credentials",
    }
}

tinsmith_runtime::structure! {
    /// Credentials of a session.
    #[derive(Clone, Debug)]
    pub struct Keys: read {
        /// The access key id.
        pub access_key_id: Option<String> = "AccessKeyId",
        /// The secret access key.
        pub secret_access_key: Option<String> = "SecretAccessKey",
        /// The token.
        pub session_token: Option<String> = "SessionToken",
        /// When they expire.
        pub expiration: Option<Timestamp> = "Expiration" date_time,
    }
}

impl SessionScheme for Sessions {
    fn token_names(&self) -> TokenNames {
        TokenNames {
            header: "x-amz-s3session-token",
            parameter: "X-Amz-S3session-Token",
        }
    }

    fn place<'a>(&self, endpoint: &'a EndpointContext) -> Option<&'a str> {
        endpoint.text("Bucket")
    }

    fn open(&self, place: &str) -> Result<OwnCall, BuildError> {
        own::call(&CREATE_SESSION, place)
    }

    fn credentials(&self, response: &Response<bytes::Bytes>) -> Result<Credentials, ReadError> {
        let mut opened = Opened::default();
        ResponseReader::new(&RestXml, response).body(&mut opened)?;
        let missing = || {
            ReadError::new(
                "expected the access key, the secret, the token and the expiry of a session",
            )
        };
        let keys = opened.credentials.ok_or_else(missing)?;
        let id = keys.access_key_id.ok_or_else(missing)?;
        let secret = keys.secret_access_key.ok_or_else(missing)?;
        let token = keys.session_token.ok_or_else(missing)?;
        let expires_at = keys.expiration.ok_or_else(missing)?;
        let expires_at = expires_at.try_into().map_err(|_| missing())?;
        Ok(Credentials::new(id, secret, Some(token)).with_expiry(expires_at))
    }
}
