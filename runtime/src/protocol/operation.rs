//! What generated code says of a service and of an operation: constants, from which requests are built.

use super::{Protocol, RestJson};
use crate::checksum::Checksum;
use crate::compression::Compression;
use crate::endpoint::{Endpoint, EndpointError, EndpointParams};
use crate::http_binding::{BuiltRequest, WriteInput};
use crate::retry::RetryKind;
use crate::shape::{BuildError, Member};
use std::time::Duration;

/// What is true of all operations of a service.
#[derive(Debug)]
pub struct Service {
    /// The model's `serviceId`.
    pub id: &'static str,
    /// The service's name in signatures.
    pub signing_name: &'static str,
    /// Version of the API, as in the model.
    pub api_version: &'static str,
    /// How inputs and outputs look on the wire.
    pub protocol: &'static dyn Protocol,
    /// The service's endpoint rules.
    pub endpoint: fn(&EndpointParams) -> Result<Endpoint, EndpointError>,
    /// Error codes that the model marks `retryable`.
    pub retryable: &'static [(&'static str, RetryKind)],
    /// Headers of every request, as the service wants them; a member that is bound to one of them wins.
    pub headers: &'static [(&'static str, &'static str)],
}

impl Service {
    /// What a constant of a service is completed with.
    pub const DEFAULT: Self = Self {
        id: "",
        signing_name: "",
        api_version: "",
        protocol: &RestJson,
        endpoint: no_endpoint,
        retryable: &[],
        headers: &[],
    };
}

fn no_endpoint(_: &EndpointParams) -> Result<Endpoint, EndpointError> {
    Err(EndpointError::new(
        "the service has no endpoint rules: set an endpoint",
    ))
}

/// A way of authorising a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthScheme {
    /// AWS Signature Version 4.
    SigV4,
    /// A bearer token (RFC 6750).
    Bearer,
}

/// What becomes of the body of a successful response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutputBody {
    /// It is received whole and read.
    Whole,
    /// It is handed out unread, as a stream of bytes.
    Stream,
    /// It is handed out unread, as a stream of events.
    Events,
}

/// What is fixed of an operation's requests.
#[derive(Debug)]
pub struct Operation {
    /// The operation's name in the model.
    pub name: &'static str,
    /// HTTP method.
    pub method: http::Method,
    /// Path with `{label}` and `{greedy+}` labels, and a static query if any.
    pub uri: &'static str,
    /// The service it belongs to.
    pub service: &'static Service,
    /// What the body of a request is called where it is the input itself, in XML: the outermost element.
    pub root: Member,
    /// Whether the outermost element of a response in XML is not the output but its one member.
    pub unwrapped_output: bool,
    /// What stands before the endpoint's host, with `{label}` labels; `None`: nothing.
    pub host_prefix: Option<&'static str>,
    /// The ways of authorising its requests, most wanted first; none: they are sent without.
    pub auth: &'static [AuthScheme],
    /// Whether a signature leaves out the body: its hash is given as `UNSIGNED-PAYLOAD`.
    pub unsigned_payload: bool,
    /// How long the service may take to answer, because it waits for something to tell (Smithy's `longPoll`); `None`: it
    /// answers at once. Timeouts that are set in the configuration hold all the same.
    pub long_poll: Option<Duration>,
    /// How its larger bodies are compressed; `None`: not at all.
    pub compression: Option<Compression>,
    /// Which checksum goes out with its bodies; `None`: none.
    pub checksum: Option<Checksum>,
    /// What becomes of the body of a successful response.
    pub output_body: OutputBody,
}

impl Operation {
    /// Builds the request for `input`: path and query, headers and body, without host and signature.
    ///
    /// `new_token` makes an idempotency token, where the input leaves one open: a text that no other call has, such as a UUID
    /// (version 4).
    ///
    /// # Errors
    /// If a required member is unset, or a value cannot be expressed where it belongs.
    pub fn request(
        &self,
        input: &dyn WriteInput,
        new_token: fn() -> String,
    ) -> Result<BuiltRequest, BuildError> {
        self.service.protocol.request(self, input, new_token)
    }

    /// What a constant of an operation is completed with.
    pub const DEFAULT: Self = Self {
        name: "",
        method: http::Method::POST,
        uri: "/",
        service: &Service::DEFAULT,
        root: Member::new(""),
        unwrapped_output: false,
        host_prefix: None,
        auth: &[AuthScheme::SigV4],
        unsigned_payload: false,
        long_poll: None,
        compression: None,
        checksum: None,
        output_body: OutputBody::Whole,
    };
}
