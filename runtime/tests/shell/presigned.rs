//! Presigned requests: those of botocore, what must be sent with them, and what cannot be presigned.
//!
//! The URLs were obtained by running botocore 1.44.5: `generate_presigned_url` of its clients for S3 (with
//! `signature_version="s3v4"` and virtual hosts) and EC2 (with `HttpMethod="GET"`), its clock set to the date below.

use crate::support::{GET_TIN, GetTinInput, SERVICE};
use aws_credential_types::Credentials as AwsCredentials;
use aws_sigv4::http_request::{
    SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign as aws_sign,
};
use aws_sigv4::sign::v4;
use std::time::{Duration, SystemTime};
use tinsmith_runtime::protocol::{AwsQuery, Ec2Query, RestJson};
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{
    AuthScheme, ByteStream, Checksum, Client, Config, Credentials, Endpoint, EndpointError,
    EndpointParams, ErrorKind, Failure, Method, Operation, PresignedRequest, Presigner,
    PresigningConfig, RegionCopy, RequestWriter, Service, WriteInput,
};

/// 2015-08-30T12:36:00Z, the date of AWS's examples of signatures.
const AT: Duration = Duration::from_secs(1_440_938_160);

fn at() -> SystemTime {
    SystemTime::UNIX_EPOCH + AT
}

static STORE: Service = Service {
    id: "Store",
    signing_name: "s3",
    protocol: &RestJson,
    endpoint: |params| at_amazon("tins.s3", params),
    ..Service::DEFAULT
};

static CLOUD: Service = Service {
    id: "Cloud",
    signing_name: "ec2",
    api_version: "2016-11-15",
    protocol: &Ec2Query,
    endpoint: |params| at_amazon("ec2", params),
    ..Service::DEFAULT
};

fn at_amazon(host: &str, params: &EndpointParams) -> Result<Endpoint, EndpointError> {
    let region = params.region.as_deref();
    let region = region.ok_or_else(|| EndpointError::new("no region"))?;
    Ok(Endpoint::new(format!(
        "https://{host}.{region}.amazonaws.com"
    )))
}

/// What the operations of the store have in common.
const OF_STORE: Operation = Operation {
    name: "GetObject",
    method: Method::GET,
    uri: "/{Key+}",
    service: &STORE,
    ..Operation::DEFAULT
};

static GET: Operation = OF_STORE;

static PUT: Operation = Operation {
    name: "PutObject",
    method: Method::PUT,
    checksum: Some(Checksum::CONTENT_MD5),
    ..OF_STORE
};

static DELETE: Operation = Operation {
    name: "DeleteObject",
    method: Method::DELETE,
    ..OF_STORE
};

static DESCRIBE_REGIONS: Operation = Operation {
    name: "DescribeRegions",
    service: &CLOUD,
    ..Operation::DEFAULT
};

/// An input of S3: pairs that are bound to the query and to headers, a length, a body.
#[derive(Clone, Default)]
struct Object {
    key: &'static str,
    query: Vec<(&'static str, &'static str)>,
    headers: Vec<(&'static str, &'static str)>,
    length: Option<i64>,
    body: Option<ByteStream>,
}

impl tinsmith_runtime::WriteStructure for Object {
    fn write_members(&self, _: &mut dyn tinsmith_runtime::ShapeWriter) {}
}

impl WriteInput for Object {
    fn write_request(&self, request: &mut RequestWriter) {
        request.label("Key", &self.key.to_owned());
        for (name, value) in &self.query {
            request.query(*name, &(*value).to_owned());
        }
        for (name, value) in &self.headers {
            request.header(*name, &(*value).to_owned());
        }
        request.content_length("ContentLength", self.length);
        request.payload_stream(&self.body, "application/octet-stream");
    }
}

tinsmith_runtime::structure! {
    /// Some regions.
    #[derive(Clone, Debug)]
    pub struct Regions: write {
        pub names: Option<Vec<String>> = "RegionName" flattened,
    }
}

