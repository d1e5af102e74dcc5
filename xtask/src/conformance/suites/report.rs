//! The report of the cases: one row per file, the failures with what was expected and found, and the total.

use super::Outcome;
use super::ignored::Ignored;
use super::read::File;
use cargo_tinsmith::report::count;
use std::fmt::Write as _;

/// The report, and the counts that make it an error.
pub(super) struct Summary {
    pub(super) text: String,
    pub(super) failed: usize,
    /// Cases that are on the list of ignored ones and passed.
    pub(super) idle: usize,
}

#[derive(Default)]
struct Counts {
    passed: usize,
    ignored: usize,
    failed: usize,
    not_supported: usize,
}

/// `outcomes` are in the order of the files' cases.
pub(super) fn report(files: &[File], outcomes: &[Outcome], ignored: &Ignored) -> Summary {
    let width = files.iter().map(|file| file.name.len()).max();
    let width = width.unwrap_or_default().max("file".len());
    let mut text = format!(
        "{:width$}  passed  ignored  failed  not supported\n",
        "file"
    );
    let (mut failures, mut reasons, mut idle) = (String::new(), String::new(), Vec::new());
    let mut all = Counts::default();
    let mut outcomes = outcomes.iter();
    for file in files {
        let mut row = Counts::default();
        for suite in &file.suites {
            for (case, outcome) in suite.cases.iter().zip(outcomes.by_ref()) {
                let reason = ignored.get(&(file.name.clone(), case.id.clone()));
                let name = format!("{} {}", file.name, case.id);
                match (outcome, reason) {
                    (Outcome::NotSupported, _) => row.not_supported += 1,
                    (Outcome::Passed, None) => row.passed += 1,
                    (Outcome::Passed, Some(_)) => {
                        row.passed += 1;
                        idle.push(name);
                    }
                    (Outcome::Failed(_), Some(reason)) => {
                        row.ignored += 1;
                        let _ = writeln!(reasons, "{name}: {reason}");
                    }
                    (Outcome::Failed(wrong), None) => {
                        row.failed += 1;
                        let _ = writeln!(failures, "{name}");
                        for line in wrong.iter().flat_map(|wrong| wrong.lines()) {
                            let _ = writeln!(failures, "  {line}");
                        }
                    }
                }
            }
        }
        let Counts {
            passed,
            ignored,
            failed,
            not_supported,
        } = row;
        let _ = writeln!(
            text,
            "{:width$}  {passed:6}  {ignored:7}  {failed:6}  {not_supported:13}",
            file.name
        );
        all.passed += passed;
        all.ignored += ignored;
        all.failed += failed;
        all.not_supported += not_supported;
    }
    let idle_lines: String = idle.iter().map(|name| format!("{name}\n")).collect();
    for (title, lines) in [
        ("ignored", &reasons),
        ("failed", &failures),
        ("on the list of ignored cases, and passed", &idle_lines),
    ] {
        if !lines.is_empty() {
            let _ = write!(text, "\n{title}:\n{lines}");
        }
    }
    let Counts {
        passed,
        ignored,
        failed,
        not_supported,
    } = all;
    let _ = writeln!(
        text,
        "\ntotal: {} of {}: {passed} passed, {ignored} ignored, {failed} failed, {not_supported} not supported",
        count(passed + ignored + failed + not_supported, "case"),
        count(files.len(), "file"),
    );
    Summary {
        text,
        failed,
        idle: idle.len(),
    }
}
