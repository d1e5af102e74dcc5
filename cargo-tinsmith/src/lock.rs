//! `tinsmith.lock` in every generated crate: the source of the crate's version, and a digest of each file.
//!
//! The next model is compared with the model in it, so that a version and a changelog follow from files alone, without
//! git. The digests distinguish files that were edited from generated ones, even if the generator has changed in
//! between.

use crate::canonical_json;
use crate::report::{Report, shown};
use crate::version::Version;
use crate::write;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use tinsmith_codegen::{HEADER, Model, Overrides, Problems, is_header};

/// The file's name, in the crate's folder.
pub const FILE: &str = "tinsmith.lock";

/// The format that is written, and the last one that is read: all formats up to this one are. It is raised when an
/// older generator could not read a lock, or would read it wrongly. A lock without a format has the first one.
const FORMAT: u64 = 2;

/// What a crate was generated from: the model reduced to its operations, and its overrides in `tinsmith.toml`.
/// Documentation is stored as a digest, since only its changes matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The closure of the crate's operations.
    pub model: Model,
    /// The overrides for it.
    pub overrides: Overrides,
}

/// The file's content.
#[derive(Clone, Debug, PartialEq)]
pub struct Lock {
    /// The crate's version.
    pub version: Version,
    /// What that version was generated from.
    pub facts: Facts,
    /// The digests of the crate's files, by their paths in it.
    pub files: BTreeMap<String, String>,
}

/// What to do about a damaged lock.
const REMEDY: &str = "restore it (git has it), or delete it: then the crate keeps its version, and what changed since is reported nowhere";

/// The part of a lock that all formats have.
#[derive(Deserialize)]
struct Head {
    format: Option<Value>,
}

/// The file's JSON, after its header line.
#[derive(Deserialize, Serialize)]
struct Raw {
    #[serde(default)]
    format: u64,
    version: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    required: BTreeMap<String, bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    renames: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unions: Vec<String>,
    model: Model,
    files: BTreeMap<String, String>,
}

/// Why a lock cannot be read.
enum Fault {
    /// It has this format, which only later generators can read.
    Later(u64),
    /// It does not have any of the supported formats: what was expected and found.
    Damaged(String),
}

impl Facts {
    /// The facts of a closure; overrides of anything else are omitted.
    ///
    /// # Errors
    /// The model is nested too deeply to be read again.
    pub fn new(closure: &Model, overrides: &Overrides) -> Result<Self, Report> {
        let nested = |error: serde_json::Error| {
            Report::new(format!(
                "expected a model that {FILE} can hold, found {error}\n  in {}",
                closure.file
            ))
        };
        let mut value = serde_json::to_value(closure).map_err(nested)?;
        digest_documentation(&mut value);
        // In the form in which a later run reads it, so that both are comparable.
        let model: Model = serde_json::from_value(value).map_err(nested)?;
        let concerns = |key: &String| {
            let shape = key.split_once('.').map_or(key.as_str(), |(shape, _)| shape);
            model.shapes.contains_key(shape)
        };
        let mut overrides = overrides.clone();
        overrides.required.retain(|key, _| concerns(key));
        overrides.renames.retain(|key, _| concerns(key));
        overrides.unions.retain(concerns);
        overrides.unions.sort_unstable();
        overrides.required.sort_unstable_keys();
        overrides.renames.sort_unstable_keys();
        Ok(Self { model, overrides })
    }
}

impl Lock {
    /// The lock in a crate's folder, if there is one.
    ///
    /// # Errors
    /// The file cannot be read, was written by a later generator, or is not valid.
    pub fn read(root: &Path, folder: &Path) -> Result<Option<Self>, Report> {
        let path = folder.join(FILE);
        let bytes =
            write::existing(&path).map_err(|error| Report::io("cannot read", &path, &error))?;
        let Some(bytes) = bytes else { return Ok(None) };
        Self::of(&bytes, shown(root, &path)).map(Some)
    }

