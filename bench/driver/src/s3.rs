//! What moving objects costs, beside aws-sdk-s3, rusty-s3 and object_store: what is built, small objects, large ones.

use crate::Run;
use crate::builds::{self, PROFILES};
use crate::calls::{build, measure_with};
use crate::command::{create_folder, write};
use crate::figure::{Figure, Unit, Values};
use crate::measured::Heap;
use crate::peer::{Kind, PEERS, Peer, rust, say_missing, version};
use crate::report::{s3_heading, times};
use crate::server::Server;
use crate::source;
use crate::turns::in_turns;
use std::path::Path;

const TINSMITH: usize = 0;
const OFFICIAL: usize = 1;
const RUSTY_S3: usize = 2;
const OBJECT_STORE: usize = 3;

/// The length of a large object, in MiB.
const LARGE: u64 = 100;

/// How much more memory may be taken for a longer object than for a shorter one, as a share of what it is longer: what is in
/// flight differs from run to run, and memory that is not flat grows by all of it.
const FLAT: f64 = 0.05;

/// A way to move a large object.
struct Way {
    /// What `measure` calls it.
    command: &'static str,
    what: &'static str,
    /// The clients that have it.
    of: &'static [usize],
    /// The lengths of which memory is compared, in MiB. For parts, the shorter one has as many as are moved at a time.
    lengths: [u64; 2],
}

const WAYS: [Way; 4] = [
    Way {
        command: "down",
        what: "by one GET",
        of: &[TINSMITH, OFFICIAL, RUSTY_S3, OBJECT_STORE],
        lengths: [10, LARGE],
    },
    Way {
        command: "up",
        what: "by one PUT of a file",
        of: &[TINSMITH, OFFICIAL, RUSTY_S3, OBJECT_STORE],
        lengths: [10, LARGE],
    },
    Way {
        command: "down-parts",
        what: "in ranges, to a file",
        of: &[TINSMITH],
        lengths: [LARGE, 400],
    },
    Way {
        command: "up-parts",
        what: "in parts, of a file",
        of: &[TINSMITH, OBJECT_STORE],
        lengths: [LARGE, 400],
    },
];

/// A figure, and what the project wants of it.
struct Row {
    figure: Figure,
    aims: Vec<Aim>,
}

enum Aim {
    /// So many times better than another client.
    Than(usize, f64),
    /// Not much more than these values, of an object that is so many MiB shorter.
    Flat(u64, Values),
}

impl Row {
    fn new(figure: Figure, aims: Vec<Aim>) -> Self {
        Self { figure, aims }
    }
}

/// Takes all figures and prints the page of results; writes it unless the run is a quick one.
pub fn measure(run: &Run) -> Result<(), String> {
    let peers = peers(run);
    let mut rows = sources(&peers);
    rows.extend(built(run, &peers));
    let _ = in_turns("building", 1, &peers, |peer| build(peer).map(|()| Some([])));
    let server = Server::start("serve-s3")?;
    rows.extend(small(run, &peers, server.url()));
    for way in &WAYS {
        rows.extend(large(run, &peers, server.url(), way)?);
    }
    let text = s3_heading(run, &versions(&peers)) + &table(&peers, &rows);
    println!("{text}");
    match run.quick {
        true => Ok(()),
        false => write(&run.bench.join("s3").join("RESULTS.md"), &text),
    }
}

fn peers(run: &Run) -> [Peer; PEERS] {
    let peer = |index, name, folder: &str, package, service| {
        rust(run, index, name, &format!("s3/{folder}"), package, service)
    };
    let peers = [
        peer(TINSMITH, "Tinsmith", "tinsmith", "bench-s3-tinsmith", "s3"),
        peer(
            OFFICIAL,
            "aws-sdk-s3",
            "official",
            "bench-s3-official",
            "aws-sdk-s3",
        ),
        peer(
            RUSTY_S3,
            "rusty-s3 and reqwest",
            "rusty-s3",
            "bench-s3-rusty-s3",
            "rusty-s3",
        ),
        peer(
            OBJECT_STORE,
            "object_store",
            "object-store",
            "bench-s3-object-store",
            "object_store",
        ),
    ];
    say_missing(&peers);
    peers
}

