//! Edits `tinsmith.toml` as a person would: names are inserted where they sort, and comments and layout stay.

use crate::config::FILE;
use crate::report::Report;
use toml_edit::{Array, DocumentMut, Value};

/// The widest that a one-line list of operations may get before it is laid out one name a line.
const WIDEST: usize = 100;

/// One name of the list, with what is written around it.
struct Entry {
    name: String,
    /// Comments on lines of their own, above the name.
    above: String,
    /// A comment behind the name, on its line.
    behind: String,
}

/// `text` with `names` added to the operations of `service`: sorted, each once.
///
/// # Errors
/// A text without such a list. (It was read before as a whole, so that this would be a fault of ours.)
pub fn with_operations(text: &str, service: &str, names: &[String]) -> Result<String, Report> {
    let mut document: DocumentMut = text
        .parse()
        .map_err(|error| Report::new(format!("{FILE} is no TOML: {error}")))?;
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
    // Stable, so that of two equal names the one that was there stays, with its comments.
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

/// The names, each with its own comments. TOML's grammar gives a comment behind a comma to the value after it; people
/// mean the one before.
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

/// Splits what lies between two names: the rest of the line goes to the name before, comments below it stay.
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

/// One name a line, with a comma behind the last.
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
