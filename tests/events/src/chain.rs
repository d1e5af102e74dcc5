//! The signatures of a request and of its events, computed by aws-sigv4, which shares no code with the client's signer.

use aws_credential_types::Credentials;
use aws_sigv4::event_stream::{sign_empty_message, sign_message};
use aws_sigv4::http_request::{
    PayloadChecksumKind, SignableBody, SignableRequest, SigningSettings, sign,
};
use aws_sigv4::sign::v4;
use hyper::http::request::Parts;
use std::time::{Duration, SystemTime};
use tinsmith_runtime::event_stream::{HeaderValue, Message};

/// The key that the server knows, and the region that it takes.
const KEY: (&str, &str, &str) = ("AKIDEXAMPLE", "secret", "eu-west-1");

/// The signature that the next event follows.
pub(crate) struct Chain {
    service: String,
    previous: String,
}

impl Chain {
    /// Verifies the head of a request.
    pub(crate) fn begin(head: &Parts) -> Result<Self, String> {
        let header = |name: &str| {
            let value = head.headers.get(name).and_then(|value| value.to_str().ok());
            value.ok_or_else(|| format!("no header {name}"))
        };
        let hash = header("x-amz-content-sha256")?;
        if hash != "STREAMING-AWS4-HMAC-SHA256-EVENTS" {
            return Err(format!("x-amz-content-sha256 is {hash}"));
        }
        let authorization = header("authorization")?;
        let part = |name: &str| {
            let (_, rest) = authorization.split_once(name)?;
            rest.strip_prefix('=')?.split(',').next()
        };
        let (Some(credential), Some(signed), Some(signature)) =
            (part("Credential"), part("SignedHeaders"), part("Signature"))
        else {
            return Err(format!("authorization is {authorization}"));
        };
        let scope: Vec<&str> = credential.split('/').collect();
        let (key, secret, region) = KEY;
        let [id, _, of, service, "aws4_request"] = scope.as_slice() else {
            return Err(format!("the credential is {credential}"));
        };
        if (*id, *of) != (key, region) {
            return Err(format!("the credential is {credential}"));
        }
        let authority = head.uri.authority().map_or("", |host| host.as_str());
        let headers: Vec<(&str, &str)> = signed
            .split(';')
            .filter(|name| !name.starts_with("x-amz-date") && *name != "x-amz-content-sha256")
            .map(|name| match name {
                "host" => Ok(("host", authority)),
                name => header(name).map(|value| (name, value)),
            })
            .collect::<Result<_, _>>()?;
        let identity = Credentials::new(key, secret, None, None, "loopback").into();
        let mut settings = SigningSettings::default();
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(region)
            .name(service)
            .time(date(header("x-amz-date")?)?)
            .settings(settings)
            .build()
            .map_err(|error| error.to_string())?;
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        let uri = format!("http://{authority}{path}");
        let request = SignableRequest::new(
            head.method.as_str(),
            uri,
            headers.into_iter(),
            SignableBody::Precomputed(hash.to_owned()),
        );
        let request = request.map_err(|error| error.to_string())?;
        let expected = sign(request, &params.into()).map_err(|error| error.to_string())?;
        if expected.signature() != signature {
            return Err("the signature is not the one of this request".to_owned());
        }
        Ok(Self {
            service: (*service).to_owned(),
            previous: signature.to_owned(),
        })
    }

    /// Verifies a signed message.
    pub(crate) fn verify(&mut self, message: &Message) -> Result<(), String> {
        let Some(HeaderValue::Timestamp(millis)) = message.header(":date") else {
            return Err("a message without :date".to_owned());
        };
        let Some(HeaderValue::Bytes(found)) = message.header(":chunk-signature") else {
            return Err("a message without :chunk-signature".to_owned());
        };
        let millis = u64::try_from(*millis).map_err(|error| error.to_string())?;
        let (key, secret, region) = KEY;
        let identity = Credentials::new(key, secret, None, None, "loopback").into();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(region)
            .name(&self.service)
            .time(SystemTime::UNIX_EPOCH + Duration::from_millis(millis))
            .settings(())
            .build()
            .map_err(|error| error.to_string())?;
        let signed = if message.payload.is_empty() {
            sign_empty_message(&self.previous, &params)
        } else {
            let inner =
                aws_smithy_eventstream::frame::read_message_from(&mut message.payload.clone())
                    .map_err(|error| error.to_string())?;
            let (_, signature) = sign_message(&inner, &self.previous, &params)
                .map_err(|error| error.to_string())?
                .into_parts();
            return self.follows(found, signature);
        };
        let (_, signature) = signed.map_err(|error| error.to_string())?.into_parts();
        self.follows(found, signature)
    }

    fn follows(&mut self, found: &[u8], expected: String) -> Result<(), String> {
        let found: String = found.iter().map(|byte| format!("{byte:02x}")).collect();
        if found != expected {
            return Err(format!(
                "an event is signed {found}, and {expected} is right"
            ));
        }
        self.previous = expected;
        Ok(())
    }
}

fn date(text: &str) -> Result<SystemTime, String> {
    let date = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", text);
    let zoned = date.and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC));
    zoned
        .map(|zoned| zoned.timestamp().into())
        .map_err(|error| error.to_string())
}