    /// The lock in these bytes; `path` is for messages.
    ///
    /// # Errors
    /// The bytes are not valid, or were written by a later generator.
    pub fn of(bytes: &[u8], path: String) -> Result<Self, Report> {
        let mut lock = Self::parse(bytes).map_err(|fault| {
            Report::new(match fault {
                Fault::Later(format) => format!(
                    "{path} was written by a later generator: expected format {FORMAT} or one before it, found format {format}\n  use the Tinsmith that wrote it, or a later one; or restore the whole crate as this one generated it (from git)"
                ),
                Fault::Damaged(what) => format!(
                    "{path} is not as the generator writes it: {what}\n  {REMEDY}"
                ),
            })
        })?;
        lock.facts.model.file = path;
        Ok(lock)
    }

    /// `problems` with advice, if they are in this lock.
    pub fn problems(&self, problems: Problems) -> Report {
        let file = &self.facts.model.file;
        let is_damaged = problems.0.iter().any(|problem| problem.file == *file);
        let mut report = Report::from(problems);
        if is_damaged {
            report.push(format!(
                "{file} is not as the generator writes it\n  {REMEDY}"
            ));
        }
        report
    }

    fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| Fault::Damaged(format!("expected UTF-8, found {error}")))?;
        let header = text.lines().next().unwrap_or_default();
        if !is_header(header) {
            return Err(Fault::Damaged(format!(
                "expected `{HEADER}` in its first line, found {header:?}"
            )));
        }
        // An empty line replaces the header, so that line numbers are those of the file.
        let json = text.replacen(header, "", 1);
        let unread = |error: serde_json::Error| {
            Fault::Damaged(format!("expected JSON of format {FORMAT}, found {error}"))
        };
        let head: Head = serde_json::from_str(&json).map_err(unread)?;
        let format = match &head.format {
            None => 1,
            Some(found) => found.as_u64().filter(|format| *format > 0).ok_or_else(|| {
                Fault::Damaged(format!(
                    "expected the number of its format, such as `{FORMAT}`, found `{found}`"
                ))
            })?,
        };
        if format > FORMAT {
            return Err(Fault::Later(format));
        }
        let raw: Raw = serde_json::from_str(&json).map_err(unread)?;
        let version = Version::parse(&raw.version).ok_or_else(|| {
            Fault::Damaged(format!(
                "expected a version such as `0.1.0`, found `{}`",
                raw.version
            ))
        })?;
        Ok(Self {
            version,
            facts: Facts {
                model: raw.model,
                overrides: Overrides {
                    required: raw.required.into_iter().collect(),
                    renames: raw.renames.into_iter().collect(),
                    unions: raw.unions,
                },
            },
            files: raw.files,
        })
    }

    /// The file's text.
    ///
    /// # Errors
    /// None for a lock that was created or read here.
    pub fn print(&self) -> Result<String, Report> {
        let Self {
            version,
            facts: Facts { model, overrides },
            files,
        } = self;
        let Overrides {
            required,
            renames,
            unions,
        } = overrides;
        let raw = Raw {
            format: FORMAT,
            version: version.to_string(),
            required: required.clone().into_iter().collect(),
            renames: renames.clone().into_iter().collect(),
            unions: unions.clone(),
            model: model.clone(),
            files: files.clone(),
        };
        let value = serde_json::to_value(raw)
            .map_err(|error| Report::new(format!("cannot write {FILE}: {error}")))?;
        Ok(format!(
            "# {HEADER}: what this version was generated from. Do not edit.\n{}",
            canonical_json::folded(&value)
        ))
    }

    /// Whether the file at `path` in the crate is unchanged since it was written.
    pub fn wrote(&self, path: &str, bytes: &[u8]) -> bool {
        self.files
            .get(path)
            .is_some_and(|known| *known == digest(bytes))
    }
}

/// The first half of SHA-256: it detects edits, and does not protect against forgery.
pub fn digest(bytes: &[u8]) -> String {
    hexadecimal(bytes, 16)
}

/// Enough of it to detect that a text changed.
fn short(text: &str) -> String {
    hexadecimal(text.as_bytes(), 4)
}

/// The first `count` bytes of SHA-256.
fn hexadecimal(bytes: &[u8], count: usize) -> String {
    let mut text = String::with_capacity(2 * count);
    for byte in Sha256::digest(bytes).iter().take(count) {
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    text
}

/// Replaces every text with its digest. Shapes and members with the name `documentation` are objects, not texts. The
/// reader of models bounds the recursion.
fn digest_documentation(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(digest_documentation),
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(text) if key == "documentation" => *text = short(text),
                    other => digest_documentation(other),
                }
            }
        }
        _ => {}
    }
}
