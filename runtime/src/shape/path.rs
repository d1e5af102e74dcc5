//! The path of members to the place of an error.

use std::fmt;

/// A step of a path; steps are added from the inside out, while the error is returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Member(String),
    Item(usize),
    Key(String),
}

/// The steps in the order in which they were added: the innermost first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(pub(super) Vec<Step>);

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().rev().enumerate() {
            match step {
                Step::Member(name) if index == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Item(item) => write!(f, "[{item}]")?,
                Step::Key(key) => write!(f, "[{key:?}]")?,
            }
        }
        Ok(())
    }
}

/// Implements, for an error that has a path, the methods that build and show it, and `Debug` as the text of `Display`.
macro_rules! error_with_path {
    ($error:ident, $example:literal) => {
        impl $error {
            /// Adds to the path: the error is in member `name` of a structure.
            #[must_use]
            pub fn in_member(mut self, name: &str) -> Self {
                self.0.path.0.push(Step::Member(name.to_owned()));
                self
            }

            /// Adds to the path: the error is in item number `index` (from 0) of a list.
            #[must_use]
            pub fn in_item(mut self, index: usize) -> Self {
                self.0.path.0.push(Step::Item(index));
                self
            }

            /// Adds to the path: the error is in entry `key` of a map.
            #[must_use]
            pub fn in_entry(mut self, key: &str) -> Self {
                self.0.path.0.push(Step::Key(key.to_owned()));
                self
            }

            #[doc = concat!("The path of members to the error, such as `", $example, "`; empty at the top.")]
            #[must_use]
            pub fn path(&self) -> String {
                self.0.path.to_string()
            }
        }

        impl fmt::Debug for $error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($error))
            }
        }

        impl std::error::Error for $error {}
    };
}

pub(super) use error_with_path;
