//! Faults that were found in the field, a row each: a model of our own, and what is right for it.
//!
//! A row whose crate compiles is a golden case (`cases/<row>`: the golden test holds its crate, and the workspace
//! compiles and lints it). All others are in `rows/<row>`. Either way it has one test here, `models_<row>`, in the module
//! of its subject; `twin/` beside a model says the same in a way that always worked. Messages of refused models are in
//! `message.txt` there, which blessing writes.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a panic is how a test fails"
)]

/// `name: "row" => |row| …;` makes the test `name` of each row, and `NAMES` of all of them.
macro_rules! rows {
    ($($test:ident: $row:literal => |$it:ident| $body:expr;)*) => {
        pub(crate) const NAMES: &[&str] = &[$($row),*];
        $(
            #[test]
            fn $test() {
                let $it = tinsmith_golden::row::Row::new($row);
                $body
            }
        )*
    };
}

mod facts;
mod selection;
mod text;
mod waiters;
mod wire;

#[test]
fn every_row_has_a_test() {
    let tested = [
        facts::NAMES,
        selection::NAMES,
        text::NAMES,
        waiters::NAMES,
        wire::NAMES,
    ]
    .concat();
    for row in tinsmith_golden::row::all() {
        assert!(tested.contains(&row.as_str()), "rows/{row} has no test");
    }
}
