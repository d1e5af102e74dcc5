//! What `tinsmith.toml` says against a model that does not have it.

use crate::edit::Bad;
use crate::edit::Edit::{Operations, Rename, Require, Union};

pub(crate) const CASES: &[Bad] = &[
    Bad {
        name: "a requirement of nothing",
        edits: &[
            Require("Thing.colour", true),
            Require("Thign.color", true),
            Require("Thing", true),
        ],
        message: &[
            "error: expected the name of something in service-2.json, found `Thing.colour`, which matches nothing; did you mean `color`?",
            "  in tinsmith.toml at required.Thing.colour",
            "error: expected the name of something in service-2.json, found `Thign.color`, which matches nothing; the nearest are `Thing`, `Things`",
            "  in tinsmith.toml at required.Thign.color",
            "error: expected `Shape.member`, found `Thing`",
            "  in tinsmith.toml at required.Thing",
        ],
    },
    Bad {
        name: "a requirement that changes nothing",
        edits: &[Require("Thing.name", true), Require("Thing.color", false)],
        message: &[
            "error: expected an override that changes something, found one without effect: `Thing.name` is already required",
            "  in tinsmith.toml at required.Thing.name",
            "error: expected an override that changes something, found one without effect: `Thing.color` is already optional",
            "  in tinsmith.toml at required.Thing.color",
        ],
    },
    Bad {
        name: "a union of what is no structure",
        edits: &[Union("Thign"), Union("Color"), Union("PutThingRequest")],
        message: &[
            "error: expected the name of a structure in service-2.json, found `Thign`, which matches nothing; the nearest are `Thing`, `Things`",
            "  in tinsmith.toml at unions.Thign",
            "error: expected the name of a structure, found `Color`, which is an enum",
            "  in tinsmith.toml at unions.Color",
            "error: expected a structure with members that is no input, output or exception, found `PutThingRequest`",
            "  in tinsmith.toml at unions.PutThingRequest",
        ],
    },
    Bad {
        name: "a rename of nothing",
        edits: &[
            Rename("Thign", "Stuff"),
            Rename("Color.PINK", "Pink"),
            Rename("Text.name", "x"),
        ],
        message: &[
            "error: expected the name of something in service-2.json, found `Thign`, which matches nothing; the nearest are `Thing`, `Things`",
            "  in tinsmith.toml at renames.Thign",
            "error: expected the name of something in service-2.json, found `Color.PINK`, which matches nothing",
            "  in tinsmith.toml at renames.Color.PINK",
            "error: expected the name of something in service-2.json, found `Text.name`, which matches nothing",
            "  in tinsmith.toml at renames.Text.name",
        ],
    },
    Bad {
        name: "a rename to what is no identifier",
        edits: &[
            Rename("Thing", "a thing"),
            Rename("Thing.name", "self"),
            Rename("Color.RED", "1"),
            Rename("Thing.color", "gen"),
        ],
        message: &[
            "error: expected an identifier of Rust, found `a thing`",
            "  in tinsmith.toml at renames.Thing",
            "error: expected an identifier of Rust, found `self`",
            "  in tinsmith.toml at renames.Thing.name",
            "error: expected an identifier of Rust, found `1`",
            "  in tinsmith.toml at renames.Color.RED",
            "error: expected an identifier of Rust, found `gen`",
            "  in tinsmith.toml at renames.Thing.color",
        ],
    },
    Bad {
        name: "a rename to what is taken",
        edits: &[
            Rename("Thing", "Option"),
            Rename("Color", "color"),
            Rename("Thing.name", "send"),
            Rename("Color.RED", "Unknown"),
        ],
        message: &[
            "error: expected a name that is not used by generated code, found `Option`",
            "  in tinsmith.toml at renames.Thing",
            "error: expected a name that is not used by generated code, found `color`",
            "  in tinsmith.toml at renames.Color",
            "error: expected a name that is not used by generated code, found `send`",
            "  in tinsmith.toml at renames.Thing.name",
            "error: expected a name that is not used by generated code, found `Unknown`",
            "  in tinsmith.toml at renames.Color.RED",
        ],
    },
    Bad {
        name: "a rename to what is there already",
        edits: &[
            Rename("Thing.name", "color"),
            Rename("Color.RED", "Green"),
            Rename("Thing", "Value"),
        ],
        message: &[
            "error: expected members that differ in Rust, found `name` and `color`, which both become `color`; give one of them another name under `renames` in tinsmith.toml",
            "  in service-2.json at shapes.Thing",
            "error: expected enum values that differ in Rust, found `RED` and `GREEN`, which both become `Green`; give one of them another name under `renames` in tinsmith.toml",
            "  in service-2.json at shapes.Color",
            "error: expected shapes that differ in Rust, found `Thing` and `Value`, which both become `value`; give one of them another name under `renames` in tinsmith.toml",
            "  in service-2.json at shapes",
        ],
    },
    Bad {
        name: "operations that do not exist",
        edits: &[Operations(&["ListThing", "Delete", "PutThings"])],
        message: &[
            "error: expected the name of an operation of Sound, found `ListThing`; the nearest are `ListThings`, `PutThing`",
            "  in service-2.json at operations",
            "error: expected the name of an operation of Sound, found `Delete`",
            "  in service-2.json at operations",
            "error: expected the name of an operation of Sound, found `PutThings`; the nearest are `PutThing`, `ListThings`",
            "  in service-2.json at operations",
        ],
    },
];
