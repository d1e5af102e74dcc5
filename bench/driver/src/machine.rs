//! What was measured on, in general terms: nothing that tells one machine from another of its kind.

use crate::command::run;
use std::process::Command;

/// Cores, memory, operating system and compiler, in a sentence.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = memory_gib().map_or(String::new(), |gib| format!(", {gib} GiB of memory"));
    let rustc = run(Command::new("rustc").arg("--version")).map_or_else(
        |_| "rustc of unknown version".to_owned(),
        |(said, _)| said.split(' ').take(2).collect::<Vec<_>>().join(" "),
    );
    format!(
        "{cores} cores{memory}, {} on {}, {rustc}",
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

/// Where the system says it as Linux does.
fn memory_gib() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some((kib + (1 << 19)) >> 20)
}
