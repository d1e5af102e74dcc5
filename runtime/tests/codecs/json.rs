//! JSON, as the runtime has it: through a request and a response.

use bytes::Bytes;
use tinsmith_runtime::protocol::RestJson;
use tinsmith_runtime::{ReadResult, ReadStructure, ResponseReader, WriteStructure};

use crate::input::Input;
use crate::json_service::{OPERATION, new_token, whole};

/// The JSON of a shape.
pub(crate) fn write(shape: &(impl WriteStructure + Sync)) -> String {
    let request = OPERATION.request(&Input(shape), new_token).unwrap();
    String::from_utf8(whole(request).into_body().to_vec()).unwrap()
}

/// The shape in a JSON text.
pub(crate) fn read<T: ReadStructure + Default>(json: &str) -> ReadResult<T> {
    let response = http::Response::new(Bytes::copy_from_slice(json.as_bytes()));
    let mut shape = T::default();
    ResponseReader::new(&RestJson, &response).body(&mut shape)?;
    Ok(shape)
}
