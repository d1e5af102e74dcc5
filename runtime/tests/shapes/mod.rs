//! Shapes, operations and errors as the generator writes them, with one of everything.
#![allow(dead_code, reason = "each test file uses some of them")]

use std::collections::BTreeMap;

use tinsmith_runtime::{
    AuthScheme, Blob, BuiltRequest, DateTime, Document, Endpoint, EndpointError, EndpointParams,
    HttpDate, Method, Operation, Protocol, ReadError, ReadOutput, ReadServiceError, ReadStructure,
    ReadUnion, RequestWriter, ResponseReader, Service, ShapeReader, ShapeWriter, Timestamp,
    UnknownMember, WriteInput, WriteStructure, WriteUnion,
};

/// The idempotency token of every request that leaves it open.
pub(crate) fn new_token() -> String {
    "fresh".to_owned()
}

/// A request whose body is in memory.
pub(crate) fn whole(request: BuiltRequest) -> http::Request<bytes::Bytes> {
    let body = request.body.as_bytes().cloned();
    http::Request::from_parts(request.head, body.expect("a body in memory"))
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub(crate) enum Platform {
    Windows,
    Linux,
    MacOs,
    Unknown(String),
}

const KNOWN: &[(&str, Platform)] = &[
    ("Windows", Platform::Windows),
    ("Linux", Platform::Linux),
    ("macOS", Platform::MacOs),
];

tinsmith_runtime::open_enum!(Platform, KNOWN);

/// One member of each kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sample {
    pub(crate) text: Option<String>,
    pub(crate) flag: Option<bool>,
    pub(crate) byte: Option<i8>,
    pub(crate) int: Option<i32>,
    pub(crate) long: Option<i64>,
    pub(crate) float: Option<f32>,
    pub(crate) double: Option<f64>,
    pub(crate) blob: Option<Blob>,
    pub(crate) when: Option<Timestamp>,
    pub(crate) dates: Option<Vec<Timestamp>>,
    pub(crate) http_date: Option<Timestamp>,
    pub(crate) platform: Option<Platform>,
    pub(crate) tags: Option<BTreeMap<String, String>>,
    pub(crate) by_platform: Option<BTreeMap<Platform, i32>>,
    pub(crate) names: Option<Vec<String>>,
    pub(crate) sparse: Option<Vec<Option<String>>>,
    pub(crate) sparse_map: Option<BTreeMap<String, Option<i32>>>,
    pub(crate) children: Option<Vec<Sample>>,
    pub(crate) nested: Option<Box<Sample>>,
    pub(crate) choice: Option<Choice>,
    pub(crate) document: Option<Document>,
}

impl ReadStructure for Sample {
    fn read_member(&mut self, member: &str, reader: &mut dyn ShapeReader) -> Result<(), ReadError> {
        match member {
            "text" => reader.member(&mut self.text)?,
            "flag" => reader.member(&mut self.flag)?,
            "byte" => reader.member(&mut self.byte)?,
            "int" => reader.member(&mut self.int)?,
            "long" => reader.member(&mut self.long)?,
            "float" => reader.member(&mut self.float)?,
            "double" => reader.member(&mut self.double)?,
            "blob" => reader.member(&mut self.blob)?,
            "when" => reader.member(&mut self.when)?,
            "dates" => reader.member_as::<DateTime, _>(&mut self.dates)?,
            "httpDate" => reader.member_as::<HttpDate, _>(&mut self.http_date)?,
            "platform" => reader.member(&mut self.platform)?,
            "tags" => reader.member(&mut self.tags)?,
            "byPlatform" => reader.member(&mut self.by_platform)?,
            "names" => reader.member(&mut self.names)?,
            "sparse" => reader.member(&mut self.sparse)?,
            "sparseMap" => reader.member(&mut self.sparse_map)?,
            "children" => reader.member(&mut self.children)?,
            "nested" => reader.boxed(&mut self.nested)?,
            "choice" => reader.member(&mut self.choice)?,
            "document" => reader.member(&mut self.document)?,
            _ => reader.skip()?,
        }
        Ok(())
    }
}