impl WriteInput for Regions {}

fn params() -> EndpointParams {
    EndpointParams {
        region: Some("eu-west-1".to_owned()),
        ..EndpointParams::default()
    }
}

fn presigned(
    operation: &'static Operation,
    input: &dyn WriteInput,
    token: Option<&str>,
    seconds: u64,
) -> Result<PresignedRequest, Box<Failure>> {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", token.map(str::to_owned));
    Presigner::new(&credentials, params(), at(), Duration::from_secs(seconds)).presign(
        operation,
        input,
        String::new,
    )
}

/// Operation, input, session token, expiry in seconds, and the URL before and after [`SCOPE`].
type Row<'a> = (
    &'static Operation,
    &'a dyn WriteInput,
    Option<&'a str>,
    u64,
    &'a str,
    &'a str,
);

const SCOPE: &str =
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Feu-west-1%2F";

#[test]
fn urls_are_those_of_botocore() {
    let range = Object {
        key: "k",
        query: vec![("response-content-type", "text/a b"), ("versionId", "v/1")],
        headers: vec![("Range", "bytes=0-4"), ("If-None-Match", "\"e\"")],
        ..Object::default()
    };
    let upload = Object {
        key: "a b",
        headers: vec![
            ("Content-Type", "text/plain"),
            ("x-amz-meta-tin", "  two   words "),
            ("x-amz-acl", "private"),
        ],
        length: Some(5),
        ..Object::default()
    };
    let slashes = Object {
        key: "//k",
        ..Object::default()
    };
    let regions = Regions {
        names: Some(vec!["a b".to_owned()]),
    };
    let rows: [Row<'_>; 4] = [
        (
            &GET,
            &range,
            None,
            900,
            "https://tins.s3.eu-west-1.amazonaws.com/k?response-content-type=text%2Fa%20b&versionId=v%2F1&",
            "s3%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host%3Bif-none-match%3Brange&X-Amz-Signature=630c65cbc8ba064511392715c56bfa6db21015f07d4c90e02844462687e5cf6e",
        ),
        (
            &PUT,
            &upload,
            Some("a/session+token="),
            604_800,
            "https://tins.s3.eu-west-1.amazonaws.com/a%20b?",
            "s3%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bx-amz-acl%3Bx-amz-meta-tin&X-Amz-Security-Token=a%2Fsession%2Btoken%3D&X-Amz-Signature=5a7432c295ba3edd4761cf1d9418581617da27bb0cd68ea640b97d6a022ec20c",
        ),
        (
            &DELETE,
            &slashes,
            None,
            1,
            "https://tins.s3.eu-west-1.amazonaws.com///k?",
            "s3%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=1&X-Amz-SignedHeaders=host&X-Amz-Signature=9a8271a07cb951c02a9a1b54c107768e3c2dcdd9a05c8fcb97c968bcf4ff1db9",
        ),
        (
            &DESCRIBE_REGIONS,
            &regions,
            None,
            60,
            "https://ec2.eu-west-1.amazonaws.com/?Action=DescribeRegions&Version=2016-11-15&RegionName.1=a%20b&",
            "ec2%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=03afc37c31381bdca0ed4d0a92d7c0d68086b746e7403003319b5e2f81d2f5ba",
        ),
    ];
    for (operation, input, token, seconds, before, after) in rows {
        let found = presigned(operation, input, token, seconds).unwrap();
        assert_eq!(found.uri(), format!("{before}{SCOPE}{after}"));
    }
}

static COPY_SNAPSHOT: Operation = Operation {
    name: "CopySnapshot",
    service: &CLOUD,
    region_copy: Some(RegionCopy::new("PresignedUrl", true)),
    ..Operation::DEFAULT
};

