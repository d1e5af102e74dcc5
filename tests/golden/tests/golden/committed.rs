//! Every case gives, byte for byte, the crate that is committed beside it. The crates are members of the workspace, so
//! that its other checks compile them.

use std::fmt::Write as _;
use tinsmith_golden::bless::{compare, demand_nothing};
use tinsmith_golden::case;

#[test]
fn every_case_gives_what_is_committed() {
    let cases = case::all();
    assert!(!cases.is_empty(), "there are no cases");
    let mut report = String::new();
    for case in cases {
        let shown = format!("tests/golden/cases/{}/crate", case.name);
        match case.generate() {
            Ok(generated) => {
                report.push_str(&compare(&shown, &case.crate_folder(), &generated.tree))
            }
            Err(problems) => {
                let _ = writeln!(report, "refused: {shown}\n{problems}");
            }
        }
    }
    demand_nothing(&report);
}
