//! Forms by which browsers upload an object: a policy says what may be uploaded, and its signature that the caller allows it
//! (S3's documentation, "Browser-Based Uploads Using POST").

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use std::fmt;
use std::ops::RangeInclusive;
use std::time::{Duration, SystemTime};
use tinsmith_runtime::{
    BoxFuture, Call, CrateError, Credentials, ErrorKind, Failure, SignError, Signer, Timestamp,
    Unsigned,
};

/// The longest time for which a form can be valid: seven days.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What a key can end with: the name of the file that is uploaded.
const FILE_NAME: &str = "${filename}";

/// What may be uploaded by a form, and until when. A field of the form that the policy does not name is refused by S3.
///
/// ```
/// # use std::time::Duration;
/// use tinsmith_s3::PostPolicy;
///
/// let policy = PostPolicy::expires_in(Duration::from_secs(900))
///     .content_length(1..=1024 * 1024)
///     .field("Content-Type", "image/png")
///     .starts_with("x-amz-meta-album", "holidays-");
/// # drop(policy);
/// ```
#[derive(Clone, Debug)]
pub struct PostPolicy {
    expires_in: Duration,
    start_time: Option<SystemTime>,
    conditions: Vec<Value>,
    fields: Vec<(String, String)>,
}

impl PostPolicy {
    /// A form that is valid for this time: 1 second to 7 days, and not for longer than the credentials are.
    #[must_use]
    pub fn expires_in(expires_in: Duration) -> Self {
        Self {
            expires_in,
            start_time: None,
            conditions: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// From when it is valid. Default: the moment of signing.
    #[must_use]
    pub fn start_time(self, start_time: SystemTime) -> Self {
        Self {
            start_time: Some(start_time),
            ..self
        }
    }

    /// A field with exactly this value, such as `Content-Type` or `success_action_status`. It is among the fields of the
    /// form.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        self.conditions.push(json!({ name.as_str(): value }));
        self.fields.push((name, value));
        self
    }

    /// A field that the form's user fills in with a value that begins with `prefix`; an empty one allows any value.
    #[must_use]
    pub fn starts_with(mut self, name: impl AsRef<str>, prefix: impl Into<String>) -> Self {
        let name = format!("${}", name.as_ref());
        self.conditions
            .push(json!(["starts-with", name, prefix.into()]));
        self
    }

    /// How large the object may be, in bytes.
    #[must_use]
    pub fn content_length(mut self, bytes: RangeInclusive<u64>) -> Self {
        self.conditions
            .push(json!(["content-length-range", bytes.start(), bytes.end()]));
        self
    }

    /// The form for uploads of `key` to `bucket`, whose URL is `url`: a pure function of what it is passed. `key` can end
    /// with `${filename}`, for the name of the file that is uploaded. `at` is the date of the signature, by S3's clock.
    ///
    /// # Errors
    /// The time is below 1 second or above 7 days, or the credentials are empty.
    pub fn sign(
        mut self,
        (url, bucket, key): (&str, &str, &str),
        credentials: &Credentials,
        region: &str,
        at: SystemTime,
    ) -> Result<PresignedForm, SignError> {
        if self.expires_in < Duration::from_secs(1) || self.expires_in > LONGEST {
            return Err(SignError::new(format!(
                "expected a form that expires in 1 second to 7 days, found {:?}",
                self.expires_in
            )));
        }
        let expires_at = at.checked_add(self.expires_in);
        let expires_at = expires_at.ok_or_else(|| SignError::new("it expires too late"))?;
        let signer = Signer::new(credentials, region, "s3", at);
        let scope = signer.text_scope()?;

        self.conditions.push(json!({ "bucket": bucket }));
        match key.strip_suffix(FILE_NAME) {
            Some(prefix) => self.conditions.push(json!(["starts-with", "$key", prefix])),
            None => self.conditions.push(json!({ "key": key })),
        }
        self.fields.push(("key".to_owned(), key.to_owned()));
        self = self
            .field("x-amz-algorithm", scope.algorithm)
            .field("x-amz-credential", scope.credential)
            .field("x-amz-date", scope.date);
        if let Some(token) = credentials.session_token() {
            self = self.field("x-amz-security-token", token);
        }
        // In whole seconds, as S3 wants it.
        let seconds = expires_at.duration_since(SystemTime::UNIX_EPOCH);
        let seconds = seconds.map_or(0, |since| since.as_secs());
        let expiration = Timestamp::from_seconds(i64::try_from(seconds).unwrap_or(i64::MAX));
        let policy = json!({
            "expiration": expiration.to_string(),
            "conditions": self.conditions,
        });
        let policy = STANDARD.encode(policy.to_string());
        let signature = signer.sign_text(&policy)?;
        let mut fields = self.fields;
        fields.push(("policy".to_owned(), policy));
        fields.push(("x-amz-signature".to_owned(), signature));
        let of_credentials = credentials.expires_at().unwrap_or(expires_at);
        Ok(PresignedForm {
            url: url.to_owned(),
            fields,
            expires_at: expires_at.min(of_credentials),
        })
    }
}

/// A form that uploads an object: its fields, followed by one named `file`, are posted to the URL as `multipart/form-data`.
///
/// Whoever has it can upload until it expires; `Debug` shows the names of the fields only.
#[derive(Clone)]
pub struct PresignedForm {
    url: String,
    fields: Vec<(String, String)>,
    expires_at: SystemTime,
}

impl PresignedForm {
    /// Where it is posted to.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The fields, each with its value, in the order in which they are to be sent, before the file.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.fields.iter();
        fields.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// When it expires, or the credentials that signed it if that is earlier and known.
    #[must_use]
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }
}

