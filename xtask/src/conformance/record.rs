//! The record of the golden cases: for each operation the requests for synthetic inputs, and the results of reading
//! synthetic responses. It is independent of Rust, so it does not change with the interface of generated code, and
//! every change of it is one that users and services see.

mod answer;
mod cases;
mod code;
mod entries;
mod frames;
mod synth;
mod text;
mod xml;

use super::program::{Crate, Program};
use crate::scratch;
use answer::Response;
use cargo_tinsmith::report::{Report, count};
use entries::{Entry, EntryKind, entries, inputs, module};
use serde_json::{Value, json};
use similar::TextDiff;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const FOLDER: &str = "tests/golden/record";

const BLESS: &str = "cargo xtask conformance --record --bless";

const SHOWN: &str = include_str!("../../templates/record_shown.rs");

/// The options.
#[derive(Debug)]
pub struct Request {
    /// Only the cases whose names contain this text.
    pub filter: Option<String>,
    /// Whether to write the record instead of comparing with it.
    pub bless: bool,
}

/// Compares requests and results with the record, or writes it.
///
/// # Errors
/// A request or a result differs from the record; the program cannot be built.
pub fn record(root: &Path, request: &Request) -> Result<String, Report> {
    let filter = request.filter.as_deref().unwrap_or_default();
    let mut crates = cases::all(root)?;
    crates.retain(|(name, _)| name.contains(filter));
    if crates.is_empty() {
        return Err(Report::new(format!(
            "expected golden cases whose names contain `{filter}`, found none"
        )));
    }
    let entries = entries(&crates);
    let texts = run(root, &crates, &entries)?;
    if request.bless {
        write(root, &texts, filter)?;
    } else {
        compare(root, &texts, filter)?;
    }
    Ok(format!(
        "{} of {} {}\n",
        count(entries.len(), "call"),
        count(crates.len(), "golden case"),
        if request.bless {
            "recorded"
        } else {
            "as recorded"
        }
    ))
}

/// Runs the calls, and returns the text of each case.
fn run(
    root: &Path,
    crates: &[(String, Crate)],
    entries: &[Entry],
) -> Result<BTreeMap<String, String>, Report> {
    let mut program = Program {
        package: "record-answers",
        crates: crates.iter().map(|(_, krate)| krate).collect(),
        modules: BTreeMap::from([("shown".to_owned(), SHOWN.to_owned())]),
        calls: BTreeMap::new(),
    };
    for (case, (name, krate)) in crates.iter().enumerate() {
        let failed = |why: String| Report::new(format!("{name}: {why}"));
        let shown = code::shown(krate).map_err(failed)?;
        program.modules.insert(format!("case_{case}_shown"), shown);
        for (index, (name, operation)) in krate.model.operations.iter().enumerate() {
            let inputs = inputs(krate, operation).into_iter();
            let inputs: Vec<_> = inputs.map(|(_, input)| input).collect();
            let text = code::operation(krate, name, operation, &inputs).map_err(failed)?;
            program.modules.insert(module(case, index), text);
        }
    }
    let mut given = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let call = format!(
            "{}::{}(config, {})",
            entry.module, entry.function, entry.input
        );
        program.calls.insert(number, call);
        let responses: Vec<Value> = match &entry.kind {
            // Events need a connection of HTTP/2, which the program's server does not support.
            EntryKind::Sent {
                sends_events: true, ..
            } => vec![Response::empty().given()],
            EntryKind::Sent { .. } => Vec::new(),
            EntryKind::Read(response) => vec![response.given()],
            EntryKind::Pages(pages) => pages.iter().map(Response::given).collect(),
        };
        given.push(json!({"case": number, "responses": responses}));
    }
    let folder = scratch::kept(root, "conformance/record", &program.files(root))?;
    let answers: BTreeMap<_, _> = program
        .ask(root, &folder, &given.iter().collect::<Vec<_>>())?
        .into_iter()
        .collect();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate() {
        let Some((name, _)) = crates.get(entry.case) else {
            continue;
        };
        let answer = answers.get(&number).unwrap_or(&Value::Null);
        let text = texts.entry(format!("{name}.txt")).or_default();
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&entry.text(answer));
    }
    Ok(texts)
}

