//! Bodies of responses in XML, read as outputs and as errors.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use tinsmith_runtime::protocol::{AwsQuery, Protocol, RestXml};
use tinsmith_runtime::{Operation, ReadOutput, ResponseReader, WireFormat};

const QUERY: Operation = Operation {
    name: "DescribeGroups",
    ..Operation::DEFAULT
};

const UNWRAPPED: Operation = Operation {
    unwrapped_output: true,
    ..Operation::DEFAULT
};

/// Reads one output. An error is put into words as well, which go through text that came in.
fn read<T: ReadOutput + Default>(
    protocol: &'static dyn Protocol,
    operation: &Operation,
    response: &http::Response<Bytes>,
) {
    let mut output = T::default();
    let reader = ResponseReader::new(protocol, response);
    if let Err(error) = protocol.read_output(operation, reader, &mut output) {
        assert!(!error.to_string().is_empty());
    }
}

fuzz_target!(|body: &[u8]| {
    use golden_query::operation::describe_groups::DescribeGroupsOutput;
    use golden_rest_xml::operation::{put_access::PutAccessOutput, put_thing::PutThingOutput};
    let response = http::Response::new(Bytes::copy_from_slice(body));
    read::<PutThingOutput>(&RestXml, &Operation::DEFAULT, &response);
    read::<PutThingOutput>(&RestXml, &UNWRAPPED, &response);
    read::<PutAccessOutput>(&RestXml, &Operation::DEFAULT, &response);
    read::<DescribeGroupsOutput>(&AwsQuery, &QUERY, &response);
    let answer = RestXml.error(&response);
    assert_ne!(answer.code.as_deref(), Some(""));
});
