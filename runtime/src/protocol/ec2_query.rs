//! `aws.protocols#ec2Query`: the query protocol with other names and other lists, and with outputs that have no
//! wrapper.

use super::aws_query::{FORM, form_request, in_query};
use super::{Operation, Protocol, xml_error};
use crate::codec::Codec;
use crate::codec::form::{Flavor, Form};
use crate::error::ErrorAnswer;
use crate::http_binding::{BuiltRequest, WireFormat, WriteInput};
use crate::shape::BuildError;
use bytes::Bytes;
use std::borrow::Cow;

/// The protocol `ec2`.
#[derive(Clone, Copy, Debug)]
pub struct Ec2Query;

impl WireFormat for Ec2Query {
    fn codec(&self) -> &'static dyn Codec {
        &Form(Flavor::Ec2)
    }

    fn media_type(&self) -> Cow<'static, str> {
        Cow::Borrowed(FORM)
    }

    fn has_initial_messages(&self) -> bool {
        true
    }

    fn error(&self, response: &http::Response<Bytes>) -> ErrorAnswer {
        xml_error::error(response)
    }
}

impl Protocol for Ec2Query {
    fn name(&self) -> &'static str {
        "aws.protocols#ec2Query"
    }

    fn request(
        &'static self,
        operation: &Operation,
        input: &dyn WriteInput,
        new_token: fn() -> String,
    ) -> Result<BuiltRequest, BuildError> {
        form_request(self, operation, input, new_token)
    }

    fn prepare_to_presign(&self, request: &mut BuiltRequest) -> Result<(), BuildError> {
        in_query(request)
    }
}
