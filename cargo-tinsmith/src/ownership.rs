//! The owner of a file in a generated crate's folder: the generator may replace its own files, but no others.

use crate::changelog;
use crate::command;
use crate::lock::{self, Lock};
use crate::report::{Report, shown};
use std::path::Path;

/// Who wrote a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The generator; the file is unchanged.
    Generator,
    /// The generator; the file was edited afterwards.
    Edited,
    /// Not the generator.
    Somebody,
}

impl Owner {
    /// The owner of `bytes` at `path` in the crate with this lock. Without a lock, only headers identify the
    /// generator's files. The changelog is never replaced, only extended, so it may be edited.
    pub fn of(lock: Option<&Lock>, path: &str, bytes: &[u8]) -> Self {
        let Some(lock) = lock else {
            return match is_generated(bytes) {
                true => Self::Generator,
                false => Self::Somebody,
            };
        };
        if path == lock::FILE || path == changelog::FILE || lock.wrote(path, bytes) {
            Self::Generator
        } else if lock.files.contains_key(path) || is_generated(bytes) {
            Self::Edited
        } else {
            Self::Somebody
        }
    }

    /// Reports a file that must not be `done`: overwritten or removed. With `force`, edited files may be.
    pub fn refuse(self, root: &Path, path: &Path, done: &str, force: bool, report: &mut Report) {
        let path = shown(root, path);
        match self {
            Self::Generator => {}
            Self::Edited if force => {}
            Self::Edited => report.push(format!(
                "{path} would be {done}, but was edited since it was generated\n  keep the edit elsewhere (`git diff` shows it), or lose it with `{} codegen --force`; nothing was changed",
                command::name()
            )),
            Self::Somebody => report.push(format!(
                "{path} would be {done}, but carries no generated header, so it looks written by hand\n  move it elsewhere or delete it, then run this again; nothing was changed"
            )),
        }
    }
}

/// Whether a file carries the generated header in its first line.
pub fn is_generated(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    tinsmith_codegen::is_header(&String::from_utf8_lossy(line))
}
