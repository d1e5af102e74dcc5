//! The runtime of every crate that Tinsmith generates.
//!
//! Generated code is data: the members of shapes, the names of operations. The behaviour is in this crate, in layers;
//! the modules below are listed from the lowest layer up, and each imports only those before it.

// Some parts of the core are used only by the client, by event streams or by one protocol. A build with all features,
// such as that of the tests, finds unused code.
#![cfg_attr(
    not(all(
        feature = "client",
        feature = "event-streams",
        feature = "cbor",
        feature = "query",
        feature = "xml"
    )),
    allow(dead_code, unreachable_pub, unused_imports)
)]

// The parts that generated code uses, without sockets and clocks: building a request and reading a response are pure
// functions over `http::Request` and `http::Response`.
mod shape;

mod codec;

mod error;
mod http_binding;

mod checksum;
mod compression;
#[cfg(feature = "event-streams")]
pub mod event_stream;
mod stream;

pub mod endpoint;
mod paginator;
mod repeat;
pub mod retry;
mod waiter;

mod sign;

mod presign;
pub mod protocol;
mod target;

// The shell: sockets and clocks.
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
pub mod loading;

pub mod codegen;

#[cfg(feature = "checksums")]
pub use checksum::Digest;
pub use checksum::{Checksum, RequestChecksumCalculation, ResponseChecksumValidation, Validation};
pub use codec::Codec;
#[cfg(feature = "xml")]
pub use codec::xml::root_name as xml_root;
pub use compression::Compression;
pub use endpoint::{Endpoint, EndpointError, EndpointParams};
pub use error::{
    ConfigError, CrateError, Error, ErrorAnswer, ErrorKind, Failure, HttpError, HttpErrorKind,
    Source,
};
#[cfg(feature = "event-streams")]
pub use event_stream::{
    EventInput, EventReader, EventStream, EventWriter, ReadEvent, ReadEventStream, UnknownEvent,
};
#[cfg(feature = "event-streams")]
pub use event_stream::{WriteEvent, WriteEventStream};
#[cfg(feature = "event-streams")]
pub use futures_core::Stream;
pub use futures_core::future::BoxFuture;
pub use http::Method;
pub use http_binding::{
    BuiltRequest, ReadOutput, ReadServiceError, RequestWriter, ResponseReader, WireFormat,
    WriteInput,
};
pub use paginator::{
    ItemStream, Items, OnRepeatedToken, PageStream, PageToken, Paginated, Pagination, Paginator,
    TokenPlace,
};
pub use paginator::{PaginatorItems, ResumeToken, Token, TokenError};
pub use presign::{
    PresignedRequest, Presigner, PresigningConfig, PresigningConfigBuilder, PresigningConfigError,
};
pub use protocol::{
    AuthScheme, Elsewhere, ExtendedCall, Extension, Operation, OutputBody, OwnCall, Protocol,
    RegionCopy, Service, SessionScheme, Settings,
};
pub use repeat::{AnswerWithStatus, Repeatable};
pub use retry::{RetryKind, RetryMode, RetryRules, ServiceRetries};
pub use shape::{
    Blob, BuildError, Document, DocumentValueError, Member, Namespace, NextEntry, NextItem,
    NextMember, Number, ReadError, ReadPlace, ReadResult, ReadStructure, ReadUnion, ReadValue,
    ShapeReader, ShapeWriter, Timestamp, TimestampFormat, TimestampParseError, TimestampRangeError,
    UnknownMember, WriteStructure, WriteValue,
};
#[cfg(feature = "event-streams")]
pub use sign::EventSigner;
pub use sign::{
    BearerToken, Credentials, SignError, SignedPayload, Signer, SigningKeys, SigningSettings,
    TextScope, TokenNames,
};
pub use stream::{Body, ByteStream, RequestBody, RequestEvents, StreamError};
pub use waiter::jmespath;
pub use waiter::{Acceptor, Outcome, Waited, Waiter, WaiterError, WaiterErrorKind, WaiterPlan};

#[cfg(feature = "client")]
pub use client::config::{Config, ConfigBuilder};
#[cfg(feature = "aws-credential-types")]
pub use client::credentials::AwsCredentialTypes;
#[cfg(feature = "client")]
pub use client::credentials::{CredentialsError, ProvideCredentials};
#[cfg(feature = "client")]
pub use client::http_client::{HttpClient, SendOptions};
#[cfg(feature = "hyper")]
pub use client::hyper_client::{HyperClient, HyperClientBuilder};
#[cfg(feature = "client")]
pub use client::{
    ByteStreamReader, Call, Client, Explained, Explanation, Sending, Unsigned, replay,
};
