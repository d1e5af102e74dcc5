//! The error of an input from which no request can be built.

use std::fmt::{self, Write as _};

use super::path::{Path, Step};
use super::printable::Printable;

/// An input from which no request can be built. Nothing was sent.
///
/// `Display` shows the place and what is wrong: `filters[0].name: required, but not set`.
#[derive(Clone, PartialEq, Eq)]
pub struct BuildError(Box<BuildErrorParts>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct BuildErrorParts {
    path: Path,
    message: String,
}

impl BuildError {
    /// An error at the current place.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self(Box::new(BuildErrorParts {
            path: Path::default(),
            message: message.into(),
        }))
    }

    /// The error for member `name`, which must be set and is not.
    #[must_use]
    pub fn unset(name: &str) -> Self {
        Self::new("required, but not set").in_member(name)
    }

    /// The same error, seen from the structure whose member `name` it is in.
    #[must_use]
    pub fn in_member(mut self, name: &str) -> Self {
        self.0.path.0.push(Step::Member(name.to_owned()));
        self
    }

    /// The same error, seen from the list whose item number `index` (from 0) it is in.
    #[must_use]
    pub fn in_item(mut self, index: usize) -> Self {
        self.0.path.0.push(Step::Item(index));
        self
    }

    /// The same error, seen from the map whose entry `key` it is in.
    #[must_use]
    pub fn in_entry(mut self, key: &str) -> Self {
        self.0.path.0.push(Step::Key(key.to_owned()));
        self
    }

    /// The path of members to the place, such as `filters[0].name`; empty at the top.
    #[must_use]
    pub fn path(&self) -> String {
        self.0.path.to_string()
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BuildErrorParts { path, message } = &*self.0;
        let f = &mut Printable(f);
        if !path.0.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(message)
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BuildError({self})")
    }
}

impl std::error::Error for BuildError {}
