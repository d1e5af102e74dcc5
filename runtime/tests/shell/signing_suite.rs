//! AWS's signing test suite, which is part of the crate aws-sigv4: each of its requests, signed in headers and in the query.

use hmac::{Hmac, KeyInit, Mac};
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, Request};
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{DerSignature, VerifyingKey};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};
use tinsmith_runtime::{
    Credentials, SignedPayload, Signer, SigningKeys, SigningSettings, Timestamp,
};

/// What the suite writes into targets although no URI can have it.
const NOT_IN_URIS: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

/// The folders of the suites in the source of the crate that the lock file names.
fn suites() -> PathBuf {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages
        .iter()
        .find(|package| package["name"] == "aws-sigv4");
    let manifest = package.unwrap()["manifest_path"].as_str().unwrap();
    Path::new(manifest).with_file_name("aws-signing-test-suite")
}

/// One request of a suite, and what is to become of it.
struct Case {
    folder: PathBuf,
    head: Parts,
    body: String,
    credentials: Credentials,
    settings: SigningSettings,
    region: String,
    service: String,
    at: SystemTime,
    expires_in: Duration,
}

impl Case {
    fn read(folder: PathBuf) -> Self {
        let text = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
        // Two requests come without it; theirs is that of most others, but for the date.
        let context = text("context.json").unwrap_or_else(|| {
            let time = "2021-05-11T15:40:45Z";
            let (id, secret) = ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
            format!(
                r#"{{"credentials":{{"access_key_id":"{id}","secret_access_key":"{secret}"}},"normalize":true,
                "region":"us-east-1","service":"service","sign_body":false,"timestamp":"{time}"}}"#
            )
        });
        let context: Value = serde_json::from_str(&context).unwrap();
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        let keys = &context["credentials"];
        let request = text("request.txt").unwrap().replace("\r\n", "\n");
        let (head, body) = request
            .split_once("\n\n")
            .unwrap_or((request.trim_end(), ""));
        let head = head.replace("\n ", " ");
        let mut lines = head.lines();
        let first = lines.next().unwrap().strip_suffix(" HTTP/1.1").unwrap();
        let (method, target) = first.split_once(' ').unwrap();
        let sent = utf8_percent_encode(target, NOT_IN_URIS).to_string();
        let mut headers: Vec<_> = lines.map(|line| line.split_once(':').unwrap()).collect();
        let host = headers
            .iter()
            .position(|(name, _)| *name == "Host")
            .unwrap();
        let (_, host) = headers.remove(host);
        let mut request = Request::new(());
        *request.method_mut() = Method::from_bytes(method.as_bytes()).unwrap();
        *request.uri_mut() = format!("https://{host}{sent}").parse().unwrap();
        for (name, value) in headers {
            let name: HeaderName = name.parse().unwrap();
            let value = HeaderValue::from_str(value).unwrap();
            request.headers_mut().append(name, value);
        }
        let time: Timestamp = word(&context["timestamp"]).parse().unwrap();
        Self {
            head: request.into_parts().0,
            body: body.to_owned(),
            credentials: Credentials::new(
                word(&keys["access_key_id"]),
                word(&keys["secret_access_key"]),
                keys["token"].as_str().map(str::to_owned),
            ),
            settings: SigningSettings {
                // The suite signs paths with the encoding that they have, but for the two requests without a context.
                encodes_path_twice: !folder.join("context.json").is_file(),
                normalizes_path: context["normalize"].as_bool().unwrap(),
                sends_payload_hash: context["sign_body"].as_bool().unwrap(),
                signs_session_token: !context["omit_session_token"].as_bool().unwrap_or(false),
                // What the suite signs is passed to the signer.
                presigns_payload: true,
            },
            region: word(&context["region"]),
            service: word(&context["service"]),
            at: time.try_into().unwrap(),
            expires_in: Duration::from_secs(
                context["expiration_in_seconds"].as_u64().unwrap_or(3600),
            ),
            folder,
        }
    }

    fn signer(&self) -> Signer<'_> {
        Signer::new(&self.credentials, &self.region, &self.service, self.at).settings(self.settings)
    }

    fn payload(&self) -> SignedPayload<'_> {
        SignedPayload::Bytes(self.body.as_bytes())
    }

    /// The text of a file of the suite.
    fn expected(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).unwrap()
    }

    /// Whether the suite has a file for the request: for two of them it has the canonical form alone.
    fn has(&self, name: &str) -> bool {
        self.folder.join(name).is_file()
    }

    /// The date in the canonical form.
    fn canonical_date(&self) -> String {
        let canonical = self.expected("header-canonical-request.txt");
        let mut dates = canonical
            .lines()
            .filter_map(|line| line.strip_prefix("x-amz-date:"));
        dates.next().unwrap().to_owned()
    }

    /// The value of a header in the suite's signed request.
    fn expected_header(&self, name: &str) -> String {
        let signed = self.expected("header-signed-request.txt");
        let mut lines = signed.lines().filter_map(|line| line.split_once(':'));
        let found = lines.find(|(found, _)| found.eq_ignore_ascii_case(name));
        found.unwrap().1.to_owned()
    }

    /// The query of the suite's signed request without the signature, as a set: the order does not matter.
    fn expected_parameters(&self) -> BTreeSet<String> {
        let signed = self.expected("query-signed-request.txt");
        let target = signed
            .lines()
            .next()
            .unwrap()
            .strip_suffix(" HTTP/1.1")
            .unwrap();
        parameters(target.split_once('?').unwrap().1)
    }

    /// The request with a signature in its headers: the authorization without the signature, and the signature.
    fn in_headers(&self, signer: Signer<'_>) -> (String, String) {
        let mut head = self.head.clone();
        signer.sign(&mut head, self.payload()).unwrap();
        let token = head.headers.get("x-amz-security-token");
        assert_eq!(
            token.map(|token| token.to_str().unwrap()),
            self.credentials.session_token()
        );
        let authorization = head.headers["authorization"].to_str().unwrap();
        let (before, signature) = authorization.split_once("Signature=").unwrap();
        (before.to_owned(), signature.to_owned())
    }

    /// The request with a signature in its query: the parameters without the signature, and the signature.
    fn in_query(&self, signer: Signer<'_>) -> (BTreeSet<String>, String) {
        let mut head = self.head.clone();
        signer
            .presign(&mut head, self.payload(), self.expires_in)
            .unwrap();
        let query = head.uri.query().unwrap();
        let (_, signature) = query.split_once("X-Amz-Signature=").unwrap();
        (parameters(query), signature.to_owned())
    }
}

