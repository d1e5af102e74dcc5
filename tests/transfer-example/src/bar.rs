//! How far a transfer is: a bar on a terminal, a line at its end elsewhere.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};
use tinsmith_s3::transfer::Progress;

/// Bytes on standard error; the bar goes away with it.
pub(crate) struct Bar {
    bar: ProgressBar,
    name: &'static str,
    lines: bool,
}

impl Bar {
    pub(crate) fn new(name: &'static str) -> Self {
        let lines = !stderr().is_terminal();
        let bar = if lines {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(0)
        };
        let template =
            "{prefix:>4} {bar:40} {binary_bytes} of {binary_total_bytes}, {binary_bytes_per_sec}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_prefix(name);
        Self { bar, name, lines }
    }

    /// What a transfer reports to.
    pub(crate) fn report(&self) -> impl Fn(Progress) + Send + Sync + 'static {
        let bar = self.bar.clone();
        move |progress| {
            if let Some(total) = progress.total {
                bar.set_length(total);
            }
            bar.set_position(progress.transferred);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if self.lines {
            eprintln!("  {}: {} bytes", self.name, self.bar.position());
        }
        self.bar.finish_and_clear();
    }
}
