//! Stands between Cargo and rustc while builds are measured, and notes what each crate took.

use nix::sys::resource::{UsageWho, getrusage};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// The variable that names the file to note it in; set, this program is a wrapper of rustc.
pub const LOG: &str = "TINSMITH_BENCH_RUSTC_LOG";

/// What rustc took for a crate.
pub struct Compiled {
    pub seconds: f64,
    pub peak_mib: f64,
}

/// Runs the rustc that the arguments name and notes time and memory.
pub fn wrap(log: &Path) -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let Some(rustc) = args.next() else {
        return ExitCode::FAILURE;
    };
    let args: Vec<_> = args.collect();
    let name = args
        .iter()
        .position(|arg| arg == "--crate-name")
        .and_then(|at| args.get(at + 1))
        .map_or("?".into(), |name| name.to_string_lossy());
    let start = Instant::now();
    let status = Command::new(rustc).args(&args).status();
    let seconds = start.elapsed().as_secs_f64();
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN).map_or(0, |usage| usage.max_rss());
    // macOS counts in bytes.
    let kib = if cfg!(target_os = "macos") {
        peak / 1024
    } else {
        peak
    };
    if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(log) {
        let _ = writeln!(file, "{name} {seconds} {kib}");
    }
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// What the log says of a package, built last.
pub fn compiled(log: &Path, package: &str) -> Result<Compiled, String> {
    let text = std::fs::read_to_string(log)
        .map_err(|error| format!("cannot read {}: {error}", log.display()))?;
    let name = package.replace('-', "_");
    let line = text.lines().rev().find_map(|line| {
        let mut words = line.split(' ');
        (words.next() == Some(&name)).then_some(())?;
        let seconds = words.next()?.parse().ok()?;
        let kib: f64 = words.next()?.parse().ok()?;
        Some(Compiled {
            seconds,
            peak_mib: kib / 1024.0,
        })
    });
    line.ok_or_else(|| format!("rustc was not run for {package}"))
}
