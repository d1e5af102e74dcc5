//! Text in Markdown: escaping what would be markup, and filling lines.

use super::{Doc, WIDTH};
use crate::text::in_prose;

/// Escapes what Markdown or rustdoc would take for markup. Bare links become links where `links` says so.
pub(super) fn escape(text: &str, links: bool, out: &mut String) {
    let mut rest = text;
    while let Some((before, link, after)) = split_at_link(rest) {
        escape_words(before, out);
        if links {
            out.push_str(&format!("<{link}>"));
        } else {
            out.push_str(link);
        }
        rest = after;
    }
    escape_words(rest, out);
}

/// The text before the first bare link, the link, and the text after it.
fn split_at_link(text: &str) -> Option<(&str, &str, &str)> {
    let starts = ["http://", "https://"]
        .into_iter()
        .flat_map(|scheme| text.match_indices(scheme));
    let starts = starts.filter_map(|(start, scheme)| {
        let (before, from) = text.split_at_checked(start)?;
        let end = |c: char| c.is_whitespace() || c.is_control() || "<>\"'`{}[]\\".contains(c);
        let (link, _) = from.split_at_checked(from.find(end).unwrap_or(from.len()))?;
        let link = link.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_']);
        let after = from.strip_prefix(link)?;
        (link.len() > scheme.len()).then_some((start, (before, link, after)))
    });
    Some(starts.min_by_key(|(start, _)| *start)?.1)
}

fn escape_words(text: &str, out: &mut String) {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    let mut rest = text;
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

/// Whether what follows an ampersand makes an entity of it.
fn is_entity(rest: &str) -> bool {
    rest.split_once(';').is_some_and(|(name, _)| {
        let name = name.strip_prefix('#').unwrap_or(name);
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// Text as a block whose first word is a word, and not the mark of a list, a heading or a quotation.
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

/// Appends `text` filled to the width, the first line after `first`, the others after `rest`.
pub(super) fn fill(doc: &mut Doc, text: &str, first: &str, rest: &str) {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in words(text) {
        let fits = line.chars().count() + 1 + word.chars().count() <= WIDTH;
        if !empty && !fits && !opens_block(word) {
            doc.push(&std::mem::replace(&mut line, rest.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    doc.push(&line);
}

/// Words; a code span is one word.
fn words(text: &str) -> Vec<&str> {
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

/// The length of the code span that text begins with: up to a run of as many backticks. One without an end is none.
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
            return at;
        }
    }
    fence
}

/// Whether a line that began with this word would be a list, a heading, a rule, a fence or a quotation.
fn opens_block(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_run_of = |mark: char| word.chars().all(|c| c == mark);
    matches!(word, "+" | "*" | ">")
        || is_run_of('-')
        || is_run_of('=')
        || word.starts_with(['#', '>'])
        || word.starts_with("~~~")
        || (number.len() < word.len() && matches!(number, "." | ")"))
}
