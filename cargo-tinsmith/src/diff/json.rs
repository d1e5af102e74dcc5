//! The report for programs: `{"bump", "changes"}`; for several services `{"bump", "services": {name: the same}}`.
//!
//! If a crate cannot be generated, `"refused"` has the reasons for each side, and the bump is `major` whatever the
//! changes are, so that programs do not treat such a model as harmless.

use super::{Compared, Files, Refused, greatest};
use serde_json::{Map, Value, json};
use tinsmith_codegen::Change;

pub(super) fn render(all: &[Compared]) -> String {
    let value = match all {
        [one] => value(one),
        several => {
            let services: Map<String, Value> = several
                .iter()
                .map(|compared| (compared.service.clone(), value(compared)))
                .collect();
            json!({ "bump": greatest(several).as_str(), "services": services })
        }
    };
    format!("{value:#}\n")
}

fn value(compared: &Compared) -> Value {
    let changes: Vec<Value> = compared.diff.changes.iter().map(change).collect();
    let bump = compared.bump().as_str();
    let Files::Unknown(Refused { before, after }) = &compared.files else {
        return json!({ "bump": bump, "changes": changes });
    };
    let sides = [("before", before), ("after", after)].into_iter();
    let refused = sides.filter_map(|(side, report)| {
        let problem = report.as_ref()?.to_string();
        Some(json!({ "side": side, "problem": problem }))
    });
    json!({ "bump": bump, "refused": refused.collect::<Vec<_>>(), "changes": changes })
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
