//! The tokens of a JMESPath expression.

use super::Comparison;
use crate::docs::code_span;
use serde_json::Value;
use std::fmt;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(String),
    /// A name in quotes, which cannot be that of a function.
    Quoted(String),
    Literal(Value),
    Number(i64),
    Compare(Comparison),
    And,
    Or,
    Not,
    Pipe,
    Reference,
    Dot,
    Star,
    Current,
    Comma,
    Colon,
    Open,
    Close,
    /// `[]`
    Flatten,
    /// `[?`
    Filter,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
}

/// The fixed tokens, the longest first.
const SIGNS: &[(&str, Token)] = &[
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
    ("|", Token::Pipe),
    ("&", Token::Reference),
    (".", Token::Dot),
    ("*", Token::Star),
    ("@", Token::Current),
    (",", Token::Comma),
    (":", Token::Colon),
    ("(", Token::Open),
    (")", Token::Close),
    ("[", Token::OpenBracket),
    ("]", Token::CloseBracket),
    ("{", Token::OpenBrace),
    ("}", Token::CloseBrace),
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
            '-' | '0'..='9' => number(rest)?,
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

fn number(rest: &str) -> Result<(Token, &str), String> {
    let sign = usize::from(rest.starts_with('-'));
    let digits = rest.get(sign..).unwrap_or_default();
    let end = digits.find(|c: char| !c.is_ascii_digit());
    let end = sign + end.unwrap_or(digits.len());
    let (number, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
    match number.parse() {
        Ok(number) => Ok((Token::Number(number), after)),
        Err(_) => Err(format!(
            "expected a whole number, found {}",
            code_span(number)
        )),
    }
}

fn sign(rest: &str) -> Result<(Token, &str), String> {
    let found = SIGNS
        .iter()
        .find_map(|(sign, token)| Some((token.clone(), rest.strip_prefix(sign)?)));
    found.ok_or_else(|| {
        let meant = if rest.starts_with('=') {
            "`==`"
        } else {
            "a path in JMESPath"
        };
        format!("expected {meant}, found {}", code_span(rest))
    })
}

/// A text, a name in quotes, or JSON between backticks. A backslash escapes the mark after it.
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
            code_span(&mark.to_string())
        ));
    };
    let after = after.get(1..).unwrap_or_default();
    let token = match mark {
        '\'' => Token::Literal(Value::String(inside.replace("\\'", "'"))),
        '"' => match serde_json::from_str(&format!("\"{inside}\"")) {
            Ok(name) => Token::Quoted(name),
            Err(_) => {
                return Err(format!(
                    "expected a name in quotes, found {}",
                    code_span(inside)
                ));
            }
        },
        _ => literal(&inside.replace("\\`", "`"))?,
    };
    Ok((token, after))
}

/// JSON. A text that is not JSON is a string without quotes, as earlier versions of JMESPath allowed.
fn literal(inside: &str) -> Result<Token, String> {
    let value = serde_json::from_str(inside)
        .or_else(|_| serde_json::from_str(&format!("\"{}\"", inside.trim_start())));
    value.map(Token::Literal).map_err(|_| {
        format!(
            "expected JSON between backticks, found {}",
            code_span(inside)
        )
    })
}

/// The token's description for messages.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) | Self::Quoted(name) => f.write_str(&code_span(name)),
            Self::Literal(value) => write!(f, "the literal {}", code_span(&value.to_string())),
            Self::Number(number) => write!(f, "the number {number}"),
            sign => {
                let known = SIGNS.iter().find(|(_, token)| token == sign);
                write!(f, "`{}`", known.map_or("", |(sign, _)| sign))
            }
        }
    }
}
