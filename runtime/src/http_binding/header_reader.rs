//! Values from text outside of the body: headers.

use std::borrow::Cow;

use base64::Engine as _;

use crate::codec::json::read_document;
use crate::codec::text::{BASE64, float_of, not_base64};
use crate::shape::{
    Blob, Decimal, Document, Member, NextEntry, NextItem, NextMember, ReadError, ReadResult,
    ShapeReader, Timestamp, TimestampParseError,
};

/// A header's value, or a list of values, each of which takes as much of the text as its type needs.
pub(crate) struct HeaderReader<'a> {
    text: Cow<'a, str>,
    /// The offset of the next item in a list.
    item: Option<usize>,
}

impl<'a> HeaderReader<'a> {
    pub(crate) fn new(text: Cow<'a, str>) -> Self {
        Self { text, item: None }
    }

    /// The rest of a list, without leading blanks.
    fn rest(&self) -> &str {
        let rest = self.text.get(self.item.unwrap_or_default()..);
        rest.unwrap_or_default().trim_start()
    }

    /// Takes the value, or the next item of a list, which may contain `commas` commas, with the comma after it.
    fn take(&mut self, commas: usize) -> Cow<'_, str> {
        if self.item.is_none() {
            return Cow::Borrowed(&self.text);
        }
        let whole = self.text.len();
        let rest = self.rest();
        let start = whole - rest.len();
        let (quoted, item, rest) = match rest.strip_prefix('"').and_then(split_quoted) {
            Some((quoted, rest)) => (Some(quoted), "", rest.trim_start()),
            None => {
                let comma = rest.match_indices(',').nth(commas);
                let (item, rest) = comma.map_or((rest, ""), |(comma, _)| rest.split_at(comma));
                (None, item.trim_end(), rest)
            }
        };
        let item = start..start + item.len();
        self.item = Some(whole - rest.strip_prefix(',').unwrap_or(rest).len());
        match quoted {
            Some(quoted) => Cow::Owned(quoted),
            None => Cow::Borrowed(self.text.get(item).unwrap_or_default()),
        }
    }

    fn expected(found: &str, expected: &str) -> ReadError {
        ReadError::expected(expected, format!("{found:?}"))
    }
}

/// Splits a text after an opening quote into the quoted part, without its backslashes, and the rest.
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

fn no_place_for<T>(what: &str) -> ReadResult<T> {
    Err(ReadError::new(format!("a header cannot hold {what}")))
}

impl ShapeReader for HeaderReader<'_> {
    fn begin_structure(&mut self) -> ReadResult {
        no_place_for("a structure")
    }

    fn next_member(&mut self, _: &[Member], _: usize) -> ReadResult<NextMember> {
        Ok(NextMember::End)
    }

    fn member_name(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn begin_list(&mut self, _: &Member) -> ReadResult<usize> {
        if self.item.is_some() {
            return no_place_for("a list of lists");
        }
        self.text = Cow::Owned(self.text.trim().to_owned());
        self.item = Some(0);
        Ok(0)
    }

    fn next_item(&mut self) -> ReadResult<NextItem> {
        Ok(if self.rest().is_empty() {
            NextItem::End
        } else {
            NextItem::Value
        })
    }

    fn begin_map(&mut self, _: &Member) -> ReadResult {
        no_place_for("a map")
    }

    fn next_entry(&mut self) -> ReadResult<NextEntry> {
        Ok(NextEntry::End)
    }

    fn string(&mut self) -> ReadResult<Cow<'_, str>> {
        Ok(self.take(0))
    }

    fn boolean(&mut self) -> ReadResult<bool> {
        match &*self.take(0) {
            "true" => Ok(true),
            "false" => Ok(false),
            other => Err(Self::expected(other, "a boolean")),
        }
    }

    fn integer(&mut self) -> ReadResult<i64> {
        let text = self.take(0);
        let integer = Decimal::parse(&text).and_then(Decimal::to_i64);
        integer.ok_or_else(|| Self::expected(&text, "an integer of 64 bits"))
    }

    fn float(&mut self) -> ReadResult<f64> {
        let text = self.take(0);
        float_of(&text, f64::is_finite).ok_or_else(|| Self::expected(&text, "a number of 64 bits"))
    }

    fn float32(&mut self) -> ReadResult<f32> {
        let text = self.take(0);
        float_of(&text, f32::is_finite).ok_or_else(|| Self::expected(&text, "a number of 32 bits"))
    }

    fn blob(&mut self) -> ReadResult<Blob> {
        let decoded = BASE64.decode(self.take(0).as_bytes());
        decoded.map(Blob::from).map_err(not_base64)
    }

    fn timestamp(&mut self) -> ReadResult<Timestamp> {
        // Most HTTP dates contain a comma, after the weekday; nothing else begins with a word and a comma.
        let word = self.rest().split(',').next().unwrap_or_default();
        let is_weekday = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        self.take(usize::from(is_weekday))
            .parse()
            .map_err(|error: TimestampParseError| ReadError::new(error.to_string()))
    }

    fn document(&mut self) -> ReadResult<Document> {
        read_document(&self.take(0))
    }

    fn skip(&mut self) -> ReadResult {
        self.take(0);
        Ok(())
    }
}
