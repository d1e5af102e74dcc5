//! What calling costs: without a network, over the loopback interface, and page after page.

use crate::Run;
use crate::command::write;
use crate::figure::{Figure, Unit};
use crate::first_request;
use crate::measured::{Heap, Measured};
use crate::page::page;
use crate::peer::{Kind, ONE, Peer};
use crate::server::Server;
use crate::turns::in_turns;
use std::path::Path;
use std::process::Command;

/// All figures of calls. Builds what is to be measured, if it is not built.
pub fn figures(run: &Run, peers: &[Peer]) -> Result<Vec<Figure>, String> {
    let _ = in_turns("building", 1, peers, |peer| build(peer).map(|()| Some([])));
    let mut figures = replays(run, peers)?;
    let server = Server::start("serve")?;
    figures.extend(loads(run, peers, server.url()));
    figures.extend(listings(run, peers, server.url()));
    figures.push(first_request::figure(run, peers));
    Ok(figures)
}

/// Builds what measures a client.
pub fn build(peer: &Peer) -> Result<(), String> {
    let Kind::Rust(cargo) = &peer.kind else {
        return Ok(());
    };
    let mut command = cargo.command("build");
    command.args(["--release", "--offline", "--bins", "--features", "measure"]);
    command.args(["--package", cargo.package]);
    crate::command::run(&mut command).map(drop)
}

fn replays(run: &Run, peers: &[Peer]) -> Result<Vec<Figure>, String> {
    let seconds = if run.quick { "0.5" } else { "1" };
    let replay = |what: &str, body: &str, heap: Heap| {
        let file = run.work.join("page.json");
        write(&file, body)?;
        let [cpu, rate] = in_turns(what, run.rounds, peers, |peer| {
            let args = ["replay", &file.to_string_lossy(), seconds];
            let measured = measure_with(peer, &args, heap)?;
            if (measured.items > 0.0) != body.contains("arn") {
                return Err("it did not read what it was sent".to_owned());
            }
            Ok(Some([
                measured.cpu / measured.calls * 1e6,
                measured.bytes / measured.cpu / 1e6,
            ]))
        });
        Ok::<_, String>((cpu, rate))
    };
    let (empty, _) = replay("replay of an empty page", "{}", Heap::AsItIs)?;
    let name = "CPU per call, in-process, empty page";
    let mut figures = vec![Figure::new(name, Unit::MicrosecondsOfCpu, empty).aim(ONE, 8.0)];
    for (size, images) in [("an 88 KB page", 132), ("a 2 MB page", 3000)] {
        let body = page(0..images, Some(images));
        let (_, kept) = replay(&format!("replay of {size}"), &body, Heap::Kept)?;
        let name = format!("calls with {size}, in-process");
        figures.push(Figure::new(&name, Unit::MegabytesPerSecond, kept).aim(ONE, 2.5));
        let (_, as_it_is) = replay(
            &format!("replay of {size}, heap as it is"),
            &body,
            Heap::AsItIs,
        )?;
        let name = format!("{name}, memory given back after each");
        figures.push(Figure::new(name, Unit::MegabytesPerSecond, as_it_is));
    }
    Ok(figures)
}

fn loads(run: &Run, peers: &[Peer], url: &str) -> Vec<Figure> {
    let seconds = if run.quick { "0.5" } else { "1.5" };
    let mut figures = Vec::new();
    for in_flight in ["1", "16", "256"] {
        let what = format!("{in_flight} in flight");
        let [rate, cpu] = in_turns(&what, run.rounds, peers, |peer| {
            let measured = measure(peer, &["load", url, in_flight, seconds])?;
            if measured.items != measured.calls {
                return Err("it did not read what it was sent".to_owned());
            }
            Ok(Some([
                measured.calls / measured.seconds,
                measured.cpu / measured.calls * 1e6,
            ]))
        });
        let rate = Figure::new(
            format!("calls over loopback, {what}"),
            Unit::PerSecond,
            rate,
        );
        figures.push(if in_flight == "256" {
            rate.aim(ONE, 2.0)
        } else {
            rate
        });
        let name = format!("CPU per call over loopback, {what}");
        figures.push(Figure::new(name, Unit::MicrosecondsOfCpu, cpu));
    }
    figures
}

fn listings(run: &Run, peers: &[Peer], url: &str) -> Vec<Figure> {
    let rounds = run.rounds.div_ceil(2);
    let list = |items: &str| {
        let what = format!("listing {items} items");
        in_turns(&what, rounds, peers, |peer| {
            let measured = measure(peer, &["list", url, items])?;
            if items.parse() != Ok(measured.items) {
                return Err(format!("it listed {} items of {items}", measured.items));
            }
            Ok(Some([measured.seconds, measured.peak_kib / 1024.0]))
        })
    };
    let [_, few] = list("1000");
    let [seconds, many] = list("100000");
    vec![
        Figure::new("listing 100,000 items", Unit::Seconds, seconds),
        Figure::new("peak memory, 1,000 items", Unit::MebibytesOfMemory, few),
        Figure::new("peak memory, 100,000 items", Unit::MebibytesOfMemory, many),
    ]
}

/// Runs a client's `measure`.
fn measure(peer: &Peer, args: &[&str]) -> Result<Measured, String> {
    measure_with(peer, args, Heap::AsItIs)
}

/// The same with what becomes of its memory.
pub fn measure_with(peer: &Peer, args: &[&str], heap: Heap) -> Result<Measured, String> {
    let mut command = match &peer.kind {
        Kind::Rust(cargo) => Command::new(cargo.program("release", "measure")),
        Kind::Python {
            interpreter,
            programs,
        } => python(interpreter, &programs.join("measure.py")),
    };
    Measured::by(command.args(args), heap)
}

/// Python with a program of ours.
pub fn python(interpreter: &Path, program: &Path) -> Command {
    let mut command = Command::new(interpreter);
    command.arg("-B").arg(program);
    command
}
