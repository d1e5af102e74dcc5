//! Golden cases: what the generator makes of tiny models with one feature each, beside what it made when somebody last
//! looked. The tests are in `tests`; this library is the part that they share.

pub mod bless;
pub mod case;
pub mod files;
mod pointers;
pub mod row;

pub use pointers::pointers;
