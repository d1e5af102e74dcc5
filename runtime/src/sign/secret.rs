//! Secret text: overwritten when it is dropped, and never shown.

use std::fmt;
use std::ops::Deref;
use zeroize::Zeroizing;

/// A secret key, a token, or the text of a file or a response that contains some. Its memory is overwritten when it is
/// dropped, and `Debug` does not show it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Deref for Secret {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("** redacted **")
    }
}
