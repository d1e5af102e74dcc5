//! The shapes of these tests, declared once, with what XML and forms have to know of them in the tables.

use std::collections::BTreeMap;

use tinsmith_runtime::codegen::{Member, open_enum, structure, union};
use tinsmith_runtime::{Blob, Timestamp, UnknownMember};

open_enum! {
    /// A colour.
    pub enum Color {
        Red = "RED",
        Green = "GREEN",
    }
}

structure! {
    /// A member of each kind, and of each form that a list or a map can have.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Sample: read write {
        pub text: Option<String> = "Text",
        pub flag: Option<bool> = "Flag",
        pub byte: Option<i8> = "Byte",
        pub int: Option<i32> = "Int",
        pub long: Option<i64> = "Long",
        pub float: Option<f32> = "Float",
        pub double: Option<f64> = "Double",
        pub blob: Option<Blob> = "Blob",
        pub when: Option<Timestamp> = "When",
        pub http_date: Option<Timestamp> = "HttpDate" http_date,
        pub epoch: Option<Timestamp> = "Epoch" epoch_seconds,
        pub days: Option<Vec<Timestamp>> = "Days" epoch_seconds,
        pub color: Option<Color> = "Color",
        pub names: Option<Vec<String>> = "Names",
        pub roles: Option<Vec<String>> = "Roles" items(&Member::new("Role")),
        pub flat: Option<Vec<String>> = "Flat" flattened,
        pub parts: Option<Vec<Part>> = "Part" flattened,
        pub matrix: Option<Vec<Vec<i32>>> = "Matrix" items(&Member::new("Row").items(&Member::new("Cell"))),
        pub tags: Option<BTreeMap<String, String>> = "Tags",
        pub limits: Option<BTreeMap<Color, i32>> = "Limits" entries(&Member::new("Color"), &Member::new("Max")),
        pub flat_map: Option<BTreeMap<String, Part>> = "FlatMap" flattened entries(&Member::new("K"), &Member::new("V")),
        pub maps: Option<BTreeMap<String, BTreeMap<String, Vec<String>>>> = "Maps",
        pub children: Option<Vec<Sample>> = "Children",
        pub nested: Option<Box<Sample>> = "Nested",
        pub grantee: Option<Grantee> = "Grantee" namespace("http://www.w3.org/2001/XMLSchema-instance", Some("xsi")),
        pub choice: Option<Choice> = "Choice",
    }
}

structure! {
    /// What is flattened as a whole structure.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Part: read write {
        pub number: Option<i32> = "PartNumber" required,
        pub e_tag: Option<String> = "ETag",
    }
}

structure! {
    /// A structure with an attribute, which is not its first member.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Grantee: read write {
        pub id: Option<String> = "ID",
        pub kind: Option<String> = "xsi:type" required attribute,
        pub uri: Option<String> = "URI",
    }
}

union! {
    /// One of several, with what a union's member can have of its own.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Choice: read write {
        Text(String) = "Text" as_text is_text,
        Date(Timestamp) = "Date" as_date is_date http_date,
        Parts(Vec<Part>) = "Part" as_parts is_parts flattened,
        Rows(Vec<i32>) = "Rows" as_rows is_rows items(&Member::new("Row")),
        Limits(BTreeMap<Color, i32>) = "Limits" as_limits is_limits flattened entries(&Member::new("Color"), &Member::new("Max")),
        All(Vec<Choice>) = "All" as_all is_all,
        Nested(Box<Choice>) = "Nested" as_nested is_nested -> Choice,
    }
}

structure! {
    /// Namespaces at each place that can have one, and an attribute of each kind that has a text.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Spaces: read write {
        pub list: Option<Vec<String>> = "List"
            namespace("https://list.example", None)
            items(&Member::new("Item").namespace("https://item.example", Some("i"))),
        pub map: Option<BTreeMap<String, String>> = "Map"
            entries(
                &Member::new("K").namespace("https://key.example", None),
                &Member::new("V").namespace("https://value.example", None)
            ),
        pub count: Option<i32> = "count" attribute,
        pub on: Option<bool> = "on" attribute,
        pub day: Option<Timestamp> = "day" attribute http_date,
        pub color: Option<Color> = "color" attribute,
    }
}

