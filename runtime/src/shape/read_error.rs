//! The error of a response that does not match the model.

use std::fmt::{self, Write as _};

use super::path::{Path, Step, error_with_path};
use super::printable::Printable;

/// A response that does not match the model.
///
/// `Display` shows the place, what was expected and what was found:
/// `imageSummaryList[3].state.status: expected a string, found 12 (line 1 column 345)`. The position is where the value
/// begins, or where the text stops being valid; the column counts bytes. In a body that is not text it is the byte,
/// counted from 0: `(byte 345)`.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadError(Box<ReadErrorParts>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct ReadErrorParts {
    path: Path,
    message: String,
    position: Option<Position>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    /// Line and column, both from 1.
    Text(usize, usize),
    /// The number of bytes before it.
    Byte(usize),
}

impl ReadError {
    /// An error at the current place.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self(Box::new(ReadErrorParts {
            path: Path::default(),
            message: message.into(),
            position: None,
        }))
    }

    /// `expected …, found …`.
    #[must_use]
    pub fn expected(expected: &str, found: impl fmt::Display) -> Self {
        Self::new(format!("expected {expected}, found {found}"))
    }

    /// Sets the line and column (both from 1) in the body; the first position that is set is kept.
    #[must_use]
    pub fn at(mut self, line: usize, column: usize) -> Self {
        if line > 0 {
            self.0.position.get_or_insert(Position::Text(line, column));
        }
        self
    }

    /// Sets the number of bytes before the error, in a body that is not text; the first position that is set is kept.
    #[must_use]
    pub fn at_byte(mut self, offset: usize) -> Self {
        self.0.position.get_or_insert(Position::Byte(offset));
        self
    }

    /// Removes the position, for a text that users do not see.
    pub(crate) fn anywhere(mut self) -> Self {
        self.0.position = None;
        self
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ReadErrorParts {
            path,
            message,
            position,
        } = &*self.0;
        let f = &mut Printable(f);
        if !path.0.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(message)?;
        match position {
            Some(Position::Text(line, column)) => write!(f, " (line {line} column {column})"),
            Some(Position::Byte(offset)) => write!(f, " (byte {offset})"),
            None => Ok(()),
        }
    }
}

error_with_path!(ReadError, "imageSummaryList[3].state.status");