/// A line for each client.
fn versions(peers: &[Peer]) -> String {
    let line = |peer: &Peer| {
        let version_of = match &peer.version {
            Ok(version) => version,
            Err(_) => return format!("* {}: missing, it could not be had\n", peer.name),
        };
        match (&peer.kind, peer.index) {
            (Kind::Rust(cargo), RUSTY_S3) => match version(cargo, "reqwest") {
                Ok(reqwest) => format!("* rusty-s3: {version_of}, reqwest: {reqwest}\n"),
                Err(_) => format!("* {}: {version_of}\n", peer.name),
            },
            _ => format!("* {}: {version_of}\n", peer.name),
        }
    };
    peers.iter().map(line).collect()
}

/// What there is to read and to trust.
fn sources(peers: &[Peer]) -> Vec<Row> {
    let values = in_turns("source", 1, peers, |peer| {
        let Kind::Rust(cargo) = &peer.kind else {
            return Ok(None);
        };
        let [lines, _, crates] = source::counts(cargo)?;
        let index = peer.index;
        let all = source::lines_of(cargo, |name| is_of_project(index, name))?;
        Ok(Some([lines, all, crates].map(|count| count as f64)))
    });
    let names = [
        "lines of the client's crate",
        "lines of all crates of its project in the tree",
        "crates in the program's tree",
    ];
    let figures = names.into_iter().zip(values);
    figures
        .map(|(name, values)| Row::new(Figure::new(name, Unit::Count, values), Vec::new()))
        .collect()
}

/// Whether those who make a client make this crate too, by its name.
fn is_of_project(peer: usize, name: &str) -> bool {
    match peer {
        TINSMITH => name == "s3" || name.starts_with("tinsmith-"),
        // TLS is another project of theirs.
        OFFICIAL => name.starts_with("aws-") && !name.starts_with("aws-lc-"),
        RUSTY_S3 => name == "rusty-s3",
        _ => name == "object_store",
    }
}

/// The program that gets one object: clean builds, unless the run is a quick one, and what comes of them.
fn built(run: &Run, peers: &[Peer]) -> Vec<Row> {
    let profiles = PROFILES.iter().filter(|_| !run.quick);
    let mut rows: Vec<Row> = profiles
        .map(|profile| {
            let figure = builds::clean(run, peers, profile, "s3");
            Row::new(figure, vec![Aim::Than(OFFICIAL, 4.0)])
        })
        .collect();
    rows.push(Row::new(builds::binary(peers, "s3"), Vec::new()));
    rows
}

/// Small objects, one after the other on one connection.
fn small(run: &Run, peers: &[Peer], url: &str) -> Vec<Row> {
    let seconds = if run.quick { "0.5" } else { "1.5" };
    let mut rows = Vec::new();
    for (command, what) in [("get", "GET"), ("put", "PUT")] {
        let what = format!("{what} of 1 KiB");
        let [cpu, rate] = in_turns(&what, run.rounds, peers, |peer| {
            let measured = measure_with(peer, &[command, url, seconds], Heap::AsItIs)?;
            if measured.items != 1024.0 * measured.calls {
                return Err("it did not move what it was to".to_owned());
            }
            Ok(Some([
                measured.cpu / measured.calls * 1e6,
                measured.calls / measured.seconds,
            ]))
        });
        let cpu = Figure::new(format!("CPU for a {what}"), Unit::MicrosecondsOfCpu, cpu);
        let aims = vec![Aim::Than(OFFICIAL, 3.0), Aim::Than(OBJECT_STORE, 1.0)];
        rows.push(Row::new(cpu, aims));
        let name = format!("{what}, one after the other");
        rows.push(Row::new(
            Figure::new(name, Unit::PerSecond, rate),
            Vec::new(),
        ));
    }
    rows
}

