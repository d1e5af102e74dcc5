//! A second implementation of CBOR, without the runtime: decodes bodies to compare and show them, and encodes synthetic
//! ones.

use minicbor::data::{Tag, Type};
use minicbor::decode::{Decoder, Error};
use minicbor::{Encoder, encode};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::{self, Write as _};

/// A value.
#[derive(Debug, PartialEq)]
pub(super) enum Item {
    Integer(i128),
    Float(f64),
    Bytes(Vec<u8>),
    Text(String),
    List(Vec<Item>),
    /// In the order of the keys, which has no meaning.
    Map(BTreeMap<String, Item>),
    Tagged(u64, Box<Item>),
    Bool(bool),
    Null,
}

/// The value of a body; `None`: it is not valid.
pub(super) fn decode(body: &[u8]) -> Option<Item> {
    let mut tokens = Decoder::new(body);
    let item = item(&mut tokens).ok()?;
    (tokens.position() == body.len()).then_some(item)
}

/// The input is from the suites or from our own client, so it is nested as deeply as their models.
fn item(tokens: &mut Decoder<'_>) -> Result<Item, Error> {
    Ok(match tokens.datatype()? {
        Type::Bool => Item::Bool(tokens.bool()?),
        Type::Null => tokens.null().map(|()| Item::Null)?,
        Type::Undefined => tokens.undefined().map(|()| Item::Null)?,
        Type::F16 => Item::Float(half(tokens)?),
        Type::F32 => Item::Float(tokens.f32()?.into()),
        Type::F64 => Item::Float(tokens.f64()?),
        Type::Bytes | Type::BytesIndef => {
            let pieces: Result<Vec<_>, _> = tokens.bytes_iter()?.collect();
            Item::Bytes(pieces?.concat())
        }
        Type::String | Type::StringIndef => Item::Text(text(tokens)?),
        Type::Array | Type::ArrayIndef => {
            let mut items = Vec::new();
            let length = tokens.array()?;
            while is_more(tokens, length, items.len())? {
                items.push(item(tokens)?);
            }
            Item::List(items)
        }
        Type::Map | Type::MapIndef => {
            let mut entries = BTreeMap::new();
            let length = tokens.map()?;
            let mut count = 0;
            while is_more(tokens, length, count)? {
                count += 1;
                entries.insert(text(tokens)?, item(tokens)?);
            }
            Item::Map(entries)
        }
        Type::Tag => Item::Tagged(tokens.tag()?.as_u64(), Box::new(item(tokens)?)),
        _ => Item::Integer(tokens.int()?.into()),
    })
}

fn text(tokens: &mut Decoder<'_>) -> Result<String, Error> {
    tokens.str_iter()?.collect()
}

fn is_more(tokens: &mut Decoder<'_>, length: Option<u64>, count: usize) -> Result<bool, Error> {
    match length {
        Some(length) => Ok(u64::try_from(count).is_ok_and(|count| count < length)),
        None if tokens.datatype()? == Type::Break => {
            tokens.set_position(tokens.position() + 1);
            Ok(false)
        }
        None => Ok(true),
    }
}

/// A number of 16 bits.
fn half(tokens: &mut Decoder<'_>) -> Result<f64, Error> {
    let start = tokens.position() + 1;
    let Some(&[high, low]) = tokens.input().get(start..start + 2) else {
        return Err(Error::end_of_input());
    };
    tokens.set_position(start + 2);
    let bits = u16::from_be_bytes([high, low]);
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    let magnitude = match exponent {
        0 => fraction * 2_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * 2_f64.powi(exponent - 25),
    };
    Ok(if bits >> 15 == 0 {
        magnitude
    } else {
        -magnitude
    })
}

