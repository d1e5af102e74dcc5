//! Shapes, operations and errors as the generator writes them, with one of everything.

use std::collections::BTreeMap;

use tinsmith_runtime::protocol::{AwsJson, RestJson};
use tinsmith_runtime::{
    AuthScheme, Blob, BuiltRequest, Document, Endpoint, EndpointError, EndpointParams, Method,
    Operation, ReadError, ReadOutput, ReadServiceError, RequestWriter, ResponseReader, Service,
    Timestamp, WriteInput, WriteStructure,
};

/// The idempotency token of every request that leaves it open.
pub(crate) fn new_token() -> String {
    "fresh".to_owned()
}

/// A request whose body is in memory.
pub(crate) fn whole(request: BuiltRequest) -> http::Request<bytes::Bytes> {
    let body = request.body.as_bytes().cloned();
    http::Request::from_parts(request.head, body.unwrap_or_default())
}

tinsmith_runtime::open_enum! {
    /// A platform.
    pub enum Platform {
        Windows = "Windows",
        Linux = "Linux",
        MacOs = "macOS",
    }
}

tinsmith_runtime::structure! {
    /// One member of each kind.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Sample: read write {
        pub text: Option<String> = "text",
        pub flag: Option<bool> = "flag",
        pub byte: Option<i8> = "byte",
        pub int: Option<i32> = "int",
        pub long: Option<i64> = "long",
        pub float: Option<f32> = "float",
        pub double: Option<f64> = "double",
        pub blob: Option<Blob> = "blob",
        pub when: Option<Timestamp> = "when",
        pub dates: Option<Vec<Timestamp>> = "dates" date_time,
        pub http_date: Option<Timestamp> = "httpDate" http_date,
        pub platform: Option<Platform> = "platform",
        pub tags: Option<BTreeMap<String, String>> = "tags",
        pub by_platform: Option<BTreeMap<Platform, i32>> = "byPlatform",
        pub names: Option<Vec<String>> = "names",
        pub sparse: Option<Vec<Option<String>>> = "sparse",
        pub sparse_map: Option<BTreeMap<String, Option<i32>>> = "sparseMap",
        pub children: Option<Vec<Sample>> = "children",
        pub nested: Option<Box<Sample>> = "nested",
        pub choice: Option<Choice> = "choice",
        pub document: Option<Document> = "document",
    }
}

tinsmith_runtime::union! {
    /// One of several.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Choice: read write {
        S(String) = "S" as_s is_s,
        L(Vec<Choice>) = "L" as_l is_l,
        Filter(Filter) = "Filter" as_filter is_filter,
    }
}

tinsmith_runtime::structure! {
    /// A structure with a required member.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Filter: read write {
        pub name: Option<String> = "name" required,
    }
}

impl ReadOutput for Sample {}

impl WriteInput for Sample {}

/// An input that any closure writes, for one binding at a time.
pub(crate) struct Input<F>(pub(crate) F);

impl<F> WriteStructure for Input<F> {}

impl<F: Fn(&mut RequestWriter) + Send + Sync> WriteInput for Input<F> {
    fn write_request(&self, request: &mut RequestWriter) {
        self.0(request);
    }
}

tinsmith_runtime::structure! {
    /// An exception with a header.
    #[derive(Clone, Debug, PartialEq)]
    pub struct ForbiddenException: read {
        pub message: Option<String> = "message",
        pub retry_after: Option<i32>,
    }
}

impl ReadOutput for ForbiddenException {
    fn read_response(&mut self, response: &ResponseReader<'_>) -> Result<(), ReadError> {
        self.retry_after = response.header("X-Retry")?;
        response.body(self)
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(crate) enum ServiceError {
    ForbiddenException(ForbiddenException),
}

impl ReadServiceError for ServiceError {
    fn read_error(code: &str, response: &ResponseReader<'_>) -> Option<Result<Self, ReadError>> {
        Some(match code {
            "ForbiddenException" => response.error().map(Self::ForbiddenException),
            _ => return None,
        })
    }
}

fn resolve(_: &EndpointParams) -> Result<Endpoint, EndpointError> {
    Ok(Endpoint::new("https://sample.example"))
}

pub(crate) const SERVICE: Service = Service {
    id: "sample",
    signing_name: "sample",
    api_version: "2019-12-02",
    protocol: &RestJson,
    endpoint: resolve,
    retryable: &[],
    ..Service::DEFAULT
};

pub(crate) const JSON_SERVICE: Service = Service {
    protocol: &AwsJson {
        query_compatible: false,
        version: "1.1",
        target_prefix: "Sample_20191202",
    },
    ..SERVICE
};

/// As in generated code, where `&OPERATION` must live for ever.
pub(crate) const OPERATION: Operation = Operation {
    name: "PutSample",
    method: Method::PUT,
    uri: "/PutSample",
    service: &SERVICE,
    auth: &[AuthScheme::SigV4],
    ..Operation::DEFAULT
};

pub(crate) fn forever() -> &'static Operation {
    &OPERATION
}
