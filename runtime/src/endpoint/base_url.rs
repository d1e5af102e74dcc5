//! URLs in settings: the endpoint of a service, of a container's agent, of an instance's metadata.
//!
//! There is one parser for all of them, and it is strict: URLs that HTTP libraries parse differently, or correct
//! silently, are errors, because signed requests and tokens are sent there.

use http::uri::Authority;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A URL of a server, parsed and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Whether its scheme is `https`, else it is `http`.
    pub is_https: bool,
    /// In lower case; an IPv6 address without its brackets.
    host: String,
    port: Option<u16>,
    /// As written; empty, or with a leading slash.
    pub path: String,
    /// Without its question mark.
    pub query: Option<String>,
}

/// A URL of a server, checked, in pieces of its text.
pub(super) struct Pieces<'a> {
    is_https: bool,
    host: Host<'a>,
    port: Option<u16>,
    path: &'a str,
    query: Option<&'a str>,
}

/// A host in a text.
enum Host<'a> {
    V6(Ipv6Addr),
    V4(&'a str),
    Name(&'a str),
}

impl<'a> Pieces<'a> {
    /// Endpoint rules read the endpoint in several conditions, so this allocates nothing.
    fn parse(text: &'a str) -> Result<Self, String> {
        if text.contains('@') {
            return Err("a user name or a password in it is not supported".to_owned());
        }
        if let Some(bad) = text.chars().find(|c| !c.is_ascii_graphic()) {
            return Err(format!(
                "expected visible ASCII without spaces, found {bad:?}"
            ));
        }
        // The text after the path may be a secret too.
        let quoted = |why: &str| {
            let shown = text.split(['?', '#']).next().unwrap_or_default();
            format!("`{shown}` {why}")
        };
        let no_host = || quoted("does not begin with http:// or https:// and a host");
        let (scheme, rest) = split_scheme(text).ok_or_else(no_host)?;
        let is_https = scheme.eq_ignore_ascii_case("https");
        if !is_https && !scheme.eq_ignore_ascii_case("http") {
            return Err(no_host());
        }
        if rest.contains('#') {
            return Err(quoted("has a fragment"));
        }
        let (rest, query) = match rest.split_once('?') {
            Some((rest, query)) => (rest, Some(query)),
            None => (rest, None),
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (host, port) = split_port(authority).ok_or_else(no_host)?;
        if host.is_empty() {
            return Err(no_host());
        }
        let port =
            match port {
                None => None,
                Some(port) => Some(read_port(port).ok_or_else(|| {
                    quoted("has an invalid port: expected a number from 1 to 65535")
                })?),
            };
        let host = read_host(host).ok_or_else(|| quoted("has an invalid host"))?;
        if has_dot_segment(path) {
            return Err(quoted("has a `.` or `..` in its path"));
        }
        Ok(Self {
            is_https,
            host,
            port,
            path,
            query,
        })
    }

    /// The same for a URL to which paths are appended: without a query and without a trailing slash.
    pub(super) fn parse_base(text: &'a str) -> Result<Self, String> {
        let url = Self::parse(text)?;
        if url.query.is_some() {
            let text = text.split('?').next().unwrap_or_default();
            return Err(format!("`{text}` has a query"));
        }
        let path = url.path.trim_end_matches('/');
        Ok(Self { path, ..url })
    }

    /// Whether the host is an address.
    pub(super) fn is_ip(&self) -> bool {
        !matches!(self.host, Host::Name(_))
    }
}

impl From<Pieces<'_>> for BaseUrl {
    fn from(url: Pieces<'_>) -> Self {
        Self {
            is_https: url.is_https,
            host: match url.host {
                Host::V6(address) => address.to_string(),
                Host::V4(text) => text.to_owned(),
                Host::Name(text) => text.to_ascii_lowercase(),
            },
            port: url.port,
            path: url.path.to_owned(),
            query: url.query.map(str::to_owned),
        }
    }
}

impl BaseUrl {
    /// Parses a URL. The error does not quote what may be a password; it continues after the name of the setting.
    ///
    /// # Errors
    /// It is not an `http` or `https` URL that all HTTP libraries read alike.
    pub fn parse(text: &str) -> Result<Self, String> {
        Pieces::parse(text).map(Self::from)
    }

    /// The same for a URL to which paths are appended: without a query and without a trailing slash.
    pub fn parse_base(text: &str) -> Result<Self, String> {
        Pieces::parse_base(text).map(Self::from)
    }

    /// The host's address, if the host is not a name.
    pub fn address(&self) -> Option<IpAddr> {
        self.host.parse().ok()
    }

    /// The host: a name, or an address; an IPv6 address has no brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether the host is this machine, by name or by address.
    pub fn is_this_machine(&self) -> bool {
        let name = self.host.strip_suffix('.').unwrap_or(&self.host);
        name == "localhost" || self.address().is_some_and(|address| address.is_loopback())
    }

    /// Host and port as in a URL, with `prefix` before the host.
    pub(crate) fn authority(&self, prefix: &str) -> Result<Authority, String> {
        let host = format!("{prefix}{}", self.host);
        if !prefix.is_empty() && read_host(&host).is_none() {
            return Err(format!(
                "`{host}` is not a valid host: expected labels of 1 to 63 letters, digits and hyphens with dots between them"
            ));
        }
        let host = match self.address() {
            Some(IpAddr::V6(_)) => format!("[{host}]"),
            _ => host,
        };
        let authority = match self.port {
            Some(port) => format!("{host}:{port}"),
            None => host,
        };
        Authority::try_from(authority).map_err(|error| error.to_string())
    }
}

impl std::fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_https { "https://" } else { "http://" })?;
        match self.address() {
            Some(IpAddr::V6(address)) => write!(f, "[{address}]")?,
            _ => f.write_str(&self.host)?,
        }
        if let Some(port) = self.port {
            write!(f, ":{port}")?;
        }
        f.write_str(&self.path)?;
        match &self.query {
            Some(query) => write!(f, "?{query}"),
            None => Ok(()),
        }
    }
}

