//! Each rule of rest-xml, as it is on the wire.

use tinsmith_runtime::{Document, Member, ReadError, Timestamp, UnknownMember};

use crate::shapes::{Choice, Grantee, Part, Sample, Spaces, map, part, texts};
use crate::xml;

fn write(sample: &Sample) -> String {
    let text = xml::write(sample, "R").unwrap();
    let inner = text
        .strip_prefix("<R>")
        .map(|text| text.strip_suffix("</R>").unwrap());
    inner.unwrap_or_else(|| panic!("{text}")).to_owned()
}

fn read(text: &str) -> Result<Sample, ReadError> {
    xml::read(format!("<R>{text}</R>").as_bytes())
}

/// Checks the text of a shape, both ways.
fn is(text: &str, sample: Sample) {
    assert_eq!(write(&sample), text);
    assert_eq!(read(text).unwrap(), sample);
}

/// The sample whose member `$field` is set.
macro_rules! sample {
    ($($field:ident: $value:expr),*) => {
        Sample { $($field: Some($value),)* ..Sample::default() }
    };
}

#[test]
fn what_is_between_elements_means_nothing() {
    let sample = sample!(
        text: " a\n <b> ".to_owned(),
        int: 1,
        names: vec![" ".to_owned(), String::new()]
    );
    let indent = " ".repeat(37);
    for between in [
        "",
        "\n",
        "\r\n\t",
        &indent,
        "<!-- <Int>2</Int> -->",
        "<?say hello?>",
        "<![CDATA[text]]>",
        "&#32;",
    ] {
        let text = [
            "<R>",
            "<Text> a\r\n &lt;b&#62; </Text>",
            "<Int>1</Int>",
            "<Names>",
            "<member> </member>",
            "<member/>",
            "</Names>",
            "</R>",
        ]
        .join(between);
        for before in ["", "\u{feff}"] {
            let text = format!("{before}{text}");
            assert_eq!(
                xml::read::<Sample>(text.as_bytes()).unwrap(),
                sample,
                "{text}"
            );
        }
    }
}

#[test]
fn scalars() {
    is(
        "<Text>&lt;a&gt; &amp; &quot;é&quot;&#xD;&#xA;&#x9;</Text>",
        sample!(text: "<a> & \"é\"\r\n\t".to_owned()),
    );
    is("<Text>  </Text>", sample!(text: "  ".to_owned()));
    is("<Text/>", sample!(text: String::new()));
    is(
        "<Flag>true</Flag><Byte>-1</Byte>",
        sample!(flag: true, byte: -1),
    );
    is(
        "<Float>0.1</Float><Double>1e300</Double>",
        sample!(float: 0.1, double: 1e300),
    );
    is(
        "<Float>-Infinity</Float><Double>Infinity</Double>",
        sample!(float: f32::NEG_INFINITY, double: f64::INFINITY),
    );
    is("<Blob>AP8=</Blob>", sample!(blob: (&[0, 0xff]).into()));
    is("<Color>NEW</Color>", sample!(color: "NEW".into()));
    assert_eq!(write(&sample!(double: f64::NAN)), "<Double>NaN</Double>");
    assert!(
        read("<Double>NaN</Double>")
            .unwrap()
            .double
            .unwrap()
            .is_nan()
    );
}

#[test]
fn timestamps_have_the_format_of_their_member() {
    let time = Timestamp::from_seconds(1_576_540_098);
    is(
        "<When>2019-12-16T23:48:18.5Z</When>",
        sample!(when: Timestamp::new(1_576_540_098, 500_000_000).unwrap()),
    );
    is(
        "<HttpDate>Mon, 16 Dec 2019 23:48:18 GMT</HttpDate>",
        sample!(http_date: time),
    );
    is("<Epoch>1576540098</Epoch>", sample!(epoch: time));
    is(
        "<Days><member>1576540098</member></Days>",
        sample!(days: vec![time]),
    );
    // With an offset, and in another format than the member's.
    assert_eq!(
        read("<When>2019-12-17T01:48:18+02:00</When>").unwrap().when,
        Some(time)
    );
    assert_eq!(
        read("<Epoch> 2019-12-16T23:48:18Z </Epoch>").unwrap().epoch,
        Some(time)
    );
}

