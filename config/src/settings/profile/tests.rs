//! Parsing shared files, line by line, and errors.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is how a test fails"
)]

use super::heading::{FileKind, Heading};
use super::parse::{Problem, Value, parse};
use proptest::prelude::*;

/// Sections as `[heading]`, settings as `name=value`, nested ones as `name>nested=value`; `name=…` continues in more
/// lines.
fn read(text: &str) -> Result<Vec<String>, String> {
    let mut lines = Vec::new();
    let sections = parse(text).map_err(|Problem { line, message }| format!("{line}: {message}"))?;
    for section in sections {
        lines.push(format!("[{}]", section.heading));
        let mut settings: Vec<_> = section.settings.into_iter().collect();
        settings.sort_by_key(|(_, setting)| setting.line);
        for (name, setting) in settings {
            match setting.value {
                Value::Line(value) => lines.push(format!("{name}={}", &*value)),
                Value::Lines => lines.push(format!("{name}=…")),
                Value::Nested(nested) => lines.extend(
                    nested
                        .iter()
                        .map(|(below, value)| format!("{name}>{below}={}", &**value)),
                ),
            }
        }
    }
    Ok(lines)
}

#[test]
fn a_file_is_read_line_by_line() {
    let cases: &[(&str, &[&str])] = &[
        ("", &[]),
        ("# only\n  ; comments\n\n", &[]),
        ("\u{feff}[a]\nb=c", &["[a]", "b=c"]),
        // Line ends of any system.
        ("[a]\r\nb=c\r\nd=e", &["[a]", "b=c", "d=e"]),
        ("[a]\rb=c\rd=e\r", &["[a]", "b=c", "d=e"]),
        // Names are case-insensitive, values are kept as they are.
        ("[A b]\nNaMe = VaLue", &["[A b]", "name=VaLue"]),
        (
            "[a]\nb:c\nd = e=f\ng : h = i",
            &["[a]", "b=c", "d=e=f", "g=h = i"],
        ),
        ("[a]\nb=\nc = \"q\"", &["[a]", "b=", "c=\"q\""]),
        ("[a]\n\u{a0}b\u{a0}=\u{a0}c\u{a0}", &["[a]", "b=c"]),
        // Comments: a line, or after white space.
        (
            "[a] # x\nb=c # d\ne=f;g\nh=i\t;j",
            &["[a]", "b=c", "e=f;g", "h=i"],
        ),
        ("[a]\nb=#c\nd= ;e", &["[a]", "b=#c", "d="]),
        ("[a] # see [b]\n[c]]\n['d]e']", &["[a]", "[c]]", "['d]e']"]),
        // Headings keep their spaces.
        ("[ a ]\n[ b]\n  [c]", &["[ a ]", "[ b]", "[c]"]),
        // Settings may be indented, equally or less and less, by spaces or tabs.
        ("[a]\n  b=c\n  d=e", &["[a]", "b=c", "d=e"]),
        ("[a]\n\tb=c\n\td=e", &["[a]", "b=c", "d=e"]),
        ("[a]\n    b=c\n  d=e\nf=g\n", &["[a]", "b=c", "d=e", "f=g"]),
        ("  [a]\n  b=c\n  [d]\n  e=f", &["[a]", "b=c", "[d]", "e=f"]),
        ("[a]\n  b=c\n\n  # x\n  d=e", &["[a]", "b=c", "d=e"]),
        // Lines that are indented more continue the setting.
        ("[a]\nb=c\n  d=e\nf=g", &["[a]", "b=…", "f=g"]),
        ("[a]\n  b=c\n   d=e", &["[a]", "b=…"]),
        ("[a]\nb=c\n  [d]\ne=f", &["[a]", "b=…", "e=f"]),
        ("[a]\nb=c\n\n# x\n  d", &["[a]", "b=…"]),
        // Below an empty value, settings are nested and case-sensitive; the later of two counts.
        (
            "[a]\nb=\n  c=d\n    e=f\ng=h",
            &["[a]", "b>c=d", "b>e=f", "g=h"],
        ),
        (
            "[a]\n b =\n  C = d # e\n\n\t\tc=\n f=g",
            &["[a]", "b>C=d", "b>c=", "f=g"],
        ),
        ("[a]\nb=\n  c=d\n  c=e", &["[a]", "b>c=e"]),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text).unwrap(), *expected, "{text:?}");
    }
}

#[test]
fn what_breaks_the_format_is_an_error_with_its_line() {
    for (text, expected) in [
        ("SECRET=x", "1: expected a section"),
        ("\n[a\nb=c", "2: expected `]`"),
        ("[]", "1: expected `]`"),
        ("[a]\nSECRET", "2: expected `name = value` or"),
        ("[a]\n=SECRET", "2: expected `name = value` or"),
        (
            "[a]\nb=\n  SECRET",
            "3: expected `name = value` in an indented",
        ),
        (
            "[a]\nb=\n  =SECRET",
            "3: expected `name = value` in an indented",
        ),
        (
            "[a]\n[b]\n[a]",
            "3: expected each section once, found one that began in line 1",
        ),
        (
            "[a]\nb=SECRET\nB=SECRET",
            "3: expected each setting of a section once, found one in line 2",
        ),
    ] {
        let problem = read(text).unwrap_err();
        assert!(problem.starts_with(expected), "{text:?}: {problem}");
        assert!(!problem.contains("SECRET"), "{problem}");
    }
}

