//! The report for programs: `{"bump", "changes"}`. Several services at once: `{"bump", "services": {name: the same}}`.

use super::{Compared, greatest};
use serde_json::{Map, Value, json};
use tinsmith_codegen::{Change, Diff};

pub(super) fn render(all: &[Compared]) -> String {
    let value = match all {
        [one] => value(&one.diff),
        several => {
            let services: Map<String, Value> = several
                .iter()
                .map(|compared| (compared.service.clone(), value(&compared.diff)))
                .collect();
            json!({ "bump": greatest(several).as_str(), "services": services })
        }
    };
    format!("{value:#}\n")
}

fn value(diff: &Diff) -> Value {
    let changes: Vec<Value> = diff.changes.iter().map(change).collect();
    json!({ "bump": diff.bump.as_str(), "changes": changes })
}

fn change(change: &Change) -> Value {
    let Change {
        kind,
        path,
        before,
        after,
        bump,
        note,
    } = change;
    json!({
        "kind": kind.as_str(),
        "path": path,
        "before": before,
        "after": after,
        "bump": bump.as_str(),
        "note": note,
    })
}
