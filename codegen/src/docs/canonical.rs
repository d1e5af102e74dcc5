//! One canonical form of HTML for documentation: known elements, escaped text, collapsed white space.

use super::html::{Token, tokens};

/// The elements that models use. Everything else that looks like one is text: `arn:aws:<region>`.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "del",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "filename",
    "fullname",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "important",
    "li",
    "note",
    "ol",
    "p",
    "para",
    "pre",
    "replaceable",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "u",
    "ul",
    "userinput",
];

/// Whether `<name>` opens an element.
pub(super) fn is_element(name: &str) -> bool {
    ELEMENTS
        .iter()
        .any(|element| name.eq_ignore_ascii_case(element))
}

/// The documentation in canonical form: equal texts mean the same. Text without elements becomes paragraphs.
pub(crate) fn canonical(html: &str) -> String {
    let tokens = tokens(html);
    if tokens.iter().all(|token| matches!(token, Token::Text(_))) {
        return paragraphs(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut preformatted = false;
    for token in tokens {
        match token {
            Token::Text(text) => write(&text, preformatted, &mut out),
            Token::Open { name, href } => {
                preformatted |= name == "pre";
                match href {
                    None => out.push_str(&format!("<{name}>")),
                    Some(href) => {
                        out.push_str(&format!("<{name} href=\""));
                        write(&href.replace('"', "%22"), true, &mut out);
                        out.push_str("\">");
                    }
                }
            }
            Token::Close(name) => {
                preformatted &= name != "pre";
                out.push_str(&format!("</{name}>"));
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A blank line ends a paragraph in CommonMark.
fn paragraphs(text: &str) -> String {
    let mut out = String::new();
    let mut open = false;
    for line in text.lines().chain([""]) {
        if line.trim().is_empty() {
            if std::mem::take(&mut open) {
                out.truncate(out.trim_end().len());
                out.push_str("</p> ");
            }
            continue;
        }
        if !std::mem::replace(&mut open, true) {
            out.push_str("<p>");
        }
        for token in tokens(line.trim_start()) {
            if let Token::Text(text) = token {
                write(&text, false, &mut out);
            }
        }
        out.push(' ');
    }
    out.truncate(out.trim_end().len());
    out
}

/// Appends text, escaped; its white space is collapsed, also with that before it, unless it is preformatted.
fn write(text: &str, preformatted: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ if !preformatted && c.is_ascii_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.push(c),
        }
    }
}
