//! How far a listing is: a bar on a terminal, a line now and then elsewhere.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

/// Images between two lines where there is no terminal.
const LINE_EVERY: u64 = 500;

/// Counts images on standard error; the bar goes away with it.
pub(crate) struct Progress {
    bar: ProgressBar,
    lines: bool,
}

impl Progress {
    /// A count that begins at `done` and may come to `total`.
    pub(crate) fn new(total: u64, done: u64) -> Self {
        let lines = !stderr().is_terminal();
        let bar = if lines {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(total)
        };
        if let Ok(style) =
            ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} images")
        {
            bar.set_style(style);
        }
        bar.set_position(done);
        Self { bar, lines }
    }

    /// One image more.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
        let done = self.bar.position();
        if self.lines && done.is_multiple_of(LINE_EVERY) {
            eprintln!("  {done} images so far");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
