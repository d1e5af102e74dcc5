//! What the operating system says of this process: CPU time, peak memory, the core it runs on.

use crate::Failure;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// CPU time of all threads so far, user and system, in seconds.
pub(crate) fn cpu_seconds() -> Result<f64, Failure> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let micros = (usage.user_time() + usage.system_time()).num_microseconds();
    Ok(micros as f64 / 1e6)
}

/// The most memory that was resident at once, in KiB.
#[cfg(target_os = "linux")]
pub(crate) fn peak_kib() -> Result<i64, Failure> {
    // Not getrusage: its peak survives exec, so it would be that of whoever started this process, if that is larger.
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    Ok(peak.ok_or("no VmHWM in /proc/self/status")?.parse()?)
}

/// The most memory that was resident at once, in KiB.
#[cfg(not(target_os = "linux"))]
pub(crate) fn peak_kib() -> Result<i64, Failure> {
    let peak = getrusage(UsageWho::RUSAGE_SELF)?.max_rss();
    // macOS counts in bytes.
    Ok(if cfg!(target_os = "macos") {
        peak / 1024
    } else {
        peak
    })
}

/// Leaves the other core to the loopback service, so that neither takes the other's time. Where the system has no such
/// call, or but one core, both go where they are put.
pub(crate) fn pin_to_core(core: usize) {
    #[cfg(target_os = "linux")]
    {
        let mut set = nix::sched::CpuSet::new();
        if set.set(core).is_ok() {
            let _ = nix::sched::sched_setaffinity(nix::unistd::Pid::from_raw(0), &set);
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = core;
}
