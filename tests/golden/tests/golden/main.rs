//! The golden cases: what is generated from them is what is committed, in whatever order their models are written,
//! whatever text is in them, and the report on a change is right about the files that change.

// A test says what it expects; a panic is how it fails, in its helpers too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod committed;
mod determinism;
mod model_texts;
mod names;
mod places;
mod verdicts;