impl Entry {
    fn text(&self, answer: &Value) -> String {
        let text = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default();
        let read = match answer.get("passed") {
            Some(Value::Bool(true)) if text("got").is_empty() => "no members\n".to_owned(),
            Some(Value::Bool(true)) => text("got").to_owned(),
            // A panic, or a timeout.
            _ => format!("no answer: {}\n", text("got")),
        };
        let title = &self.title;
        match &self.kind {
            EntryKind::Sent { input, .. } => format!(
                "==== {title}\n{}---- sends\n{}",
                text::members(input),
                text::requests(answer)
            ),
            EntryKind::Read(response) => {
                format!(
                    "==== {title}\n{}---- is read as\n{read}",
                    text::response(response)
                )
            }
            EntryKind::Pages(_) => {
                format!("==== {title}\n{read}---- after\n{}", text::requests(answer))
            }
        }
    }
}

/// The texts of the record that the filter selects.
fn recorded(root: &Path, filter: &str) -> Result<BTreeMap<String, String>, Report> {
    let mut texts = BTreeMap::new();
    for kind in ["cases", "rows"] {
        let folder = root.join(FOLDER).join(kind);
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = format!("{kind}/{name}");
            if name.trim_end_matches(".txt").contains(filter) {
                let text = fs::read_to_string(&path);
                texts.insert(
                    name,
                    text.map_err(|error| Report::io("cannot read", &path, &error))?,
                );
            }
        }
    }
    Ok(texts)
}

fn compare(root: &Path, texts: &BTreeMap<String, String>, filter: &str) -> Result<(), Report> {
    let mut report = Report::default();
    let recorded = recorded(root, filter)?;
    for (name, text) in texts {
        match recorded.get(name) {
            None => report.push(format!(
                "{FOLDER}/{name} does not exist; if that is intended: {BLESS}"
            )),
            Some(old) if old != text => {
                let diff = TextDiff::from_lines(old.as_str(), text.as_str());
                let diff = diff
                    .unified_diff()
                    .context_radius(6)
                    .header("recorded", "found")
                    .to_string();
                report.push(format!(
                    "what is sent or read differs from {FOLDER}/{name}:\n{diff}\nif that is intended: {BLESS}"
                ));
            }
            Some(_) => {}
        }
    }
    for name in recorded.keys().filter(|name| !texts.contains_key(*name)) {
        report.push(format!(
            "{FOLDER}/{name} belongs to no case; if that is intended: {BLESS}"
        ));
    }
    report.or(())
}

fn write(root: &Path, texts: &BTreeMap<String, String>, filter: &str) -> Result<(), Report> {
    for name in recorded(root, filter)?.keys() {
        if !texts.contains_key(name) {
            let path = root.join(FOLDER).join(name);
            fs::remove_file(&path).map_err(|error| Report::io("cannot remove", &path, &error))?;
        }
    }
    for (name, text) in texts {
        scratch::write(&root.join(FOLDER).join(name), text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{compare, write};
    use std::collections::BTreeMap;

    #[test]
    fn each_difference_is_reported() {
        let root = tempfile::tempdir().unwrap();
        let texts = |texts: &[(&str, &str)]| {
            let texts = texts.iter();
            texts
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect::<BTreeMap<_, _>>()
        };
        let before = texts(&[
            ("cases/a.txt", "1\n"),
            ("cases/b.txt", "1\n"),
            ("rows/c.txt", "1\n"),
        ]);
        write(root.path(), &before, "").unwrap();
        compare(root.path(), &before, "").unwrap();

        let after = texts(&[
            ("cases/a.txt", "2\n"),
            ("cases/b.txt", "1\n"),
            ("rows/d.txt", "1\n"),
        ]);
        let report = compare(root.path(), &after, "").unwrap_err();
        let problems: Vec<_> = report.problems().collect();
        assert_eq!(problems.len(), 3, "{problems:#?}");
        assert!(problems[0].contains("cases/a.txt") && problems[0].contains("-1\n+2\n"));
        assert!(problems[1].contains("rows/d.txt does not exist"));
        assert!(problems[2].contains("rows/c.txt belongs to no case"));

        write(root.path(), &after, "").unwrap();
        compare(root.path(), &after, "").unwrap();
    }
}
