//! Environment variables, the home directory and files behind one type, so that tests need no real environment.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{fmt, io};
use tokio::io::AsyncWriteExt;

/// Access to environment variables, the home directory and files.
///
/// [`Environment::process`] is the real one. [`Environment::empty`] has only what is added to it, for tests:
///
/// ```
/// # use tinsmith_config::Environment;
/// let environment = Environment::empty()
///     .with_variable("AWS_PROFILE", "ci")
///     .with_home("/home/me")
///     .with_file("/home/me/.aws/config", "[profile ci]\nregion = eu-west-1\n");
/// ```
#[derive(Clone, Default)]
pub struct Environment(Source);

#[derive(Clone, Default)]
enum Source {
    #[default]
    Process,
    Explicit(Arc<Entries>),
}

#[derive(Clone, Default)]
struct Entries {
    variables: BTreeMap<String, String>,
    home: Option<PathBuf>,
    files: Files,
}

/// The files by their paths; `None`: the file exists and cannot be read.
#[derive(Default)]
struct Files(Mutex<BTreeMap<PathBuf, Option<Vec<u8>>>>);

impl Files {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Option<Vec<u8>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for Files {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.lock().clone()))
    }
}

impl Environment {
    /// The environment of this process and the files of this machine.
    pub fn process() -> Self {
        Self(Source::Process)
    }

    /// An environment without variables, home directory or files.
    pub fn empty() -> Self {
        Self(Source::Explicit(Arc::default()))
    }

    /// Sets a variable. On [`Environment::process`] this starts from an empty environment.
    #[must_use]
    pub fn with_variable(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(|entries| {
            entries.variables.insert(name.into(), value.into());
        })
    }

    /// Sets the home directory. On [`Environment::process`] this starts from an empty environment.
    #[must_use]
    pub fn with_home(self, home: impl Into<PathBuf>) -> Self {
        self.with(|entries| entries.home = Some(home.into()))
    }

    /// Adds a file with this text or these bytes. On [`Environment::process`] this starts from an empty environment.
    #[must_use]
    pub fn with_file(self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) -> Self {
        self.with(|entries| {
            entries
                .files
                .lock()
                .insert(path.into(), Some(content.into()));
        })
    }

    /// Adds a file that the process may not read. On [`Environment::process`] this starts from an empty environment.
    #[must_use]
    pub fn with_unreadable_file(self, path: impl Into<PathBuf>) -> Self {
        self.with(|entries| {
            entries.files.lock().insert(path.into(), None);
        })
    }

    /// The content of a file that was added, or stored there when a token was renewed. `None`: there is none, or it may not
    /// be read. [`Environment::process`] has no such files.
    pub fn file(&self, path: impl AsRef<Path>) -> Option<Vec<u8>> {
        match &self.0 {
            Source::Process => None,
            Source::Explicit(entries) => entries.files.lock().get(path.as_ref()).cloned().flatten(),
        }
    }

    fn with(self, change: impl FnOnce(&mut Entries)) -> Self {
        let mut entries = match self.0 {
            Source::Process => Entries::default(),
            Source::Explicit(entries) => Arc::unwrap_or_clone(entries),
        };
        change(&mut entries);
        Self(Source::Explicit(Arc::new(entries)))
    }

    /// The value of a variable; an empty one counts as unset, as in all AWS clients.
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        let value = match &self.0 {
            Source::Process => std::env::var(name).ok(),
            Source::Explicit(entries) => entries.variables.get(name).cloned(),
        };
        value.filter(|value| !value.trim().is_empty())
    }

    /// All variables whose names begin with `prefix`, by the rest of their names.
    pub(crate) fn variables_after(&self, prefix: &str) -> Vec<(String, String)> {
        let rest = |name: &str, value: String| {
            let rest = name.strip_prefix(prefix)?.to_owned();
            (!value.trim().is_empty()).then_some((rest, value))
        };
        match &self.0 {
            Source::Process => std::env::vars_os()
                .filter_map(|(name, value)| rest(name.to_str()?, value.into_string().ok()?))
                .collect(),
            Source::Explicit(entries) => entries
                .variables
                .iter()
                .filter_map(|(name, value)| rest(name, value.clone()))
                .collect(),
        }
    }

    pub(crate) fn home(&self) -> Option<PathBuf> {
        match &self.0 {
            Source::Process => std::env::home_dir().filter(|home| !home.as_os_str().is_empty()),
            Source::Explicit(entries) => entries.home.clone(),
        }
    }

    /// The path with a leading `~` replaced by the home directory; unchanged if there is none.
    pub(crate) fn expand(&self, path: &str) -> PathBuf {
        match (path.strip_prefix('~'), self.home()) {
            (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with(['/', '\\']) => {
                home.join(rest.trim_start_matches(['/', '\\']))
            }
            _ => PathBuf::from(path),
        }
    }

    /// The text of a file. A text that is not UTF-8 is [`io::ErrorKind::InvalidData`].
    pub(crate) async fn read(&self, path: &Path) -> io::Result<String> {
        match &self.0 {
            Source::Process => tokio::fs::read_to_string(path).await,
            Source::Explicit(entries) => {
                let file = entries.files.lock().get(path).cloned();
                let file = file.ok_or(io::ErrorKind::NotFound)?;
                let bytes = file.ok_or(io::ErrorKind::PermissionDenied)?;
                let text = String::from_utf8(bytes);
                text.map_err(|_| io::ErrorKind::InvalidData.into())
            }
        }
    }

    /// Replaces a file at once, so that nobody reads half of it. Only its owner may read it.
    pub(crate) async fn write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        match &self.0 {
            Source::Process => {
                let mut beside = path.as_os_str().to_owned();
                beside.push(format!(".{:016x}.tmp", fastrand::u64(..)));
                let beside = PathBuf::from(beside);
                let written = write_new(&beside, content).await;
                let placed = match written {
                    Ok(()) => tokio::fs::rename(&beside, path).await,
                    Err(error) => Err(error),
                };
                if placed.is_err() {
                    // Nothing can be done about a file that cannot even be removed.
                    let _ = tokio::fs::remove_file(&beside).await;
                }
                placed
            }
            Source::Explicit(entries) => {
                let content = Some(content.to_owned());
                entries.files.lock().insert(path.to_owned(), content);
                Ok(())
            }
        }
    }

    /// Whether the file exists, even if it cannot be read.
    pub(crate) async fn is_file(&self, path: &Path) -> bool {
        match &self.0 {
            Source::Process => {
                let found = tokio::fs::metadata(path).await;
                found.is_ok_and(|found| found.is_file())
            }
            Source::Explicit(entries) => entries.files.lock().contains_key(path),
        }
    }
}

async fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(path).await?;
    file.write_all(content).await?;
    file.sync_all().await
}

/// Shows only which environment it is: variables and files contain secrets.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Source::Process => "Environment(process)",
            Source::Explicit(_) => "Environment(explicit)",
        })
    }
}
