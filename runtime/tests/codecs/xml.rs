//! XML, as the runtime has it: through a request and a response of `rest-xml`.

use bytes::Bytes;
use tinsmith_runtime::protocol::RestXml;
use tinsmith_runtime::{
    BuildError, Member, Operation, Protocol, ReadResult, ReadValue, ResponseReader, WriteStructure,
};

use crate::input::Input;
use crate::json_service::{new_token, whole};

/// The XML of a shape, in an element of this name.
pub(crate) fn write(
    shape: &(dyn WriteStructure + Sync),
    root: &'static str,
) -> Result<String, BuildError> {
    write_with(shape, Member::new(root))
}

/// The XML of a shape, in an element with this name and namespace.
pub(crate) fn write_with(
    shape: &(dyn WriteStructure + Sync),
    root: Member,
) -> Result<String, BuildError> {
    let operation = Operation {
        root,
        ..Operation::DEFAULT
    };
    let request = whole(RestXml.request(&operation, &Input(shape), new_token)?);
    Ok(String::from_utf8(request.into_body().to_vec()).unwrap())
}

/// The shape in an XML text, whatever its outermost element is called.
pub(crate) fn read<T: ReadValue>(bytes: &[u8]) -> ReadResult<T> {
    let response = http::Response::new(Bytes::copy_from_slice(bytes));
    let read = ResponseReader::new(&RestXml, &response).payload_value("");
    read.map(|value| value.expect("a value, as the body is not empty"))
}