impl fmt::Debug for PresignedForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.fields().map(|(name, _)| name).collect();
        f.debug_struct("PresignedForm")
            .field("url", &self.url)
            .field("fields", &names)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Presigns a form instead of a request: `client.put_object().bucket("b").key("uploads/${filename}").presigned_post(policy)`.
///
/// Headers that the call sets, such as a content type, are fields with exactly that value.
pub trait PresignedPost: Call {
    /// The form for uploads to the bucket and the key of this call, signed with the client's credentials. Nothing is sent,
    /// unless the credentials have to be fetched.
    ///
    /// # Errors
    /// A required member is not set, the call has a body, which the form's user uploads, there are no credentials, or the
    /// time is below 1 second or above 7 days.
    fn presigned_post(
        &self,
        policy: PostPolicy,
    ) -> BoxFuture<'static, Result<PresignedForm, Self::Error>> {
        let (client, input) = self.parts();
        let operation = Self::OPERATION;
        let unsigned = client.unsigned(operation, input);
        Box::pin(async move {
            let form = match unsigned.await {
                Ok(unsigned) => form(policy, &unsigned).map_err(|(kind, message)| {
                    Failure::new(kind, operation.name).with_message(message)
                }),
                Err(failure) => Err(failure),
            };
            form.map_err(Self::Error::from_failure)
        })
    }
}

impl<C: Call> PresignedPost for C {}

fn form(mut policy: PostPolicy, unsigned: &Unsigned) -> Result<PresignedForm, (ErrorKind, String)> {
    let input = |message: &str| (ErrorKind::Input, message.to_owned());
    let request = &unsigned.request;
    if request.body.as_bytes().is_none_or(|body| !body.is_empty()) {
        return Err(input("expected no body: whoever has the form uploads it"));
    }
    let bucket = request.endpoint.text("Bucket");
    let bucket = bucket.ok_or_else(|| input("expected a call with a bucket"))?;
    let path = request.head.uri.path();
    let key = path.strip_prefix('/').unwrap_or(path);
    let key = percent_decode_str(key).decode_utf8_lossy();
    if key.is_empty() {
        return Err(input("expected a call with a key"));
    }
    for (name, value) in &request.head.headers {
        let value = value.to_str();
        let value = value.map_err(|_| input("expected headers of visible ASCII"))?;
        policy = policy.field(field_name(name.as_str()), value);
    }
    let at = policy.start_time.unwrap_or(unsigned.at);
    let url = format!("{}/", unsigned.url.trim_end_matches('/'));
    policy
        .sign(
            (&url, bucket, &key),
            &unsigned.credentials,
            &unsigned.region,
            at,
        )
        .map_err(|error| (ErrorKind::Credentials, error.to_string()))
}

/// The name that a form has for a header.
fn field_name(header: &str) -> &str {
    match header {
        "x-amz-acl" => "acl",
        "cache-control" => "Cache-Control",
        "content-disposition" => "Content-Disposition",
        "content-encoding" => "Content-Encoding",
        "content-type" => "Content-Type",
        "expires" => "Expires",
        other => other,
    }
}
