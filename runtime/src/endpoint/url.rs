//! `parseURL` of the rule language: the parts of an endpoint that was set in the program.

use crate::endpoint::base_url::{Pieces, split_scheme};

/// The parts of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParsedUrl<'a> {
    /// `http` or `https`.
    pub scheme: &'a str,
    /// The host and, if there is one, the port.
    pub authority: &'a str,
    /// The path as written; empty if there is none.
    pub path: &'a str,
    /// Whether the host is an address rather than a name.
    pub is_ip: bool,
}

impl ParsedUrl<'_> {
    /// The path with a slash before and behind it; `/` where there is none.
    #[must_use]
    pub fn normalized_path(&self) -> String {
        let slash = |missing| if missing { "/" } else { "" };
        let path = self.path;
        let (before, behind) = (!path.starts_with('/'), !path.ends_with('/'));
        // A slash alone stands before and behind.
        let behind = behind && !path.is_empty();
        format!("{}{path}{}", slash(before), slash(behind))
    }
}

/// Parses a URL; `None` if the text is not one, its scheme is not http or https, or it has a query.
#[must_use]
pub fn parse_url(text: &str) -> Option<ParsedUrl<'_>> {
    let url = Pieces::parse_base(text).ok()?;
    let (scheme, rest) = split_scheme(text)?;
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    matches!(scheme, "http" | "https").then(|| ParsedUrl {
        scheme,
        authority,
        path,
        is_ip: url.is_ip(),
    })
}