static DATABASES: Service = Service {
    id: "Databases",
    signing_name: "rds",
    api_version: "2014-10-31",
    protocol: &AwsQuery,
    endpoint: |params| at_amazon("rds", params),
    ..Service::DEFAULT
};

static COPY_DB_SNAPSHOT: Operation = Operation {
    name: "CopyDBSnapshot",
    service: &DATABASES,
    region_copy: Some(RegionCopy::new("PreSignedUrl", false)),
    ..Operation::DEFAULT
};

tinsmith_runtime::structure! {
    /// What is copied, and from where.
    #[derive(Clone, Debug)]
    pub struct Copied: write {
        pub source_region: Option<String> = "SourceRegion",
        pub snapshot: Option<String> = "SourceSnapshotId",
        pub source: Option<String> = "SourceDBSnapshotIdentifier",
        pub target: Option<String> = "TargetDBSnapshotIdentifier",
        pub encrypted: Option<bool> = "Encrypted",
        pub url: Option<String> = "PreSignedUrl",
    }
}

impl WriteInput for Copied {}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// The body of a request after its URL was filled in.
fn filled_in(operation: &Operation, input: &Copied) -> Result<String, Box<Failure>> {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
    let hour = Duration::from_secs(3600);
    let presigner = Presigner::new(&credentials, params(), at(), hour);
    let mut request = operation.request(input, String::new).unwrap();
    presigner.fill_in(operation, &mut request)?;
    let body = request.body.as_bytes().unwrap().to_vec();
    Ok(String::from_utf8(body).unwrap())
}

/// The bodies were obtained from botocore 1.44.5, whose clients for EC2 and RDS fill in the URL before they send.
#[test]
fn copies_across_regions_send_the_url_that_botocore_sends() {
    let snapshot = Copied {
        source_region: text("us-west-2"),
        snapshot: text("snap-1"),
        encrypted: Some(true),
        ..Copied::default()
    };
    assert_eq!(
        filled_in(&COPY_SNAPSHOT, &snapshot).unwrap(),
        "Action=CopySnapshot&Version=2016-11-15&SourceRegion=us-west-2&SourceSnapshotId=snap-1&Encrypted=true&PresignedUrl=https%3A%2F%2Fec2.us-west-2.amazonaws.com%2F%3FAction%3DCopySnapshot%26Version%3D2016-11-15%26SourceRegion%3Dus-west-2%26SourceSnapshotId%3Dsnap-1%26Encrypted%3Dtrue%26DestinationRegion%3Deu-west-1%26X-Amz-Algorithm%3DAWS4-HMAC-SHA256%26X-Amz-Credential%3DAKIDEXAMPLE%252F20150830%252Fus-west-2%252Fec2%252Faws4_request%26X-Amz-Date%3D20150830T123600Z%26X-Amz-Expires%3D3600%26X-Amz-SignedHeaders%3Dhost%26X-Amz-Signature%3D50ebe1a7d0be5074619874834900ad0bd3c53e3fea2809d38e885f18a528116e&DestinationRegion=eu-west-1"
    );
    let database = Copied {
        source_region: text("us-west-2"),
        source: text("arn:aws:rds:us-west-2:1:snapshot:s"),
        target: text("t"),
        ..Copied::default()
    };
    assert_eq!(
        filled_in(&COPY_DB_SNAPSHOT, &database).unwrap(),
        "Action=CopyDBSnapshot&Version=2014-10-31&SourceDBSnapshotIdentifier=arn%3Aaws%3Ards%3Aus-west-2%3A1%3Asnapshot%3As&TargetDBSnapshotIdentifier=t&PreSignedUrl=https%3A%2F%2Frds.us-west-2.amazonaws.com%2F%3FAction%3DCopyDBSnapshot%26Version%3D2014-10-31%26SourceDBSnapshotIdentifier%3Darn%253Aaws%253Ards%253Aus-west-2%253A1%253Asnapshot%253As%26TargetDBSnapshotIdentifier%3Dt%26DestinationRegion%3Deu-west-1%26X-Amz-Algorithm%3DAWS4-HMAC-SHA256%26X-Amz-Credential%3DAKIDEXAMPLE%252F20150830%252Fus-west-2%252Frds%252Faws4_request%26X-Amz-Date%3D20150830T123600Z%26X-Amz-Expires%3D3600%26X-Amz-SignedHeaders%3Dhost%26X-Amz-Signature%3D1b23c3fc66c7354509d708c93d084f60633e3513a3d2661ab4e9a57b878e48c3"
    );
    // A URL of the caller's is left as it is, a copy within the region has none, and RDS is not sent the source in either case.
    let with_url = Copied {
        url: text("https://x"),
        ..database.clone()
    };
    let at_home = Copied {
        source_region: None,
        ..database.clone()
    };
    for (input, end) in [(&with_url, "&PreSignedUrl=https%3A%2F%2Fx"), (&at_home, "")] {
        assert_eq!(
            filled_in(&COPY_DB_SNAPSHOT, input).unwrap(),
            format!(
                "Action=CopyDBSnapshot&Version=2014-10-31&SourceDBSnapshotIdentifier=arn%3Aaws%3Ards%3Aus-west-2%3A1%3Asnapshot%3As&TargetDBSnapshotIdentifier=t{end}"
            )
        );
    }
    let elsewhere = Copied {
        source_region: text("evil.example/"),
        ..database
    };
    let failure = filled_in(&COPY_DB_SNAPSHOT, &elsewhere).unwrap_err();
    assert_eq!(failure.kind, ErrorKind::Configuration);
    assert!(failure.to_string().contains("SourceRegion"), "{failure}");
}

