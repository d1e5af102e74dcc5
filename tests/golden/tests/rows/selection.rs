//! Only what the selection reaches can refuse a model; what is wrong elsewhere is one line of warning.

use tinsmith_codegen::Problem;
use tinsmith_golden::row::{Row, rust};

rows! {
    models_unselected_bigdecimal: "unselected-bigdecimal" => |row| good_without_odd(&row, "expected numbers that fit 64 bits, found `Weight`");
    models_unselected_key: "unselected-key" => |row| good_without_odd(&row, "found `sparkle`");
    models_unselected_method: "unselected-method" => |row| good_without_odd(&row, "expected a method of HTTP");
    models_unselected_stream: "unselected-stream" => |row| good_without_odd(&row, "expected an event stream to be the payload");
    models_unselected_trait: "unselected-trait" => |row| good_without_odd(&row, "found `com.example.else#sparkle`");
    models_orphan_stream: "orphan-stream" => |row| {
        assert!(row.generated(&[]).tree.contains_key("src/operation/good.rs"));
    };
    models_newer_traits: "newer-traits" => |row| {
        assert!(rust(&row.generated(&[])).contains("Duration::from_millis(90000)"));
    };
    models_same_simple_shape: "same-simple-shape" => |row| {
        assert!(rust(&row.generated(&[])).contains("pub fn put_names"));
    };
}

/// The operation `Good` is generated, with one warning that quotes what is wrong elsewhere; `Odd` is refused for it.
fn good_without_odd(row: &Row, wrong: &str) {
    let good = row.generated(&["Good"]);
    assert!(rust(&good).contains("pub fn good"));
    let warnings: Vec<String> = good.warnings.iter().map(Problem::as_warning).collect();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains(wrong), "{warnings:?}");
    assert!(!warnings[0].contains('\n'), "{warnings:?}");
    let odd = row.generate(&["Odd"]).expect_err("Odd cannot be generated");
    assert!(odd.to_string().contains(wrong), "{odd}");
}
