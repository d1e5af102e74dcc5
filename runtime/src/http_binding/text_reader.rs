//! Values from text outside the body: headers.

use std::borrow::Cow;

use base64::Engine as _;

use crate::codec::json::{BASE64, float_of, not_base64, read_document};
use crate::shape::Decimal;
use crate::shape::{
    Blob, Document, ReadError, ReadStructure, ShapeReader, Timestamp, TimestampFormat,
    TimestampParseError,
};
use crate::shape::{EntryFn, ItemFn, VariantFn};

/// A header's value, or a list of them.
pub(crate) struct TextReader<'a>(pub(crate) Cow<'a, str>);

/// One item of a list; takes from the rest of the text as much as its type needs.
struct ItemReader<'a, 'r> {
    rest: &'r mut &'a str,
    read: bool,
}

impl<'a> ItemReader<'a, '_> {
    /// Takes the text of an item, in which `commas` commas may stand, and the comma after it.
    fn take(&mut self, commas: usize) -> TextReader<'a> {
        self.read = true;
        let text = self.rest.trim_start();
        if let Some((quoted, rest)) = text.strip_prefix('"').and_then(split_quoted) {
            *self.rest = rest.trim_start().strip_prefix(',').unwrap_or(rest);
            return TextReader(quoted.into());
        }
        let (item, rest) = match text.match_indices(',').nth(commas) {
            Some((comma, _)) => text.split_at(comma),
            None => (text, ""),
        };
        *self.rest = rest.strip_prefix(',').unwrap_or(rest);
        TextReader(item.trim_end().into())
    }
}

/// Splits a text after an opening quote into what is quoted, without its backslashes, and what follows.
fn split_quoted(text: &str) -> Option<(String, &str)> {
    let mut quoted = String::new();
    let mut rest = text.chars();
    loop {
        match rest.next()? {
            '"' => return Some((quoted, rest.as_str())),
            '\\' => quoted.push(rest.next()?),
            other => quoted.push(other),
        }
    }
}

fn no_place_for(what: &str) -> ReadError {
    ReadError::new(format!("a header cannot hold {what}"))
}

impl ShapeReader for TextReader<'_> {
    fn structure(&mut self, _: &mut dyn ReadStructure) -> Result<(), ReadError> {
        Err(no_place_for("a structure"))
    }

    fn union(&mut self, _: &mut VariantFn<'_>) -> Result<(), ReadError> {
        Err(no_place_for("a union"))
    }

    fn list(&mut self, item: &mut ItemFn<'_>) -> Result<(), ReadError> {
        let mut rest = self.0.trim();
        let mut index = 0;
        while !rest.is_empty() {
            let mut reader = ItemReader {
                rest: &mut rest,
                read: false,
            };
            item(Some(&mut reader)).map_err(|error| error.in_item(index))?;
            if !reader.read {
                reader.take(0);
            }
            rest = rest.trim_start();
            index += 1;
        }
        Ok(())
    }

    fn map(&mut self, _: &mut EntryFn<'_>) -> Result<(), ReadError> {
        Err(no_place_for("a map"))
    }

    fn string(&mut self, take: &mut dyn FnMut(Cow<'_, str>)) -> Result<(), ReadError> {
        take(std::mem::take(&mut self.0));
        Ok(())
    }

    fn boolean(&mut self) -> Result<bool, ReadError> {
        match &*self.0 {
            "true" => Ok(true),
            "false" => Ok(false),
            other => Err(ReadError::expected("true or false", format!("{other:?}"))),
        }
    }

    fn integer(&mut self) -> Result<i64, ReadError> {
        let integer = Decimal::parse(&self.0).and_then(Decimal::to_i64);
        integer.ok_or_else(|| ReadError::expected("an integer of 64 bits", format!("{:?}", self.0)))
    }

    fn float(&mut self) -> Result<f64, ReadError> {
        float_of(&self.0, f64::is_finite)
            .ok_or_else(|| ReadError::expected("a number of 64 bits", format!("{:?}", self.0)))
    }

    fn float32(&mut self) -> Result<f32, ReadError> {
        float_of(&self.0, f32::is_finite)
            .ok_or_else(|| ReadError::expected("a number of 32 bits", format!("{:?}", self.0)))
    }

    fn blob(&mut self) -> Result<Blob, ReadError> {
        let decoded = BASE64.decode(self.0.as_bytes());
        decoded.map(Blob::from).map_err(not_base64)
    }

    fn timestamp(&mut self, _: Option<TimestampFormat>) -> Result<Timestamp, ReadError> {
        self.0
            .parse()
            .map_err(|error: TimestampParseError| ReadError::new(error.to_string()))
    }

    fn document(&mut self) -> Result<Document, ReadError> {
        read_document(&self.0)
    }

    fn skip(&mut self) -> Result<(), ReadError> {
        Ok(())
    }
}

impl ShapeReader for ItemReader<'_, '_> {
    fn structure(&mut self, into: &mut dyn ReadStructure) -> Result<(), ReadError> {
        self.take(0).structure(into)
    }

    fn union(&mut self, variant: &mut VariantFn<'_>) -> Result<(), ReadError> {
        self.take(0).union(variant)
    }

    fn list(&mut self, _: &mut ItemFn<'_>) -> Result<(), ReadError> {
        Err(no_place_for("a list of lists"))
    }

    fn map(&mut self, entry: &mut EntryFn<'_>) -> Result<(), ReadError> {
        self.take(0).map(entry)
    }

    fn string(&mut self, take: &mut dyn FnMut(Cow<'_, str>)) -> Result<(), ReadError> {
        self.take(0).string(take)
    }

    fn boolean(&mut self) -> Result<bool, ReadError> {
        self.take(0).boolean()
    }

    fn integer(&mut self) -> Result<i64, ReadError> {
        self.take(0).integer()
    }

    fn float(&mut self) -> Result<f64, ReadError> {
        self.take(0).float()
    }

    fn float32(&mut self) -> Result<f32, ReadError> {
        self.take(0).float32()
    }

    fn blob(&mut self) -> Result<Blob, ReadError> {
        self.take(0).blob()
    }

    fn timestamp(&mut self, format: Option<TimestampFormat>) -> Result<Timestamp, ReadError> {
        // Most HTTP dates have a comma of their own, after the weekday; nothing else begins with a word and a comma.
        let word = self.rest.trim_start().split(',').next().unwrap_or_default();
        let is_weekday = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        self.take(usize::from(is_weekday)).timestamp(format)
    }

    fn document(&mut self) -> Result<Document, ReadError> {
        self.take(0).document()
    }

    fn skip(&mut self) -> Result<(), ReadError> {
        self.take(0).skip()
    }
}
