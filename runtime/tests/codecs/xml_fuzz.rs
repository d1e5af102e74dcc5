//! Whatever a service sends as XML, reading gives a value or an error: no panic, and memory in proportion to what came in.
//! `PROPTEST_CASES` says how many texts each test makes up.

use allocation_counter::measure;
use bytes::Bytes;
use proptest::prelude::*;
use tinsmith_runtime::WireFormat;
use tinsmith_runtime::protocol::{Ec2Query, RestXml};
use tinsmith_tests::fuzz;

use crate::shapes::{Sample, everything};
use crate::xml;

/// The largest amount of memory that reading may take for each byte that came in: an empty structure in a list is nine bytes
/// long and hundreds of bytes large, and a list that grows has twice the room it had beside what it had.
const PER_BYTE: u64 = 512;

fn read(body: &[u8]) {
    let response = http::Response::new(Bytes::copy_from_slice(body));
    let used = measure(|| {
        if !body.trim_ascii().is_empty()
            && let Err(error) = xml::read::<Sample>(body)
        {
            assert!(!error.to_string().is_empty());
        }
        drop(RestXml.error(&response));
        drop(Ec2Query.error(&response));
    });
    fuzz::check_memory(used.bytes_max, body, PER_BYTE);
}

/// Pieces of which texts that are nearly XML are made.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    fuzz::nearly(&[
        "<",
        ">",
        "/>",
        "</",
        "&",
        ";",
        "\"",
        "'",
        "=",
        " ",
        "<R>",
        "</R>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?xml version=\"1.0\"?>",
        "<!DOCTYPE",
        "<!ENTITY",
        "&amp;",
        "&#x0;",
        "&#55296;",
        "&#x10FFFF;",
        "&x;",
        "xmlns",
        "<Part>",
        "</Part>",
        "<Flat/>",
        "<Tags>",
        "<entry>",
        "</entry>",
        "<key>",
        "</key>",
        "<value>",
        "<value/>",
        "<Nested>",
        "<Choice>",
        "<Children><member/>",
        "<Grantee xsi:type=\"",
        "<When>1",
        "<Blob>",
        "<Error>",
        "<Errors>",
        "<Code>a</Code>",
        "<RequestId>",
        "\u{fc}",
        "\r\n",
        "text",
    ])
}

/// Text that is cut somewhere and has other bytes in its place.
fn mutated(text: impl Into<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    fuzz::mutated(text, 1..4, 0..8, pieces())
}

proptest! {
    #![proptest_config(fuzz::config())]

    #[test]
    fn texts_that_are_nearly_xml(body in pieces()) {
        read(&body);
    }

    #[test]
    fn texts_that_were_a_shape(body in mutated(xml::write(&everything(), "R").unwrap())) {
        read(&body);
    }

    #[test]
    fn texts_that_were_an_error(body in mutated(
        "<ErrorResponse xmlns=\"u\"><Error><Code>Bad</Code><Message>m</Message></Error><RequestId>r</RequestId></ErrorResponse>"
    )) {
        read(&body);
    }
}

#[test]
fn one_kind_of_element_without_end() {
    for (before, again, after) in [
        ("<R><Children>", "<member/>", "</Children></R>"),
        ("<R>", "<Part/>", "</R>"),
        ("<R>", "<New/>", "</R>"),
        ("<R><Choice><New>", "<a/>", "</New></Choice></R>"),
        ("<R><Text>", "&amp;", "</Text></R>"),
        ("<R><Text>", "<!---->", "</Text></R>"),
        ("<R><Maps>", "<entry><value/><key/></entry>", "</Maps></R>"),
        ("<R><Grantee ", "a='' ", "/></R>"),
        ("<Error>", "<Error>", ""),
    ] {
        read([before, &again.repeat(20_000), after].concat().as_bytes());
    }
}
