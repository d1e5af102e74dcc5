//! Every name that the generator gives stands in `names.csv`, so that a change of spelling shows as a difference.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use tinsmith_codegen::{Model, names, read_botocore};
use tinsmith_golden::bless::{COMMAND, is_blessing};
use tinsmith_golden::case::{self, Case};
use tinsmith_golden::files::{here, text};

fn models() -> BTreeMap<&'static str, Model> {
    let imagebuilder = case::files(&here("../../models/imagebuilder/2019-12-02"))
        .and_then(|files| read_botocore(&files));
    BTreeMap::from([
        (
            "enums",
            Case::new("enums").model().expect("a case's model is sound"),
        ),
        ("imagebuilder", imagebuilder.expect("the model is sound")),
        (
            "names",
            Case::new("names").model().expect("a case's model is sound"),
        ),
    ])
}

/// A field of CSV (RFC 4180): in quotes where it holds a comma, a quote or a blank at an end.
fn field(text: &str) -> String {
    if text.contains([',', '"']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[test]
fn names_are_as_they_were() {
    let mut table = "model,what,wire,rust\n".to_owned();
    for (model_name, model) in models() {
        for (what, wire, rust) in names(&model) {
            writeln!(table, "{model_name},{what},{},{rust}", field(&wire))
                .expect("a string takes everything");
        }
    }
    let path = here("names.csv");
    if is_blessing() {
        std::fs::write(&path, &table).expect("names.csv can be written");
        return;
    }
    let committed = text(&path).unwrap_or_default();
    let diff = similar::TextDiff::from_lines(&committed, &table);
    let diff = diff
        .unified_diff()
        .context_radius(0)
        .header("committed", "generated")
        .to_string();
    assert!(
        diff.is_empty(),
        "names have changed:\n{diff}\nwhere that is meant: {COMMAND}"
    );
}