/// Large objects, each by a process of its own.
fn large(run: &Run, peers: &[Peer], url: &str, way: &Way) -> Result<Vec<Row>, String> {
    let files = run.work.join("objects");
    create_folder(&files)?;
    let mut rows = Vec::new();
    let mut shorter = None;
    for length in way.lengths {
        let bytes = length << 20;
        let file = files.join(format!("{}-{length}", way.command));
        if way.command.starts_with("up") {
            write_object(&file, bytes)?;
        }
        let name = format!("{length} MiB {} {}", direction(way), way.what);
        let [rate, cpu, peak] = in_turns(&name, run.rounds, peers, |peer| {
            if !way.of.contains(&peer.index) {
                return Ok(None);
            }
            let args = [
                way.command,
                url,
                &bytes.to_string(),
                &file.to_string_lossy(),
            ];
            let measured = measure_with(peer, &args, Heap::AsItIs)?;
            if measured.items != bytes as f64 {
                return Err("it did not move what it was to".to_owned());
            }
            Ok(Some([
                measured.bytes / measured.seconds / 1e6,
                measured.cpu * 1e3,
                measured.peak_kib / 1024.0,
            ]))
        });
        let _ = std::fs::remove_file(&file);
        if length == LARGE {
            let rate = Figure::new(name.clone(), Unit::MegabytesPerSecond, rate);
            let cpu = Figure::new(format!("CPU for {name}"), Unit::Milliseconds, cpu);
            rows.extend([rate, cpu].map(|figure| Row::new(figure, Vec::new())));
        }
        let aim = shorter.replace((length, peak));
        let aim = aim.map(|(before, peak)| Aim::Flat(length - before, peak));
        let peak = Figure::new(
            format!("peak memory, {name}"),
            Unit::MebibytesOfMemory,
            peak,
        );
        rows.push(Row::new(peak, aim.into_iter().collect()));
    }
    Ok(rows)
}

fn direction(way: &Way) -> &'static str {
    match way.command.starts_with("up") {
        true => "up",
        false => "down",
    }
}

fn write_object(file: &Path, bytes: u64) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot write {}: {error}", file.display());
    let content = std::io::Read::take(std::io::repeat(b'.'), bytes);
    let mut target = std::fs::File::create(file).map_err(failed)?;
    std::io::copy(
        &mut std::io::BufReader::with_capacity(1 << 20, content),
        &mut target,
    )
    .map_err(failed)?;
    Ok(())
}

fn table(peers: &[Peer], rows: &[Row]) -> String {
    let mut text = String::from("| |");
    for peer in peers {
        text.push_str(&format!(" {} |", peer.name));
    }
    let others = &peers[OFFICIAL..];
    for peer in others {
        text.push_str(&format!(" to {} |", peer.name));
    }
    text.push_str(" aim |\n|---|");
    text.push_str(&"--:|".repeat(peers.len() + others.len()));
    text.push_str("---|\n");
    for Row { figure, aims } in rows {
        text.push_str(&format!("| {} |", figure.name));
        for value in figure.values {
            let shown = value.map_or("—".to_owned(), |value| figure.unit.show(value));
            text.push_str(&format!(" {shown} |"));
        }
        for other in others {
            let ratio = figure.ratio_to(TINSMITH, other.index);
            text.push_str(&format!(" {} |", ratio.map_or("—".to_owned(), times)));
        }
        let aims = aims.iter().map(|aim| shown(figure, aim, peers));
        let aims: Vec<String> = aims.collect();
        text.push_str(&format!(" {} |\n", aims.join("; ")));
    }
    text
}

/// An aim, and whether it is met.
fn shown(figure: &Figure, aim: &Aim, peers: &[Peer]) -> String {
    let (wanted, is_met) = match aim {
        Aim::Than(other, times) => (
            format!("≥ {times}× to {}", peers[*other].name),
            figure
                .ratio_to(TINSMITH, *other)
                .map(|ratio| ratio >= *times),
        ),
        Aim::Flat(more, values) => (
            format!(
                "flat: ≤ {:.1} MiB more for {more} MiB more",
                FLAT * *more as f64
            ),
            figure.values[TINSMITH]
                .zip(values[TINSMITH])
                .map(|(longer, shorter)| longer - shorter <= FLAT * *more as f64),
        ),
    };
    match is_met {
        Some(true) => format!("{wanted}, met"),
        Some(false) => format!("{wanted}, **missed**"),
        None => wanted,
    }
}
