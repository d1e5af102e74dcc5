//! What every crate that Tinsmith generates runs on.
//!
//! Generated code is data: which members a shape has, what an operation is called. What is done with it is here.
//! The core, which this list begins with, knows neither sockets nor clocks: building a request and reading a response
//! are pure functions over [`http::Request`] and [`http::Response`].

mod base_url;
mod bearer;
mod blob;
mod checksum;
mod compression;
mod decimal;
mod document;
pub mod endpoint;
mod error;
#[cfg(feature = "event-streams")]
pub mod event_stream;
mod http_binding;
pub mod jmespath;
mod json;
mod open_enum;
mod operation;
mod paginator;
mod shape;
mod timestamp;
mod union;
mod value;

pub use bearer::BearerToken;
pub use blob::Blob;
pub use checksum::Checksum;
pub use compression::Compression;
pub use document::{Document, DocumentValueError, Number};
pub use endpoint::{Endpoint, EndpointError, EndpointParams};
pub use error::{BuildError, Error, ErrorKind, Failure, ReadError, Source};
#[cfg(feature = "event-streams")]
pub use event_stream::{
    EventInput, EventReader, EventStream, EventWriter, ReadEvent, ReadEventStream, UnknownEvent,
};
#[cfg(feature = "event-streams")]
pub use event_stream::{WriteEvent, WriteEventStream};
#[cfg(feature = "event-streams")]
pub use futures_core::Stream;
pub use http::Method;
pub use http_binding::{
    HostPrefix, ReadOutput, ReadServiceError, RequestWriter, ResponseReader, WriteInput,
};
pub use operation::{Auth, Bearer, Operation, Protocol, RetryKind, Service};
pub use paginator::{
    ItemStream, Items, OnRepeatedToken, PageStream, Paginated, Pagination, Paginator,
};
pub use paginator::{PaginatorItems, ResumeToken, Token, TokenError};
pub use shape::{
    EntryFn, ItemFn, Natural, ReadResult, ReadStructure, ReadUnion, ReadValue, ShapeReader,
    ShapeWriter, VariantFn,
};
pub use shape::{WriteStructure, WriteUnion, WriteValue};
pub use timestamp::{DateTime, EpochSeconds, HttpDate, Timestamp, TimestampForm, TimestampFormat};
pub use timestamp::{TimestampParseError, TimestampRangeError};
pub use union::UnknownMember;

// The async shell: sockets, clocks, files.
mod body;
mod byte_stream;
mod client;
mod config;
mod credentials;
mod environment;
mod http_client;
#[cfg(feature = "hyper")]
mod hyper_client;
mod profile;
mod region;
pub mod replay;
pub mod retry;
mod secret;
mod settings;
mod sign;
mod sso_token;
mod waiter;

pub use body::Body;
pub use byte_stream::{ByteStream, ByteStreamReader, StreamError};
pub use client::Client;
pub use config::{Config, ConfigBuilder, ConfigError};
#[cfg(feature = "aws-credential-types")]
pub use credentials::AwsCredentialTypes;
pub use credentials::{Credentials, CredentialsError, ProvideCredentials};
pub use environment::Environment;
pub use futures_core::future::BoxFuture;
pub use http_client::{HttpClient, HttpError, HttpErrorKind, SendOptions};
#[cfg(feature = "hyper")]
pub use hyper_client::{HyperClient, HyperClientBuilder};
pub use retry::RetryMode;
pub use sign::{SignError, SignedPayload, sign};
pub use waiter::{
    Acceptor, AnswerWithStatus, Outcome, Waitable, Waited, Waiter, WaiterError, WaiterErrorKind,
    WaiterPlan,
};

/// What the macros of this crate expand to calls of; no part of its interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::open_enum::{Wire, read_wire, wire};
    pub use crate::union::read_union;
}