#[test]
fn what_must_be_sent_with_a_url_is_in_the_result() {
    let upload = Object {
        key: "k",
        headers: vec![("Content-Type", "text/plain"), ("x-amz-meta-tin", "a")],
        length: Some(3),
        ..Object::default()
    };
    let found = presigned(&PUT, &upload, None, 60).unwrap();
    assert_eq!(found.method(), "PUT");
    let headers: Vec<_> = found.headers().collect();
    assert_eq!(
        headers,
        [
            ("content-type", "text/plain"),
            ("x-amz-meta-tin", "a"),
            ("content-length", "3")
        ]
    );
    assert_eq!(found.body(), None);
    let request = found.make_http_1x_request("abc");
    assert_eq!(request.uri(), found.uri());
    assert_eq!(request.headers()["content-length"], "3");
    let regions = Regions { names: None };
    let found = presigned(&DESCRIBE_REGIONS, &regions, None, 60).unwrap();
    assert_eq!((found.method(), found.headers().count()), ("GET", 0));
    assert_eq!(found.body(), None);
}

#[test]
fn s3_leaves_the_body_out_of_the_signature_and_every_other_service_covers_it() {
    // The default content type is not one that the sender has to repeat.
    let body = Object {
        key: "k",
        body: Some(ByteStream::from(&b"abc"[..])),
        ..Object::default()
    };
    let found = presigned(&PUT, &body, None, 60).unwrap();
    assert_eq!(found.body().unwrap(), "abc");
    let headers: Vec<_> = found.headers().collect();
    assert_eq!(headers, [("content-md5", "kAFQmDzST7DWlj99KOF/cg==")]);

    let input = GetTinInput {
        name: Some("a".to_owned()),
        colour: Some("red".to_owned()),
    };
    let found = presigned(&GET_TIN, &input, Some("t"), 60).unwrap();
    let body = found.body().unwrap();
    assert_eq!(body, r#"{"colour":"red"}"#);
    let headers: Vec<_> = found.headers().collect();
    assert_eq!(headers, [("content-type", "application/json")]);
    // The signature is that of the crate aws-sigv4 for the same request.
    let identity = AwsCredentials::from_keys("AKIDEXAMPLE", "secret", Some("t".to_owned())).into();
    let mut settings = SigningSettings::default();
    settings.signature_location = SignatureLocation::QueryParams;
    settings.expires_in = Some(Duration::from_secs(60));
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region("eu-west-1")
        .name("tinshop")
        .time(at())
        .settings(settings)
        .build()
        .unwrap()
        .into();
    let uri = "https://tinshop.eu-west-1.amazonaws.com/tins/a";
    let signed = [("content-type", "application/json")].into_iter();
    let signable = SignableRequest::new("POST", uri, signed, SignableBody::Bytes(body)).unwrap();
    let (instructions, _) = aws_sign(signable, &params).unwrap().into_parts();
    let (_, parameters) = instructions.into_parts();
    let expected = parameters
        .iter()
        .find(|(name, _)| *name == "X-Amz-Signature");
    let (_, signature) = found.uri().rsplit_once("X-Amz-Signature=").unwrap();
    assert_eq!(signature, expected.unwrap().1);
}

#[test]
fn a_set_of_regions_is_signed_with_an_asymmetric_key() {
    static EVERYWHERE: Service = Service {
        signing_name: "s3",
        endpoint: |_| {
            let endpoint = Endpoint::new("https://mine.accesspoint.s3-global.amazonaws.com");
            Ok(endpoint.only_auth("sigv4a").signing_region("*"))
        },
        ..Service::DEFAULT
    };
    static GET_ANYWHERE: Operation = Operation {
        service: &EVERYWHERE,
        ..OF_STORE
    };
    let object = Object {
        key: "k",
        ..Object::default()
    };
    let found = presigned(&GET_ANYWHERE, &object, None, 60).unwrap();
    let (before, signature) = found.uri().rsplit_once("&X-Amz-Signature=").unwrap();
    assert_eq!(
        before,
        "https://mine.accesspoint.s3-global.amazonaws.com/k?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fs3%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Region-Set=%2A"
    );
    assert!(signature.len() > 128 && signature.bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[test]
fn what_cannot_be_presigned_is_an_error_that_says_why() {
    static OPEN: Operation = Operation {
        auth: &[],
        ..OF_STORE
    };
    static WITH_TOKEN: Operation = Operation {
        auth: &[AuthScheme::Bearer],
        ..OF_STORE
    };
    static EXPRESS: Service = Service {
        endpoint: |_| Ok(Endpoint::new("https://a.example").only_auth("sigv4-s3express")),
        ..STORE_LIKE
    };
    const STORE_LIKE: Service = Service {
        signing_name: "s3",
        ..Service::DEFAULT
    };
    static OF_EXPRESS: Operation = Operation {
        service: &EXPRESS,
        ..OF_STORE
    };
    let object = Object {
        key: "k",
        ..Object::default()
    };
    let stream = ByteStream::from_stream(Empty);
    let streamed = Object {
        body: Some(stream),
        ..object.clone()
    };
    let length = |length, body: Option<&'static [u8]>| Object {
        length: Some(length),
        body: body.map(ByteStream::from),
        ..object.clone()
    };
    let unset = Object::default();
    let rows: [(&'static Operation, &Object, u64, ErrorKind, &str); 9] = [
        (&GET, &unset, 60, ErrorKind::Input, "Key"),
        (
            &OPEN,
            &object,
            60,
            ErrorKind::Configuration,
            "cannot be presigned",
        ),
        (
            &WITH_TOKEN,
            &object,
            60,
            ErrorKind::Configuration,
            "cannot be presigned",
        ),
        (
            &OF_EXPRESS,
            &object,
            60,
            ErrorKind::Configuration,
            "`sigv4-s3express`",
        ),
        (
            &PUT,
            &streamed,
            60,
            ErrorKind::Input,
            "a presigned request has no stream",
        ),
        (
            &PUT,
            &length(4, Some(b"abc")),
            60,
            ErrorKind::Input,
            "expected the length of the body, 3 bytes, found 4",
        ),
        (&PUT, &length(-1, None), 60, ErrorKind::Input, "found -1"),
        (
            &GET,
            &object,
            0,
            ErrorKind::Credentials,
            "1 second to 7 days, found 0ns",
        ),
        (
            &GET,
            &object,
            604_801,
            ErrorKind::Credentials,
            "1 second to 7 days, found 604801s",
        ),
    ];
    for (operation, input, seconds, kind, text) in rows {
        let failure = presigned(operation, input, None, seconds).unwrap_err();
        assert_eq!(failure.kind, kind, "{failure}");
        assert!(failure.to_string().contains(text), "{failure}");
        assert!(failure.to_string().starts_with(operation.name), "{failure}");
    }
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
    let nowhere = Presigner::new(&credentials, EndpointParams::default(), at(), AT);
    let failure = nowhere.presign(&GET, &object, String::new).unwrap_err();
    assert!(failure.to_string().contains("no region"), "{failure}");
}

/// A stream without an item.
struct Empty;

impl futures_core::Stream for Empty {
    type Item = Result<bytes::Bytes, tinsmith_runtime::StreamError>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(None)
    }
}

#[test]
fn a_configuration_is_checked_where_it_is_built() {
    let of = |seconds| PresigningConfig::expires_in(Duration::from_secs(seconds));
    for (seconds, is_valid) in [(0, false), (1, true), (604_800, true), (604_801, false)] {
        assert_eq!(of(seconds).is_ok(), is_valid, "{seconds}");
    }
    let error = PresigningConfig::builder().build().unwrap_err().to_string();
    assert_eq!(
        error,
        "expected `expires_in` from 1 second to 7 days, found none"
    );
}

#[tokio::test]
async fn a_client_presigns_with_its_settings_and_sends_nothing() {
    let replay = ReplayClient::new();
    let expiry = at() + Duration::from_secs(30);
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(credentials)
        .http_client(replay.clone());
    let client = Client::new(
        &SERVICE,
        config
            .endpoint_url("https://tins.example:8443/base")
            .build(),
    );
    let input = GetTinInput {
        name: Some("a".to_owned()),
        colour: None,
    };
    let config = PresigningConfig::builder()
        .expires_in(Duration::from_secs(60))
        .start_time(at())
        .build()
        .unwrap();
    let found = client.presigned(&GET_TIN, &input, config).await.unwrap();
    assert!(
        found
            .uri()
            .starts_with("https://tins.example:8443/base/tins/a?X-Amz-Algorithm="),
        "{}",
        found.uri()
    );
    assert_eq!(found.expires_at(), at() + Duration::from_secs(60));
    assert!(replay.requests().is_empty());

    // What it proves is not shown.
    let shown = format!("{found:?}");
    assert!(shown.contains("https://tins.example:8443/base/tins/a?** redacted **"));
    assert!(
        !shown.contains("Signature") && !shown.contains("AKID"),
        "{shown}"
    );

    // It is invalid as soon as the credentials are.
    let session = Credentials::new("AKIDEXAMPLE", "secret", None).with_expiry(expiry);
    let presigner = Presigner::new(&session, params(), at(), Duration::from_secs(60));
    let found = presigner.presign(&GET_TIN, &input, String::new).unwrap();
    assert_eq!(found.expires_at(), expiry);
}

#[tokio::test]
async fn the_date_is_now_unless_a_start_is_set() {
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None));
    let client = Client::new(&SERVICE, config.http_client(ReplayClient::new()).build());
    let input = GetTinInput {
        name: Some("a".to_owned()),
        colour: None,
    };
    let before = SystemTime::now();
    let seconds = Duration::from_secs(60);
    let found = client.presigned(&GET_TIN, &input, seconds.into()).await;
    let expires_at = found.unwrap().expires_at();
    assert!(expires_at >= before + seconds && expires_at <= SystemTime::now() + seconds);
}
