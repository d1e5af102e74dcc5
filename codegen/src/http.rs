//! The characters allowed in the parts of a request. Sources: RFC 9110 (methods, headers), RFC 3986 (URIs), RFC 1123
//! (hosts).

/// A token of HTTP, such as a header's name.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_token_byte)
}

/// A part of a token, which may be empty: a prefix of headers' names.
pub(crate) fn is_part_of_token(text: &str) -> bool {
    text.bytes().all(is_token_byte)
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// A header's value, or a part of one.
pub(crate) fn is_header_value(text: &str) -> bool {
    let inside = |byte: u8| matches!(byte, b' '..=b'~');
    text.bytes().all(inside) && text.trim() == text
}

/// Whether the name is valid for an XML element or attribute: a name of the recommendation on namespaces, in ASCII only, with
/// at most one prefix.
pub(crate) fn is_xml_name(name: &str) -> bool {
    let (prefix, name) = name.split_once(':').unwrap_or(("_", name));
    is_xml_prefix(prefix) && is_xml_prefix(name)
}

/// The same without a prefix, which is also what a prefix may be.
pub(crate) fn is_xml_prefix(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// A name within a signature's scope, whose parts are separated by slashes, in a list separated by commas.
pub(crate) fn is_scope_name(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

/// Headers of the connection or the signature, which members of a request cannot set.
pub(crate) const OF_TRANSPORT: &[&str] = &[
    "authorization",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-target",
];

/// Why a template cannot become path and query of a request; `None` if it can. The values of labels are encoded.
pub(crate) fn wrong_with_uri(template: &str) -> Option<String> {
    let (path, query) = match template.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (template, None),
    };
    let Some(segments) = path.strip_prefix('/') else {
        return Some("a path that begins with `/`".to_owned());
    };
    if segments
        .strip_suffix('/')
        .unwrap_or(segments)
        .split('/')
        .any(str::is_empty)
        && path != "/"
    {
        return Some("a path without empty segments".to_owned());
    }
    let is_dots = |segment: &str| {
        let plain = segment.replace("%2e", ".").replace("%2E", ".");
        plain == "." || plain == ".."
    };
    if segments.split('/').any(is_dots) {
        return Some("a path without the segments `.` and `..`".to_owned());
    }
    for literal in literals(path) {
        if !is_of_uri(literal, b"/") {
            return Some(URI_CHARACTERS.to_owned());
        }
    }
    let query = query?;
    if query.contains(['{', '}']) {
        return Some("labels in the path only".to_owned());
    }
    if !is_of_uri(query, b"/?") {
        return Some(URI_CHARACTERS.to_owned());
    }
    let mut names = std::collections::BTreeSet::new();
    let twice = parameters(query).find(|name| !names.insert(*name));
    twice.map(|name| format!("each parameter once, found `{name}` twice"))
}

const URI_CHARACTERS: &str =
    "a URI of letters, digits, `-._~!$&'()*+,;=:@/`, bytes such as `%20` and `{labels}`";

/// The names of the parameters in a query.
pub(crate) fn parameters(query: &str) -> impl Iterator<Item = &str> {
    let parameters = query.split('&').filter(|parameter| !parameter.is_empty());
    parameters.map(|parameter| parameter.split('=').next().unwrap_or_default())
}

fn is_of_uri(text: &str, more: &[u8]) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let is_fine = match byte {
            b'%' => {
                let mut digit = || bytes.next().is_some_and(|byte| byte.is_ascii_hexdigit());
                digit() && digit()
            }
            _ => {
                byte.is_ascii_alphanumeric()
                    || b"-._~!$&'()*+,;=:@".contains(&byte)
                    || more.contains(&byte)
            }
        };
        if !is_fine {
            return false;
        }
    }
    true
}

/// Why a template cannot precede a host name; `None` if it can.
pub(crate) fn wrong_with_host_prefix(template: &str) -> Option<String> {
    let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
    if !literals(template).all(|literal| literal.bytes().all(is_fine)) {
        return Some("letters, digits, hyphens, dots and `{labels}` before a host name".to_owned());
    }
    // These rules do not depend on the value of a label.
    let labelled = literals(template).collect::<Vec<_>>().join("x");
    let parts: Vec<&str> = labelled.split('.').collect();
    let (last, whole) = parts.split_last()?;
    let begins = |part: &&str| part.starts_with('-');
    let ends = |part: &&str| part.is_empty() || part.ends_with('-') || part.len() > 63;
    if parts.iter().any(begins) || whole.iter().any(ends) || last.len() > 63 {
        return Some(
            "parts of 1 to 63 characters before a host name, which neither begin nor end with a hyphen".to_owned(),
        );
    }
    None
}

