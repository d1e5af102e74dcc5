//! Measures clients of Image Builder side by side, in one run, and writes `RESULTS.md` and `results.svg`.
//!
//! `cargo xtask bench` starts this; `bench/README.md` says how each figure is taken.

mod builds;
mod calls;
mod codec_pages;
mod codecs;
mod command;
mod figure;
mod first_request;
mod generator;
mod machine;
mod measured;
mod page;
mod peer;
mod picture;
mod report;
mod rustc;
mod s3;
mod serve;
mod serve_s3;
mod server;
mod source;
mod turns;

use clap::{Parser, Subcommand};
use figure::Figure;
use std::path::PathBuf;
use std::process::ExitCode;

/// Measures the generated clients beside the official crate and botocore.
#[derive(Parser)]
#[command(name = "bench")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Leave out the clean builds, and take fewer rounds.
    #[arg(long)]
    quick: bool,
    /// How often each client has its turn; 7, or 3 with --quick, where it is not given. Rebuilds take 3 at most.
    #[arg(long)]
    rounds: Option<usize>,
    /// How often each client is built from nothing.
    #[arg(long, default_value_t = 3)]
    build_rounds: usize,
    /// Only the figures of these sections: source, builds, calls, generator, codecs, s3. Nothing is written then. The last
    /// two are taken only when one is named alone, since their official crates take long to build; they write
    /// codecs/RESULTS.md and s3/RESULTS.md.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// The folder of the measurements.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/.."), hide = true)]
    bench: PathBuf,
}

#[derive(Subcommand)]
enum Command {
    /// Be the loopback Image Builder: prints its URL, and answers until standard input is closed.
    Serve,
    /// Be the loopback S3 in the same way.
    ServeS3,
}

/// What a run is to do.
struct Run {
    quick: bool,
    rounds: usize,
    build_rounds: usize,
    bench: PathBuf,
    /// Where everything is built, and where what the run needs is put.
    work: PathBuf,
}

fn main() -> ExitCode {
    // Cargo runs this in front of rustc while builds are measured.
    if let Some(log) = std::env::var_os(rustc::LOG) {
        return rustc::wrap(&PathBuf::from(log));
    }
    let cli = Cli::parse();
    let outcome = match cli.command {
        Some(Command::Serve) => serve::image_builder(),
        Some(Command::ServeS3) => serve_s3::serve(),
        None => measure(cli),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(cli: Cli) -> Result<(), String> {
    let bench = cli
        .bench
        .canonicalize()
        .map_err(|error| format!("cannot find {}: {error}", cli.bench.display()))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(bench.join("target"), PathBuf::from);
    let run = Run {
        quick: cli.quick,
        rounds: cli.rounds.unwrap_or(if cli.quick { 3 } else { 7 }).max(1),
        build_rounds: cli.build_rounds.max(1),
        work: target.join("peers"),
        bench,
    };
    command::create_folder(&run.work)?;
    if cli.only == ["codecs"] {
        return codecs::measure(&run);
    }
    if cli.only == ["s3"] {
        return s3::measure(&run);
    }
    let wanted = |section: &str| cli.only.is_empty() || cli.only.iter().any(|only| only == section);

    let peers = peer::all(&run);
    let mut figures: Vec<Figure> = Vec::new();
    if wanted("source") {
        figures.extend(source::figures(&peers));
    }
    if wanted("builds") {
        figures.extend(builds::figures(&run, &peers));
    }
    if wanted("calls") {
        figures.extend(calls::figures(&run, &peers)?);
    }
    let generator = if wanted("generator") {
        generator::measure(&run)
    } else {
        Vec::new()
    };

    let text = report::markdown(&run, &peers, &figures, &generator);
    println!("{text}");
    if cli.only.is_empty() && !cli.quick {
        command::write(&run.bench.join("RESULTS.md"), &text)?;
        command::write(&run.bench.join("results.svg"), &picture::svg(&figures))?;
    }
    Ok(())
}
