//! Runs a program that measures, and reads the line that it prints.

use crate::command::run;
use std::process::Command;

/// The line that a program prints.
pub struct Measured {
    pub calls: f64,
    pub items: f64,
    pub bytes: f64,
    pub seconds: f64,
    pub cpu: f64,
    pub peak_kib: f64,
}

/// What becomes of memory that a page took, once it is dropped.
#[derive(Clone, Copy)]
pub enum Heap {
    /// What the C library does by itself. glibc gives it back to the kernel where it is more than twice the largest block
    /// so far, and takes it page fault by page fault for the next page: that can cost more than reading does.
    AsItIs,
    /// It stays with the process, as in one that has more to do than this.
    Kept,
}

impl Heap {
    /// glibc's settings for it; other C libraries ignore them. 32 MiB is the most that glibc takes for the second.
    fn environment(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::AsItIs => &[],
            Self::Kept => &[
                ("MALLOC_TRIM_THRESHOLD_", "1073741824"),
                ("MALLOC_MMAP_THRESHOLD_", "33554432"),
            ],
        }
    }
}

impl Measured {
    /// What `command` measures.
    pub fn by(command: &mut Command, heap: Heap) -> Result<Self, String> {
        let (said, _) = run(command.envs(heap.environment().iter().copied()))?;
        let value = |name: &str| {
            said.split_whitespace()
                .find_map(|word| word.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
                .ok_or_else(|| format!("expected a line with `{name}=`, found {said:?}"))
        };
        Ok(Self {
            calls: value("calls")?,
            items: value("items")?,
            bytes: value("bytes")?,
            seconds: value("seconds")?,
            cpu: value("cpu")?,
            peak_kib: value("peak_kib")?,
        })
    }
}
