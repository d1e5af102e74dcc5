//! What compiling costs: the program from nothing, the service's client alone, a rebuild; and what comes of it.

use crate::Run;
use crate::command::{remove_folder, run};
use crate::figure::{Figure, Unit};
use crate::peer::{ALL, Cargo, Kind, ONE, Peer};
use crate::rustc::{self, Compiled};
use crate::turns::in_turns;

const MIB: f64 = 1024.0 * 1024.0;

/// A profile, as the folder of its builds is called.
pub const PROFILES: [&str; 2] = ["debug", "release"];

/// All figures of builds; those from nothing, and the release build of the service crate, are
/// left out of a quick run. botocore is not built.
pub fn figures(run: &Run, peers: &[Peer]) -> Vec<Figure> {
    let mut figures = Vec::new();
    for profile in PROFILES {
        if !run.quick {
            let whole = clean(run, peers, profile, "list");
            figures.push(if profile == "debug" {
                whole.aim(ONE, 4.0)
            } else {
                whole
            });
        }
        // What the crates under it cost is not part of this one.
        if !run.quick || profile == "debug" {
            let what = format!("{profile} build of the service crate");
            let [seconds, peak] = in_turns(&what, run.build_rounds, peers, |peer| {
                rust(peer, |cargo| {
                    let compiled = service_alone(cargo, profile)?;
                    Ok([compiled.seconds, compiled.peak_mib])
                })
            });
            let times = if profile == "debug" { 25.0 } else { 10.0 };
            let name = format!("{profile} build of the service crate alone");
            figures.push(Figure::new(name, Unit::Seconds, seconds).aim(ALL, times));
            let name = format!("peak memory of rustc for it, {profile}");
            figures.push(Figure::new(name, Unit::MebibytesOfMemory, peak));
        }
        figures.push(rebuild(run, peers, profile));
    }
    figures.push(binary(peers, "list").aim(ONE, 4.0));
    figures
}

/// A program from nothing.
pub fn clean(run: &Run, peers: &[Peer], profile: &str, program: &str) -> Figure {
    let what = format!("clean {profile} build");
    let [seconds] = in_turns(&what, run.build_rounds, peers, |peer| {
        rust(peer, |cargo| {
            remove_folder(&cargo.target.join(profile))?;
            Ok([build(cargo, program, profile, 0)?])
        })
    });
    let name = format!("clean {profile} build of the program, all crates");
    Figure::new(name, Unit::Seconds, seconds)
}

/// The size of a program.
pub fn binary(peers: &[Peer], program: &str) -> Figure {
    let [size] = in_turns("binary", 1, peers, |peer| {
        rust(peer, |cargo| {
            build(cargo, program, "release", 0)?;
            let program = cargo.program("release", program);
            let size = program.metadata().map(|metadata| metadata.len());
            let size = size.map_err(|error| format!("cannot read {}: {error}", program.display()));
            Ok([size? as f64 / MIB])
        })
    });
    Figure::new("stripped release binary", Unit::MebibytesOnDisk, size)
}

/// The small program again after a change of one line of it.
fn rebuild(run: &Run, peers: &[Peer], profile: &str) -> Figure {
    let mut revision = 0;
    let what = format!("{profile} rebuild");
    let [seconds] = in_turns(&what, run.rounds.min(3), peers, |peer| {
        rust(peer, |cargo| {
            build(cargo, "list", profile, revision)?;
            revision += 1;
            Ok([build(cargo, "list", profile, revision)?])
        })
    });
    let name = format!("{profile} rebuild after a one-line change");
    Figure::new(name, Unit::Seconds, seconds)
}

fn rust<const N: usize>(
    peer: &Peer,
    measure: impl FnOnce(&Cargo) -> Result<[f64; N], String>,
) -> Result<Option<[f64; N]>, String> {
    match &peer.kind {
        Kind::Rust(cargo) => measure(cargo).map(Some),
        Kind::Python { .. } => Ok(None),
    }
}

/// Builds a small program; one line of `list` says the revision. The seconds it took.
fn build(cargo: &Cargo, program: &str, profile: &str, revision: usize) -> Result<f64, String> {
    let mut command = cargo.command("build");
    command.args(["--offline", "--bin", program, "--package", cargo.package]);
    if profile == "release" {
        command.arg("--release");
    }
    command.env("BENCH_REVISION", revision.to_string());
    Ok(run(&mut command)?.1)
}

/// Builds the service's client with everything below it there already.
fn service_alone(cargo: &Cargo, profile: &str) -> Result<Compiled, String> {
    let log = cargo.target.join("rustc.log");
    let this = std::env::current_exe().map_err(|error| format!("cannot find myself: {error}"))?;
    // Built, dropped, built again: only the last build is measured, with nothing else left to build beside it.
    for step in ["build", "clean", "build"] {
        let mut command = cargo.command(step);
        command.args(["--offline", "--package", cargo.service]);
        if profile == "release" {
            command.arg("--release");
        }
        command.env("RUSTC_WRAPPER", &this).env(rustc::LOG, &log);
        run(&mut command)?;
    }
    rustc::compiled(&log, cargo.service)
}
