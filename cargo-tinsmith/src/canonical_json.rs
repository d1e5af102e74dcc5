//! One layout for every JSON file in `models/`, so that two imports differ in the lines whose facts differ.
//!
//! Two spaces of indentation; members in their original order; one item of an array per line. An object is on one line
//! if it contains only scalars, or if it refers to a shape (`"shape"` or `"target"`), so that a member of a structure
//! is one line. The first two levels of the file always have one line per key.

use serde_json::Value;

/// The text of `value`, with a trailing newline.
pub fn print(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out.push('\n');
    out
}

/// The parser limits nesting to 128 levels, which bounds this recursion.
fn write(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, depth + 1, out);
                write(item, depth + 1, out);
            }
            separate(0, depth, out);
            out.push(']');
        }
        Value::Object(members) if depth < 2 && !members.is_empty() || !is_leaf(value) => {
            out.push('{');
            for (index, (key, member)) in members.iter().enumerate() {
                separate(index, depth + 1, out);
                text(key, out);
                out.push_str(": ");
                write(member, depth + 1, out);
            }
            separate(0, depth, out);
            out.push('}');
        }
        _ => on_one_line(value, out),
    }
}

/// The largest width of a value that [`folded`] keeps on its line.
const WIDEST: usize = 100;

/// The text of `value` for files that are not edited: as much on a line as possible; the first two levels have one key
/// per line.
pub fn folded(value: &Value) -> String {
    let mut out = String::new();
    fold(value, 0, 0, &mut out);
    out.push('\n');
    out
}

/// `before` is the text that is already on the line. The parser bounds the recursion here too.
fn fold(value: &Value, depth: usize, before: usize, out: &mut String) {
    if depth > 1 {
        let (start, room) = (out.len(), WIDEST.saturating_sub(before));
        if before <= WIDEST && within(value, start + room, out) {
            return;
        }
        out.truncate(start);
    }
    let indented = 2 * (depth + 1);
    match value {
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, depth + 1, out);
                fold(item, depth + 1, indented, out);
            }
            separate(0, depth, out);
            out.push(']');
        }
        Value::Object(members) if !members.is_empty() => {
            out.push('{');
            for (index, (key, member)) in members.iter().enumerate() {
                separate(index, depth + 1, out);
                let start = out.len();
                text(key, out);
                out.push_str(": ");
                fold(member, depth + 1, indented + out.len() - start, out);
            }
            separate(0, depth, out);
            out.push('}');
        }
        _ => on_one_line(value, out),
    }
}

fn separate(index: usize, depth: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
}

fn is_leaf(value: &Value) -> bool {
    let Value::Object(members) = value else {
        return false;
    };
    let refers = |key: &str| members.get(key).is_some_and(Value::is_string);
    let scalar = |value: &Value| {
        !matches!(value, Value::Array(items) if !items.is_empty())
            && !matches!(value, Value::Object(members) if !members.is_empty())
    };
    refers("shape") || refers("target") || members.values().all(scalar)
}

fn on_one_line(value: &Value, out: &mut String) {
    within(value, usize::MAX, out);
}

/// Writes on one line; stops, with a part written, when `out` is longer than `end`.
fn within(value: &Value, end: usize, out: &mut String) -> bool {
    match value {
        Value::Array(items) => {
            let mut comma = "[";
            for item in items {
                out.push_str(comma);
                if !within(item, end, out) {
                    return false;
                }
                comma = ", ";
            }
            out.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Value::Object(members) => {
            let mut comma = "{ ";
            for (key, member) in members {
                out.push_str(comma);
                text(key, out);
                out.push_str(": ");
                if !within(member, end, out) {
                    return false;
                }
                comma = ", ";
            }
            out.push_str(if members.is_empty() { "{}" } else { " }" });
        }
        Value::String(string) => text(string, out),
        scalar => out.push_str(&scalar.to_string()),
    }
    out.len() <= end
}

/// A text in quotes; most need no escapes.
fn text(text: &str, out: &mut String) {
    if text
        .bytes()
        .any(|byte| byte < b' ' || matches!(byte, b'"' | b'\\' | 0x7f))
    {
        out.push_str(&Value::from(text).to_string());
    } else {
        out.push('"');
        out.push_str(text);
        out.push('"');
    }
}
