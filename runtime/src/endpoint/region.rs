//! Names of regions, and their validity.

use crate::endpoint::is_valid_host_label;
use std::borrow::Cow;
use std::fmt;

/// The name of a region, such as `eu-west-1`. Settings accept it wherever they accept text; the first call checks that
/// it is valid.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Region(Cow<'static, str>);

impl Region {
    /// A region with this name.
    #[must_use]
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self(name.into())
    }

    /// The same, as a constant.
    #[must_use]
    pub const fn from_static(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }
}

impl AsRef<str> for Region {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Region> for String {
    fn from(region: Region) -> Self {
        region.0.into_owned()
    }
}

/// A region becomes part of host names, so it must be a valid label: it can neither end the host nor be an address.
/// `place`: where the region was found, for the error.
///
/// # Errors
/// It is not a valid label, or a number.
pub fn check(region: &str, place: &str) -> Result<(), String> {
    let is_number = region.bytes().all(|byte| byte.is_ascii_digit());
    if is_valid_host_label(region, false) && !is_number {
        return Ok(());
    }
    let expected = "expected a name of letters, digits and hyphens such as `eu-west-1`";
    if region.chars().any(char::is_control) {
        return Err(format!(
            "{place}: {expected}, found one with a control character"
        ));
    }
    Err(format!("{place}: {expected}, found `{region}`"))
}
