//! The version of a generated crate, and how changes raise it.

use std::fmt;
use tinsmith_codegen::Bump;

/// `major.minor.patch`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(u64, u64, u64);

impl Version {
    /// The first version of a crate.
    pub const FIRST: Self = Self(0, 1, 0);

    /// Three numbers separated by dots; `None` for anything else, including pre-releases.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |part: &str| {
            let plain = part.bytes().all(|byte| byte.is_ascii_digit());
            let minimal = part == "0" || !part.starts_with('0');
            part.parse().ok().filter(|_| plain && minimal)
        };
        let mut parts = text.split('.').map(number);
        let version = Self(parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some(version)
    }

    /// The version after a change, by the Cargo book's rules: below 1.0.0, a breaking change raises the second number
    /// (the third below 0.1.0), and any other change the third.
    pub fn after(self, bump: Bump) -> Self {
        let Self(major, minor, patch) = self;
        let raised = |number: u64| number.saturating_add(1);
        match bump {
            Bump::None => self,
            Bump::Major if major > 0 => Self(raised(major), 0, 0),
            Bump::Minor if major > 0 => Self(major, raised(minor), 0),
            Bump::Major if minor > 0 => Self(0, raised(minor), 0),
            Bump::Major | Bump::Minor | Bump::Patch => Self(major, minor, raised(patch)),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}
