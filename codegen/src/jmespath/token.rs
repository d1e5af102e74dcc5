//! The words of a JMESPath expression.

use super::Comparison;
use crate::docs::code;
use std::fmt;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(String),
    Text(String),
    Number(serde_json::Number),
    Flag(bool),
    Compare(Comparison),
    And,
    Or,
    Not,
    Dot,
    Star,
    Open,
    Close,
    /// `[]`
    Flatten,
    /// `[*]`
    Items,
    /// `[?`
    Filter,
    CloseBracket,
    /// Between arguments, of which `length` has one.
    Comma,
}

/// What stands for itself, the longest first.
const SIGNS: &[(&str, Token)] = &[
    ("[*]", Token::Items),
    ("[]", Token::Flatten),
    ("[?", Token::Filter),
    ("==", Token::Compare(Comparison::Equal)),
    ("!=", Token::Compare(Comparison::NotEqual)),
    ("<=", Token::Compare(Comparison::LessOrEqual)),
    (">=", Token::Compare(Comparison::GreaterOrEqual)),
    ("&&", Token::And),
    ("||", Token::Or),
    ("<", Token::Compare(Comparison::Less)),
    (">", Token::Compare(Comparison::Greater)),
    ("!", Token::Not),
    (".", Token::Dot),
    ("*", Token::Star),
    ("(", Token::Open),
    (")", Token::Close),
    ("]", Token::CloseBracket),
    (",", Token::Comma),
];

/// What only the beginning of a sign is, and the signs that it may have been meant as.
const UNFINISHED: &[(&str, &str)] = &[
    ("[", "`[]`, `[*]` or `[?`"),
    ("=", "`==`"),
    ("&", "`&&`"),
    ("|", "`||`"),
];

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            'a'..='z' | 'A'..='Z' | '_' => {
                let (name, after) = name(rest);
                (Token::Name(name.to_owned()), after)
            }
            '\'' | '"' | '`' => quoted(first, rest)?,
            _ => sign(rest)?,
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Ok(tokens)
}

fn name(rest: &str) -> (&str, &str) {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    rest.split_at_checked(end.unwrap_or(rest.len()))
        .unwrap_or((rest, ""))
}

fn sign(rest: &str) -> Result<(Token, &str), String> {
    let found = SIGNS
        .iter()
        .find_map(|(sign, token)| Some((token.clone(), rest.strip_prefix(sign)?)));
    found.ok_or_else(|| {
        let meant = UNFINISHED.iter().find(|(sign, _)| rest.starts_with(sign));
        let meant = meant.map_or("a path in JMESPath", |(_, meant)| meant);
        format!("expected {meant}, found {}", code(rest))
    })
}

/// A text, a name in quotes, or JSON between backticks. A backslash keeps the mark after it from ending it.
fn quoted(mark: char, rest: &str) -> Result<(Token, &str), String> {
    let what = match mark {
        '\'' => "a text",
        '"' => "a name",
        _ => "a literal",
    };
    let inside = rest.get(1..).unwrap_or_default();
    let mut escaped = false;
    let end = inside.find(|c| {
        let ends = c == mark && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    let Some((inside, after)) = end.and_then(|end| inside.split_at_checked(end)) else {
        return Err(format!(
            "expected {} at the end of {what}, found its end",
            code(&mark.to_string())
        ));
    };
    let after = after.get(1..).unwrap_or_default();
    let token = match mark {
        '\'' => Token::Text(inside.replace("\\'", "'")),
        '"' => match serde_json::from_str(&format!("\"{inside}\"")) {
            Ok(name) => Token::Name(name),
            Err(_) => return Err(format!("expected a name in quotes, found {}", code(inside))),
        },
        _ => match serde_json::from_str(&inside.replace("\\`", "`")) {
            Ok(serde_json::Value::String(text)) => Token::Text(text),
            Ok(serde_json::Value::Number(number)) => Token::Number(number),
            Ok(serde_json::Value::Bool(flag)) => Token::Flag(flag),
            _ => {
                return Err(format!(
                    "expected text, a number, true or false between backticks, found {}",
                    code(inside)
                ));
            }
        },
    };
    Ok((token, after))
}

/// As a message names it.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(&code(name)),
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Number(number) => write!(f, "the number {number}"),
            Self::Flag(flag) => write!(f, "the literal {flag}"),
            sign => {
                let known = SIGNS.iter().find(|(_, token)| token == sign);
                write!(f, "`{}`", known.map_or("", |(sign, _)| sign))
            }
        }
    }
}
