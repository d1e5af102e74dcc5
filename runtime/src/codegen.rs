//! Everything that generated code imports from this crate, and what its macros expand to.
//!
//! This module is for generated code only. Its names may change with any version of the generator; programs use the
//! names at the root of this crate.

mod contract;
pub mod paths;

#[cfg(feature = "event-streams")]
pub use crate::event_stream::{
    EventInput, EventReader, EventStream, EventWriter, ReadEvent, ReadEventStream, UnknownEvent,
    WriteEvent, WriteEventStream,
};
#[cfg(feature = "event-streams")]
pub use futures_core::Stream;

#[cfg(feature = "client")]
pub use crate::call;
pub use crate::checksum::{Checksum, Validation};
#[cfg(feature = "client")]
pub use crate::client::config::Config;
#[cfg(feature = "client")]
pub use crate::client::{Call, Client as RuntimeClient, Sending};
pub use crate::compression::Compression;
pub use crate::endpoint::{
    Arn, ContextValue, Endpoint, EndpointContext, EndpointError, EndpointParams, ParsedUrl,
    Partition, is_valid_host_label, is_virtual_hostable_s3_bucket, parse_arn, parse_url, partition,
    substring, uri_encode,
};
pub use crate::error::{
    ConfigError, CrateError, Error as CallError, ErrorKind, ErrorOfCall, ExceptionMetadata,
    Failure, HttpResponse, ProvideErrorMetadata, Unhandled,
};
pub use crate::http_binding::{
    ReadOutput, ReadServiceError, RequestWriter, ResponseReader, WriteInput,
};
pub use crate::paginator::{
    Items, OnRepeatedToken, PageToken, Paginated, Pagination, Paginator, ResumeToken, Token,
    TokenError,
};
pub use crate::presign::{PresignedRequest, PresigningConfig};
#[cfg(feature = "xml")]
pub use crate::protocol::RestXml;
#[cfg(feature = "cbor")]
pub use crate::protocol::RpcV2Cbor;
pub use crate::protocol::{
    AuthScheme, AwsJson, ExtendedCall, Extension, Operation, OutputBody, RegionCopy, RestJson,
    Service,
};
#[cfg(feature = "query")]
pub use crate::protocol::{AwsQuery, Ec2Query};
pub use crate::repeat::{AnswerWithStatus, Repeatable};
pub use crate::retry::{RetryKind, ServiceRetries};
pub use crate::shape::{
    Blob, Document, ExactItems, ExactOption, Get, GetOption, Getter, IntoEntries, IntoItems,
    IntoOption, Member, ReadError, ReadPlace, ReadResult, ReadStructure, ReadUnion, ReadValue,
    ShapeReader, ShapeWriter, Timestamp, UnknownMember, Unset, WriteStructure, WriteValue,
};
pub use crate::stream::{ByteStream, StreamError};
pub use crate::waiter::{Acceptor, Outcome, Waited, Waiter, WaiterError, WaiterPlan, jmespath};
pub use crate::{
    generated_for_contract, open_enum, service_errors, setters, structure, union, union_from,
    union_variants,
};
pub use futures_core::future::BoxFuture;
pub use http::Method;

#[doc(hidden)]
pub use crate::shape::{Wire, call_of, read_wire, wire};
