//! The result for people: services and operations with their places, what the crates would cost, what becomes of what the
//! program writes, and what could not be decided.

use super::cost::Cost;
use super::{Becomes, Operation, Scan, Service};
use crate::command;
use crate::report::count;
use std::fmt::Write as _;
use std::path::PathBuf;

/// How many places of an operation are shown.
const PLACES: usize = 3;

/// How many files or folders are listed that were not read.
const FILES: usize = 8;

/// The result as text; `costs` are those of the services whose model is at hand, `without` the names of the others.
pub fn render(scan: &Scan, costs: &[Cost], without: &[String]) -> String {
    let mut out = String::new();
    let operations = scan
        .services
        .iter()
        .map(|service| service.operations.len())
        .sum();
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "{}, {}: {} of {}",
        count(scan.packages, "package"),
        count(scan.files, "file"),
        count(operations, "operation"),
        count(scan.services.len(), "service"),
    );
    for of in &scan.services {
        service(of, &mut out);
    }
    costs_of(costs, without, &mut out);
    spellings(scan, &mut out);
    missing(scan, costs, &mut out);
    out.push_str(&undecided(scan));
    if operations > 0 {
        let _ = writeln!(
            out,
            "\nnext: {name} scan --write writes them into tinsmith.toml; {name} add SERVICE OPERATION… adds some",
            name = command::name()
        );
    }
    out
}

/// What could not be decided or read.
pub(super) fn undecided(scan: &Scan) -> String {
    let mut out = String::new();
    if !scan.unresolved.is_empty() {
        let _ = writeln!(
            out,
            "\nmay be calls, on values of unknown types, so they are not counted"
        );
        for unresolved in &scan.unresolved {
            let services = unresolved.services.join(" or ");
            let _ = writeln!(
                out,
                "  {}  {} of {services}",
                unresolved.place, unresolved.method
            );
        }
    }
    if !scan.unused.is_empty() {
        let _ = writeln!(
            out,
            "\nin a Cargo.toml, but not named in the code: {}",
            scan.unused.join(", ")
        );
    }
    let unread: Vec<String> = scan
        .unread
        .iter()
        .map(|(path, reason)| format!("{}: {reason}", path.display()))
        .collect();
    some("could not be read", &unread, &mut out);
    let outside: Vec<String> = scan
        .outside
        .iter()
        .map(|path: &PathBuf| path.display().to_string())
        .collect();
    some(
        "no members of this project, so not read; each can be scanned on its own",
        &outside,
        &mut out,
    );
    out
}

fn service(service: &Service, out: &mut String) {
    let Service {
        name,
        package,
        version: _,
        operations,
    } = service;
    if operations.is_empty() {
        let _ = writeln!(out, "\n{name} ({package}): only its types");
        return;
    }
    let _ = writeln!(
        out,
        "\n{name} ({package}): {}",
        count(operations.len(), "operation")
    );
    let rows: Vec<(String, String, String)> = operations.iter().map(row).collect();
    let width = |of: fn(&(String, String, String)) -> &String| {
        rows.iter().map(|row| of(row).len()).max().unwrap_or(0)
    };
    let (first, second) = (width(|row| &row.0), width(|row| &row.1));
    for (name, uses, places) in &rows {
        let _ = writeln!(out, "  {name:first$}  {uses:second$}  {places}");
    }
}

fn row(operation: &Operation) -> (String, String, String) {
    let Operation {
        name,
        uses,
        places,
        test_only,
    } = operation;
    let mut words: Vec<&str> = uses.iter().map(|one| one.as_str()).collect();
    if words.is_empty() {
        words.push("types only");
    }
    if *test_only {
        words.push("in tests");
    }
    let mut shown: Vec<String> = places
        .iter()
        .take(PLACES)
        .map(ToString::to_string)
        .collect();
    let more = places.len().saturating_sub(PLACES);
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    (name.clone(), words.join(", "), shown.join(", "))
}

fn costs_of(costs: &[Cost], without: &[String], out: &mut String) {
    if !costs.is_empty() {
        let _ = writeln!(
            out,
            "\nthe generated crates          operations  shapes  lines"
        );
        for Cost {
            service,
            operations,
            shapes,
            lines,
            missing: _,
        } in costs
        {
            let _ = writeln!(
                out,
                "  {service:26}  {operations:>10}  {shapes:>6}  {lines:>5}"
            );
        }
    }
    if !without.is_empty() {
        let _ = writeln!(
            out,
            "\nwhat the crates would cost is not known without a model: {}; `--from <botocore/data or wheel>` has them",
            without.join(", ")
        );
    }
}

/// What the program's spellings become.
fn spellings(scan: &Scan, out: &mut String) {
    let all: usize = scan.spellings.iter().map(|(_, places)| places).sum();
    if all == 0 {
        return;
    }
    let sum = |of: fn(&Becomes) -> bool| -> usize {
        let rows = scan.spellings.iter().filter(|(row, _)| of(&row.says().1));
        rows.map(|(_, places)| places).sum()
    };
    let same = sum(|becomes| matches!(becomes, Becomes::Same));
    let more = sum(|becomes| matches!(becomes, Becomes::SameWhere(_)));
    let _ = writeln!(
        out,
        "\nmoving to the generated crates: {same} of {} stay as they are written ({} %), and up to {more} more under a condition",
        count(all, "place"),
        same * 100 / all
    );
    for (row, places) in &scan.spellings {
        let (spelling, becomes) = row.says();
        let becomes = match becomes {
            Becomes::Same => String::new(),
            Becomes::SameWhere(condition) => format!(" stays where {condition}"),
            Becomes::Other(now) => format!(" becomes {now}"),
            Becomes::Nothing(_) => " has no counterpart of its own, see below".to_owned(),
        };
        let _ = writeln!(out, "  {places:>5}  {spelling}{becomes}");
    }
}

/// What there is no counterpart of yet.
fn missing(scan: &Scan, costs: &[Cost], out: &mut String) {
    let spelled = scan
        .spellings
        .iter()
        .filter_map(|(row, _)| match row.says() {
            (spelling, Becomes::Nothing(nearest)) => {
                Some(format!("{spelling}; the nearest: {nearest}"))
            }
            _ => None,
        });
    let generated = costs.iter().flat_map(|cost| {
        cost.missing
            .iter()
            .map(|missing| format!("{}: {missing}", cost.service))
    });
    let lines: Vec<String> = spelled.chain(generated).collect();
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nno counterpart yet");
    for line in lines {
        let _ = writeln!(out, "  {line}");
    }
}

fn some(title: &str, lines: &[String], out: &mut String) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}");
    for line in lines.iter().take(FILES) {
        let _ = writeln!(out, "  {line}");
    }
    if lines.len() > FILES {
        let _ = writeln!(out, "  … and {} more", lines.len() - FILES);
    }
}
