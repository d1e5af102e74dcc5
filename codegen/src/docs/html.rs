//! Splits the HTML of models into tokens. It was typed by hand: elements may be unclosed or wrongly nested, text half
//! escaped.

use super::canonical::is_element;
use super::step;
use html5gum::{HtmlString, StartTag, Token as HtmlToken, Tokenizer};

/// A piece of HTML.
#[derive(Debug, PartialEq)]
pub(super) enum Token {
    /// Text, with its references resolved.
    Text(String),
    /// `<name …>`, with the link of an `<a>`.
    Open { name: String, href: Option<String> },
    /// `</name>`.
    Close(String),
}

pub(super) fn tokens(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let html = only_elements(html);
    for token in Tokenizer::new(html.as_str()) {
        // Reading from memory does not fail.
        let Ok(token) = token;
        match token {
            HtmlToken::String(text) => tokens.push(Token::Text(string(&text.value))),
            HtmlToken::EndTag(tag) => tokens.push(Token::Close(string(&tag.name))),
            HtmlToken::StartTag(tag) => open(&tag, &mut tokens),
            HtmlToken::Comment(_) | HtmlToken::Doctype(_) | HtmlToken::Error(_) => {}
        }
    }
    tokens
}

fn open(tag: &StartTag<()>, tokens: &mut Vec<Token>) {
    let attribute = |name: &[u8]| tag.attributes.get(name).map(|value| string(&value.value));
    let name = string(&tag.name);
    if name == "img" {
        // The content of an image is its alternative text.
        let alt = attribute(b"alt").filter(|alt| !alt.trim().is_empty());
        if let Some(alt) = alt {
            tokens.push(Token::Open {
                name: "a".to_owned(),
                href: attribute(b"src"),
            });
            tokens.push(Token::Text(alt));
            tokens.push(Token::Close("a".to_owned()));
        }
        return;
    }
    let href = attribute(b"href").filter(|_| name == "a");
    let closed = tag.self_closing.then(|| Token::Close(name.clone()));
    tokens.push(Token::Open { name, href });
    tokens.extend(closed);
}

fn string(text: &HtmlString) -> String {
    String::from_utf8_lossy(text).replace('\u{a0}', " ")
}

/// The text with every `<` escaped that opens no element used by models: in prose (`a < b`, `<region>`) it is text.
fn only_elements(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut comments = true;
    while let Some(at) = rest.find('<') {
        let (text, from) = rest.split_at(at);
        step(text.len());
        out.push_str(text);
        if comments && from.starts_with("<!--") {
            step(from.len());
            match from.find("-->") {
                Some(end) => {
                    rest = from.get(end + 3..).unwrap_or_default();
                    continue;
                }
                // The following ones have no end either.
                None => comments = false,
            }
        }
        let inside = from.get(1..).unwrap_or_default();
        let end = inside.find(['<', '>']).unwrap_or(inside.len());
        step(end);
        let (tag, after) = inside.split_at(end);
        if after.starts_with('>') && is_tag(tag) {
            out.push('<');
            out.push_str(tag);
            rest = after;
        } else {
            out.push_str("&lt;");
            rest = inside;
        }
    }
    out.push_str(rest);
    out
}

fn is_tag(inside: &str) -> bool {
    let name = inside.strip_prefix('/').unwrap_or(inside);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
    let (name, rest) = name
        .split_at_checked(end.unwrap_or(name.len()))
        .unwrap_or_default();
    let ends = rest
        .chars()
        .next()
        .is_none_or(|c| c == '/' || c.is_ascii_whitespace());
    let attributes = rest.trim_matches(|c: char| c == '/' || c.is_ascii_whitespace());
    let said = attributes.is_empty() || attributes.contains('=');
    // A quotation without an end would include the text after the tag.
    let closed = |quote: char| attributes.matches(quote).count() % 2 == 0;
    ends && said && closed('"') && (closed('\'') || attributes.contains('"')) && is_element(name)
}
