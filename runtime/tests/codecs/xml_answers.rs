//! What the protocols of XML find in an answer: the output, wherever it stands, and what is said of an error.

use bytes::Bytes;
use tinsmith_runtime::protocol::{AwsQuery, Ec2Query, RestXml};
use tinsmith_runtime::{
    Operation, Protocol, ReadOutput, ReadResult, ReadStructure, ResponseReader, ShapeReader,
    WireFormat,
};

use crate::shapes::{Part, part};

#[derive(Default)]
struct Output(Part);

impl ReadStructure for Output {
    fn read_members(&mut self, reader: &mut dyn ShapeReader) -> ReadResult {
        self.0.read_members(reader)
    }
}

impl ReadOutput for Output {}

fn response(body: &str) -> http::Response<Bytes> {
    http::Response::new(Bytes::copy_from_slice(body.as_bytes()))
}

fn read(protocol: &'static dyn Protocol, operation: Operation, body: &str) -> ReadResult<Part> {
    let response = response(body);
    let mut output = Output::default();
    let reader = ResponseReader::new(protocol, &response);
    protocol.read_output(&operation, reader, &mut output)?;
    Ok(output.0)
}

fn query(body: &str) -> ReadResult<Part> {
    let operation = Operation {
        name: "GetPart",
        ..Operation::DEFAULT
    };
    read(&AwsQuery, operation, body)
}

#[test]
fn a_result_is_found_by_its_name() {
    let result = "<GetPartResult><PartNumber>1</PartNumber><ETag>a</ETag></GetPartResult>";
    let metadata = "<ResponseMetadata><RequestId>r</RequestId><ETag>no</ETag></ResponseMetadata>";
    for body in [
        format!("<GetPartResponse xmlns=\"u\">{result}{metadata}</GetPartResponse>"),
        format!("<a:GetPartResponse xmlns:a=\"u\">\n{metadata}\n{result}\n</a:GetPartResponse>"),
        format!("<Any><GetResult><PartNumber>x</PartNumber></GetResult>{result}</Any>"),
    ] {
        assert_eq!(query(&body).unwrap(), part(1, "a"), "{body}");
    }
    for body in [
        "<GetPartResponse><GetPartResult/></GetPartResponse>",
        "<GetPartResponse><ResponseMetadata/><GetPartResult></GetPartResult></GetPartResponse>",
    ] {
        assert_eq!(query(body).unwrap(), Part::default(), "{body}");
    }
    for (body, expected) in [
        (
            "<GetPartResponse><ResponseMetadata/></GetPartResponse>",
            "expected the element \"GetPartResult\", found none (line 1 column 37)",
        ),
        (
            "<GetPartResult/>",
            "expected the element \"GetPartResult\", found none (line 1 column 17)",
        ),
        // What comes behind the result is missing: the answer is cut.
        (
            "<GetPartResponse><GetPartResult/>",
            "not valid XML: the text ends within an element (line 1 column 34)",
        ),
    ] {
        assert_eq!(query(body).unwrap_err().to_string(), expected, "{body}");
    }
}

#[test]
fn an_output_of_ec2_is_the_outermost_element() {
    let body = "<GetPartResponse><requestId>r</requestId><PartNumber>1</PartNumber><ETag>a</ETag></GetPartResponse>";
    let read = read(&Ec2Query, Operation::DEFAULT, body);
    assert_eq!(read.unwrap(), part(1, "a"));
}

#[test]
fn the_outermost_element_can_be_the_one_member() {
    let unwrapped = || Operation {
        unwrapped_output: true,
        ..Operation::DEFAULT
    };
    let of = |number: Option<i32>| Part {
        number,
        e_tag: None,
    };
    let body = "<PartNumber xmlns=\"u\">7</PartNumber>";
    assert_eq!(read(&RestXml, unwrapped(), body).unwrap(), of(Some(7)));
    assert_eq!(read(&RestXml, unwrapped(), "").unwrap(), of(None));
    let error = read(&RestXml, unwrapped(), "<PartNumber>x</PartNumber>").unwrap_err();
    assert_eq!(
        error.to_string(),
        "PartNumber: expected an integer, found \"x\" (line 1 column 14)"
    );
}

/// Code, message and id of the request.
fn said(protocol: &dyn Protocol, body: &str) -> [Option<String>; 3] {
    let answer = protocol.error(&response(body));
    [answer.code, answer.message, answer.request_id]
}

#[test]
fn errors_are_found_in_whatever_they_stand() {
    let all = |code: &str, message: &str, id: &str| {
        [code, message, id].map(|text| (!text.is_empty()).then(|| text.to_owned()))
    };
    let table = [
        // rest-xml and query.
        (
            "<ErrorResponse xmlns=\"u\"><Error><Type>Sender</Type><Code>Bad</Code><Message>not &amp; so</Message></Error><RequestId>r</RequestId></ErrorResponse>",
            all("Bad", "not & so", "r"),
        ),
        // S3.
        (
            "<?xml version=\"1.0\"?>\n<Error>\n<Message>m</Message><Code> Bad </Code><Key>k</Key><RequestId>r</RequestId><HostId>h</HostId></Error>",
            all("Bad", "m", "r"),
        ),
        // EC2.
        (
            "<Response><Errors><Error><Code>Bad</Code><Message>m</Message></Error></Errors><RequestID>r</RequestID></Response>",
            all("Bad", "m", "r"),
        ),
        // Route 53's exception with a name of its own.
        (
            "<InvalidChangeBatch xmlns=\"u\"><Messages><Message>m</Message></Messages><RequestId>r</RequestId></InvalidChangeBatch>",
            all("InvalidChangeBatch", "", "r"),
        ),
        // What is cut says what it can.
        (
            "<ErrorResponse><Error><Code>Bad</Code><Mess",
            all("Bad", "", ""),
        ),
        (
            "<ErrorResponse><RequestId>r</RequestId></ErrorResponse>",
            all("", "", "r"),
        ),
        ("<Error><Code/></Error>", all("", "", "")),
        ("", all("", "", "")),
        ("{\"code\": \"Bad\"}", all("", "", "")),
        (
            "<html><head><title>503</title></head><body><h1>Busy</h1></body></html>",
            all("", "", ""),
        ),
        (
            "<!DOCTYPE html><Error><Code>Bad</Code></Error>",
            all("", "", ""),
        ),
    ];
    for (body, expected) in table {
        for protocol in [&RestXml as &dyn Protocol, &AwsQuery, &Ec2Query] {
            assert_eq!(said(protocol, body), expected, "{body}");
        }
    }
    let mut of_header = response("<html/>");
    let headers = of_header.headers_mut();
    headers.insert("x-amzn-requestid", http::HeaderValue::from_static("h"));
    let answer = RestXml.error(&of_header);
    assert_eq!(
        (answer.code, answer.request_id),
        (None, Some("h".to_owned()))
    );
}
