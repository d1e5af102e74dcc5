//! `aws.protocols#restXml`: members are bound to methods, paths, headers and status codes; bodies are XML.

use super::{Operation, Protocol, rest, xml_error};
use crate::codec::Codec;
use crate::codec::xml::Xml;
use crate::error::ErrorAnswer;
use crate::http_binding::{BuiltRequest, ReadOutput, ResponseReader, WireFormat, WriteInput};
use crate::shape::{BuildError, ReadResult};
use bytes::Bytes;
use std::borrow::Cow;

/// The protocol `rest-xml`.
#[derive(Clone, Copy, Debug)]
pub struct RestXml;

impl WireFormat for RestXml {
    fn codec(&self) -> &'static dyn Codec {
        &Xml::Root
    }

    fn media_type(&self) -> Cow<'static, str> {
        Cow::Borrowed("application/xml")
    }

    fn sends_unset_payloads(&self) -> bool {
        false
    }

    fn has_initial_messages(&self) -> bool {
        false
    }

    fn error(&self, response: &http::Response<Bytes>) -> ErrorAnswer {
        xml_error::error(response)
    }
}

impl Protocol for RestXml {
    fn name(&self) -> &'static str {
        "aws.protocols#restXml"
    }

    fn request(
        &'static self,
        operation: &Operation,
        input: &dyn WriteInput,
        new_token: fn() -> String,
    ) -> Result<BuiltRequest, BuildError> {
        rest::request(self, operation, input, new_token)
    }

    fn read_output(
        &self,
        operation: &Operation,
        response: ResponseReader<'_>,
        output: &mut dyn ReadOutput,
    ) -> ReadResult {
        match operation.unwrapped_output {
            true => output.read_response(&response.with_codec(&Xml::OfMember)),
            false => output.read_response(&response),
        }
    }
}
