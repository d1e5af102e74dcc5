//! What the protocols have in common that name the operation and put all members into the body, in whatever codec.

use super::Operation;
use crate::http_binding::{Binding, BuiltRequest, RequestWriter, WireFormat, WriteInput};
use crate::shape::BuildError;
use http::Method;

/// A POST to `path`, with headers that no member can set. There is a body even where there is no input.
pub(super) fn request(
    format: &'static dyn WireFormat,
    operation: &Operation,
    input: &dyn WriteInput,
    new_token: fn() -> String,
    path: &str,
    headers: &[(&str, String)],
) -> Result<BuiltRequest, BuildError> {
    let mut writer = written(format, operation, input, new_token, headers);
    writer.require_body();
    finish(writer, operation, path)
}

/// The same, with a body only where there is an input.
#[cfg(feature = "cbor")]
pub(super) fn request_of_input(
    format: &'static dyn WireFormat,
    operation: &Operation,
    input: &dyn WriteInput,
    new_token: fn() -> String,
    path: &str,
    headers: &[(&str, String)],
) -> Result<BuiltRequest, BuildError> {
    let writer = written(format, operation, input, new_token, headers);
    finish(writer, operation, path)
}

fn written(
    format: &'static dyn WireFormat,
    operation: &Operation,
    input: &dyn WriteInput,
    new_token: fn() -> String,
    headers: &[(&str, String)],
) -> RequestWriter {
    let mut writer = RequestWriter::new(format, operation.root, new_token);
    input.write_request(&mut writer);
    for (name, value) in headers {
        writer.set_header(name, Ok(value.clone()));
    }
    writer
}

fn finish(
    writer: RequestWriter,
    operation: &Operation,
    path: &str,
) -> Result<BuiltRequest, BuildError> {
    writer.finish(Binding {
        method: &Method::POST,
        uri: path,
        host_prefix: operation.host_prefix,
        headers: operation.service.headers,
    })
}
