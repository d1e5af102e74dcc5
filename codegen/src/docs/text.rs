//! Text in Markdown: escapes markup, and wraps lines.

use super::{Doc, WIDTH, step};
use crate::text::{in_prose, is_invisible};

/// Escapes everything that Markdown or rustdoc would read as markup. Bare links become links if `links` is set; within
/// a link they are text.
pub(super) fn escape(text: &str, links: bool, out: &mut String) {
    let mut done = 0;
    for (start, _) in text.match_indices("http") {
        let from = text.get(start..).unwrap_or_default();
        if !links || start < done {
            continue;
        }
        if let Some(link) = link(from) {
            escape_words(text.get(done..start).unwrap_or_default(), out);
            out.push('<');
            out.extend(link.chars().filter(|c| !is_invisible(*c)));
            out.push('>');
            done = start + link.len();
        }
    }
    escape_words(text.get(done..).unwrap_or_default(), out);
}

/// The bare link at the beginning of the text.
fn link(text: &str) -> Option<&str> {
    let scheme = ["http://", "https://"]
        .into_iter()
        .find(|scheme| text.starts_with(scheme))?;
    let end = |c: char| c.is_whitespace() || c.is_control() || "<>\"'`{}[]\\|".contains(c);
    let (link, _) = text.split_at_checked(text.find(end).unwrap_or(text.len()))?;
    step(link.len());
    let link = link.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_']);
    (link.len() > scheme.len()).then_some(link)
}

fn escape_words(text: &str, out: &mut String) {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    let mut rest = text;
    step(text.len());
    while let Some(c) = chars.next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        let after = chars.peek().copied().unwrap_or(' ');
        let is_markup = match c {
            '\\' | '[' | ']' | '`' => true,
            '*' => !(before.is_whitespace() && after.is_whitespace()),
            '_' => !(is_word(before) && is_word(after)),
            '~' => before == '~' || after == '~',
            '<' => after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?'),
            '&' => is_entity(rest),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.extend(in_prose(c));
        before = c;
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether the text after an ampersand makes it a reference. No reference is longer than this.
pub(super) fn is_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name
        .bytes()
        .take(40)
        .position(|byte| !byte.is_ascii_alphanumeric());
    step(end.unwrap_or(40));
    end.is_some_and(|end| end > 0 && name.as_bytes().get(end) == Some(&b';'))
}

/// The text as a block that does not begin with the mark of a list, a heading or a quotation.
pub(super) fn opened_by_nothing(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_code = first.starts_with('`');
    if is_code || !opens_block(first) {
        return text.to_owned();
    }
    // A number's mark is its last character, any other mark is its first.
    match text.split_at_checked(first.len() - 1) {
        Some((number, rest)) if first.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{number}\\{rest}")
        }
        _ => format!("\\{text}"),
    }
}

/// Appends `text` wrapped to the width, the first line after `first`, the others after `rest`.
pub(super) fn fill(doc: &mut Doc, text: &str, first: &str, rest: &str) {
    let mut line = first.to_owned();
    let mut width = line.chars().count();
    let mut empty = true;
    for word in words(text) {
        let length = word.chars().count();
        if !empty && width + 1 + length > WIDTH && !opens_block(word) {
            doc.push(&line);
            rest.clone_into(&mut line);
            width = line.chars().count();
            empty = true;
        }
        if !empty {
            line.push(' ');
            width += 1;
        }
        line.push_str(word);
        width += length;
        step(2 * length);
        empty = false;
    }
    doc.push(&line);
}

/// The words of a text; a code span is one word.
fn words(text: &str) -> Vec<&str> {
    step(text.len());
    let mut words = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        if c.is_ascii_whitespace() {
            words.extend(text.get(start..at));
            start = at + 1;
        }
        at += match c {
            '\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            '`' => code_span(rest),
            _ => c.len_utf8(),
        };
    }
    words.extend(text.get(start..));
    words.retain(|word| !word.is_empty());
    words
}

/// The length of the code span at the beginning of the text: up to a run of as many backticks. Without one, it extends
/// to the end of the text.
fn code_span(text: &str) -> usize {
    let inside = text.trim_start_matches('`');
    let fence = text.len() - inside.len();
    let mut at = fence;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find('`')) {
        at += next;
        let rest = text.get(at..).unwrap_or_default();
        let run = rest.len() - rest.trim_start_matches('`').len();
        at += run;
        if run == fence {
            step(at);
            return at;
        }
    }
    step(text.len());
    text.len()
}

/// Whether a line that begins with this word would be a list, a heading, a rule, a fence, a quotation or the line below
/// the head of a table.
fn opens_block(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_run_of = |marks: &[char]| word.chars().all(|c| marks.contains(&c));
    matches!(word, "+" | "*" | ">")
        || is_run_of(&['='])
        || (is_run_of(&['-', '|', ':']) && word.contains('-'))
        || word.starts_with(['#', '>'])
        || word.starts_with("~~~")
        || (number.len() < word.len() && matches!(number, "." | ")"))
}
