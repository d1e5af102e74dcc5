//! Names that become one, and names that are none.

use crate::edit::Bad;
use crate::edit::Edit::Set;
use crate::edit::File::Service;

pub(crate) const CASES: &[Bad] = &[
    Bad {
        name: "two members that become one",
        edits: &[Set(
            Service,
            "/shapes/Thing/members/Name",
            r#"{"shape":"Text"}"#,
        )],
        message: &[
            "error: expected members that differ in Rust, found `name` and `Name`, which both become `name`; give one of them another name under `renames` in tinsmith.toml",
            "  in service-2.json at shapes.Thing",
        ],
    },
    Bad {
        name: "one value twice",
        edits: &[Set(Service, "/shapes/Color/enum", r#"["RED","RED"]"#)],
        message: &[
            "error: expected enum values that differ, found `RED` twice",
            "  in service-2.json at shapes.Color",
        ],
    },
    Bad {
        name: "two variants that become one",
        edits: &[Set(
            Service,
            "/shapes/Value/members/Text",
            r#"{"shape":"Text"}"#,
        )],
        message: &[
            "error: expected members that differ in Rust, found `text` and `Text`, which both become `Text`; give one of them another name under `renames` in tinsmith.toml",
            "  in service-2.json at shapes.Value",
        ],
    },
    Bad {
        name: "two types that differ in case",
        edits: &[
            Set(
                Service,
                "/shapes/thing",
                r#"{"type":"structure","members":{}}"#,
            ),
            Set(
                Service,
                "/shapes/Thing/members/other",
                r#"{"shape":"thing"}"#,
            ),
        ],
        message: &[
            "error: expected shapes that differ in Rust, found `Thing` and `thing`, which both become `thing`; give one of them another name under `renames` in tinsmith.toml",
            "  in service-2.json at shapes",
        ],
    },
    Bad {
        name: "two operations that become one",
        edits: &[Set(
            Service,
            "/operations/putThing",
            r#"{"http":{"method":"POST","requestUri":"/x"}}"#,
        )],
        message: &[
            "error: expected operations that differ in Rust, found `PutThing` and `putThing`, which both become `put_thing`; select one of them under `operations` in tinsmith.toml",
            "  in service-2.json at operations",
        ],
    },
    Bad {
        name: "a name with a line break",
        edits: &[
            Set(Service, "/shapes/Thing/members/a\nb", r#"{"shape":"Text"}"#),
            Set(
                Service,
                "/metadata/serviceFullName",
                r#""Sound\nfn main() {}""#,
            ),
        ],
        message: &[
            r#"error: expected a name of printable characters, found "Sound\nfn main() {}""#,
            "  in service-2.json at metadata.serviceFullName",
            r#"error: expected a name of printable characters, found "a\nb""#,
            "  in service-2.json at shapes.Thing.members",
        ],
    },
    Bad {
        name: "a name of nothing",
        edits: &[Set(
            Service,
            "/shapes/Thing/members/",
            r#"{"shape":"Text"}"#,
        )],
        message: &[
            r#"error: expected a name of printable characters, found """#,
            "  in service-2.json at shapes.Thing.members",
        ],
    },
];
