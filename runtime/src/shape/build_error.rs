//! The error of an input from which no request can be built.

use std::fmt::{self, Write as _};

use super::path::{Path, Step, error_with_path};
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

    /// The error for the required member `name`, which is not set.
    #[must_use]
    pub fn unset(name: &str) -> Self {
        Self::new("required, but not set").in_member(name)
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

error_with_path!(BuildError, "filters[0].name");
