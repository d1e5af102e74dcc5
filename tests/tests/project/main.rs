//! The project itself: budgets of generated code, committed crates that follow their models, and workflows.

// A test says what it expects; a panic is how it fails, in its helpers too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod book;
mod budget;
mod contributing;
mod dependencies;
mod publishing;
mod rules;
mod services;
mod up_to_date;
mod workflows;
