//! A Python virtual environment with the packages of a requirements file, created once and reused.

use cargo_tinsmith::report::Report;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Names the interpreter that creates the environment, instead of `python3`.
pub(crate) const VARIABLE: &str = "TINSMITH_PYTHON";

/// The file in an environment with the requirements that it was completed with.
const COMPLETE: &str = "requirements.complete";

/// The interpreter of the environment in `folder` with the packages of `requirements`. An environment that was created
/// from other requirements, or was never completed, is created again. `says` is called before long steps.
///
/// # Errors
/// There is no Python, venv or pip, or pip cannot get the packages.
pub(crate) fn environment(
    folder: &Path,
    requirements: &Path,
    says: &mut dyn FnMut(&str),
) -> Result<PathBuf, Report> {
    let wanted = fs::read_to_string(requirements)
        .map_err(|error| Report::io("cannot read", requirements, &error))?;
    let python = folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let complete = folder.join(COMPLETE);
    let runs = || matches!(output(&python, &["--version"]), Ok(output) if output.status.success());
    if fs::read_to_string(&complete).is_ok_and(|found| found == wanted) && runs() {
        return Ok(python);
    }
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| Report::io("cannot empty", folder, &error))?;
    }
    says(&format!(
        "creating a virtual environment with the packages of {}, once; this takes a minute or two",
        requirements.display()
    ));
    make(folder)?;
    install(&python, requirements)?;
    fs::write(&complete, wanted).map_err(|error| Report::io("cannot write", &complete, &error))?;
    Ok(python)
}

fn make(folder: &Path) -> Result<(), Report> {
    let interpreter = std::env::var(VARIABLE).unwrap_or_else(|_| "python3".to_owned());
    let place = folder.to_string_lossy();
    let made = output(Path::new(&interpreter), &["-m", "venv", &place]).map_err(|error| {
        Report::new(format!(
            "cannot run {interpreter}: {error}\n  this command needs Python packages; install Python 3.10 or later, or name it in {VARIABLE}"
        ))
    })?;
    if made.status.success() {
        return Ok(());
    }
    // The rest of it would look like an environment that only needs packages.
    let _ = fs::remove_dir_all(folder);
    let said = text(&made);
    let missing = ["No module named venv", "ensurepip"];
    let why = match missing.iter().any(|words| said.contains(words)) {
        true => format!(
            "{interpreter} has no venv or no pip\n  install them (on Debian and Ubuntu: apt install python3-venv python3-pip), or name another Python in {VARIABLE}"
        ),
        false => format!("{interpreter} cannot make a virtual environment in {place}"),
    };
    Err(Report::new(why + &last(&said, 5)))
}

fn install(python: &Path, requirements: &Path) -> Result<(), Report> {
    let file = requirements.to_string_lossy();
    let arguments = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        "--retries=2",
        "--requirement",
        &file,
    ];
    let installed =
        output(python, &arguments).map_err(|error| Report::io("cannot run", python, &error))?;
    if installed.status.success() {
        return Ok(());
    }
    let said = text(&installed);
    let why = match said.contains("No module named pip") {
        true => {
            "found Python, but no pip in its virtual environment; install python3-pip".to_owned()
        }
        false => format!(
            "pip cannot install what {file} names; is there a network, or a mirror in pip's configuration?"
        ),
    };
    Err(Report::new(why + &last(&said, 5)))
}

/// The folder of a package in the environment.
///
/// # Errors
/// The package is missing.
pub(crate) fn package(python: &Path, name: &str) -> Result<PathBuf, Report> {
    let program = format!("import {name}; print({name}.__path__[0])");
    let answer = output(python, &["-c", &program])
        .map_err(|error| Report::io("cannot run", python, &error))?;
    if !answer.status.success() {
        return Err(Report::new(format!(
            "expected {name} in the virtual environment, found none{}",
            last(&text(&answer), 3)
        )));
    }
    Ok(PathBuf::from(
        String::from_utf8_lossy(&answer.stdout).trim(),
    ))
}

fn output(program: &Path, arguments: &[&str]) -> std::io::Result<Output> {
    Command::new(program).args(arguments).output()
}

/// All output. venv reports errors on standard output, pip on standard error.
fn text(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]];
    both.map(String::from_utf8_lossy).concat()
}

/// The last lines of a program's output, indented.
pub(crate) fn last(said: &str, lines: usize) -> String {
    let all: Vec<&str> = said
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let from = all.len().saturating_sub(lines);
    let last = all.iter().skip(from);
    last.map(|line| {
        format!(
            "\n  it said: {}",
            line.chars().take(200).collect::<String>()
        )
    })
    .collect()
}
