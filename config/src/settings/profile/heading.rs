//! The headings of the shared files. The two files differ: `[profile x]` with quoting as in a shell, and `[x]` without
//! quoting.

/// Which of the shared files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Config,
    Credentials,
}

/// The kind of a section.
#[derive(Debug, PartialEq)]
pub(super) enum Heading {
    Profile(String),
    /// `[default]` in the configuration file: used only if there is no `[profile default]`.
    BareDefault,
    SsoSession(String),
    Services(String),
    /// Not recognised.
    Unknown,
}

impl Heading {
    /// Parses the text between the brackets.
    pub(super) fn read(kind: FileKind, text: &str) -> Self {
        match kind {
            // The whole text is the name, as `aws configure` writes it there.
            FileKind::Credentials => Self::Profile(text.to_owned()),
            FileKind::Config if text == "default" => Self::BareDefault,
            FileKind::Config => Self::named(text).unwrap_or(Self::Unknown),
        }
    }

    /// A word and a name. A space before the word makes it another word, for the AWS CLI as well.
    fn named(text: &str) -> Option<Self> {
        if text.starts_with(char::is_whitespace) {
            return None;
        }
        let [word, name] = <[String; 2]>::try_from(shlex::split(text)?).ok()?;
        match word.as_str() {
            "profile" => Some(Self::Profile(name)),
            "sso-session" => Some(Self::SsoSession(name)),
            "services" => Some(Self::Services(name)),
            _ => None,
        }
    }
}
