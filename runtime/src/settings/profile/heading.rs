//! What a heading of a shared file stands for. The two files differ: `[profile x]` with quoting as in a shell, and `[x]`
//! with none.

/// Which of the shared files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Config,
    Credentials,
}

/// What a section holds settings of.
#[derive(Debug, PartialEq)]
pub(super) enum Heading {
    Profile(String),
    /// `[default]` in the configuration file: counts only where there is no `[profile default]`.
    BareDefault,
    SsoSession(String),
    Services(String),
    /// Nothing that we know.
    Unknown,
}

impl Heading {
    /// Reads what stands between the brackets.
    pub(super) fn read(kind: FileKind, text: &str) -> Self {
        match kind {
            // The whole text is the name, as `aws configure` writes it there.
            FileKind::Credentials => Self::Profile(text.to_owned()),
            FileKind::Config if text == "default" => Self::BareDefault,
            FileKind::Config => Self::named(text).unwrap_or(Self::Unknown),
        }
    }

    /// A word and a name. Space before the word makes it another, for the AWS CLI as well.
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
