//! What a command says while it works, where a step takes longer than a person waits without a word.

use crate::report::painted;
use std::io::Write as _;

/// A line on standard error: what is done now.
pub fn says(doing: &str) {
    // An error of printing it cannot be reported.
    let _ = write!(anstream::stderr(), "{}", painted(doing));
}
