//! The token with which a listing is resumed, in botocore's format.
//!
//! Base64 of a JSON object: the operation's input tokens in model order (null where one is not set), then
//! `boto_truncate_amount` (how many items of that page were returned; absent if none), then
//! `boto_encoded_keys` (the paths of the values that are binary; absent if none). The JSON is written as
//! Python's `json.dumps` writes it, so that equal positions give equal text on both sides.

use std::convert::Infallible;
use std::fmt::{self, Write as _};
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::Token;

const OFFSET: &str = "boto_truncate_amount";
const BLOBS: &str = "boto_encoded_keys";

/// A position in a listing, as text that can be stored and passed to
/// [`starting_token`](super::Paginator::starting_token). boto3 and the AWS CLI (`--starting-token`) accept it, and their
/// tokens are accepted here.
///
/// Any text converts into a token; whether it fits an operation is checked when a listing starts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResumeToken {
    text: String,
}

/// The meaning of a resume token for one operation.
#[derive(Debug, PartialEq)]
pub(super) enum Start {
    /// A position: a value for each input token, and the number of items of that page that were returned.
    At {
        values: Vec<Option<Value>>,
        offset: u64,
    },
    /// The service's own token.
    ServiceToken(String),
}

impl ResumeToken {
    pub(super) fn new(names: &[&str], tokens: &[Option<Token>], offset: u64) -> Self {
        let mut members = Vec::new();
        let mut blobs = Vec::new();
        for (name, token) in names.iter().zip(tokens) {
            let value = token.as_ref().map_or(&Value::Null, Token::json);
            members.push(format!("\"{name}\": {}", Python(value)));
            for path in token.iter().flat_map(Token::blobs) {
                let mut path = path.clone();
                path.insert(0, Value::from(*name));
                blobs.push(Value::Array(path));
            }
        }
        if offset > 0 {
            members.push(format!("\"{OFFSET}\": {offset}"));
        }
        if !blobs.is_empty() {
            members.push(format!("\"{BLOBS}\": {}", Python(&Value::Array(blobs))));
        }
        Self {
            text: STANDARD.encode(format!("{{{}}}", members.join(", "))),
        }
    }

    /// Reads the token for the operation whose input tokens are `names`. The error is a message.
    pub(super) fn read(&self, names: &[&str]) -> Result<Start, String> {
        if self.text.trim().is_empty() {
            return Err(
                "the starting token is empty; leave it out to begin at the beginning".to_owned(),
            );
        }
        let Some(mut members) = decode(&self.text) else {
            return Ok(Start::ServiceToken(self.text.clone()));
        };
        let offset = members.remove(OFFSET);
        let has_blobs = members.remove(BLOBS).is_some();
        if members.len() == names.len() && names.iter().all(|name| members.contains_key(*name)) {
            let offset = match offset {
                None => 0,
                Some(offset) => offset.as_u64().ok_or_else(|| {
                    format!("the starting token is invalid: expected `{OFFSET}` to be a number from 0, found {offset}")
                })?,
            };
            let values = names
                .iter()
                .map(|name| members.remove(*name).filter(|value| !value.is_null()));
            return Ok(Start::At {
                values: values.collect(),
                offset,
            });
        }
        let names_of_tokens = !members.is_empty() && members.keys().all(|key| names_a_token(key));
        if offset.is_some() || has_blobs || names_of_tokens {
            let mut found: Vec<&str> = members.keys().map(String::as_str).collect();
            // Whether serde_json's maps are sorted depends on the features that other crates enable.
            found.sort_unstable();
            return Err(format!(
                "the starting token belongs to another operation: expected {}, found {}; if it is the service's own \
                 token, set it on the call",
                listed(names),
                listed(&found)
            ));
        }
        Ok(Start::ServiceToken(self.text.clone()))
    }
}

/// The members of a token in botocore's format; `None` for any other text.
fn decode(text: &str) -> Option<Map<String, Value>> {
    match serde_json::from_slice(&STANDARD.decode(text.trim()).ok()?) {
        Ok(Value::Object(members)) => Some(members),
        _ => None,
    }
}

/// Whether a member's name looks like that of an input token of an AWS service. This distinguishes a token of another
/// operation from a service's own token that happens to be JSON in base64.
fn names_a_token(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("token")
        || name.ends_with("marker")
        || name.starts_with("start")
        || name.starts_with("exclusivestart")
        || name == "position"
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() {
        return "nothing".to_owned();
    }
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

impl fmt::Display for ResumeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for ResumeToken {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::from(text))
    }
}

impl From<&str> for ResumeToken {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
        }
    }
}

impl From<String> for ResumeToken {
    fn from(text: String) -> Self {
        Self { text }
    }
}

/// JSON as Python writes it: with a space after `,` and `:`, in printable ASCII only.
struct Python<'a>(&'a Value);

impl fmt::Display for Python<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Array(values) => {
                f.write_char('[')?;
                for (index, value) in values.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    Self(value).fmt(f)?;
                }
                f.write_char(']')
            }
            Value::Object(members) => {
                f.write_char('{')?;
                for (index, (name, value)) in members.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    write_ascii(f, &Value::from(name.as_str()))?;
                    write!(f, ": {}", Self(value))?;
                }
                f.write_char('}')
            }
            scalar => write_ascii(f, scalar),
        }
    }
}

fn write_ascii(f: &mut fmt::Formatter<'_>, scalar: &Value) -> fmt::Result {
    for character in scalar.to_string().chars() {
        if matches!(character, ' '..='~') {
            f.write_char(character)?;
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(f, "\\u{unit:04x}")?;
            }
        }
    }
    Ok(())
}
