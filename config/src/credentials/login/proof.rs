//! A proof that whoever sends a request holds a key (DPoP, RFC 9449): a header that is signed with it, made for each
//! request that is sent.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderValue, Request, Response};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tinsmith_runtime::{Body, BoxFuture, HttpClient, HttpError, HttpErrorKind, SendOptions};
use uuid::Uuid;

/// An HTTP client that proves with each request that it holds the key.
pub(super) struct Proving {
    http: Arc<dyn HttpClient>,
    key: SigningKey,
    /// The header of each proof, which has the public key (RFC 7515, RFC 7517).
    header: String,
}

impl Proving {
    /// `pem`: the private key, of the curve P-256.
    pub(super) fn new(http: Arc<dyn HttpClient>, pem: &str) -> Result<Self, String> {
        // The error is not shown: it may quote the key.
        let key = p256::SecretKey::from_pem(pem).map_err(|_| {
            "expected a private key of P-256 in PEM as `dpopKey`, found something else".to_owned()
        })?;
        let key = SigningKey::from(key);
        let point = key.verifying_key().to_sec1_point(false);
        let coordinate = |bytes: Option<&[u8]>| URL_SAFE_NO_PAD.encode(bytes.unwrap_or_default());
        let header = format!(
            r#"{{"alg":"ES256","jwk":{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}},"typ":"dpop+jwt"}}"#,
            coordinate(point.x().map(|x| &x[..])),
            coordinate(point.y().map(|y| &y[..])),
        );
        Ok(Self { http, key, header })
    }

    /// The proof for one request: the JSON web token of RFC 9449, section 4.2.
    fn proof(&self, method: &str, uri: &str, id: Uuid, at: u64) -> String {
        // A method and a URI have no characters that JSON escapes.
        let claims = format!(r#"{{"htm":"{method}","htu":"{uri}","iat":{at},"jti":"{id}"}}"#);
        let signed = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(&self.header),
            URL_SAFE_NO_PAD.encode(claims)
        );
        let signature: Signature = self.key.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }
}

impl HttpClient for Proving {
    fn send(
        &self,
        mut request: Request<Body>,
        options: &SendOptions,
    ) -> BoxFuture<'_, Result<Response<Body>, HttpError>> {
        let at = SystemTime::now().duration_since(UNIX_EPOCH);
        let at = at.unwrap_or_default().as_secs();
        let uri = request.uri().to_string();
        let proof = self.proof(request.method().as_str(), &uri, Uuid::new_v4(), at);
        match HeaderValue::try_from(proof) {
            Ok(proof) => request.headers_mut().insert("dpop", proof),
            Err(error) => {
                let error = HttpError::new(HttpErrorKind::Other, error.to_string());
                return Box::pin(std::future::ready(Err(error)));
            }
        };
        self.http.send(request, options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::signature::Verifier;
    use p256::pkcs8::{EncodePrivateKey, LineEnding};
    use tinsmith_runtime::replay::ReplayClient;

    /// A key in the form that the AWS CLI stores (SEC 1), and in that of PKCS #8.
    fn keys() -> (SigningKey, [String; 2]) {
        let key = p256::SecretKey::from_slice(&[7; 32]).unwrap();
        let sec1 = key.to_sec1_pem(LineEnding::LF).unwrap().to_string();
        let pkcs8 = key.to_pkcs8_pem(LineEnding::LF).unwrap().to_string();
        (SigningKey::from(key), [sec1, pkcs8])
    }

    #[test]
    fn a_proof_is_signed_and_says_what_it_is_for() {
        let (key, texts) = keys();
        for text in texts {
            let proving = Proving::new(Arc::new(ReplayClient::new()), &text).unwrap();
            let proof = proving.proof("POST", "https://example.com/v1/token", Uuid::nil(), 77);
            let (signed, signature) = proof.rsplit_once('.').unwrap();
            let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
            let signature = Signature::from_slice(&signature).unwrap();
            key.verifying_key()
                .verify(signed.as_bytes(), &signature)
                .unwrap();
            let (header, claims) = signed.split_once('.').unwrap();
            let text =
                |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
            assert_eq!(
                text(claims),
                r#"{"htm":"POST","htu":"https://example.com/v1/token","iat":77,"jti":"00000000-0000-0000-0000-000000000000"}"#
            );
            let point = key.verifying_key().to_sec1_point(false);
            let header: serde_json::Value = serde_json::from_str(&text(header)).unwrap();
            assert_eq!(header["typ"], "dpop+jwt");
            assert_eq!(header["alg"], "ES256");
            assert_eq!(
                header["jwk"]["x"],
                URL_SAFE_NO_PAD.encode(point.x().unwrap())
            );
            assert_eq!(
                header["jwk"]["y"],
                URL_SAFE_NO_PAD.encode(point.y().unwrap())
            );
        }
    }

    #[test]
    fn what_is_no_key_is_an_error_that_does_not_quote_it() {
        for text in [
            "",
            "hush",
            "-----BEGIN EC PRIVATE KEY-----\nhush\n-----END EC PRIVATE KEY-----\n",
        ] {
            let error = Proving::new(Arc::new(ReplayClient::new()), text)
                .err()
                .unwrap();
            assert!(
                error.contains("dpopKey") && !error.contains("hush"),
                "{error}"
            );
        }
    }
}
