//! Protocols, and the constants of generated code for a service and its operations.
//!
//! A service's constant refers to its protocol, so that a client only links the protocol that it uses. Code outside of
//! this module does not depend on which protocol it is.

mod aws_json;
#[cfg(feature = "query")]
mod aws_query;
#[cfg(feature = "query")]
mod ec2_query;
mod error_fields;
mod error_text;
mod extension;
mod json_error;
mod operation;
mod region_copy;
mod rest;
mod rest_json;
#[cfg(feature = "xml")]
mod rest_xml;
mod rpc;
#[cfg(feature = "cbor")]
mod rpc_v2_cbor;
#[cfg(feature = "xml")]
mod xml_error;

pub use aws_json::AwsJson;
#[cfg(feature = "query")]
pub use aws_query::AwsQuery;
#[cfg(feature = "query")]
pub use ec2_query::Ec2Query;
pub use extension::{Elsewhere, ExtendedCall, Extension, OwnCall, SessionScheme, Settings};
pub use operation::{AuthScheme, Operation, OutputBody, Service};
pub use region_copy::RegionCopy;
pub use rest_json::RestJson;
#[cfg(feature = "xml")]
pub use rest_xml::RestXml;
#[cfg(feature = "cbor")]
pub use rpc_v2_cbor::RpcV2Cbor;

use crate::error::ErrorAnswer;
use crate::http_binding::{BuiltRequest, ReadOutput, ResponseReader, WireFormat, WriteInput};
use crate::shape::{BuildError, ReadResult};
use bytes::Bytes;
use http::StatusCode;

/// Converts inputs to requests, and responses to outputs.
pub trait Protocol: WireFormat {
    /// The name of the protocol's trait in Smithy.
    fn name(&self) -> &'static str;

    /// Builds the request of `operation` for `input`; see [`Operation::request`].
    ///
    /// # Errors
    /// A required member is unset, or a value cannot be expressed in its place.
    fn request(
        &'static self,
        operation: &Operation,
        input: &dyn WriteInput,
        new_token: fn() -> String,
    ) -> Result<BuiltRequest, BuildError>;

    /// Changes a request to the form in which it is presigned: by default it stays as it is. A form moves to the query, so
    /// that the URL is the whole request.
    ///
    /// # Errors
    /// The result is not a valid request.
    fn prepare_to_presign(&self, request: &mut BuiltRequest) -> Result<(), BuildError> {
        let _ = request;
        Ok(())
    }

    /// Whether a response with this status is a success; otherwise it is an error of the service.
    fn is_success(&self, status: StatusCode) -> bool {
        status.is_success()
    }

    /// The error in a response that is not a success: what [`WireFormat::error`] reads from its body, unless the head
    /// shows that it is not from the service.
    fn error_of(&self, response: &http::Response<Bytes>) -> ErrorAnswer {
        self.error(response)
    }

    /// Reads the output of `operation`.
    ///
    /// # Errors
    /// The response does not match the model.
    fn read_output(
        &self,
        operation: &Operation,
        response: ResponseReader<'_>,
        output: &mut dyn ReadOutput,
    ) -> ReadResult {
        let _ = operation;
        output.read_response(&response)
    }
}
