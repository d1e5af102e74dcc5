//! CBOR, as the runtime has it: through a request and a response.

use bytes::Bytes;
use tinsmith_runtime::protocol::RpcV2Cbor;
use tinsmith_runtime::{
    BuildError, Operation, ReadResult, ReadStructure, ResponseReader, Service, WriteStructure,
};

use crate::input::Input;
use crate::json_service::{new_token, whole};

const PROTOCOL: RpcV2Cbor = RpcV2Cbor {
    service: "Sample",
    query_compatible: false,
};

const OPERATION: Operation = Operation {
    name: "PutSample",
    service: &Service {
        protocol: &PROTOCOL,
        ..Service::DEFAULT
    },
    ..Operation::DEFAULT
};

/// The CBOR of a shape.
pub(crate) fn write(shape: &(impl WriteStructure + Sync)) -> Result<Vec<u8>, BuildError> {
    let request = OPERATION.request(&Input(shape), new_token)?;
    Ok(whole(request).into_body().to_vec())
}

/// The shape in a CBOR data item.
pub(crate) fn read<T: ReadStructure + Default>(bytes: &[u8]) -> ReadResult<T> {
    let response = http::Response::new(Bytes::copy_from_slice(bytes));
    let mut shape = T::default();
    ResponseReader::new(&PROTOCOL, &response).body(&mut shape)?;
    Ok(shape)
}