impl Item {
    /// Whether the values are equal: numbers in any form, texts by `same_text`.
    pub(super) fn is_like(&self, found: &Self, same_text: &dyn Fn(&str, &str) -> bool) -> bool {
        match (self, found) {
            (Self::Text(expected), Self::Text(found)) => same_text(expected, found),
            (Self::List(expected), Self::List(found)) => {
                let mut items = expected.iter().zip(found);
                expected.len() == found.len()
                    && items.all(|(expected, found)| expected.is_like(found, same_text))
            }
            (Self::Map(expected), Self::Map(found)) => {
                let mut entries = expected.iter();
                expected.len() == found.len()
                    && entries.all(|(key, expected)| {
                        let found = found.get(key);
                        found.is_some_and(|found| expected.is_like(found, same_text))
                    })
            }
            (Self::Tagged(tag, expected), Self::Tagged(other, found)) => {
                tag == other && expected.is_like(found, same_text)
            }
            (Self::Float(expected), Self::Float(found)) => {
                expected == found || expected.is_nan() && found.is_nan()
            }
            (Self::Float(float), Self::Integer(integer))
            | (Self::Integer(integer), Self::Float(float)) => *integer as f64 == *float,
            (expected, found) => expected == found,
        }
    }

    /// Encodes it, with definite lengths.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut tokens = Encoder::new(Vec::new());
        // Writing to memory does not fail.
        let _ = self.write(&mut tokens);
        tokens.into_writer()
    }

    fn write(&self, tokens: &mut Encoder<Vec<u8>>) -> Result<(), encode::Error<Infallible>> {
        let length = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
        match self {
            Self::Integer(value) => tokens.i64(i64::try_from(*value).unwrap_or_default())?,
            Self::Float(value) => tokens.f64(*value)?,
            Self::Bytes(bytes) => tokens.bytes(bytes)?,
            Self::Text(text) => tokens.str(text)?,
            Self::List(items) => {
                tokens.array(length(items.len()))?;
                return items.iter().try_for_each(|item| item.write(tokens));
            }
            Self::Map(entries) => {
                tokens.map(length(entries.len()))?;
                return entries.iter().try_for_each(|(key, value)| {
                    tokens.str(key)?;
                    value.write(tokens)
                });
            }
            Self::Tagged(tag, item) => {
                tokens.tag(Tag::new(*tag))?;
                return item.write(tokens);
            }
            Self::Bool(value) => tokens.bool(*value)?,
            Self::Null => tokens.null()?,
        };
        Ok(())
    }

    fn lines(&self, indent: usize, out: &mut String) {
        let pad = "  ".repeat(indent + 1);
        let end = "  ".repeat(indent);
        let _ = match self {
            Self::Integer(value) => write!(out, "{value}"),
            Self::Float(value) => write!(out, "{value:?}"),
            Self::Bytes(bytes) => {
                let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
                write!(out, "h'{}'", digits.collect::<String>())
            }
            Self::Text(text) => write!(out, "{text:?}"),
            Self::List(items) if items.is_empty() => write!(out, "[]"),
            Self::List(items) => {
                out.push_str("[\n");
                for (index, item) in items.iter().enumerate() {
                    out.push_str(&pad);
                    item.lines(indent + 1, out);
                    out.push_str(if index + 1 < items.len() { ",\n" } else { "\n" });
                }
                write!(out, "{end}]")
            }
            Self::Map(entries) if entries.is_empty() => write!(out, "{{}}"),
            Self::Map(entries) => {
                out.push_str("{\n");
                for (index, (key, item)) in entries.iter().enumerate() {
                    let _ = write!(out, "{pad}{key:?}: ");
                    item.lines(indent + 1, out);
                    out.push_str(if index + 1 < entries.len() {
                        ",\n"
                    } else {
                        "\n"
                    });
                }
                write!(out, "{end}}}")
            }
            Self::Tagged(tag, item) => {
                let _ = write!(out, "{tag}(");
                item.lines(indent, out);
                write!(out, ")")
            }
            Self::Bool(value) => write!(out, "{value}"),
            Self::Null => write!(out, "null"),
        };
    }
}

/// In the diagnostic notation of RFC 8949, one value per line.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.lines(0, &mut text);
        f.write_str(&text)
    }
}