/// Why a URL cannot be that of an endpoint, with its holes filled in; `None` if it can.
pub(crate) fn wrong_with_endpoint(url: &str, begins_with_hole: bool) -> Option<String> {
    let plain = "a URL of a scheme, a host, perhaps a port and a path".to_owned();
    let rest = match url.split_once("://") {
        Some(("http" | "https", rest)) => rest,
        Some((_, rest)) if begins_with_hole => rest,
        None if begins_with_hole => url,
        _ => return Some("a URL that begins with `http://` or `https://`".to_owned()),
    };
    let (authority, path) = match rest.split_once('/') {
        Some((authority, path)) => (authority, path),
        None => (rest, ""),
    };
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let in_brackets = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let is_host = match in_brackets {
        Some(address) => address
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte)),
        None => host.bytes().all(is_fine),
    };
    let is_port = port.is_none_or(|port| port == HOLE || port.parse::<u16>().is_ok());
    let fits = !host.is_empty() && is_host && is_port && is_of_uri(path, b"/");
    (!fits).then_some(plain)
}

/// The value of a hole when a text with holes is checked.
pub(crate) const HOLE: &str = "x";

/// The texts between the labels of a template. An unmatched brace is reported where labels are read.
fn literals(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .enumerate()
        .map(|(index, piece)| match index {
            0 => piece,
            _ => piece.split_once('}').map_or("", |(_, literal)| literal),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_that_can_be() {
        for uri in [
            "/",
            "/a",
            "/a/",
            "/a/{b}/{c+}",
            "/%7Ea",
            "/a:b/@c?x",
            "/a?x=1&y",
            "/a/{b..}",
            "/a.b/..c",
        ] {
            assert_eq!(wrong_with_uri(uri), None, "{uri}");
        }
    }

    #[test]
    fn uris_that_cannot_be() {
        let bad = [
            "",
            "a",
            "?x",
            "//",
            "//a",
            "/a//b",
            "/a//",
            "/a b",
            "/a#b",
            "/a/../b",
            "/..",
            "/a/.",
            "/%2e%2E/a",
            "/.%2e",
            "/%zz",
            "/%",
            "/%4",
            "/caf\u{e9}",
            "/a\r\nb",
            "/a\tb",
            "/a\\b",
            "/a\"b",
            "/<a>",
            "/a|b",
            "/a^b",
            "/a?b c",
            "/a?b#c",
            "/a?x=%zz",
            "/a?x={y}",
            "/a?x=1&x=2",
            "/a?x&x",
            "/a\u{7f}",
            "/{a}\u{200b}",
        ];
        for uri in bad {
            assert!(wrong_with_uri(uri).is_some(), "{uri:?}");
        }
    }

    #[test]
    fn host_prefixes_that_can_be() {
        for prefix in [
            "", "a.", "query-", "{a}.", "{a}.b-", "a.{b}.", "{a}-{b}.", "A1.",
        ] {
            assert_eq!(wrong_with_host_prefix(prefix), None, "{prefix}");
        }
    }

    #[test]
    fn host_prefixes_that_cannot_be() {
        let long = format!("{}.", "a".repeat(64));
        let bad = [
            "a/b.",
            "user@",
            "a?b",
            "a:80.",
            "a b.",
            " a.",
            "caf\u{e9}.",
            "a\r\n.",
            ".",
            ".a",
            "a..b",
            "a..",
            "-a.",
            "a-.",
            "a_b.",
            "a#",
            "a\\b.",
            "%41.",
            "{a}..",
            "a%2f.",
            "[",
            "a,b.",
            &long,
        ];
        for prefix in bad {
            assert!(wrong_with_host_prefix(prefix).is_some(), "{prefix:?}");
        }
    }

    #[test]
    fn endpoints_that_can_be() {
        for url in [
            "https://a",
            "http://a.b:80/c/d",
            "https://x.x-x.amazonaws.com",
            "https://[::1]:80",
            "https://a:x",
        ] {
            assert_eq!(wrong_with_endpoint(url, false), None, "{url}");
        }
        for url in ["x", "x://x/x", "x://a.x", "xa"] {
            assert_eq!(wrong_with_endpoint(url, true), None, "{url}");
        }
    }

    #[test]
    fn endpoints_that_cannot_be() {
        let bad = [
            "",
            "a",
            "ftp://a",
            "https://",
            "https:///a",
            "https://a b",
            "https://a/b c",
            "https://u@a",
            "https://a?b",
            "https://a#b",
            "https://a\r\n",
            "https://a:99999",
            "https://a:b",
            "https://a:",
            "https://caf\u{e9}",
            "HTTPS ://a",
            "https://a\\b",
            "https://[::1",
            "https://a/%zz",
        ];
        for url in bad {
            assert!(wrong_with_endpoint(url, false).is_some(), "{url:?}");
        }
    }

    #[test]
    fn headers() {
        assert!(is_token("x-mark") && is_token("X_a.b~"));
        for name in [
            "",
            "x mark",
            "x:",
            "x\r",
            "caf\u{e9}",
            "(x)",
            "x/y",
            "x,y",
            "x\u{0}",
        ] {
            assert!(!is_token(name), "{name:?}");
        }
        assert!(is_part_of_token("") && !is_part_of_token("x y"));
        assert!(is_header_value("a b; c=\"d\"") && is_header_value(""));
        for value in ["a\r\nb", "a\n", "\u{e9}", " a", "a\t", "a\u{7f}", "a\u{0}"] {
            assert!(!is_header_value(value), "{value:?}");
        }
    }
}