#[test]
fn lists_have_elements_of_their_own_unless_they_are_flattened() {
    is(
        "<Names><member>a</member><member/></Names>",
        sample!(names: texts(["a", ""])),
    );
    is(
        "<Roles><Role>a</Role></Roles>",
        sample!(roles: texts(["a"])),
    );
    is("<Names/>", sample!(names: vec![]));
    is("<Flat>a</Flat><Flat/>", sample!(flat: texts(["a", ""])));
    is(
        "<Part><PartNumber>1</PartNumber><ETag>e</ETag></Part>",
        sample!(parts: vec![part(1, "e")]),
    );
    is(
        "<Matrix><Row><Cell>1</Cell><Cell>2</Cell></Row><Row/></Matrix>",
        sample!(matrix: vec![vec![1, 2], vec![]]),
    );
    // One with no items has no element that could say so.
    assert_eq!(write(&sample!(flat: vec![], int: 1)), "<Int>1</Int>");
    // Elements of another name are no items.
    assert_eq!(
        read("<Roles> <Role>a</Role><member>b</member> <Role>c</Role> </Roles>")
            .unwrap()
            .roles,
        Some(texts(["a", "c"]))
    );
}

#[test]
fn maps_have_entries_with_keys_and_values() {
    is(
        "<Tags><entry><key>a</key><value>b</value></entry><entry><key>c</key><value/></entry></Tags>",
        sample!(tags: map([("a", "b".to_owned()), ("c", String::new())])),
    );
    is(
        "<Limits><entry><Color>NEW</Color><Max>1</Max></entry></Limits>",
        sample!(limits: map([("NEW", 1)])),
    );
    is(
        "<FlatMap><K>a</K><V><PartNumber>1</PartNumber></V></FlatMap><FlatMap><K>b</K><V><PartNumber>2</PartNumber></V></FlatMap>",
        sample!(flat_map: map([
            ("a", Part { number: Some(1), e_tag: None }),
            ("b", Part { number: Some(2), e_tag: None }),
        ])),
    );
    is(
        "<Maps><entry><key>a</key><value><entry><key>b</key><value><member>c</member></value></entry></value></entry></Maps>",
        sample!(maps: map([("a", map([("b", texts(["c"]))]))])),
    );
    is("<Tags/>", sample!(tags: map([])));
}

#[test]
fn the_value_of_an_entry_may_stand_before_its_key() {
    let read = read(
        "<Maps>
           <entry><value><entry><value><member>c</member></value><key>b</key></entry></value><new/><key>a</key><new/></entry>
           <other><key>no</key><value/></other>
           <entry><key>d</key></entry>
           <entry><key>e</key><value/></entry>
         </Maps><FlatMap><V><PartNumber>1</PartNumber><ETag>x</ETag></V><K>k</K></FlatMap><Int>1</Int>",
    )
    .unwrap();
    assert_eq!(
        read,
        sample!(
            maps: map([("a", map([("b", texts(["c"]))])), ("e", map([]))]),
            flat_map: map([("k", part(1, "x"))]),
            int: 1
        )
    );
}

