//! "None" means that no generated file changes, and anything else that one does: every fact of the golden models is
//! changed, one at a time, and the verdict is held against the files.

use serde_json::{Value, json};
use tinsmith_codegen::diff::tree;
use tinsmith_codegen::{Bump, DiffOptions, Model, Overrides, Problems, Selection, Side, diff};
use tinsmith_golden::{case, pointers};

/// What is said of a change that the report has no name for.
const UNNAMED: &str = "in a way that no other change describes";

/// One in so many edits is tried; `TINSMITH_EVERY_FACT=1` tries all.
const STRIDE: usize = 499;

/// Models in which members are whole bodies, of requests, of responses and of exceptions.
const WITH_PAYLOADS: [&str; 4] = [
    "errors",
    "payload-nested-binding",
    "payloads",
    "xml-payloads",
];

#[test]
fn verdicts_a_change_is_reported_exactly_where_a_file_changes() {
    let all = std::env::var_os("TINSMITH_EVERY_FACT").is_some();
    let mut number = 0_usize;
    let (tried, reported) = reported_exactly_where_a_file_changes(case::all(), &mut |_| {
        number += 1;
        all || number.is_multiple_of(STRIDE)
    });
    assert!(
        tried > 40 && reported > 20,
        "{tried} edits, {reported} reported"
    );
}

#[test]
fn verdicts_a_name_on_the_wire_is_reported_exactly_where_it_is_sent() {
    let mut cases = case::all();
    cases.retain(|case| WITH_PAYLOADS.contains(&case.name.as_str()));
    assert_eq!(cases.len(), WITH_PAYLOADS.len());
    let (tried, reported) = reported_exactly_where_a_file_changes(cases, &mut |edit| {
        edit.starts_with("with wire_name ") && edit.contains("/members/")
    });
    assert!(
        reported > 10 && reported < tried,
        "{tried} edits, {reported} reported"
    );
}

/// How many edits were tried, and how many of them were reported.
fn reported_exactly_where_a_file_changes(
    cases: Vec<case::Case>,
    wanted: &mut dyn FnMut(&str) -> bool,
) -> (usize, usize) {
    let (mut tried, mut reported, mut wrong) = (0_usize, 0_usize, Vec::new());
    for case in cases {
        let Ok(before) = case.model() else { continue };
        let Ok(was) = tree(side(&before, &SELECTION, &Overrides::default())) else {
            continue;
        };
        let value = serde_json::to_value(&before).unwrap();
        for (name, edited) in edits(&value, wanted) {
            let Some(after) = model(&before, edited) else {
                continue;
            };
            let Ok(is) = tree(side(&after, &SELECTION, &Overrides::default())) else {
                continue;
            };
            tried += 1;
            let options = DiffOptions {
                selection: SELECTION,
                overrides: Overrides::default(),
            };
            let diff = diff(&before, &after, &options).unwrap();
            let is_none = diff.bump == Bump::None && diff.changes.is_empty();
            reported += usize::from(!is_none);
            if is_none != (was == is) {
                let reported: Vec<_> = diff
                    .changes
                    .iter()
                    .map(|change| format!("{} {} {:?}", change.kind, change.path, change.note))
                    .collect();
                wrong.push(format!("{} {name}: {} {reported:?}", case.name, diff.bump));
            }
            let unnamed = diff.changes.iter().find(|change| {
                let note = change.note.as_deref().unwrap_or_default();
                note.contains(UNNAMED)
            });
            if unnamed.is_some() {
                wrong.push(format!("{} {name}: unnamed", case.name));
            }
        }
    }
    println!("{tried} edits, {reported} of them reported");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    (tried, reported)
}

const SELECTION: Selection = Selection::All;

fn side<'m>(model: &'m Model, selection: &'m Selection, overrides: &'m Overrides) -> Side<'m> {
    Side {
        model,
        selection,
        overrides,
    }
}

/// The model that an edit gives; `None` where it gives none, or the same.
fn model(before: &Model, edited: Value) -> Option<Model> {
    let mut model: Model = serde_json::from_value(edited).ok()?;
    model.file.clone_from(&before.file);
    model.unread = Problems::default();
    (model != *before).then_some(model)
}

/// Facts that may be added to a part of a model.
fn additions() -> Vec<(&'static str, Value)> {
    vec![
        ("required", json!(true)),
        ("documentation", json!("Said of it.")),
        ("deprecated", json!({ "message": "Do not." })),
        ("idempotency_token", json!(true)),
        ("sensitive", json!(true)),
        ("wire_name", json!("other")),
        ("location", json!("header")),
        ("streaming", json!(true)),
        ("sparse", json!(true)),
        ("no_auth", json!(true)),
        ("unsigned_payload", json!(true)),
        ("timestamp_format", json!("http_date")),
    ]
}

/// Every edit of one fact that is `wanted`, by what it does and where: a text spelled in another way, a flag that is turned, a number that is greater, a part that is
/// taken away or added, a list in another order; and each name spelled in another way wherever it stands.
fn edits(value: &Value, wanted: &mut dyn FnMut(&str) -> bool) -> Vec<(String, Value)> {
    let pointers = [vec![String::new()], pointers(value)].concat();
    let mut edits = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for pointer in &pointers {
        let mut add = |what: &str, edit: &dyn Fn(&mut Value)| {
            let name = format!("{what} {pointer}");
            if !wanted(&name) {
                return;
            }
            let mut edited = value.clone();
            if let Some(at) = edited.pointer_mut(pointer) {
                edit(at);
                edits.push((name, edited));
            }
        };
        match value.pointer(pointer) {
            Some(Value::String(text)) => {
                add("text", &|at| *at = json!(format!("{text}x")));
            }
            Some(Value::Bool(flag)) => add("flag", &|at| *at = json!(!flag)),
            Some(Value::Number(number)) => {
                if let Some(number) = number.as_u64() {
                    add("number", &|at| *at = json!(number + 1));
                }
            }
            Some(Value::Array(items)) if items.len() > 1 => {
                add("order", &|at| at.as_array_mut().unwrap().reverse());
                add("item", &|at| drop(at.as_array_mut().unwrap().pop()));
            }
            Some(Value::Object(members)) => {
                for key in members.keys() {
                    add(&format!("without {key}"), &|at| {
                        at.as_object_mut().unwrap().remove(key);
                    });
                    if !names.contains(key) {
                        names.push(key.clone());
                    }
                }
                for (key, fact) in additions() {
                    if !members.contains_key(key) {
                        add(&format!("with {key}"), &|at| {
                            at.as_object_mut()
                                .unwrap()
                                .insert(key.to_owned(), fact.clone());
                        });
                    }
                }
            }
            _ => {}
        }
    }
    let text = value.to_string();
    for name in names {
        let edit = format!("respelled {name}");
        if !wanted(&edit) {
            continue;
        }
        let mut chars = name.chars();
        let Some(first) = chars.next() else { continue };
        let first: String = if first.is_lowercase() {
            first.to_uppercase().collect()
        } else {
            first.to_lowercase().collect()
        };
        let other = text.replace(
            &format!("{name:?}"),
            &format!("{:?}", first + chars.as_str()),
        );
        if let Ok(edited) = serde_json::from_str(&other) {
            edits.push((edit, edited));
        }
    }
    edits
}