fn parameters(query: &str) -> BTreeSet<String> {
    let sent = utf8_percent_encode(query, NOT_IN_URIS).to_string();
    let parameters = sent.split('&').map(str::to_owned);
    parameters
        .filter(|parameter| !parameter.starts_with("X-Amz-Signature="))
        .collect()
}

fn cases(suite: &str) -> Vec<Case> {
    let folders = std::fs::read_dir(suites().join(suite)).unwrap();
    let mut folders: Vec<_> = folders.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.into_iter().map(Case::read).collect()
}

#[test]
fn each_request_of_the_suite_is_signed_as_it_says() {
    let cases = cases("v4");
    assert!(cases.len() >= 40, "found {} requests", cases.len());
    let keys = SigningKeys::new();
    for case in &cases {
        let name = case.folder.display();
        for signer in [case.signer(), case.signer().keys(&keys)] {
            let (before, signature) = case.in_headers(signer);
            if !case.has("header-signature.txt") {
                assert_eq!(signature, signature_of(case), "{name}");
                continue;
            }
            let authorization = case.expected_header("authorization");
            assert_eq!(signature, case.expected("header-signature.txt"), "{name}");
            assert_eq!(
                format!("{before}Signature={signature}"),
                authorization,
                "{name}"
            );
            let (parameters, signature) = case.in_query(signer);
            assert_eq!(parameters, case.expected_parameters(), "{name}");
            assert_eq!(signature, case.expected("query-signature.txt"), "{name}");
        }
    }
}

/// The signature of the canonical form that the suite gives.
fn signature_of(case: &Case) -> String {
    let time = case.canonical_date();
    let scope = format!(
        "{}/{}/{}/aws4_request",
        &time[..8],
        case.region,
        case.service
    );
    let canonical = Sha256::digest(case.expected("header-canonical-request.txt"));
    let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", hex(&canonical));
    let secret = format!("AWS4{}", case.credentials.secret_access_key()).into_bytes();
    let parts = scope.split('/').chain([to_sign.as_str()]);
    let signature = parts.fold(secret, |key, part| {
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(part.as_bytes());
        mac.finalize().into_bytes().to_vec()
    });
    hex(&signature)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A signature of ECDSA differs with each library; the suite gives the public key that verifies it.
#[test]
fn each_request_of_the_suite_is_signed_with_an_asymmetric_key_as_it_says() {
    let cases = cases("v4a");
    assert!(cases.len() >= 38, "found {} requests", cases.len());
    for case in &cases {
        let name = case.folder.display();
        let public: Value = serde_json::from_str(&case.expected("public-key.json")).unwrap();
        let point = ["X", "Y"].map(|axis| bytes(public[axis].as_str().unwrap()));
        let point = [&[4], point[0].as_slice(), &point[1]].concat();
        let key = VerifyingKey::from_sec1_bytes(&point).unwrap();
        let verify = |signature: &str, to_sign: &str| {
            let signature = DerSignature::try_from(bytes(signature).as_slice()).unwrap();
            key.verify(case.expected(to_sign).as_bytes(), &signature)
                .is_ok()
        };
        let signer = case.signer().asymmetric();
        let (before, signature) = case.in_headers(signer);
        let authorization = case.expected_header("authorization");
        assert!(authorization.starts_with(&before), "{name}: {before}");
        assert!(verify(&signature, "header-string-to-sign.txt"), "{name}");
        let (parameters, signature) = case.in_query(signer);
        assert_eq!(parameters, case.expected_parameters(), "{name}");
        assert!(verify(&signature, "query-string-to-sign.txt"), "{name}");
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2);
    let pairs = pairs.map(|pair| std::str::from_utf8(pair).unwrap());
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}