#[test]
fn members_come_in_any_order_and_flattened_ones_in_pieces() {
    let read = read(
        r#"<!-- a comment --><Part><ETag>a</ETag><New a="b"><Part/></New><PartNumber>1</PartNumber></Part>
           <Part><PartNumber>2</PartNumber><ETag>b</ETag></Part>
           <New><Part><PartNumber>9</PartNumber></Part><Flat>no</Flat></New>
           <FlatMap><K>k</K><V><PartNumber>1</PartNumber><ETag/></V></FlatMap>
           <Flat>x</Flat><Text>t<!-- in a text --><![CDATA[<&>]]>&#33;&#x21;&apos;</Text><Flat>y</Flat>
           <Part><PartNumber>3</PartNumber><ETag>c</ETag></Part>
           <Names><member>1</member></Names>
           <FlatMap><K>l</K><V><PartNumber>2</PartNumber><ETag/></V></FlatMap>
           <Names><member>2</member></Names><?pi?>
           <Int>7</Int>"#,
    )
    .unwrap();
    assert_eq!(
        read,
        sample!(
            parts: vec![part(1, "a"), part(2, "b"), part(3, "c")],
            flat_map: map([("k", part(1, "")), ("l", part(2, ""))]),
            flat: texts(["x", "y"]),
            text: "t<&>!!'".to_owned(),
            names: texts(["2"]),
            int: 7
        )
    );
}

#[test]
fn names_are_compared_without_their_prefix() {
    let text = r#"<a:R xmlns:a="u"><a:Flat>x</a:Flat><b:Flat>y</b:Flat><a:Names><a:member>n</a:member></a:Names></a:R>"#;
    let read: Sample = xml::read(text.as_bytes()).unwrap();
    assert_eq!(read, sample!(flat: texts(["x", "y"]), names: texts(["n"])));
}