structure! {
    /// Lists and maps that hold nulls, which XML and forms do not have.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Sparse: read write {
        pub list: Option<Vec<Option<String>>> = "List",
        pub map: Option<BTreeMap<String, Option<i32>>> = "Map",
        pub dense: Option<Vec<String>> = "Dense",
    }
}

structure! {
    /// Names as EC2 has them.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Instance: read write {
        pub image_id: Option<String> = "imageId",
        pub groups: Option<Vec<String>> = "groupSet" query_name("SecurityGroup") items(&Member::new("item")),
        pub interfaces: Option<Vec<Instance>> = "networkInterface" flattened,
        pub token: Option<String> = "clientToken" idempotency_token,
    }
}

/// A map of a few entries.
pub(crate) fn map<K: From<&'static str> + Ord, V, const N: usize>(
    entries: [(&'static str, V); N],
) -> BTreeMap<K, V> {
    entries
        .into_iter()
        .map(|(key, value)| (key.into(), value))
        .collect()
}

/// A list of a few texts.
pub(crate) fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

/// A part.
pub(crate) fn part(number: i32, e_tag: &str) -> Part {
    Part {
        number: Some(number),
        e_tag: Some(e_tag.to_owned()),
    }
}

/// A value for each member.
pub(crate) fn everything() -> Sample {
    let time = Timestamp::from_seconds(1_576_540_098);
    Sample {
        text: Some(" <é>&\"\u{1F600}\r\n\t]]> ".to_owned()),
        flag: Some(false),
        byte: Some(-128),
        int: Some(i32::MAX),
        long: Some(i64::MIN),
        float: Some(0.1),
        double: Some(1e300),
        blob: Some(Blob::from(&[0, 0xff, 0x80])),
        when: Timestamp::new(1_576_540_098, 500_000_000),
        http_date: Some(time),
        epoch: Timestamp::new(-2, 250_000_000),
        days: Some(vec![Timestamp::from_seconds(0), time]),
        color: Some(Color::Unknown("ULTRAVIOLET".to_owned())),
        names: Some(texts(["a", "", " b "])),
        roles: Some(vec![]),
        flat: Some(texts(["x", "", "z"])),
        parts: Some(vec![part(1, "\"one\""), part(2, "")]),
        matrix: Some(vec![vec![1, 2], vec![], vec![3]]),
        tags: Some(map([("", "empty".to_owned()), ("key", String::new())])),
        limits: Some(map([("RED", 1), ("NEW", 2)])),
        flat_map: Some(map([("p", part(1, "a")), ("q", part(2, "b"))])),
        maps: Some(map([
            ("a", map([("b", texts(["c", "d"])), ("e", Vec::new())])),
            ("f", BTreeMap::new()),
        ])),
        children: Some(vec![
            Sample::default(),
            Sample {
                flag: Some(true),
                flat: Some(texts(["inner"])),
                ..Sample::default()
            },
        ]),
        nested: Some(Box::new(Sample {
            int: Some(0),
            nested: Some(Box::default()),
            ..Sample::default()
        })),
        grantee: Some(Grantee {
            id: Some("1".to_owned()),
            kind: Some("Canonical<User>\"&\n".to_owned()),
            uri: None,
        }),
        choice: Some(Choice::All(vec![
            Choice::Text("t".to_owned()),
            Choice::Date(time),
            Choice::Parts(vec![part(1, "a"), part(2, "b")]),
            Choice::Rows(vec![]),
            Choice::Limits(map([("GREEN", 3), ("RED", 4)])),
            Choice::Nested(Box::new(Choice::Rows(vec![1, 2]))),
            Choice::Unknown(UnknownMember::new("New", "value")),
        ])),
    }
}