#[test]
fn a_heading_has_shell_quotes_in_one_file_and_none_in_the_other() {
    let profile = |name: &str| Heading::Profile(name.to_owned());
    for (text, expected) in [
        ("default", Heading::BareDefault),
        ("profile a", profile("a")),
        ("profile  a\t", profile("a")),
        ("profile default", profile("default")),
        ("profile 'a b'", profile("a b")),
        ("profile \"a b\"", profile("a b")),
        ("profile a\\ b", profile("a b")),
        (
            "profile 'Someone'\"'\"'s MacBook Pro'",
            profile("Someone's MacBook Pro"),
        ),
        ("profile ''", profile("")),
        ("profile a]b", profile("a]b")),
        ("sso-session 'a b'", Heading::SsoSession("a b".to_owned())),
        ("services a", Heading::Services("a".to_owned())),
        ("profile", Heading::Unknown),
        ("profile a b", Heading::Unknown),
        ("profile 'a", Heading::Unknown),
        ("a", Heading::Unknown),
        ("Default", Heading::Unknown),
        ("Profile a", Heading::Unknown),
        (" default", Heading::Unknown),
        ("default ", Heading::Unknown),
        (" profile a", Heading::Unknown),
        ("plugins", Heading::Unknown),
    ] {
        assert_eq!(Heading::read(FileKind::Config, text), expected, "{text}");
        assert_eq!(
            Heading::read(FileKind::Credentials, text),
            profile(text),
            "{text}"
        );
    }
}

/// How a file is formatted, which must not change its meaning.
#[derive(Clone, Debug)]
struct Style {
    indent: &'static str,
    between: [&'static str; 2],
    line_end: &'static str,
    /// The text between two lines.
    filler: Vec<&'static str>,
    after: &'static str,
}

fn styles() -> impl Strategy<Value = Style> {
    let fillers = [
        "",
        "   ",
        "# comment",
        "  ; comment = x",
        "\t#[comment]",
        "#",
    ];
    (
        prop::sample::select(vec!["", " ", "  ", "\t", "    "]),
        prop::sample::select(vec![["", ""], [" ", " "], ["\t", "  "], ["", " "]]),
        prop::sample::select(vec!["\n", "\r\n", "\r"]),
        prop::collection::vec(prop::sample::select(fillers.to_vec()), 0..3),
        prop::sample::select(vec!["", " ", " # x", "\t; x = y"]),
    )
        .prop_map(|(indent, between, line_end, filler, after)| Style {
            indent,
            between,
            line_end,
            filler,
            after,
        })
}

/// Sections by name, and the settings of each.
type File = std::collections::BTreeMap<String, std::collections::BTreeMap<String, String>>;

fn files() -> impl Strategy<Value = File> {
    let setting = ("[a-z_]{1,12}", "[A-Za-z0-9/+=:.'\"#;-]{0,20}");
    let settings = prop::collection::btree_map(setting.0, setting.1, 0..5);
    prop::collection::btree_map("[a-z0-9 '\"-]{1,12}", settings, 0..4)
}

fn write(file: &File, styles: &[Style]) -> String {
    let mut text = String::new();
    for ((heading, settings), style) in file.iter().zip(styles.iter().cycle()) {
        let Style {
            indent,
            between: [before, behind],
            line_end,
            filler,
            after,
        } = style;
        let mut line = |line: String| {
            text.push_str(&format!("{line}{after}{line_end}"));
            for filler in filler {
                text.push_str(&format!("{filler}{line_end}"));
            }
        };
        line(format!("[{heading}]"));
        for (name, value) in settings {
            line(format!("{indent}{name}{before}={behind}{value}"));
        }
    }
    text
}

proptest! {
    /// Comments, blank lines, line ends and equal indentation within a section change nothing.
    #[test]
    fn a_file_says_the_same_in_every_style(file in files(), styles in prop::collection::vec(styles(), 1..4)) {
        // A value that begins with a comment sign becomes a comment after a space.
        prop_assume!(file.values().flat_map(|settings| settings.values()).all(|value| !value.starts_with(['#', ';'])));
        let expected: Vec<String> = file
            .iter()
            .flat_map(|(heading, settings)| {
                let settings = settings.iter().map(|(name, value)| format!("{name}={}", &**value));
                std::iter::once(format!("[{heading}]")).chain(settings)
            })
            .collect();
        prop_assert_eq!(read(&write(&file, &styles)), Ok(expected));
    }

    /// Any text is parsed or is an error, and no error quotes the text.
    #[test]
    fn an_error_quotes_nothing(lines in prop::collection::vec(
        prop::sample::select(vec![
            "[a]", "[b", "[SECRET", "]", "SECRET", "a=SECRET", "  b=SECRET", "    SECRET", "b=", "=SECRET", "# SECRET", "",
            "\tc = ; SECRET", "SECRET: SECRET",
        ]),
        0..8,
    )) {
        if let Err(problem) = read(&lines.join("\n")) {
            prop_assert!(!problem.contains("SECRET"), "{}", problem);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[\\[\\]=#; \ta-c\r\n'\"\u{feff}\u{2028}]{0,60}") {
        if let Ok(sections) = parse(&text) {
            for section in sections {
                for setting in section.settings.values() {
                    if let Value::Line(value) = &setting.value {
                        prop_assert!(!value.contains(['\r', '\n']));
                    }
                }
            }
        }
    }
}