impl WriteStructure for Sample {
    fn write_members(&self, writer: &mut dyn ShapeWriter) {
        writer.member("text", &self.text);
        writer.member("flag", &self.flag);
        writer.member("byte", &self.byte);
        writer.member("int", &self.int);
        writer.member("long", &self.long);
        writer.member("float", &self.float);
        writer.member("double", &self.double);
        writer.member("blob", &self.blob);
        writer.member("when", &self.when);
        writer.member_as::<DateTime>("dates", &self.dates);
        writer.member_as::<HttpDate>("httpDate", &self.http_date);
        writer.member("platform", &self.platform);
        writer.member("tags", &self.tags);
        writer.member("byPlatform", &self.by_platform);
        writer.member("names", &self.names);
        writer.member("sparse", &self.sparse);
        writer.member("sparseMap", &self.sparse_map);
        writer.member("children", &self.children);
        writer.member("nested", &self.nested);
        writer.member("choice", &self.choice);
        writer.member("document", &self.document);
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Choice {
    S(String),
    L(Vec<Choice>),
    Filter(Filter),
    Unknown(UnknownMember),
}

impl ReadUnion for Choice {
    fn read_variant(member: &str, reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
        Ok(match member {
            "S" => Self::S(reader.value()?),
            "L" => Self::L(reader.value()?),
            "Filter" => Self::Filter(reader.value()?),
            _ => Self::Unknown(UnknownMember::read(member, reader)?),
        })
    }
}

impl WriteUnion for Choice {
    fn write_variant(&self, writer: &mut dyn ShapeWriter) {
        match self {
            Self::S(value) => writer.member("S", value),
            Self::L(value) => writer.member("L", value),
            Self::Filter(value) => writer.member("Filter", value),
            Self::Unknown(value) => value.write(writer),
        }
    }
}

tinsmith_runtime::union_value!(Choice);

/// A structure with a required member.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Filter {
    pub(crate) name: Option<String>,
}

impl ReadStructure for Filter {
    fn read_member(&mut self, member: &str, reader: &mut dyn ShapeReader) -> Result<(), ReadError> {
        match member {
            "name" => reader.member(&mut self.name)?,
            _ => reader.skip()?,
        }
        Ok(())
    }
}

impl WriteStructure for Filter {
    fn write_members(&self, writer: &mut dyn ShapeWriter) {
        writer.required("name", &self.name);
    }
}

impl ReadOutput for Sample {
    fn read_response(&mut self, response: &ResponseReader<'_>) -> Result<(), ReadError> {
        response.body(self)
    }
}

impl WriteInput for Sample {
    fn write_request(&self, request: &mut RequestWriter) {
        request.body(self);
    }
}

/// An input that any closure writes, for one binding at a time.
pub(crate) struct Input<F>(pub(crate) F);

impl<F: Fn(&mut RequestWriter) + Send + Sync> WriteInput for Input<F> {
    fn write_request(&self, request: &mut RequestWriter) {
        self.0(request);
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ForbiddenException {
    pub(crate) message: Option<String>,
    pub(crate) retry_after: Option<i32>,
}

impl ReadOutput for ForbiddenException {
    fn read_response(&mut self, response: &ResponseReader<'_>) -> Result<(), ReadError> {
        self.retry_after = response.header("X-Retry")?;
        response.body(self)
    }
}

impl ReadStructure for ForbiddenException {
    fn read_member(&mut self, member: &str, reader: &mut dyn ShapeReader) -> Result<(), ReadError> {
        match member {
            "message" => reader.member(&mut self.message)?,
            _ => reader.skip()?,
        }
        Ok(())
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
    protocol: Protocol::RestJson,
    endpoint: resolve,
    retryable: &[],
    ..Service::DEFAULT
};

pub(crate) const JSON_SERVICE: Service = Service {
    protocol: Protocol::AwsJson {
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