/// The scheme of a URL, and what is behind `://`.
pub(super) fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?))
}

/// Host and port of an authority; colons within brackets belong to the host.
fn split_port(authority: &str) -> Option<(&str, Option<&str>)> {
    if authority.starts_with('[') {
        let (host, rest) = authority.split_at(authority.find(']')? + 1);
        return match rest.strip_prefix(':') {
            Some(port) => Some((host, Some(port))),
            None => rest.is_empty().then_some((host, None)),
        };
    }
    match authority.split_once(':') {
        Some((host, port)) => Some((host, Some(port))),
        None => Some((authority, None)),
    }
}

fn read_port(text: &str) -> Option<u16> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| is_number && *port > 0)
}

/// The host, if it is an address or a name. A name whose last label is a number is neither: resolvers
/// read `2130706433` and `0x7f.1` as addresses. Underscores are not valid in host names, but container networks have
/// them.
fn read_host(text: &str) -> Option<Host<'_>> {
    if let Some(address) = text.strip_prefix('[') {
        return address.strip_suffix(']')?.parse().ok().map(Host::V6);
    }
    if text.parse::<Ipv4Addr>().is_ok() {
        return Some(Host::V4(text));
    }
    let labels = text.strip_suffix('.').unwrap_or(text);
    let last = labels.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit())
        || last
            .strip_prefix("0x")
            .or_else(|| last.strip_prefix("0X"))
            .is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let is_name = labels.len() <= 253 && !is_number && labels.split('.').all(is_label);
    is_name.then_some(Host::Name(text))
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Whether a segment of the path is one that servers remove, with or without the segment before it: then the path that
/// is signed would differ from the path that is requested.
pub(crate) fn has_dot_segment(path: &str) -> bool {
    path.split(['/', '\\']).any(|segment| {
        // No others are as short.
        if !(1..="%2e%2e".len()).contains(&segment.len()) {
            return false;
        }
        let dots = segment.to_ascii_lowercase().replace("%2e", ".");
        matches!(dots.as_str(), "." | "..")
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

    use super::*;

    #[test]
    fn what_is_a_url_is_written_in_one_way() {
        for (text, expected) in [
            ("http://host", "http://host"),
            ("HTTPS://Host:0443/A/b/", "https://host:443/A/b"),
            ("http://local_stack:4566/", "http://local_stack:4566"),
            ("http://[::0:1]:80", "http://[::1]:80"),
            ("http://127.0.0.1:65535//x", "http://127.0.0.1:65535//x"),
            ("http://host./", "http://host."),
        ] {
            let url = BaseUrl::parse_base(text).unwrap();
            assert_eq!(url.to_string(), expected);
            assert!(expected.contains(url.authority("").unwrap().as_str()));
        }
    }

    #[test]
    fn an_invalid_url_is_an_error_with_the_reason() {
        for (text, expected) in [
            ("", "does not begin with"),
            ("host", "does not begin with"),
            ("ftp://host", "does not begin with"),
            ("http://", "does not begin with"),
            ("http:///path", "does not begin with"),
            ("http://:80", "does not begin with"),
            ("http://[::1", "does not begin with"),
            ("http://[::1]x", "does not begin with"),
            ("http://host:99999", "an invalid port"),
            ("http://host:0", "an invalid port"),
            ("http://host:x", "an invalid port"),
            ("http://host:+80", "an invalid port"),
            ("http://host:", "an invalid port"),
            ("http://host:80:80", "an invalid port"),
            ("http://::1", "does not begin with"),
            ("http://[::1]:", "an invalid port"),
            ("http://host/#f", "a fragment"),
            ("http://host#", "a fragment"),
            ("http://host?", "a query"),
            ("http://me:SECRET@host", "a user name or a password"),
            ("http://host/a@b", "a user name or a password"),
            ("http://ho st", "' '"),
            ("http://host/\u{1b}", "visible ASCII"),
            ("http://h\u{f6}st", "visible ASCII"),
            ("http://host\n", "visible ASCII"),
            ("http://ho%73t", "an invalid host"),
            ("http://a..b", "an invalid host"),
            ("http://-a", "an invalid host"),
            ("http://a,b", "an invalid host"),
            ("http://2130706433", "an invalid host"),
            ("http://0x7f.1", "an invalid host"),
            ("http://127.1", "an invalid host"),
            ("http://0x7f000001", "an invalid host"),
            ("http://[fe80::1%25eth0]", "an invalid host"),
            ("http://host/a/../b", "`.` or `..`"),
            ("http://host/%2E%2e", "`.` or `..`"),
            ("http://host/a\\..\\b", "`.` or `..`"),
        ] {
            let problem = BaseUrl::parse_base(text).unwrap_err();
            assert!(problem.contains(expected), "{text}: {problem}");
            assert!(!problem.contains("SECRET"), "{problem}");
        }
        let long = format!("http://{}.x", "a".repeat(64));
        assert!(BaseUrl::parse(&long).is_err());
    }

    #[test]
    fn a_prefix_makes_another_host_or_none() {
        let url = BaseUrl::parse("http://Example.com:80").unwrap();
        assert_eq!(url.authority("data.").unwrap(), "data.example.com:80");
        assert_eq!(url.authority("data-").unwrap(), "data-example.com:80");
        for bad in [".", "..", "a..", "-", "a-.", &"a".repeat(60)] {
            assert!(url.authority(bad).is_err(), "{bad}");
        }
    }
}
