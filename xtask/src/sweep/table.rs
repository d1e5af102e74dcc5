//! The result of a sweep as text: protocols, the slowest services, the total, and every problem.

use super::generate::Swept;
use cargo_tinsmith::report::count;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

pub(super) fn table(results: &[Swept], elapsed: Duration) -> String {
    let mut protocols: BTreeMap<&str, (usize, usize, usize, usize)> = BTreeMap::new();
    for swept in results {
        let protocol = match swept.protocol.as_str() {
            "" => "(unreadable)",
            protocol => protocol,
        };
        let row = protocols.entry(protocol).or_default();
        row.0 += 1;
        row.1 += usize::from(swept.problems.is_empty());
        row.2 += swept.operations;
        row.3 += swept.lines;
    }
    let width = protocols.keys().map(|name| name.len()).max().unwrap_or(0);
    let width = width.max("protocol".len());
    let mut out = format!(
        "{:width$}  services  generated  operations      lines\n",
        "protocol"
    );
    for (protocol, (services, generated, operations, lines)) in protocols {
        let _ = writeln!(
            out,
            "{protocol:width$}  {services:8}  {generated:9}  {operations:10}  {lines:9}"
        );
    }
    let mut slowest: Vec<&Swept> = results.iter().collect();
    slowest.sort_by(|a, b| {
        let by_name = a.service.cmp(&b.service);
        b.elapsed.cmp(&a.elapsed).then(by_name)
    });
    let slowest = slowest.iter().take(5);
    let slowest =
        slowest.map(|swept| format!("{} {} ms", swept.service, swept.elapsed.as_millis()));
    let _ = writeln!(out, "\nslowest: {}", slowest.collect::<Vec<_>>().join(", "));
    problems(results, &mut out);
    let generated = results.iter().filter(|swept| swept.problems.is_empty());
    let _ = writeln!(
        out,
        "\ntotal: {} of {} generated in {:.1} s",
        generated.count(),
        count(results.len(), "service"),
        elapsed.as_secs_f64()
    );
    out
}

/// Problems grouped by their text without names, the most frequent first, each with all its places.
fn problems(results: &[Swept], out: &mut String) {
    let mut kinds: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    for swept in results {
        for problem in &swept.problems {
            let problem = problem.strip_prefix("error: ").unwrap_or(problem);
            let kind = kind(problem.lines().next().unwrap_or_default());
            let places = kinds.entry(kind).or_default();
            places.push((&swept.service, problem));
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
    for (kind, places) in kinds {
        let _ = writeln!(out, "\n{}: {kind}", count(places.len(), "problem"));
        for (service, problem) in places {
            let mut lines = problem.lines();
            let said = lines.next().unwrap_or_default();
            let place = lines.next().unwrap_or_default().trim();
            let _ = writeln!(out, "  {service}: {place}: {}", names(said));
        }
    }
}

/// A message with `…` in place of each quoted name.
fn kind(message: &str) -> String {
    let parts = message.split('`').enumerate();
    let parts = parts.map(|(index, part)| if index % 2 == 1 { "`…`" } else { part });
    parts.collect()
}

/// The names that a message quotes.
fn names(message: &str) -> String {
    let quoted = message.split('`').skip(1).step_by(2);
    quoted.collect::<Vec<_>>().join(", ")
}
