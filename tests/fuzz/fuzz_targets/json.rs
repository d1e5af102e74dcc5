//! Bodies of responses, read as shapes of every kind.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use tinsmith_runtime::protocol::{AwsJson, Protocol, RestJson};
use tinsmith_runtime::{Document, ReadOutput, ResponseReader};

const PROTOCOLS: [&dyn Protocol; 2] = [
    &RestJson,
    &AwsJson {
        query_compatible: false,
        version: "1.1",
        target_prefix: "Fuzz",
    },
];

/// Reads one output. An error is put into words as well, which go through text that came in.
fn read<T: ReadOutput + Default>(reader: &ResponseReader<'_>) {
    let mut output = T::default();
    if let Err(error) = output.read_response(reader) {
        assert!(!error.to_string().is_empty());
    }
}

fuzz_target!(|body: &[u8]| {
    let response = http::Response::new(Bytes::copy_from_slice(body));
    for protocol in PROTOCOLS {
        let reader = ResponseReader::new(protocol, &response);
        read::<golden_collections::operation::put_collections::PutCollectionsOutput>(&reader);
        read::<golden_recursion::operation::put_tree::PutTreeOutput>(&reader);
        read::<golden_scalars::operation::put_scalars::PutScalarsOutput>(&reader);
        read::<golden_timestamps::operation::put_moments::PutMomentsOutput>(&reader);
        read::<golden_unions::operation::put_value::PutValueOutput>(&reader);
        if let Ok(Some(document)) = reader.payload_value::<Document>("document") {
            assert_eq!(document, document.clone());
        }
    }
});
