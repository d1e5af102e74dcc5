//! Bodies of responses in CBOR, read as shapes of every kind.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use tinsmith_runtime::protocol::{Protocol, RpcV2Cbor};
use tinsmith_runtime::{Document, ReadOutput, ResponseReader};

static PROTOCOL: RpcV2Cbor = RpcV2Cbor {
    service: "Fuzz",
    query_compatible: false,
};

/// Reads one output. An error is put into words as well, which go through text that came in.
fn read<T: ReadOutput + Default>(reader: &ResponseReader<'_>) {
    let mut output = T::default();
    if let Err(error) = output.read_response(reader) {
        assert!(!error.to_string().is_empty());
    }
}

fuzz_target!(|body: &[u8]| {
    let mut response = http::Response::new(Bytes::copy_from_slice(body));
    let header = http::HeaderValue::from_static("rpc-v2-cbor");
    response.headers_mut().insert("smithy-protocol", header);
    let reader = ResponseReader::new(&PROTOCOL, &response);
    read::<golden_collections::operation::put_collections::PutCollectionsOutput>(&reader);
    read::<golden_recursion::operation::put_tree::PutTreeOutput>(&reader);
    read::<golden_scalars::operation::put_scalars::PutScalarsOutput>(&reader);
    read::<golden_timestamps::operation::put_moments::PutMomentsOutput>(&reader);
    read::<golden_unions::operation::put_value::PutValueOutput>(&reader);
    if let Ok(Some(document)) = reader.payload_value::<Document>("document") {
        assert_eq!(document, document.clone());
    }
    let answer = PROTOCOL.error_of(&response);
    assert_ne!(answer.code.as_deref(), Some(""));
});