#[test]
fn attributes_stand_in_the_start_tag_wherever_the_table_has_them() {
    is(
        concat!(
            r#"<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Canonical&lt;User&gt;&quot;&#xA;">"#,
            "<ID>1</ID><URI>u</URI></Grantee>"
        ),
        sample!(grantee: Grantee {
            id: Some("1".to_owned()),
            kind: Some("Canonical<User>\"\n".to_owned()),
            uri: Some("u".to_owned()),
        }),
    );
    // An element is no attribute, nor the other way round, and a prefix is any.
    let read =
        read(r#"<Grantee ID="no" x:type='G&amp;' new=""><type>no</type><URI>u</URI></Grantee>"#);
    let expected = Grantee {
        id: None,
        kind: Some("G&".to_owned()),
        uri: Some("u".to_owned()),
    };
    assert_eq!(read.unwrap().grantee, Some(expected));
    let only = Spaces {
        count: Some(1),
        on: Some(false),
        day: Some(Timestamp::from_seconds(0)),
        color: Some("RED".into()),
        ..Spaces::default()
    };
    let text = r#"<R count="1" on="false" day="Thu, 01 Jan 1970 00:00:00 GMT" color="RED"/>"#;
    assert_eq!(xml::write(&only, "R").unwrap(), text);
    assert_eq!(xml::read::<Spaces>(text.as_bytes()).unwrap(), only);
}

#[test]
fn namespaces_are_declared_where_the_table_has_them() {
    let spaces = Spaces {
        list: Some(texts(["a"])),
        map: Some(map([("k", "v".to_owned())])),
        ..Spaces::default()
    };
    let root = Member::new("R").namespace("https://root.example?a&b", None);
    let text = concat!(
        r#"<R xmlns="https://root.example?a&amp;b"><List xmlns="https://list.example">"#,
        r#"<Item xmlns:i="https://item.example">a</Item></List><Map><entry><K xmlns="https://key.example">k</K>"#,
        r#"<V xmlns="https://value.example">v</V></entry></Map></R>"#
    );
    assert_eq!(xml::write_with(&spaces, root).unwrap(), text);
    assert_eq!(xml::read::<Spaces>(text.as_bytes()).unwrap(), spaces);
}

#[test]
fn unions() {
    is(
        "<Choice><Text>a</Text></Choice>",
        sample!(choice: Choice::Text("a".to_owned())),
    );
    is(
        "<Choice><Date>Thu, 01 Jan 1970 00:00:00 GMT</Date></Choice>",
        sample!(choice: Choice::Date(Timestamp::from_seconds(0))),
    );
    is(
        "<Choice><Part><PartNumber>1</PartNumber><ETag>a</ETag></Part><Part><PartNumber>2</PartNumber><ETag>b</ETag></Part></Choice>",
        sample!(choice: Choice::Parts(vec![part(1, "a"), part(2, "b")])),
    );
    is(
        "<Choice><Rows><Row>1</Row></Rows></Choice>",
        sample!(choice: Choice::Rows(vec![1])),
    );
    is(
        "<Choice><Limits><Color>NEW</Color><Max>2</Max></Limits><Limits><Color>RED</Color><Max>1</Max></Limits></Choice>",
        sample!(choice: Choice::Limits(map([("RED", 1), ("NEW", 2)]))),
    );
    is(
        "<Choice><Nested><All><member><Text>a</Text></member></All></Nested></Choice>",
        sample!(choice: Choice::Nested(Box::new(Choice::All(vec![Choice::Text("a".to_owned())])))),
    );
    is(
        "<Choice><New><a>1</a><b><c/></b><d>2</d><d>3</d></New></Choice>",
        sample!(choice: Choice::Unknown(UnknownMember::new("New", Document::Object(
            map([
                ("a", "1".into()),
                ("b", Document::Object(map([("c", "".into())]))),
                ("d", vec!["2", "3"].into()),
            ])
        )))),
    );
    // White space and attributes are no members.
    let read = read("<Choice x:nil=\"no\">\n <Text>a</Text>\n</Choice>").unwrap();
    assert_eq!(read.choice, Some(Choice::Text("a".to_owned())));
}

#[test]
fn text_around_the_outermost_element() {
    for text in [
        "\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a --><R><Int>1</Int></R>\n<!-- b -->\n",
        "<Any xmlns=\"u\"><Int>\n 1\t</Int></Any>",
    ] {
        assert_eq!(
            xml::read::<Sample>(text.as_bytes()).unwrap(),
            sample!(int: 1),
            "{text}"
        );
    }
    assert_eq!(xml::read::<Sample>(b"<R/>").unwrap(), Sample::default());
}

#[test]
fn what_cannot_be_read_says_where() {
    let table = [
        (
            "<Int>x</Int>",
            "Int: expected an integer, found \"x\" (line 1 column 10)",
        ),
        (
            "<Int/>",
            "Int: expected an integer, found \"\" (line 1 column 10)",
        ),
        (
            "<Byte>128</Byte>",
            "Byte: expected an integer of 8 bits, found 128 (line 1 column 13)",
        ),
        (
            "<Flag>True</Flag>",
            "Flag: expected a boolean, found \"True\" (line 1 column 14)",
        ),
        (
            "<Double>inf</Double>",
            "Double: expected a number, found \"inf\" (line 1 column 15)",
        ),
        (
            "<Float>1e39</Float>",
            "Float: expected a number, found \"1e39\" (line 1 column 15)",
        ),
        (
            "<Text>a<b/></Text>",
            "Text: expected a string, found the element \"b\" (line 1 column 11)",
        ),
        (
            "<Nested>\n<Children><member/><member>\n<Roles><Role>a</Role><Role><x/></Role></Roles></member></Children></Nested>",
            "Nested.Children[1].Roles[1]: expected a string, found the element \"x\" (line 3 column 28)",
        ),
        (
            "<Nested>text</Nested>",
            "Nested: expected an element, found text (line 1 column 12)",
        ),
        (
            "<Names>text</Names>",
            "Names: expected an element, found text (line 1 column 11)",
        ),
        (
            "<Part><PartNumber>1</PartNumber></Part><Int>1</Int><Part><PartNumber>x</PartNumber></Part>",
            "Part[1].PartNumber: expected an integer, found \"x\" (line 1 column 74)",
        ),
        (
            "<Part/><Part/><Part><PartNumber>x</PartNumber></Part>",
            "Part[2].PartNumber: expected an integer, found \"x\" (line 1 column 37)",
        ),
        (
            "<FlatMap><K>a b</K><V><PartNumber>x</PartNumber></V></FlatMap>",
            "FlatMap[\"a b\"].PartNumber: expected an integer, found \"x\" (line 1 column 39)",
        ),
        (
            "<Tags><entry><value>v</value></entry></Tags>",
            "Tags: expected an entry with a key, found none (line 1 column 33)",
        ),
        (
            "<Matrix><Row><Cell>1</Cell><Cell>x</Cell></Row></Matrix>",
            "Matrix[0][1]: expected an integer, found \"x\" (line 1 column 38)",
        ),
        (
            "<Choice/>",
            "Choice: expected a union with one member, found none (line 1 column 13)",
        ),
        (
            "<Choice><Text>a</Text><Rows/></Choice>",
            "Choice: expected a union with one member, found \"Text\" and \"Rows\" (line 1 column 26)",
        ),
        (
            "<Choice><Rows><Row>x</Row></Rows></Choice>",
            "Choice.Rows[0]: expected an integer, found \"x\" (line 1 column 24)",
        ),
        (
            "<When>yesterday</When>",
            "When: expected a timestamp (RFC 3339, HTTP date or seconds since 1970), found \"yesterday\" (line 1 column 19)",
        ),
        (
            "<Blob>*</Blob>",
            "Blob: not valid base64: Invalid symbol 42, offset 0 (line 1 column 11)",
        ),
        (
            "<Text>&new;</Text>",
            "Text: not valid XML: an entity that is not declared (line 1 column 10)",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(read(text).unwrap_err().to_string(), expected, "{text}");
    }
}

#[test]
fn what_is_no_xml_is_an_error() {
    for (text, expected) in [
        ("<!-- -->", "expected an element, found the end of the text"),
        ("text", "expected an element, found text"),
        ("<R><Int>1</Int>", "the text ends within an element"),
        ("<R><Names><member>a", "the text ends within an element"),
        ("<R><New><a>", "the text ends within an element"),
        ("<R><Int>1</Text></R>", "expected `</Int>`"),
        ("<R/><R/>", "expected the end of the text"),
        ("<R/>text", "expected the end of the text"),
        ("<R><Grantee type=\"a\" type=\"b\"/></R>", "duplicate"),
        ("<R><Grantee type=a/></R>", "must be enclosed"),
        ("<R><Text>&#0;</Text></R>", "invalid character reference"),
        ("<!DOCTYPE R><R/>", "a document type"),
        (
            "<!DOCTYPE R [<!ENTITY a \"b\">]><R><Text>&a;</Text></R>",
            "a document type",
        ),
        (
            "<R><New>&unknown;</New></R>",
            "an entity that is not declared",
        ),
    ] {
        let error = xml::read::<Sample>(text.as_bytes())
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("not valid XML") && error.contains(expected),
            "{text}: {error}"
        );
    }
    let error = xml::read::<Sample>(b"<R><Text>\xff</Text></R>").unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("not valid XML: invalid utf-8"),
        "{error}"
    );
}

#[test]
fn what_cannot_be_written_says_where() {
    let sample =
        sample!(children: vec![Sample::default(), sample!(tags: map([("a", "\u{1}".to_owned())]))]);
    let error = xml::write(&sample, "R").unwrap_err();
    assert_eq!(
        error.to_string(),
        "Children[1].Tags[\"a\"]: the character \\u{1} is not allowed in XML"
    );
    let error = xml::write(&sample!(grantee: Grantee::default()), "R").unwrap_err();
    assert_eq!(error.to_string(), "Grantee.xsi:type: required, but not set");
    let error =
        xml::write(&sample!(choice: Choice::Parts(vec![Part::default()])), "R").unwrap_err();
    assert_eq!(
        error.to_string(),
        "Choice.Part[0].PartNumber: required, but not set"
    );
    let error = xml::write(
        &sample!(days: vec![], when: Timestamp::from_seconds(i64::MAX)),
        "R",
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "When: expected a timestamp in the years 0000 to 9999, found 9223372036854775807 seconds since 1970"
    );
}
