//! Edits `tinsmith.toml` like a person: a section is added at the end, names are inserted in order, and comments and layout
//! are kept.

use crate::config::FILE;
use crate::report::Report;
use toml_edit::{Array, DocumentMut, Value};

/// The largest width of a one-line list of operations; a longer one has one name per line.
const WIDEST: usize = 100;

/// One name of the list, with the text around it.
struct Entry {
    name: String,
    /// Comments on separate lines above the name.
    above: String,
    /// A comment after the name, on its line.
    behind: String,
}

/// `text` with a section for a service that has no operations yet, at its end.
pub fn with_service(text: &str, service: &str, model: &str) -> String {
    let key = toml_edit::Key::new(service);
    let model = Value::from(model);
    let before = text.trim_end();
    let gap = if before.is_empty() { "" } else { "\n\n" };
    format!("{before}{gap}[services.{key}]\nmodel = {model}\noperations = []\n")
}

/// `text` with `names` added to the operations of `service`: sorted, each once.
///
/// # Errors
/// The text has no such list. (It was parsed before, so that would be an error of ours.)
pub fn with_operations(text: &str, service: &str, names: &[String]) -> Result<String, Report> {
    let mut document: DocumentMut = text
        .parse()
        .map_err(|error| Report::new(format!("{FILE} is not TOML: {error}")))?;
    let list = document
        .get_mut("services")
        .and_then(|services| services.get_mut(service))
        .and_then(|service| service.get_mut("operations"))
        .and_then(|operations| operations.as_array_mut())
        .ok_or_else(|| {
            Report::new(format!(
                "expected an array at services.{service}.operations in {FILE}, found none"
            ))
        })?;
    let lines = list.to_string().contains('\n');
    let (mut entries, tail) = entries(list);
    for name in names {
        entries.push(Entry {
            name: name.clone(),
            above: String::new(),
            behind: String::new(),
        });
    }
    // Stable, so that of two equal names the existing one is kept, with its comments.
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    entries.dedup_by(|later, earlier| {
        let same = later.name == earlier.name;
        if same {
            earlier.above.push_str(&later.above);
            earlier.behind.push_str(&later.behind);
        }
        same
    });
    let width: usize = entries.iter().map(|entry| entry.name.len() + 4).sum();
    if lines || width > WIDEST {
        lay_out(list, &entries, &tail);
    } else {
        list.clear();
        list.extend(entries.iter().map(|entry| entry.name.as_str()));
        list.set_trailing_comma(false);
        list.set_trailing("");
    }
    Ok(document.to_string())
}

/// The names, each with its comments. In TOML's grammar, a comment after a comma belongs to the next value; people mean
/// the one before.
fn entries(list: &Array) -> (Vec<Entry>, String) {
    let mut entries: Vec<Entry> = Vec::new();
    for value in list {
        let raw = |raw: Option<&toml_edit::RawString>| {
            raw.and_then(|raw| raw.as_str())
                .unwrap_or_default()
                .to_owned()
        };
        let (before, after) = (raw(value.decor().prefix()), raw(value.decor().suffix()));
        let above = give_back(&before, &mut entries);
        entries.push(Entry {
            name: value.as_str().unwrap_or_default().to_owned(),
            above,
            behind: comment(&after),
        });
    }
    let tail = give_back(list.trailing().as_str().unwrap_or_default(), &mut entries);
    (entries, tail)
}

/// Splits the text between two names: the rest of the line belongs to the name before, comments below it to the next.
fn give_back(between: &str, entries: &mut [Entry]) -> String {
    let (rest, below) = between.split_once('\n').unwrap_or((between, ""));
    match entries.last_mut() {
        Some(before) => {
            before.behind.push_str(&comment(rest));
            comments(below)
        }
        None => comments(between),
    }
}

fn comment(text: &str) -> String {
    match text.trim() {
        "" => String::new(),
        comment => format!(" {comment}"),
    }
}

fn comments(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| format!("\n  {line}"))
        .collect()
}

/// One name per line, with a comma after the last.
fn lay_out(list: &mut Array, entries: &[Entry], tail: &str) {
    list.clear();
    let mut behind = String::new();
    for entry in entries {
        let mut value = Value::from(entry.name.as_str());
        value
            .decor_mut()
            .set_prefix(format!("{behind}{}\n  ", entry.above));
        behind.clone_from(&entry.behind);
        list.push_formatted(value);
    }
    list.set_trailing_comma(true);
    list.set_trailing(format!("{behind}{tail}\n"));
}
