//! Splits the HTML of models into tokens. It is HTML as people typed it: unclosed, misnested, half escaped.

use super::canonical::is_element;

/// A piece of HTML.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Text with its entities resolved.
    Text(String),
    /// `<name …>`, with the link of an `<a>`.
    Open { name: &'a str, href: Option<String> },
    /// `</name>`.
    Close(&'a str),
}

pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, from) = rest.split_at(at);
        if !text.is_empty() {
            tokens.push(Token::Text(unescape(text)));
        }
        let tag = from.get(1..).unwrap_or_default();
        match tag.split_once('>') {
            Some((inside, after)) if looks_like_tag(inside) => {
                tokens.extend(token(inside));
                // An element that is closed where it opens.
                if let (Some('/'), Some(Token::Open { name, .. })) =
                    (inside.chars().last(), tokens.last())
                {
                    tokens.push(Token::Close(name));
                }
                rest = after;
            }
            _ => {
                tokens.push(Token::Text("<".to_owned()));
                rest = tag;
            }
        }
    }
    if !rest.is_empty() {
        tokens.push(Token::Text(unescape(rest)));
    }
    tokens
}

/// `<` in prose ("a < b", `<region>`) opens no tag.
fn looks_like_tag(inside: &str) -> bool {
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
    inside.starts_with("!--") || ends && said && is_element(name) && !inside.contains('<')
}

fn token(inside: &str) -> Option<Token<'_>> {
    if inside.starts_with('!') {
        return None;
    }
    let end = |text: &str| {
        text.find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(text.len())
    };
    match inside.strip_prefix('/') {
        Some(name) => Some(Token::Close(name.get(..end(name)).unwrap_or_default())),
        None => {
            let (name, attributes) = inside.split_at_checked(end(inside))?;
            let href = attributes.split_once("href=").and_then(|(_, value)| {
                let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
                value.get(1..)?.split(quote).next().map(unescape)
            });
            Some(Token::Open { name, href })
        }
    }
}

/// Resolves the entities that models use; an unknown one stays as it is written.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let entity = from
            .get(1..)
            .and_then(|body| body.split_once(';'))
            .filter(|(name, _)| name.len() <= 8);
        match entity.and_then(|(name, after)| Some((resolve(name)?, after))) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn resolve(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "times" => '×',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "le" => '≤',
        "ge" => '≥',
        "minus" => '−',
        "bull" => '•',
        "deg" => '°',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            return char::from_u32(code).filter(|c| !c.is_control());
        }
    })
}
