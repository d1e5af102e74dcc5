//! The constants of generated code for a service and its operations, from which requests are built.

use super::{Extension, Protocol, RegionCopy, RestJson};
use crate::checksum::{Checksum, Validation};
use crate::compression::Compression;
use crate::endpoint::{Endpoint, EndpointError, EndpointParams};
use crate::http_binding::{BuiltRequest, WriteInput};
use crate::retry::{RetryKind, ServiceRetries};
use crate::shape::{BuildError, Member};
use std::time::Duration;

/// The facts that all operations of a service share.
#[derive(Debug)]
pub struct Service {
    /// The model's `serviceId`.
    pub id: &'static str,
    /// The service's name in signatures.
    pub signing_name: &'static str,
    /// Version of the API, as in the model.
    pub api_version: &'static str,
    /// The protocol of requests and responses.
    pub protocol: &'static dyn Protocol,
    /// The service's endpoint rules.
    pub endpoint: fn(&EndpointParams) -> Result<Endpoint, EndpointError>,
    /// Error codes that the model marks `retryable`.
    pub retryable: &'static [(&'static str, RetryKind)],
    /// What the service wants of retries.
    pub retries: ServiceRetries,
    /// Headers of every request; a member that is bound to the same header has priority.
    pub headers: &'static [(&'static str, &'static str)],
    /// What it does beyond its protocol; `None`: nothing.
    pub extension: Option<&'static dyn Extension>,
}

impl Service {
    /// The defaults of a service's constant.
    pub const DEFAULT: Self = Self {
        id: "",
        signing_name: "",
        api_version: "",
        protocol: &RestJson,
        endpoint: no_endpoint,
        retryable: &[],
        retries: ServiceRetries::DEFAULT,
        headers: &[],
        extension: None,
    };
}

fn no_endpoint(_: &EndpointParams) -> Result<Endpoint, EndpointError> {
    Err(EndpointError::new(
        "the service has no endpoint rules: set an endpoint",
    ))
}

/// A scheme by which requests are authorised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthScheme {
    /// AWS Signature Version 4.
    SigV4,
    /// A bearer token (RFC 6750).
    Bearer,
}

/// How the body of a successful response is returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutputBody {
    /// Received as a whole and read into the output.
    Whole,
    /// Returned unread, as a stream of bytes.
    Stream,
    /// Returned unread, as a stream of events.
    Events,
}

/// The fixed parts of an operation's requests.
#[derive(Debug)]
pub struct Operation {
    /// The operation's name in the model.
    pub name: &'static str,
    /// HTTP method.
    pub method: http::Method,
    /// The path with `{label}` and `{greedy+}` labels, and a static query if there is one.
    pub uri: &'static str,
    /// The service it belongs to.
    pub service: &'static Service,
    /// The outermost element of an XML request whose body is the whole input.
    pub root: Member,
    /// Whether the outermost element of an XML response is not the output but its only member.
    pub unwrapped_output: bool,
    /// A prefix of the endpoint's host, with `{label}` labels; `None`: no prefix.
    pub host_prefix: Option<&'static str>,
    /// The schemes that authorise its requests, in order of preference; empty: requests are not authorised.
    pub auth: &'static [AuthScheme],
    /// Whether signatures do not cover the body; its hash is `UNSIGNED-PAYLOAD` then.
    pub unsigned_payload: bool,
    /// How long the service may delay its response (Smithy's `longPoll`); `None`: it does not. Timeouts that are set in
    /// the configuration are not extended.
    pub long_poll: Option<Duration>,
    /// How its larger bodies are compressed; `None`: not compressed.
    pub compression: Option<Compression>,
    /// The checksum that is sent with its bodies; `None`: none.
    pub checksum: Option<Checksum>,
    /// How its responses are validated where the input asks for it; `None`: not at all.
    pub validation: Option<Validation>,
    /// How the body of a successful response is returned.
    pub output_body: OutputBody,
    /// Whether an extension takes a response without the output in its body for an error.
    pub expects_body: bool,
    /// What it copies from another region needs a URL that is presigned there; `None`: it does not.
    pub region_copy: Option<RegionCopy>,
}

impl Operation {
    /// Builds the request for `input`: path and query, headers and body, without host and signature.
    ///
    /// `new_token` makes an idempotency token if the input has none: a text that is unique to the call, such as a UUID
    /// (version 4).
    ///
    /// # Errors
    /// A required member is unset, or a value cannot be expressed in its place.
    pub fn request(
        &self,
        input: &dyn WriteInput,
        new_token: fn() -> String,
    ) -> Result<BuiltRequest, BuildError> {
        self.service
            .protocol
            .request(self, input, new_token)?
            .sized()
    }

    /// The defaults of an operation's constant.
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
        validation: None,
        output_body: OutputBody::Whole,
        expects_body: false,
        region_copy: None,
    };
}
