//! A waiter is understood, or left out alone.

use tinsmith_codegen::{Generated, Problem};
use tinsmith_golden::row::{Row, rust};

rows! {
    models_waiter_jmespath: "waiter-jmespath" => |row| {
        for operation in ["Fallback", "First", "Piped", "Several", "Holds", "Nothing"] {
            let generated = row.generated(&[operation]);
            assert_eq!(warnings(&generated), [""; 0]);
            let method = format!("pub fn wait_until_{}_done", operation.to_lowercase());
            assert!(rust(&generated).contains(&method), "{operation}");
        }
    };
    models_unselected_waiter: "unselected-waiter" => |row| {
        let good = row.generated(&["Good"]);
        assert!(rust(&good).contains("pub fn good"));
        let [warning] = &warnings(&good)[..] else {
            panic!("{:?}", good.warnings)
        };
        assert!(warning.contains("found another") && warning.contains("waiters.OddDone"), "{warning}");
        // Where its operation is selected, it alone is left out.
        let odd = row.generated(&["Odd"]);
        assert!(rust(&odd).contains("pub fn odd") && !rust(&odd).contains("wait_until"));
        let [warning] = &warnings(&odd)[..] else {
            panic!("{:?}", odd.warnings)
        };
        assert!(warning.starts_with("warning: omitted the waiter `OddDone`: "), "{warning}");
    };
    models_line_break_waiter: "line-break-waiter" => |row| {
        let generated = row.generated(&[]);
        let rust = rust(&generated);
        assert!(rust.contains("pub fn wait_until_shown") && !rust.contains("wait_until_gone"));
        for line in rust.lines() {
            assert!(!line.trim_start_matches([' ', '/', '!', '*']).starts_with("panic!"), "{line}");
        }
        let [warning] = &warnings(&generated)[..] else {
            panic!("{:?}", generated.warnings)
        };
        assert!(warning.starts_with("warning: omitted the waiter"), "{warning}");
    };
    a_matcher_of_input_and_output_is_understood: "waiter-input-output" => |row| all_understood(&row);
    every_waiter_of_the_golden_case_is_understood: "waiters" => |row| all_understood(&row);
    every_waiter_with_a_condition_is_understood: "waiter-conditions" => |row| all_understood(&row);
}

fn all_understood(row: &Row) {
    assert_eq!(warnings(&row.generated(&[])), [""; 0]);
}

/// Each in one line.
fn warnings(generated: &Generated) -> Vec<String> {
    let warnings: Vec<String> = generated.warnings.iter().map(Problem::as_warning).collect();
    assert!(
        warnings
            .iter()
            .all(|warning| !warning.contains(char::is_control)),
        "{warnings:?}"
    );
    warnings
}
