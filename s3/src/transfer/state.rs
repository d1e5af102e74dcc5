//! What is saved of a transfer, so that another program can go on with it. As text it is JSON.

use super::failed::Failed;
use super::request::Template;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use tinsmith_runtime::ErrorKind;

/// An upload that has begun. It is [`Display`](fmt::Display) and [`FromStr`], and contains no secrets.
///
/// Which parts are stored already, S3 says; so it does not change while the upload goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadState {
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) upload_id: String,
    pub(super) part_size: u64,
    /// The length of the body, if it was known.
    pub(super) length: Option<u64>,
    /// The algorithm of the checksums of parts.
    pub(super) checksum: Option<String>,
}

/// A download that has begun. It is [`Display`](fmt::Display) and [`FromStr`], and contains no secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownloadState {
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) e_tag: String,
    pub(super) size: u64,
    pub(super) part_size: u64,
    /// The algorithm of the checksums of parts.
    pub(super) checksum: Option<String>,
    /// Parts that were received, from 0, each with its checksum if there is one.
    pub(super) parts: BTreeMap<u64, Option<String>>,
}

/// A text that is no saved state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateError(String);

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StateError {}

impl UploadState {
    /// The id of the multipart upload, as S3's other calls want it.
    #[must_use]
    pub fn upload_id(&self) -> &str {
        &self.upload_id
    }

    /// Whether it is of the object of this call.
    pub(super) fn check(&self, template: &Template) -> Result<(), Failed> {
        check(template, &self.bucket, &self.key)
    }
}

impl DownloadState {
    /// How many bytes were received. A writer that goes on with the download begins after these.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.parts.keys().map(|part| self.length_of(*part)).sum()
    }

    /// How many parts the object has.
    pub(super) fn count(&self) -> u64 {
        self.size.div_ceil(self.part_size.max(1))
    }

    /// Where a part begins.
    pub(super) fn start_of(&self, part: u64) -> u64 {
        part.saturating_mul(self.part_size).min(self.size)
    }

    pub(super) fn length_of(&self, part: u64) -> u64 {
        self.start_of(part.saturating_add(1)) - self.start_of(part)
    }

    /// Whether it is of the object of this call.
    pub(super) fn check(&self, template: &Template) -> Result<(), Failed> {
        check(template, &self.bucket, &self.key)
    }
}

fn check(template: &Template, bucket: &str, key: &str) -> Result<(), Failed> {
    let found = (template.bucket(), template.key());
    if (found.0, found.1.as_str()) == (bucket, key) {
        return Ok(());
    }
    let message = format!(
        "the saved state is of the key {key:?} in the bucket {bucket:?}, and the call of {:?} in {:?}",
        found.1, found.0
    );
    Err(Failed::new(
        ErrorKind::Input,
        template.operation().name,
        message,
    ))
}

impl fmt::Display for UploadState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            bucket,
            key,
            upload_id,
            part_size,
            length,
            checksum,
        } = self;
        let state = json!({
            "bucket": bucket,
            "key": key,
            "upload_id": upload_id,
            "part_size": part_size,
            "length": length,
            "checksum": checksum,
        });
        state.fmt(f)
    }
}

impl fmt::Display for DownloadState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            bucket,
            key,
            e_tag,
            size,
            part_size,
            checksum,
            parts,
        } = self;
        let parts = parts.iter();
        let parts: Map<_, _> = parts
            .map(|(part, sum)| (part.to_string(), json!(sum)))
            .collect();
        let state = json!({
            "bucket": bucket,
            "key": key,
            "e_tag": e_tag,
            "size": size,
            "part_size": part_size,
            "checksum": checksum,
            "parts": parts,
        });
        state.fmt(f)
    }
}

impl FromStr for UploadState {
    type Err = StateError;

    fn from_str(text: &str) -> Result<Self, StateError> {
        let saved = Saved::parse(text)?;
        Ok(Self {
            bucket: saved.text("bucket")?,
            key: saved.text("key")?,
            upload_id: saved.text("upload_id")?,
            part_size: saved.positive("part_size")?,
            length: saved.optional("length", Value::as_u64)?,
            checksum: saved.optional("checksum", owned)?,
        })
    }
}

impl FromStr for DownloadState {
    type Err = StateError;

    fn from_str(text: &str) -> Result<Self, StateError> {
        let saved = Saved::parse(text)?;
        let mut state = Self {
            bucket: saved.text("bucket")?,
            key: saved.text("key")?,
            e_tag: saved.text("e_tag")?,
            size: saved.number("size")?,
            part_size: saved.positive("part_size")?,
            checksum: saved.optional("checksum", owned)?,
            parts: BTreeMap::new(),
        };
        let wrong = || StateError("expected \"parts\" with their numbers, found others".to_owned());
        let parts = saved.0.get("parts").and_then(Value::as_object);
        for (part, sum) in parts.ok_or_else(wrong)? {
            let part = part.parse().ok().filter(|part| *part < state.count());
            let sum = match sum {
                Value::Null => None,
                sum => Some(owned(sum).ok_or_else(wrong)?),
            };
            state.parts.insert(part.ok_or_else(wrong)?, sum);
        }
        Ok(state)
    }
}

fn owned(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

struct Saved(Value);

impl Saved {
    fn parse(text: &str) -> Result<Self, StateError> {
        serde_json::from_str(text)
            .map(Self)
            .map_err(|error| StateError(format!("expected a saved state in JSON: {error}")))
    }

    fn member<T>(
        &self,
        name: &str,
        what: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<T, StateError> {
        let value = self.0.get(name).and_then(read);
        value.ok_or_else(|| StateError(format!("expected a saved state with {what} {name:?}")))
    }

    fn text(&self, name: &str) -> Result<String, StateError> {
        self.member(name, "the text", owned)
    }

    fn number(&self, name: &str) -> Result<u64, StateError> {
        self.member(name, "the number", Value::as_u64)
    }

    fn positive(&self, name: &str) -> Result<u64, StateError> {
        let above_zero = |value: &Value| value.as_u64().filter(|number| *number > 0);
        self.member(name, "the number above zero", above_zero)
    }

    fn optional<T>(
        &self,
        name: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<Option<T>, StateError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.member(name, "a valid", read).map(Some),
        }
    }
}
