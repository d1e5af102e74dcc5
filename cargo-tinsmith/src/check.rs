//! `cargo tinsmith check`: whether the generated crates are what the generator would write now.

use crate::codegen::{jobs, plans};
use crate::command;
use crate::config::Config;
use crate::ownership::Owner;
use crate::plan::{Job, Orphan, Plan, Planned, left_behind};
use crate::report::{Report, count, shown};
use similar::TextDiff;
use std::path::Path;
use std::time::Duration;

/// The largest number of diff lines that a report shows of one file.
const DIFF_LINES: usize = 20;

/// Generates every configured service's crate in memory and compares it with the disk. Nothing is written.
///
/// # Errors
/// All stale, missing and orphan files, with a short diff each and the command that fixes them; or the errors that
/// prevented the generation.
pub fn check(root: &Path) -> Result<(), Report> {
    let config = Config::read(root)?;
    check_all(&config, &jobs(&config, &[])?)
}

/// The same for the jobs of all configured services.
///
/// # Errors
/// As [`check`].
pub fn check_all(config: &Config, jobs: &[Job]) -> Result<(), Report> {
    let root = config.root.as_path();
    let mut report = Report::default();
    if let Err(stale) = check_jobs(root, jobs) {
        report.append(stale);
    }
    let left = left_behind(config)?;
    if !left.is_empty() {
        let lines: String = left
            .iter()
            .map(|orphan| orphan_line(root, orphan))
            .collect();
        report.push(format!("generated/ has folders without a service in tinsmith.toml\n{lines}  to fix it: {} codegen",
            command::name()
        ));
    }
    report.or(())
}

/// The same for some crates.
///
/// # Errors
/// As [`check`].
pub fn check_jobs(root: &Path, jobs: &[Job]) -> Result<(), Report> {
    let mut report = Report::default();
    for plan in plans(root, jobs)? {
        if let Some(problem) = problem(root, &plan) {
            report.push(problem);
        }
    }
    report.or(())
}

fn problem(root: &Path, plan: &Plan) -> Option<String> {
    let differing: Vec<&Planned> = plan
        .files
        .iter()
        .filter(|file| !file.is_current())
        .collect();
    if differing.is_empty() && plan.orphans.is_empty() {
        return None;
    }
    let missing = differing.iter().filter(|file| file.found.is_none()).count();
    let mut out = format!(
        "the generated crate {} is out of date: {} stale, {} missing, {} orphan\n",
        plan.name,
        count(differing.len() - missing, "file"),
        missing,
        plan.orphans.len()
    );
    for file in differing {
        match &file.found {
            None => out.push_str(&format!(
                "  missing  {} ({})\n",
                shown(root, &file.path),
                count(file.text.lines().count(), "line")
            )),
            Some(bytes) => {
                out.push_str(&format!("  stale    {}\n", shown(root, &file.path)));
                out.push_str(&diff(&String::from_utf8_lossy(bytes), &file.text));
            }
        }
    }
    out.extend(plan.orphans.iter().map(|orphan| orphan_line(root, orphan)));
    out.push_str(&format!("  to fix it: {}", plan.command));
    Some(out)
}

fn orphan_line(root: &Path, orphan: &Orphan) -> String {
    let note = match orphan.owner {
        Owner::Generator => "",
        Owner::Edited => " (edited since it was generated: check what you want to keep)",
        Owner::Somebody => {
            " (written by hand? It carries no generated header: move it or delete it yourself)"
        }
    };
    format!("  orphan   {}{note}\n", shown(root, &orphan.path))
}

/// The first lines of a unified diff from the present text to the expected one, indented.
fn diff(found: &str, expected: &str) -> String {
    let diff = TextDiff::configure()
        .timeout(Duration::from_millis(200))
        .diff_lines(found, expected);
    let text = diff.unified_diff().context_radius(2).to_string();
    let lines: Vec<&str> = text.lines().collect();
    let mut out: String = lines
        .iter()
        .take(DIFF_LINES)
        .map(|line| format!("    {line}\n"))
        .collect();
    if lines.len() > DIFF_LINES {
        out.push_str(&format!(
            "    … {} of this diff\n",
            count(lines.len() - DIFF_LINES, "more line")
        ));
    }
    out
}
